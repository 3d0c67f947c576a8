#include "decisions.h"

#include "near_tie.h"

static const double least_fte = 0.25;

/* Sum of the quarters of a ring that belong to the site's present trailing year. */
static double trailing_sum(const struct lanes ring[TRAILING], int i)
{
    return ring[0].at[i] + ring[1].at[i] + ring[2].at[i] + ring[3].at[i];
}

void decisions_record(const struct settlement_rules *rules, struct practice *practice)
{
    const int now = rules->quarter % TRAILING;
    struct trailing *t = &practice->trailing;

    EACH_LANE (i) {
        const double real = 1.0 / rules->drivers->index[PRICES].at[i];

        t->counted[now].at[i] = practice->settlement.counted.at[i] * real;
        t->residual[now].at[i] = practice->money.residual.at[i] * real;
        t->partner_fte[now].at[i] = practice->workforce.partner_fte.at[i];
    }
}

/* Quarters in a row without a partner, while not held by an organisation. */
static void count_leaderless(const struct settlement_rules *rules,
                             struct practice *practice)
{
    const double converts = rules->inside->convert_partners ? 1.0 : 0.0;
    struct standing *s = &practice->standing;

    EACH_LANE (i) {
        const int held = s->member.at[i] * converts > 0.0;
        const int led = practice->workforce.partner_fte.at[i] > 0.0;

        s->leaderless.at[i] = held | led ? 0.0 : s->leaderless.at[i] + 1.0;
        s->had_partner.at[i] = led ? 1.0 : s->had_partner.at[i];
    }
}

void decisions_draw(const struct draw_source *source, uint32_t entity, int quarter,
                    struct decision_draws *draws)
{
    const uint32_t q = (uint32_t)quarter;

    lane_draw(source, draw_address(entity, DRAW_NOTICE, q, 0), &draws->notice);
    lane_draw(source, draw_address(entity, DRAW_ROUTE, q, 0), &draws->route);
    EACH_LANE (i)
        draws->notice.at[i] = event_time(draws->notice.at[i]);
}

void decisions_distress(const struct decision_inputs *in,
                        const struct decision_draws *draws,
                        const struct organisation *organisation,
                        struct practice *practice, struct lanes *near_ties)
{
    const struct settlement_rules *rules = in->rules;
    const struct parameters *p = rules->parameters;
    const enum join_rule join = rules->inside->join_rule;
    const double converts = rules->inside->convert_partners ? 1.0 : 0.0;
    struct standing *s = &practice->standing;

    count_leaderless(rules, practice);
    EACH_LANE (i) {
        const double mean_fte = 0.25 * trailing_sum(practice->trailing.partner_fte, i);
        const double figure =
            trailing_sum(practice->trailing.counted, i) / larger(mean_fte, least_fte);
        const int exists = rules->quarter - s->since.at[i] >= TRAILING - 1;
        const int open = s->status.at[i] == STATUS_OPEN;
        const int held = s->member.at[i] * converts > 0.0;
        const int free = exists & open & !held;
        const int led = practice->workforce.partner_fte.at[i] > 0.0;
        const int quiet = s->notice_at.at[i] == NEVER;
        const int poor = led & (figure < p->distress.income.at[i]);
        const int last_partner_gone =
            (s->leaderless.at[i] >= 2.0) & (s->had_partner.at[i] > 0.0);
        const int distressed = free & quiet & (poor | last_partner_gone);
        const int wants_in = join == JOIN_DISTRESSED_ONLY
                                 ? distressed
                                 : (join == JOIN_VOLUNTARY) & free & quiet & led &
                                       (figure < in->own_terms->join_below.at[i]);
        const int may_join = (s->ever_member.at[i] == 0.0) &
                             (organisation->dissolved.at[i] == 0.0) &
                             (organisation->dissolves.at[i] == 0.0);
        const int joins = wants_in & may_join;
        double tie = 0.0;
        const int hands_back =
            distressed & !joins &
            (int)below(draws->notice.at[i], p->distress.handback_rate.at[i], &tie);
        const int one = practice->workforce.partners.at[i] == 1.0;
        const int wait = (one & (in->notice > 1)) ? 1 : in->notice;

        s->frozen.at[i] =
            (free & led & (figure < p->workforce.freeze_income.at[i])) ? 1.0 : 0.0;
        s->joins.at[i] = joins ? 1.0 : 0.0;
        s->route.at[i] = hands_back ? draws->route.at[i] : s->route.at[i];
        s->notice_at.at[i] =
            hands_back ? rules->quarter + 1.0 + wait : s->notice_at.at[i];
        near_ties->at[i] += distressed ? tie : 0.0;
    }
}
