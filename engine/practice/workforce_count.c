#include "workforce.h"

/* Adds an amount in the lanes of a set. */
static void add_in(uint64_t set, double amount, struct lanes *sum)
{
    const struct flags *mask = lanes_mask(set);

    if (set == 0)
        return;
    EACH_LANE (i)
        sum->at[i] += lane_in(mask, i, amount);
}

/* Post @p k of a group, of so many fte. */
static void count_post(const struct post_group *posts, int k, double fte,
                       struct workforce *w)
{
    add_in(lanes_of_post(posts_occupied(posts), k), 1.0, &w->filled);
    add_in(lanes_of_post(posts->held[HOLDER_PARTNER], k), 1.0, &w->partners);
    for (int holder = 0; holder < HOLDERS; holder++) {
        const enum role role = holder == HOLDER_PARTNER ? PARTNER : SALARIED;
        const uint64_t held = posts->held[holder];

        add_in(lanes_of_post(held, k), fte, &w->held_fte[holder]);
        add_in(lanes_of_post(held & ~posts->sick, k), fte, &w->well_fte[role]);
        add_in(lanes_of_post(held & posts->today, k), fte, &w->todays_fte[holder]);
    }
}

static void forget(struct workforce *w)
{
    const struct lanes none = {{0}};

    w->filled = w->partners = w->switched_fte = none;
    for (int holder = 0; holder < HOLDERS; holder++)
        w->held_fte[holder] = w->todays_fte[holder] = none;
    for (int role = 0; role < ROLES; role++)
        w->well_fte[role] = none;
}

void workforce_recount(const struct site *site, struct practice *practice)
{
    struct workforce *w = &practice->workforce;
    uint64_t former = 0;

    forget(w);
    for (int slot = 0; slot < POSTS * post_groups(practice->active); slot++) {
        const struct post_group *posts = &practice->posts[slot / POSTS];
        const uint64_t switched = posts->held[HOLDER_SALARIED] & posts->today;
        const int k = slot % POSTS;

        count_post(posts, k, site->slot_fte[slot], w);
        if (slot < site->posts[PARTNER])
            add_in(lanes_of_post(switched, k), site->slot_fte[slot], &w->switched_fte);
        former |= posts->held[HOLDER_CONVERTED] | posts->held[HOLDER_TRANSFERRED];
    }
    workforce_count_vacant(site, lanes_all(), practice);
    practice->former = former != 0;
    practice->recount = false;
}

static void pass_on(int lane, struct lanes *from, struct lanes *to)
{
    to->at[lane] += from->at[lane];
    from->at[lane] = 0.0;
}

/* Exact: fte of posts are multiples of a grain. */
void workforce_convert(enum holder holder, int lane, struct practice *practice)
{
    struct workforce *w = &practice->workforce;

    practice->former |= w->partners.at[lane] > 0.0;
    w->partners.at[lane] = 0.0;
    pass_on(lane, &w->held_fte[HOLDER_PARTNER], &w->held_fte[holder]);
    pass_on(lane, &w->todays_fte[HOLDER_PARTNER], &w->todays_fte[holder]);
    pass_on(lane, &w->well_fte[PARTNER], &w->well_fte[SALARIED]);
}

void workforce_count_vacant(const struct site *site, uint64_t set,
                            struct practice *practice)
{
    const uint64_t lanes = posts_in_lanes(set);
    const struct flags *anew = lanes_mask(set);
    struct lanes *vacant = &practice->workforce.vacant_fte;

    EACH_LANE (i)
        vacant->at[i] = lane_out(anew, i, vacant->at[i]);
    for (int g = 0; g < post_groups(practice->active); g++) {
        uint64_t posts = lanes & posts_vacant(&practice->posts[g]);

        for (; posts != 0; posts &= posts - 1) {
            const int bit = lanes_first(posts);

            vacant->at[bit % LANES] += site->slot_fte[g * POSTS + bit / LANES];
        }
    }
}

static void enter_pay(const struct lanes *pay, struct workforce *w)
{
    EACH_LANE (i) {
        const double salaried = w->held_fte[HOLDER_SALARIED].at[i];
        const double today = w->todays_fte[HOLDER_SALARIED].at[i];

        w->employed_fte.at[i] = salaried;
        w->payroll.at[i] = pay->at[i] * salaried;
        w->today_fte.at[i] = w->todays_fte[HOLDER_PARTNER].at[i] + today;
        w->today_payroll.at[i] = pay->at[i] * today;
        w->former_payroll.at[i] = pay->at[i] * w->switched_fte.at[i];
    }
}

/* Former partners who are employees of a kind. */
static void add_former_partners(enum holder holder, const struct lanes *pay,
                                struct workforce *w)
{
    EACH_LANE (i) {
        const double employed = w->held_fte[holder].at[i];
        const double todays = w->todays_fte[holder].at[i];

        w->employed_fte.at[i] += employed;
        w->payroll.at[i] += pay->at[i] * employed;
        w->today_fte.at[i] += todays;
        w->today_payroll.at[i] += pay->at[i] * todays;
        w->former_payroll.at[i] += pay->at[i] * todays;
    }
}

void workforce_remember(struct workforce *workforce)
{
    struct workforce *w = workforce;

    EACH_LANE (i) {
        const uint64_t partners = to_bits(w->partners.at[i] + 0x1p52) & 0xffff;

        w->exits_by_quarter.at[i] = w->exits_by_quarter.at[i] << 16 | w->exits.at[i];
        w->partners_by_quarter.at[i] = w->partners_by_quarter.at[i] << 16 | partners;
    }
}

void workforce_count(const struct site *site, const struct lanes *salaried_pay,
                     const struct lanes *converted_pay, struct practice *practice)
{
    static const struct lanes salary = {{1, 1, 1, 1, 1, 1, 1, 1}};
    struct workforce *w = &practice->workforce;

    if (practice->scattered != 0)
        workforce_mark_scattered(site, practice);
    enter_pay(salaried_pay, w);
    if (practice->former) {
        add_former_partners(HOLDER_CONVERTED, converted_pay, w);
        add_former_partners(HOLDER_TRANSFERRED, &salary, w);
    }
}
