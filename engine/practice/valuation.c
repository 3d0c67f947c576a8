#include "valuation.h"

#include "elementary.h"

void valuation_discount(const struct valuation_parameters *valuation, int quarter,
                        struct drivers *drivers)
{
    const double years = 0.25 * (quarter + 0.5);

    EACH_LANE (i) {
        drivers->discount.at[i] =
            exp_of(-years * log_of(1.0 + valuation->discount_rate.at[i]));
        drivers->partner_discount.at[i] =
            exp_of(-years * log_of(1.0 + valuation->partner_discount.at[i]));
    }
}

void valuation_system(const struct settlement_rules *rules,
                      const struct form_terms *terms, const struct lanes *reached,
                      struct ledger *ledger, struct lanes *effects)
{
    const struct valuation_parameters *v = &rules->parameters->valuation;
    struct lanes *gains = &ledger->change[rules->inside->benefit_to];

    EACH_LANE (i) {
        const double admissions = (1.0 - terms->admissions_irr.at[i]) *
                                  v->admission_rate.at[i] * v->admission_cost.at[i];
        const double attendances =
            (1.0 - terms->ed_irr.at[i]) * v->ed_rate.at[i] * v->ed_cost.at[i];
        const double value = 0.25 * reached->at[i] *
                             rules->drivers->index[PRICES].at[i] *
                             (admissions + attendances);

        effects->at[i] = value;
        gains->at[i] += value;
        ledger->outside.at[i] -= value;
        ledger->paid[FLOW_HOSPITAL_EFFECTS].at[i] += value;
        ledger->gross.at[i] += fabs(value);
    }
}

void valuation_relationships(const struct settlement_rules *rules, struct patch *patch,
                             struct lanes *count, struct lanes *cost)
{
    for (int o = 0; o < patch->organisations; o++) {
        EACH_LANE (i)
            count->at[i] += patch->organisation[o].sites.at[i] > 0.0 ? 1.0 : 0.0;
    }
    EACH_LANE (i) {
        cost->at[i] = 0.25 * count->at[i] *
                      rules->parameters->valuation.relationship_cost.at[i] *
                      rules->drivers->index[PRICES].at[i];
        patch->ledger.change[BEARER_COMMISSIONER].at[i] -= cost->at[i];
        patch->ledger.outside.at[i] += cost->at[i];
        patch->ledger.paid[FLOW_RELATIONSHIPS].at[i] += cost->at[i];
        patch->ledger.gross.at[i] += cost->at[i];
    }
}
