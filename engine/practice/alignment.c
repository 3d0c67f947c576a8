#include "alignment.h"

#include "near_tie.h"

static const double least_fte = 0.25;

void alignment_burden(const struct settlement_rules *rules, struct practice *practice,
                      struct organisation *organisation)
{
    const int now = rules->quarter % TRAILING;
    const double quarter = rules->quarter;
    const struct settlement *s = &practice->settlement;
    struct trailing *t = &practice->trailing;

    EACH_LANE (i) {
        const double member = practice->standing.member.at[i];
        const double taken = practice->money.levy.at[i] + organisation->moved.at[i] +
                             s->pooled.at[i] - s->received.at[i] + s->call.at[i] -
                             practice->money.saved.at[i] - s->surplus.at[i];
        const double led = practice->workforce.partner_fte.at[i] > 0.0 ? member : 0.0;

        const double quarters = quarter - practice->standing.since.at[i] + 1.0;
        const double held = within(quarters, 1.0, TRAILING);

        t->burden[now].at[i] = member * taken * rules->drivers->real.at[i];

        const double sum = t->burden[0].at[i] + t->burden[1].at[i] +
                           t->burden[2].at[i] + t->burden[3].at[i];
        const double fte = t->partner_fte[0].at[i] + t->partner_fte[1].at[i] +
                           t->partner_fte[2].at[i] + t->partner_fte[3].at[i];
        const double rate = sum * held / larger(fte, least_fte * held);
        const double burdened = sum > 0.0 ? led : 0.0;

        organisation->burden_sum.at[i] += led * rate;
        organisation->burden_sites.at[i] += led;
        practice->standing.burdened.at[i] = quarters >= TRAILING ? burdened : 0.0;
    }
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

void alignment_exit(const struct form_terms *terms, const struct lanes *draw,
                    const struct organisation *organisation, struct practice *practice,
                    struct lanes *near_ties)
{
    struct standing *standing = &practice->standing;
    uint64_t set = 0;

    GATHER_LANES (i) {
        const double most = of_quarter * exit_rate(terms, organisation, i);
        const uint64_t burdened = standing->burdened.at[i] > 0.0;

        standing->leaves.at[i] = 0.0;
        set |= (burdened & (draw->at[i] <= most)) ? lane_bit[i] : 0;
    }
    for (; set != 0; set &= set - 1) {
        const int lane = lanes_first(set);
        const double rate = exit_rate(terms, organisation, lane);

        if (!decides(event_time(draw->at[lane]), rate, &near_ties->at[lane]))
            continue;
        standing->leaves.at[lane] = 1.0;
        practice->pending |= lane_bit[lane];
    }
}
