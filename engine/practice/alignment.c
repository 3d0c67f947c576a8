#include "alignment.h"

#include "near_tie.h"

static const double least_fte = 0.25;

/* Quarters of the trailing year so far. */
static void quarters_held(const struct standing *standing, int quarter,
                          struct lanes *held)
{
    EACH_LANE (i)
        held->at[i] = TRAILING;
    for (uint64_t set = standing->young; set != 0; set &= set - 1) {
        const int lane = lanes_first(set);

        held->at[lane] = quarter - standing->since[lane] + 1;
    }
}

void alignment_burden(const struct settlement_rules *rules, struct practice *practice,
                      struct organisation *organisation)
{
    const int now = trailing_place(rules->quarter);
    const struct settlement *s = &practice->settlement;
    const struct shares *shares = practice->shares;
    struct standing *standing = &practice->standing;
    const uint64_t with_partners = standing->member & standing->partnered;
    const struct flags *member = lanes_mask(standing->member);
    const struct flags *led = lanes_mask(with_partners);
    struct trailing *t = &practice->trailing;
    struct lanes held;
    uint64_t set = 0;

    quarters_held(standing, rules->quarter, &held);
    EACH_LANE (i) {
        const double taken = practice->money.levy.at[i] + organisation->moved.at[i] +
                             s->pooled.at[i] - shares->received.at[i] +
                             shares->call.at[i] - practice->money.saved.at[i] -
                             shares->surplus.at[i];
        const double here = lane_in(member, i, taken);

        t->burden[now].at[i] = here * rules->drivers->real.at[i];
    }
    GATHER_LANES (i) {
        const double sum = t->burden[0].at[i] + t->burden[1].at[i] +
                           t->burden[2].at[i] + t->burden[3].at[i];
        const double fte = t->partner_fte[0].at[i] + t->partner_fte[1].at[i] +
                           t->partner_fte[2].at[i] + t->partner_fte[3].at[i];
        const double rate = sum * held.at[i] / larger(fte, least_fte * held.at[i]);

        organisation->burden_sum.at[i] += lane_in(led, i, rate);
        organisation->burden_sites.at[i] += lane_in(led, i, 1.0);
        set |= sum > 0.0 ? lane_bit[i] : 0;
    }
    lanes_keep(set & with_partners & ~(uint64_t)standing->young, &standing->burdened);
}

void alignment_pace(const struct form_terms *terms, struct alignment_pace *pace)
{
    EACH_LANE (i) {
        pace->per_distance.at[i] = 1.0 / terms->distance.at[i];
        pace->per_resent.at[i] = 1.0 / terms->resent_scale.at[i];
        pace->speed.at[i] = 1.0 - exp_of(-0.25 * terms->alignment_speed.at[i]);
    }
}

void alignment_step(const struct alignment_pace *pace,
                    struct organisation *organisation)
{
    EACH_LANE (i) {
        const double burden = larger(0.0, organisation->burden_sum.at[i]);
        const double sites = larger(1.0, organisation->burden_sites.at[i]);
        const double far = organisation->log_sites.at[i] * pace->per_distance.at[i];
        const double resent = burden * pace->per_resent.at[i];
        const double target = sites / ((1.0 + far * far) * (sites + resent));
        const double now = organisation->alignment.at[i];
        const double next = now + (target - now) * pace->speed.at[i];

        organisation->alignment.at[i] = organisation->sites.at[i] > 0.0 ? next : now;
        organisation->burden_sum.at[i] = 0.0;
        organisation->burden_sites.at[i] = 0.0;
    }
}

static double exit_rate(const struct form_terms *terms,
                        const struct organisation *organisation, int i)
{
    return terms->member_exit_rate.at[i] * (1.0 - organisation->alignment.at[i]);
}

bool alignment_may_leave(const struct form_terms *terms, const struct lanes *draw,
                         struct standing *standing)
{
    uint64_t set = 0;

    standing->leaves = 0;
    if (standing->burdened == 0)
        return false;
    GATHER_LANES (i) {
        const double most = of_quarter * terms->member_exit_rate.at[i];

        set |= draw->at[i] <= most ? lane_bit[i] : 0;
    }
    return (set & standing->burdened) != 0;
}

/* Lanes in which the quarter's draw is below a bound on the rate. */
static uint64_t may_leave(const struct form_terms *terms, const struct lanes *draw,
                          const struct organisation *organisation)
{
    uint64_t set = 0;

    GATHER_LANES (i) {
        const double most = of_quarter * exit_rate(terms, organisation, i);

        set |= draw->at[i] <= most ? lane_bit[i] : 0;
    }
    return set;
}

void alignment_exit(const struct form_terms *terms, const struct lanes *draw,
                    const struct organisation *organisation, struct practice *practice,
                    struct lanes *near_ties)
{
    struct standing *standing = &practice->standing;
    uint64_t set = may_leave(terms, draw, organisation) & standing->burdened;

    for (; set != 0; set &= set - 1) {
        const int lane = lanes_first(set);
        const double rate = exit_rate(terms, organisation, lane);

        if (decides(event_time(draw->at[lane]), rate, &near_ties->at[lane]))
            lanes_put(lane, &standing->leaves);
    }
}
