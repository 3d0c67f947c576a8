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
    const struct lanes *real = &rules->drivers->real;
    struct trailing *t = &practice->trailing;

    EACH_LANE (i) {
        t->counted[now].at[i] = practice->settlement.counted.at[i] * real->at[i];
        t->partner_fte[now].at[i] = practice->workforce.partner_fte.at[i];
    }
    if (rules->inside->pool_owner == OWNER_PARTNERS)
        return; /* no organisation leaves those members that made a loss */
    EACH_LANE (i)
        t->residual[now].at[i] = practice->money.residual.at[i] * real->at[i];
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

/* A site's own decisions, the same under all forms. */
struct decision_draws {
    struct lanes notice; /**< event times */
    struct lanes route;  /**< uniforms */
};

static void draw(const struct draw_source *source, uint32_t entity, int quarter,
                 struct decision_draws *draws)
{
    const uint32_t q = (uint32_t)quarter;

    lane_draw(source, draw_address(entity, DRAW_NOTICE, q, 0), &draws->notice);
    lane_draw(source, draw_address(entity, DRAW_ROUTE, q, 0), &draws->route);
    EACH_LANE (i)
        draws->notice.at[i] = event_time(draws->notice.at[i]);
}

/* Real profit in the trailing year, and the partner fte it is divided by. */
struct figure {
    struct lanes profit, fte;
};

static void figure_of(const struct practice *practice, struct figure *figure)
{
    EACH_LANE (i) {
        const double mean_fte = 0.25 * trailing_sum(practice->trailing.partner_fte, i);

        figure->profit.at[i] = trailing_sum(practice->trailing.counted, i);
        figure->fte.at[i] = larger(mean_fte, least_fte);
    }
}

/* Whether the figure, profit per fte, is below a level. */
static uint64_t is_below(const struct figure *figure, const struct lanes *level, int i)
{
    return figure->profit.at[i] < level->at[i] * figure->fte.at[i];
}

/* In what state a site decides; 0 or 1. */
struct state_of_site {
    struct flags decides;    /**< has partners, open, a year old and not held */
    struct flags distressed; /**< free, quiet, and poor or left by its last partner */
    struct flags wants_in;
};

static void look(const struct decision_inputs *in, const struct figure *figure,
                 const struct practice *practice, struct state_of_site *site)
{
    const double quarter = in->rules->quarter;
    const double converts = in->rules->inside->convert_partners ? 1.0 : 0.0;
    const uint64_t if_distressed = in->rules->inside->join_rule == JOIN_DISTRESSED_ONLY;
    const uint64_t if_better = in->rules->inside->join_rule == JOIN_VOLUNTARY;
    const struct lanes *least = &in->rules->parameters->distress.income;
    const struct standing *s = &practice->standing;

    EACH_LANE (i) {
        const uint64_t exists = quarter - s->since.at[i] >= TRAILING - 1;
        const uint64_t open = s->status.at[i] == STATUS_OPEN;
        const uint64_t alone = s->member.at[i] * converts <= 0.0;
        const uint64_t free = exists & open & alone;
        const uint64_t led = practice->workforce.partner_fte.at[i] > 0.0;
        const uint64_t quiet = s->notice_at.at[i] == NEVER;
        const uint64_t poor = led & is_below(figure, least, i);
        const uint64_t last_partner_gone =
            (s->leaderless.at[i] >= 2.0) & (s->had_partner.at[i] > 0.0);
        const uint64_t distressed = free & quiet & (poor | last_partner_gone);
        const uint64_t better =
            free & quiet & led & is_below(figure, &in->own_terms->join_below, i);

        site->decides.at[i] = free & led;
        site->distressed.at[i] = distressed;
        site->wants_in.at[i] = (if_distressed & distressed) | (if_better & better);
    }
}

/* A site joins once, and no organisation that is dissolved or about to be. */
static void decide_to_join(const struct organisation *organisation,
                           const struct state_of_site *site, struct standing *standing)
{
    EACH_LANE (i) {
        const uint64_t may_join = (standing->ever_member.at[i] == 0.0) &
                                  (organisation->dissolved.at[i] == 0.0) &
                                  (organisation->dissolves.at[i] == 0.0);

        standing->joins.at[i] = site->wants_in.at[i] & may_join ? 1.0 : 0.0;
    }
}

static void decide_to_hand_back(const struct decision_inputs *in,
                                const struct decision_draws *draws,
                                const struct state_of_site *site,
                                struct practice *practice, struct lanes *near_ties)
{
    const struct lanes *rate = &in->rules->parameters->distress.handback_rate;
    const double next = in->rules->quarter + 1.0;
    const double notice = in->notice, shorter = smaller(notice, 1.0);
    struct standing *s = &practice->standing;

    EACH_LANE (i) {
        const uint64_t distressed = site->distressed.at[i];
        const double new_route = draws->route.at[i], old_route = s->route.at[i];
        const double wait =
            practice->workforce.partners.at[i] == 1.0 ? shorter : notice;
        const double notice_at = s->notice_at.at[i];
        double tie = 0.0;
        const uint64_t hands_back = distressed & (s->joins.at[i] == 0.0) &
                                    below(draws->notice.at[i], rate->at[i], &tie);

        s->route.at[i] = hands_back ? new_route : old_route;
        s->notice_at.at[i] = hands_back ? next + wait : notice_at;
        near_ties->at[i] += distressed ? tie : 0.0;
    }
}

void decisions_distress(const struct decision_inputs *in, uint32_t entity,
                        const struct organisation *organisation,
                        struct practice *practice, struct lanes *near_ties)
{
    const struct lanes *freeze = &in->rules->parameters->workforce.freeze_income;
    const enum join_rule rule = in->rules->inside->join_rule;
    struct state_of_site site;
    struct figure figure;
    struct decision_draws draws;

    count_leaderless(in->rules, practice);
    figure_of(practice, &figure);
    look(in, &figure, practice, &site);
    EACH_LANE (i) {
        const uint64_t freezes = site.decides.at[i] & is_below(&figure, freeze, i);

        practice->standing.frozen.at[i] = freezes ? 1.0 : 0.0;
    }
    if (rule == JOIN_DISTRESSED_ONLY || rule == JOIN_VOLUNTARY)
        decide_to_join(organisation, &site, &practice->standing);
    if (lanes_set(&site.distressed) == 0)
        return;
    draw(in->source, entity, in->rules->quarter, &draws);
    decide_to_hand_back(in, &draws, &site, practice, near_ties);
}
