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

/* Lanes of a set of posts. */
static uint64_t lanes_of(uint64_t posts)
{
    posts |= posts >> 32;
    posts |= posts >> 16;
    posts |= posts >> 8;
    return posts & 0xff;
}

/* The lowest slots of a lane are those wanted, where nobody holds a higher one. */
static void mark_lowest(struct practice *practice)
{
    const struct lanes *wanted = &practice->workforce.wanted;

    practice->scattered = 0;
    for (int g = 0; g < post_groups(practice->active); g++) {
        struct post_group *posts = &practice->posts[g];
        const double before = g * POSTS;
        uint64_t set = 0;

        GATHER_LANES (i) {
            for (int k = 0; k < POSTS; k++)
                set |= wanted->at[i] > before + k ? post_bit(k, i) : 0;
        }
        posts->wanted = set;
        practice->scattered |= lanes_of(posts_occupied(posts) & ~set);
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

void workforce_mark_scattered(const struct site *site, struct practice *practice)
{
    for (uint64_t set = practice->scattered; set != 0; set &= set - 1)
        mark_held(practice, lanes_first(set));
    workforce_count_vacant(site, practice->scattered, practice);
}

/* Posts wanted by the list; whether they are others than before. */
static bool want_posts(const struct site *site, const struct nature *nature,
                       struct practice *practice)
{
    const struct flags *closed = lanes_mask(practice->standing.closed);
    const double slots = site->slots, per_list = site->per_patient;
    struct workforce *w = &practice->workforce;
    uint64_t set = 0;

    GATHER_LANES (i) {
        const double list = practice->list.at[i] * per_list;
        const double grown = rounded(nature->wanted_exact.at[i] * list +
                                     (nature->wanted_draw.at[i] - 0.5));
        const double kept = larger(w->filled.at[i], smaller(grown, slots));
        const double before = w->wanted.at[i];
        const double wanted = lane_out(closed, i, kept);

        w->wanted.at[i] = wanted;
        set |= wanted != before ? lane_bit[i] : 0;
    }
    practice->resized = false;
    return set != 0;
}

void workforce_census(const struct site *site, const struct nature *nature,
                      struct practice *practice)
{
    const struct flags *stopped =
        lanes_mask(practice->standing.in_notice | practice->standing.frozen);
    struct workforce *w = &practice->workforce;

    if (practice->resized && want_posts(site, nature, practice)) {
        activate(practice);
        mark_lowest(practice);
        workforce_count_vacant(site, lanes_all(), practice);
    }
    if (practice->scattered != 0)
        workforce_mark_scattered(site, practice);
    EACH_LANE (i) {
        const double vacant = w->wanted.at[i] - w->filled.at[i];

        w->eligible.at[i] = lane_out(stopped, i, vacant);
    }
}
