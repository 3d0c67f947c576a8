#include "decisions.h"

#include "ending_rate.h"
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
    struct flags quiet;      /**< open, not held and not in notice */
    struct flags distressed; /**< quiet, a year old, poor or left by its last partner */
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
        const uint64_t free = open & alone, judged = exists & free;
        const uint64_t led = practice->workforce.partner_fte.at[i] > 0.0;
        const uint64_t quiet = s->notice_at.at[i] == NEVER;
        const uint64_t poor = led & is_below(figure, least, i);
        const uint64_t last_partner_gone =
            (s->leaderless.at[i] >= 2.0) & (s->had_partner.at[i] > 0.0);
        const uint64_t distressed = judged & quiet & (poor | last_partner_gone);
        const uint64_t better =
            judged & quiet & led & is_below(figure, &in->own_terms->join_below, i);

        site->decides.at[i] = judged & led;
        site->quiet.at[i] = free & quiet;
        site->distressed.at[i] = distressed;
        site->wants_in.at[i] = (if_distressed & distressed) | (if_better & better);
    }
}

/* A site joins once, and no organisation that is dissolved or about to be. */
static void decide_to_join(const struct organisation *organisation,
                           const struct state_of_site *site, struct practice *practice)
{
    struct standing *standing = &practice->standing;

    EACH_LANE (i) {
        const uint64_t may_join = (standing->ever_member.at[i] == 0.0) &
                                  (organisation->dissolved.at[i] == 0.0) &
                                  (organisation->dissolves.at[i] == 0.0);

        standing->joins.at[i] = site->wants_in.at[i] & may_join ? 1.0 : 0.0;
    }
    practice->pending |= lanes_positive(&standing->joins);
}

/* Lanes in which the quarter's draw is below any rate at which the site may end. */
static uint64_t may_give_notice(const struct decision_inputs *in,
                                const struct state_of_site *site,
                                const struct standing *standing)
{
    const struct lanes *most = &in->rules->drivers->ending_most;
    const struct lanes *handback = &in->rules->parameters->distress.handback_rate;
    uint64_t set = 0;

    GATHER_LANES (i) {
        const double rate = handback->at[i];
        const double added = site->distressed.at[i] ? rate : 0.0;
        const double limit =
            of_quarter * (in->nature->ending.at[i] * most->at[i] + added);
        const uint64_t stays = site->quiet.at[i] & (standing->joins.at[i] == 0.0);

        set |= (stays & (in->nature->notice.at[i] <= limit)) ? lane_bit[i] : 0;
    }
    return set;
}

/* The yearly rate at which a site ends in a lane, in distress or not. */
static double notice_rate(const struct decision_inputs *in,
                          const struct state_of_site *site,
                          const struct standing *standing, int lane)
{
    const struct distress_parameters *d = &in->rules->parameters->distress;
    const struct form_terms *terms =
        standing->member.at[lane] > 0.0 ? in->own_terms : in->other_terms;
    const double size = standing->list.at[lane] / in->start_list;

    return terms->ending_factor.at[lane] *
               ending_rate_at(d, in->rules->drivers, in->nature, size, lane) +
           (site->distressed.at[lane] ? d->handback_rate.at[lane] : 0.0);
}

static void give_notice(const struct decision_inputs *in, int lane,
                        struct practice *practice)
{
    const double quarter = in->rules->quarter;
    const bool single = practice->workforce.partners.at[lane] == 1.0;
    struct standing *s = &practice->standing;

    s->route.at[lane] = in->nature->route.at[lane];
    s->notice_at.at[lane] =
        quarter + 1.0 + (single ? smaller(in->notice, 1.0) : in->notice);
    practice->pending |= lane_bit[lane];
}

static void decide_to_end(const struct decision_inputs *in,
                          const struct state_of_site *site, struct practice *practice,
                          struct lanes *near_ties)
{
    uint64_t set = may_give_notice(in, site, &practice->standing);

    for (; set != 0; set &= set - 1) {
        const int lane = lanes_first(set);
        const double rate = notice_rate(in, site, &practice->standing, lane);

        if (decides(event_time(in->nature->notice.at[lane]), rate,
                    &near_ties->at[lane]))
            give_notice(in, lane, practice);
    }
}

void decisions_distress(const struct decision_inputs *in,
                        const struct organisation *organisation,
                        struct practice *practice, struct lanes *near_ties)
{
    const struct lanes *freeze = &in->rules->parameters->workforce.freeze_income;
    const enum join_rule rule = in->rules->inside->join_rule;
    struct state_of_site site;
    struct figure figure;

    count_leaderless(in->rules, practice);
    figure_of(practice, &figure);
    look(in, &figure, practice, &site);
    EACH_LANE (i) {
        const uint64_t freezes = site.decides.at[i] & is_below(&figure, freeze, i);

        practice->standing.frozen.at[i] = freezes ? 1.0 : 0.0;
    }
    if (rule == JOIN_DISTRESSED_ONLY || rule == JOIN_VOLUNTARY)
        decide_to_join(organisation, &site, practice);
    decide_to_end(in, &site, practice, near_ties);
}
