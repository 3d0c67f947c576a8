#include "flows.h"

/* What the commissioner has paid already by name. */
static const enum flow of_commissioner[] = {
    FLOW_CORE_INCOME,      FLOW_PRICE_RELIEF,  FLOW_SERVICES_BOUGHT,
    FLOW_DELEGATED_BUDGET, FLOW_RELATIONSHIPS, FLOW_CARETAKER_PREMIUM,
};

enum { NAMED = sizeof(of_commissioner) / sizeof(*of_commissioner) };

/* What a bearer gains beside that. */
static void left_to(const struct ledger *ledger, int bearer, struct lanes *left)
{
    *left = ledger->change[bearer];
    if (bearer != BEARER_COMMISSIONER)
        return;
    for (int k = 0; k < NAMED; k++) {
        EACH_LANE (i)
            left->at[i] += ledger->paid[of_commissioner[k]].at[i];
    }
}

void flows_add(const struct ledger *ledger, const struct drivers *drivers, int quarter,
               int quarters, struct lanes *sums)
{
    struct lanes *year = &sums[quarter / 4 * FLOWS];
    struct lanes *present = &sums[quarters / 4 * FLOWS];
    struct lanes factor;

    EACH_LANE (i)
        factor.at[i] = drivers->discount.at[i] / drivers->index[PRICES].at[i];
    for (int k = 0; k < FLOWS; k++) {
        struct lanes amount;

        if (k < POSTED_FLOWS)
            amount = ledger->paid[k];
        else
            left_to(ledger, k - FLOW_LEFT, &amount);
        EACH_LANE (i) {
            year[k].at[i] += amount.at[i];
            present[k].at[i] += amount.at[i] * factor.at[i];
        }
    }
}
