#include "workforce.h"

#include "elementary.h"

/* Posts are counted some at a time, so that the sums stay in registers meanwhile and
 * few of those beyond the last in use are counted too. */
enum { TOGETHER = 4 };

/* The posts from slot @p first of a site, in the lowest places of a group. */
static struct post_group posts_from(const struct practice *practice, int first)
{
    const int shift = first % POSTS * LANES;
    struct post_group posts = practice->posts[first / POSTS];

    for (int holder = 0; holder < HOLDERS; holder++)
        posts.held[holder] >>= shift;
    posts.sick >>= shift;
    posts.today >>= shift;
    return posts;
}

static void start_counts(struct workforce *w)
{
    const struct lanes none = {{0}};

    w->filled = none;
    w->partners = none;
    w->partner_fte = none;
    w->well_partner_fte = none;
    w->employed_fte = none;
    w->well_employed_fte = none;
    w->payroll = none;
    w->vacant_fte = none;
    w->today_partner_fte = none;
    w->today_fte = none;
    w->today_payroll = none;
}

/* An amount in a lane where the bit of post k is set. */
static double where(uint64_t bits, int k, int i, double amount)
{
    return from_bits(bits & post_bit(k, i) ? to_bits(amount) : 0);
}

static void count_filled(const struct post_group *posts, struct workforce *w)
{
    const uint64_t occupied = posts_occupied(posts);
    const uint64_t partner = posts->held[HOLDER_PARTNER];

    EACH_LANE (i) {
        for (int k = 0; k < TOGETHER; k++) {
            w->filled.at[i] += where(occupied, k, i, 1.0);
            w->partners.at[i] += where(partner, k, i, 1.0);
        }
    }
}

static void count_partners(const struct post_group *posts, const double *fte,
                           struct workforce *w)
{
    const uint64_t partner = posts->held[HOLDER_PARTNER];
    const uint64_t well = partner & ~posts->sick;

    if (partner == 0)
        return;
    EACH_LANE (i) {
        for (int k = 0; k < TOGETHER; k++) {
            w->partner_fte.at[i] += where(partner, k, i, fte[k]);
            w->well_partner_fte.at[i] += where(well, k, i, fte[k]);
        }
    }
}

static void count_today(const struct post_group *posts, const double *fte,
                        struct workforce *w)
{
    const uint64_t today = posts->today;
    const uint64_t partner = posts->held[HOLDER_PARTNER] & today;

    if (today == 0)
        return;
    EACH_LANE (i) {
        for (int k = 0; k < TOGETHER; k++) {
            w->today_fte.at[i] += where(today, k, i, fte[k]);
            w->today_partner_fte.at[i] += where(partner, k, i, fte[k]);
        }
    }
}

static void count_employed(const struct post_group *posts, const double *fte,
                           struct workforce *w)
{
    const uint64_t employed = posts_occupied(posts) & ~posts->held[HOLDER_PARTNER];
    const uint64_t well = employed & ~posts->sick;

    if (employed == 0)
        return;
    EACH_LANE (i) {
        for (int k = 0; k < TOGETHER; k++) {
            w->employed_fte.at[i] += where(employed, k, i, fte[k]);
            w->well_employed_fte.at[i] += where(well, k, i, fte[k]);
        }
    }
}

static void count_pay(const struct post_group *posts, const double *fte,
                      const struct workforce_rates *rates, struct workforce *w)
{
    const uint64_t *held = posts->held;

    if (posts_occupied(posts) == held[HOLDER_PARTNER])
        return;
    EACH_LANE (i) {
        const double salaried = rates->salaried_pay->at[i];
        const double converted = rates->converted_pay->at[i];

        for (int k = 0; k < TOGETHER; k++) {
            const double pay =
                fte[k] * (where(held[HOLDER_SALARIED], k, i, salaried) +
                          where(held[HOLDER_CONVERTED], k, i, converted) +
                          where(held[HOLDER_TRANSFERRED], k, i, 1.0));

            w->payroll.at[i] += pay;
            w->today_payroll.at[i] += where(posts->today, k, i, pay);
        }
    }
}

/* The fte of the lowest empty wanted slots. */
static void count_vacant(const struct post_group *posts, const double *fte,
                         struct lanes *left, struct workforce *w)
{
    const uint64_t occupied = posts_occupied(posts);

    EACH_LANE (i) {
        double rest = left->at[i];

        for (int k = 0; k < TOGETHER; k++) {
            const double empty = where(~occupied, k, i, 1.0);
            const double vacant = smaller(empty, rest);

            w->vacant_fte.at[i] += vacant * fte[k];
            rest -= vacant;
        }
        left->at[i] = rest;
    }
}

void workforce_count(const struct site_posts *site, const struct workforce_rates *rates,
                     struct practice *practice)
{
    struct workforce *w = &practice->workforce;
    struct lanes left;

    start_counts(w);
    for (int first = 0; first < practice->active; first += TOGETHER) {
        const struct post_group posts = posts_from(practice, first);
        const double *fte = &site->slot_fte[first];

        count_filled(&posts, w);
        count_partners(&posts, fte, w);
        count_today(&posts, fte, w);
        count_employed(&posts, fte, w);
        count_pay(&posts, fte, rates, w);
    }
    EACH_LANE (i) {
        left.at[i] = larger(0.0, w->wanted.at[i] - w->filled.at[i]);
        w->partners_by_quarter.at[i] = w->partners_by_quarter.at[i] << 8 |
                                       (to_bits(w->partners.at[i] + 0x1p52) & 0xfffffu);
    }
    for (int first = 0; first < practice->active; first += TOGETHER) {
        const struct post_group posts = posts_from(practice, first);

        count_vacant(&posts, &site->slot_fte[first], &left, w);
    }
}
