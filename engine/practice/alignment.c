#include "alignment.h"

#include "near_tie.h"

static const double least_fte = 0.25;

/* Trailing burden per partner fte; 0 without partners. */
static double burden_of(const struct practice *practice, double quarter, int i)
{
    const struct trailing *t = &practice->trailing;
    const double since = practice->standing.since.at[i];
    const double quarters = smaller(quarter - since + 1.0, TRAILING);
    const double sum = t->burden[0].at[i] + t->burden[1].at[i] + t->burden[2].at[i] +
                       t->burden[3].at[i];
    const double fte = t->partner_fte[0].at[i] + t->partner_fte[1].at[i] +
                       t->partner_fte[2].at[i] + t->partner_fte[3].at[i];
    const double rate = sum / larger(fte / larger(quarters, 1.0), least_fte);

    return practice->workforce.partner_fte.at[i] > 0.0 ? rate : 0.0;
}

void alignment_burden(const struct settlement_rules *rules, struct practice *practice,
                      struct organisation *organisation)
{
    const int now = rules->quarter % TRAILING;
    const struct settlement *s = &practice->settlement;

    EACH_LANE (i) {
        const double member = practice->standing.member.at[i];
        const double taken = practice->money.levy.at[i] + s->pooled.at[i] -
                             s->received.at[i] + s->call.at[i] -
                             practice->money.saved.at[i] - s->surplus.at[i];
        const double led = practice->workforce.partner_fte.at[i] > 0.0 ? member : 0.0;

        practice->trailing.burden[now].at[i] =
            member * taken / rules->drivers->index[PRICES].at[i];
        organisation->burden_sum.at[i] += led * burden_of(practice, rules->quarter, i);
        organisation->burden_sites.at[i] += led;
    }
}

void alignment_step(const struct form_terms *terms, struct organisation *organisation)
{
    EACH_LANE (i) {
        const double sites = organisation->burden_sites.at[i];
        const double burden = organisation->burden_sum.at[i];
        const double mean = sites > 0.0 ? burden / sites : 0.0;
        const double far =
            log_of(larger(1.0, organisation->sites.at[i])) / terms->distance.at[i];
        const double resent = larger(0.0, mean) / terms->resent_scale.at[i];
        const double target = 1.0 / (1.0 + far * far) / (1.0 + resent);
        const double speed = 1.0 - exp_of(-0.25 * terms->alignment_speed.at[i]);
        const double now = organisation->alignment.at[i];
        const double next = now + (target - now) * speed;

        organisation->alignment.at[i] = organisation->sites.at[i] > 0.0 ? next : now;
    }
}

void alignment_draw(const struct draw_source *source, uint32_t entity, int quarter,
                    struct lanes *time)
{
    lane_draw(source, draw_address(entity, DRAW_MEMBER_EXIT, (uint32_t)quarter, 0),
              time);
    EACH_LANE (i)
        time->at[i] = event_time(time->at[i]);
}

void alignment_exit(const struct decision_inputs *in, const struct lanes *time,
                    const struct organisation *organisation, struct practice *practice,
                    struct lanes *near_ties)
{
    struct standing *s = &practice->standing;
    const double quarter = in->rules->quarter;

    EACH_LANE (i) {
        const double burden = burden_of(practice, quarter, i);
        const double quarters = quarter - s->since.at[i];
        const double rate = in->own_terms->member_exit_rate.at[i] *
                            (1.0 - organisation->alignment.at[i]);
        const double burdened = burden > 0.0 ? s->member.at[i] : 0.0;
        const double may = quarters >= TRAILING - 1 ? burdened : 0.0;

        s->leaves.at[i] = below(time->at[i], may * rate, &near_ties->at[i]) ? 1.0 : 0.0;
    }
}
