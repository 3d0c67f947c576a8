#include "decisions.h"

#include "ending_rate.h"
#include "near_tie.h"

static const double least_fte = 0.25;

/* Sum of the quarters of a ring that belong to the site's present trailing year. */
static double trailing_sum(const struct lanes ring[TRAILING], int i)
{
    return ring[0].at[i] + ring[1].at[i] + ring[2].at[i] + ring[3].at[i];
}

/* Lanes whose trailing year has become full are young no longer. */
static void grow_up(int quarter, struct standing *standing)
{
    for (uint64_t set = standing->young; set != 0; set &= set - 1) {
        const int lane = lanes_first(set);

        if (quarter - standing->since[lane] >= TRAILING - 1)
            lanes_drop(lane, &standing->young);
    }
}

void decisions_record(const struct settlement_rules *rules, struct practice *practice)
{
    const int now = trailing_place(rules->quarter);
    const struct lanes *real = &rules->drivers->real;
    struct trailing *t = &practice->trailing;

    grow_up(rules->quarter, &practice->standing);
    EACH_LANE (i) {
        t->counted[now].at[i] = practice->settlement.counted.at[i] * real->at[i];
        t->partner_fte[now].at[i] = practice->workforce.partner_fte.at[i];
    }
    if (rules->inside->pool_owner == OWNER_PARTNERS)
        return; /* no organisation leaves those members that made a loss */
    EACH_LANE (i)
        t->residual[now].at[i] = practice->money.residual.at[i] * real->at[i];
}

/* Lanes without a partner while not held by an organisation, now and in a row. */
static void note_leaderless(const struct settlement_rules *rules, struct standing *s)
{
    const uint64_t held = standing_held(s, rules->inside->convert_partners);
    const uint64_t leaderless = lanes_all() & ~(held | s->partnered);

    lanes_keep(leaderless & s->leaderless, &s->long_leaderless);
    lanes_keep(leaderless, &s->leaderless);
    lanes_keep(s->had_partner | s->partnered, &s->had_partner);
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

/* Lanes in which the figure, profit per fte, is below a level. */
static uint64_t below_level(const struct figure *figure, const struct lanes *level)
{
    uint64_t set = 0;

    GATHER_LANES (i)
        set |=
            figure->profit.at[i] < level->at[i] * figure->fte.at[i] ? lane_bit[i] : 0;
    return set;
}

/* In what state a site decides: sets of lanes. */
struct state_of_site {
    uint64_t judged;     /**< open, a year old and not held */
    uint64_t quiet;      /**< open, not held and not in notice */
    uint64_t distressed; /**< quiet, a year old, poor or left by its last partner */
};

static struct state_of_site look(const struct decision_inputs *in,
                                 const struct figure *figure, const struct standing *s)
{
    const uint64_t free =
        s->open & ~standing_held(s, in->rules->inside->convert_partners);
    const uint64_t quiet = free & ~(uint64_t)s->in_notice;
    const uint64_t judged = free & ~(uint64_t)s->young;
    const uint64_t last_partner_gone = s->long_leaderless & s->had_partner;
    const uint64_t poor =
        s->partnered & below_level(figure, &in->rules->parameters->distress.income);

    return (struct state_of_site){
        .judged = judged,
        .quiet = quiet,
        .distressed = judged & quiet & (poor | last_partner_gone),
    };
}

static uint64_t open_to_join(const struct organisation *organisation)
{
    uint64_t set = 0;

    GATHER_LANES (i) {
        const double over =
            organisation->dissolved.at[i] + organisation->dissolves.at[i];

        set |= over == 0.0 ? lane_bit[i] : 0;
    }
    return set;
}

/* A site joins once, and no organisation that is dissolved or about to be. */
static void decide_to_join(const struct decision_inputs *in,
                           const struct organisation *organisation,
                           const struct figure *figure,
                           const struct state_of_site *site, struct standing *s)
{
    const enum join_rule rule = in->rules->inside->join_rule;
    uint64_t wants = 0;

    if (rule == JOIN_DISTRESSED_ONLY)
        wants = site->distressed;
    if (rule == JOIN_VOLUNTARY)
        wants = site->judged & site->quiet & s->partnered &
                below_level(figure, &in->own_terms->join_below);
    if (wants != 0)
        wants &= open_to_join(organisation) & ~(uint64_t)s->ever_member;
    lanes_keep(wants, &s->joins);
}

/* Lanes in which the quarter's draw is below any rate at which a site may end that is
 * not in distress, and below that and @p more. */
static uint64_t below_most(const struct decision_inputs *in, const struct lanes *more)
{
    const struct lanes *most = &in->rules->drivers->ending_most;
    const struct nature *nature = in->nature;
    uint64_t set = 0;

    GATHER_LANES (i) {
        const double limit =
            of_quarter * (nature->ending.at[i] * most->at[i] + more->at[i]);

        set |= nature->notice.at[i] <= limit ? lane_bit[i] : 0;
    }
    return set;
}

static uint64_t may_give_notice(const struct decision_inputs *in,
                                const struct state_of_site *site,
                                const struct standing *standing)
{
    static const struct lanes none;
    const struct lanes *handback = &in->rules->parameters->distress.handback_rate;
    uint64_t set = below_most(in, &none);

    if (site->distressed != 0)
        set |= site->distressed & below_most(in, handback);
    return set & site->quiet & ~(uint64_t)standing->joins;
}

/* The yearly rate at which a site ends in a lane, in distress or not. */
static double notice_rate(const struct decision_inputs *in,
                          const struct state_of_site *site,
                          const struct practice *practice, int lane)
{
    const struct distress_parameters *d = &in->rules->parameters->distress;
    const struct form_terms *terms =
        lanes_have(practice->standing.member, lane) ? in->own_terms : in->other_terms;
    const double size = practice->list.at[lane] / in->site->list;

    return terms->ending_factor.at[lane] *
               ending_rate_at(d, in->rules->drivers, in->nature, size, lane) +
           (lanes_have(site->distressed, lane) ? d->handback_rate.at[lane] : 0.0);
}

static void give_notice(const struct decision_inputs *in, int lane,
                        struct practice *practice)
{
    const bool single = practice->workforce.partners.at[lane] == 1.0;
    const int notice = single && in->notice > 1 ? 1 : in->notice;

    practice->route.at[lane] = in->nature->route.at[lane];
    standing_notice(&practice->standing, in->rules->quarter + 1 + notice, lane);
}

static void decide_to_end(const struct decision_inputs *in,
                          const struct state_of_site *site, struct practice *practice,
                          struct lanes *near_ties)
{
    uint64_t set = may_give_notice(in, site, &practice->standing);

    for (; set != 0; set &= set - 1) {
        const int lane = lanes_first(set);
        const double rate = notice_rate(in, site, practice, lane);

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
    struct standing *standing = &practice->standing;
    struct state_of_site site;
    struct figure figure;

    note_leaderless(in->rules, standing);
    figure_of(practice, &figure);
    site = look(in, &figure, standing);
    lanes_keep(site.judged & standing->partnered & below_level(&figure, freeze),
               &standing->frozen);
    decide_to_join(in, organisation, &figure, &site, standing);
    decide_to_end(in, &site, practice, near_ties);
}
