#include "workforce.h"

#include "near_tie.h"

/* Slots beyond those ever wanted in any lane stay empty, and are skipped. */
static void activate(struct practice *practice)
{
    const struct lanes *wanted = &practice->workforce.wanted;

    for (int i = 0; i < LANES; i++) {
        if (wanted->at[i] > practice->active)
            practice->active = (int)wanted->at[i];
    }
}

/* Lanes in which a post of a group is held that is not marked as wanted. */
static uint64_t held_beyond(const struct post_group *posts)
{
    const uint64_t beyond = ones_of_bytes(posts_occupied(posts) & ~posts->wanted);
    uint64_t set = 0;

    GATHER_LANES (i)
        set |= byte_of(beyond, i) != 0 ? lane_bit[i] : 0;
    return set;
}

/* The lowest slots of a lane are those wanted, where nobody holds a higher one. */
static void mark_lowest(struct practice *practice)
{
    const struct lanes *wanted = &practice->workforce.wanted;

    practice->scattered = 0;
    for (int g = 0; g < post_groups(practice->active); g++) {
        const double before = g * POSTS;
        uint64_t set = 0;

        GATHER_LANES (i) {
            const double here = within(wanted->at[i] - before, 0.0, POSTS);
            const uint64_t number = to_bits(here + 0x1p52) & 0xf;

            set |= ((UINT64_C(1) << number) - 1) << lane_shift[i];
        }
        practice->posts[g].wanted = set;
        practice->scattered |= held_beyond(&practice->posts[g]);
    }
}

static int holders_in(const struct practice *practice, int lane)
{
    int holders = 0;

    for (int g = 0; g < post_groups(practice->active); g++)
        holders +=
            __builtin_popcountll(posts_occupied(&practice->posts[g]) & posts_in(lane));
    return holders;
}

/* Where a list has shrunk: every holder's post, and then the lowest empty ones. */
static void mark_held(struct practice *practice, int lane)
{
    int vacant = (int)practice->workforce.wanted.at[lane] - holders_in(practice, lane);

    for (int slot = 0; slot < POSTS * post_groups(practice->active); slot++) {
        struct post_group *posts = &practice->posts[slot / POSTS];
        const uint64_t bit = post_bit(slot % POSTS, lane);
        const bool held = posts_occupied(posts) & bit;

        posts->wanted &= ~bit;
        posts->wanted |= held || vacant > 0 ? bit : 0;
        vacant -= !held;
    }
}

void workforce_mark_scattered(struct practice *practice)
{
    for (uint64_t set = practice->scattered; set != 0; set &= set - 1)
        mark_held(practice, lanes_first(set));
}

/* Posts wanted by the list; whether they are others than before. */
static bool want_posts(const struct site_posts *site, const struct nature *nature,
                       struct practice *practice)
{
    const double slots = site->slots, per_list = 1.0 / site->list;
    struct workforce *w = &practice->workforce;
    uint64_t set = 0;

    GATHER_LANES (i) {
        const double list = practice->standing.list.at[i] * per_list;
        const double grown = rounded(nature->wanted_exact.at[i] * list +
                                     (nature->wanted_draw.at[i] - 0.5));
        const double kept = larger(w->filled.at[i], smaller(grown, slots));
        const double before = w->wanted.at[i];
        const double wanted =
            practice->standing.status.at[i] == STATUS_CLOSED ? 0.0 : kept;

        w->wanted.at[i] = wanted;
        set |= wanted != before ? lane_bit[i] : 0;
    }
    practice->resized = false;
    return set != 0;
}

void workforce_census(const struct site_posts *site, const struct nature *nature,
                      struct practice *practice)
{
    const struct standing *s = &practice->standing;
    struct workforce *w = &practice->workforce;

    if (practice->resized && want_posts(site, nature, practice)) {
        activate(practice);
        mark_lowest(practice);
    }
    if (practice->scattered != 0)
        workforce_mark_scattered(practice);
    EACH_LANE (i) {
        const double vacant = w->wanted.at[i] - w->filled.at[i];
        const uint64_t recruits =
            (s->notice_at.at[i] == NEVER) & (s->frozen.at[i] == 0.0);

        w->eligible.at[i] = recruits ? vacant : 0.0;
    }
}

/* Events of the last four quarters, 16 bits each, the newest lowest. */
static double sum_of_year(uint64_t quarters)
{
    const uint64_t halves =
        (quarters & 0x0000ffff0000ffff) + (quarters >> 16 & 0x0000ffff0000ffff);

    return small_number((halves & 0xffffffff) + (halves >> 32));
}

static void workload_and_peers(const struct workforce_parameters *w, int quarter,
                               const struct practice *practice, struct lanes *burnout,
                               struct lanes *contagion)
{
    const int quarters_ago = quarter < TRAILING ? quarter - 1 : TRAILING - 1;
    const int shift = quarters_ago > 0 ? 16 * quarters_ago : 0;
    const struct workforce *then = &practice->workforce;

    EACH_LANE (i) {
        const double strain =
            within(practice->capacity.workload.at[i] - w->burnout_threshold.at[i], 0.0,
                   w->burnout_cap.at[i]);
        const double gone = sum_of_year(then->exits_by_quarter.at[i]);
        const double partners = larger(
            small_number(then->partners_by_quarter.at[i] >> shift & 0xffff), 1.0);

        burnout->at[i] = w->burnout_rate.at[i] * strain;
        contagion->at[i] = w->peer_rate.at[i] * (gone / partners);
    }
}

void workforce_rates(const struct parameters *parameters,
                     const struct form_terms *terms, const struct lanes *convert_pay,
                     int quarter, const struct nature *nature,
                     const struct practice *practice, struct workforce_rates *rates)
{
    const struct workforce_parameters *w = &parameters->workforce;
    struct lanes burnout, contagion;

    workload_and_peers(w, quarter, practice, &burnout, &contagion);
    for (int role = 0; role < ROLES; role++) {
        EACH_LANE (i) {
            const double own =
                w->leave_rate[role].at[i] * terms->leave_factor[role].at[i];
            const double rate = own + burnout.at[i] + contagion.at[i];

            rates->leave[role].at[i] = nature->frailty.at[i] * rate;
        }
    }
    EACH_LANE (i) {
        const uint64_t open = practice->standing.status.at[i] == STATUS_OPEN;
        const uint64_t first_year = quarter - practice->standing.joined.at[i] < 4.0;
        const uint64_t hires_partners = open & (rates->converts.at[i] == 0.0);
        const double transition = terms->transition_exit.at[i];
        const double share = terms->partner_share.at[i];

        rates->transition.at[i] = open & first_year ? transition : 0.0;
        rates->partner_share.at[i] = hires_partners ? share : 0.0;
    }
    rates->salaried_pay = &terms->pay_premium;
    rates->converted_pay = convert_pay;
}

void workforce_chances(const struct parameters *parameters,
                       const struct drivers *drivers, const struct shock *shocks,
                       int shock_count, struct workforce_chances *chances)
{
    const struct workforce_parameters *w = &parameters->workforce;

    EACH_LANE (i) {
        chances->switching.at[i] = quarter_probability(w->switch_rate.at[i]);
        chances->sickness.at[i] =
            quarter_probability(w->sick_rate.at[i] * drivers->sickness.at[i]);
        chances->recovery.at[i] = quarter_probability(1.0 / w->sick_years.at[i]);
        chances->retirement.at[i] = w->retire_max.at[i];
        /* where the logistic curve is at 1 / (1 + e^2) */
        chances->ripe_age.at[i] = w->retire_mid.at[i] - 2.0 * w->retire_spread.at[i];
    }
    for (int s = 0; s < shock_count; s++) {
        EACH_LANE (i)
            chances->retirement.at[i] *= larger(1.0, shocks[s].exits.at[i]);
    }
}
