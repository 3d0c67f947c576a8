#include "settlement.h"

/* Who owns together: the partners of a practice where it is a member, else nobody. */
static struct lanes joint_fte(const struct practice *practice)
{
    const struct flags *member = lanes_mask(practice->standing.member);
    struct lanes fte;

    EACH_LANE (i) {
        fte.at[i] = lane_in(member, i, practice->workforce.partner_fte.at[i]);
    }
    return fte;
}

void settlement_joint(const struct organisation *organisation,
                      struct practice *practice, struct ledger *ledger)
{
    const struct lanes fte = joint_fte(practice);
    struct settlement *s = &practice->settlement;
    struct shares *shares = practice->shares;

    EACH_LANE (i) {
        const double loss = organisation->loss_rate.at[i] * fte.at[i];
        const double led = practice->workforce.partner_fte.at[i] > 0.0 ? 1.0 : 0.0;

        s->counted.at[i] = led * (shares->profit.at[i] + (s->passed_on.at[i] - loss));
        shares->pay_in.at[i] += loss;
        ledger->change[BEARER_PARTNERS].at[i] -= loss;
    }
}

void settlement_joint_windup(const struct organisation *organisation,
                             struct practice *practice, struct ledger *ledger)
{
    const struct lanes fte = joint_fte(practice);
    struct settlement *s = &practice->settlement;
    struct shares *shares = practice->shares;

    EACH_LANE (i) {
        const double share = organisation->windup_rate.at[i] * fte.at[i];
        const double bill = s->joint_windup.at[i];
        const double alone = organisation->partner_fte.at[i] <= 0.0 ? bill : 0.0;
        const double former = s->former_fte.at[i] > 0.0 ? alone : 0.0;

        shares->pay_in.at[i] += share;
        s->windup_paid.at[i] += former;
        ledger->change[BEARER_PARTNERS].at[i] -= share + former;
        ledger->change[BEARER_OWNERS].at[i] -= alone - former;
    }
}

void settlement_windup(const struct windup_bill *bill, struct practice *practice,
                       struct organisation *organisation, struct ledger *ledger)
{
    const int lane = bill->lane;
    struct settlement *s = &practice->settlement;

    switch (bill->liability) {
    case LIABILITY_UNLIMITED:
        if (bill->former_fte > 0.0) {
            s->windup_paid.at[lane] += bill->amount;
            s->former_share.at[lane] = bill->todays_share;
            ledger->change[BEARER_PARTNERS].at[lane] -= bill->amount;
        } else {
            ledger->change[BEARER_OWNERS].at[lane] -= bill->amount;
        }
        break;
    case LIABILITY_JOINT:
        s->joint_windup.at[lane] = bill->amount;
        s->former_fte.at[lane] = bill->former_fte;
        s->former_share.at[lane] = bill->todays_share;
        organisation->joint_windup.at[lane] += bill->amount;
        break;
    case LIABILITY_LIMITED:
        organisation->limited_loss.at[lane] += bill->amount;
        break;
    case LIABILITY_PUBLIC:
        ledger->change[BEARER_TRUST].at[lane] -= bill->amount;
        break;
    case LIABILITY_CREDITORS:
        ledger->change[BEARER_CREDITORS].at[lane] -= bill->amount;
        break;
    }
}
