#include "workforce.h"

#include "elementary.h"

/* What posts are counted as, of each kind of slot. */
enum counted {
    PARTNERS,
    WELL_PARTNERS,
    TODAYS_PARTNERS,
    SALARIED_GPS,
    TODAYS_SALARIED,
    WELL_EMPLOYED,
    CONVERTED,
    TODAYS_CONVERTED,
    TRANSFERRED,
    TODAYS_TRANSFERRED,
    VACANT,
    COUNTED
};

/* So many groups' posts, eight each, are below 256. */
enum { GROUPS_TOGETHER = 31 };

/* Numbers of posts, a byte a lane. */
struct post_counts {
    uint64_t of[COUNTED][SLOT_KINDS];
    uint64_t filled, partners;
};

static void count_group(const struct post_group *posts, const struct slot_group *slots,
                        struct post_counts *counts)
{
    const uint64_t partners = posts->held[HOLDER_PARTNER];
    const uint64_t salaried = posts->held[HOLDER_SALARIED];
    const uint64_t converted = posts->held[HOLDER_CONVERTED];
    const uint64_t transferred = posts->held[HOLDER_TRANSFERRED];
    const uint64_t employed = salaried | converted | transferred;
    const uint64_t well = ~posts->sick, today = posts->today;
    const uint64_t set[COUNTED] = {
        [PARTNERS] = partners,
        [WELL_PARTNERS] = partners & well,
        [TODAYS_PARTNERS] = partners & today,
        [SALARIED_GPS] = salaried,
        [TODAYS_SALARIED] = salaried & today,
        [WELL_EMPLOYED] = employed & well,
        [CONVERTED] = converted,
        [TODAYS_CONVERTED] = converted & today,
        [TRANSFERRED] = transferred,
        [TODAYS_TRANSFERRED] = transferred & today,
        [VACANT] = posts_vacant(posts),
    };

    for (int c = 0; c < COUNTED; c++) {
        for (int kind = 0; kind < SLOT_KINDS; kind++)
            counts->of[c][kind] += ones_of_bytes(set[c] & slots->kind[kind]);
    }
    counts->filled += ones_of_bytes(partners | employed);
    counts->partners += ones_of_bytes(partners);
}

/* The fte of a lane's posts of each kind. */
static double fte_of(const uint64_t of[SLOT_KINDS], const double fte[SLOT_KINDS], int i)
{
    return fte[SLOT_PARTNER] * small_number(byte_of(of[SLOT_PARTNER], i)) +
           fte[SLOT_SALARIED] * small_number(byte_of(of[SLOT_SALARIED], i)) +
           fte[SLOT_NEW] * small_number(byte_of(of[SLOT_NEW], i));
}

static void enter_people(const struct post_counts *counts, const double fte[SLOT_KINDS],
                         const struct lanes *pay, struct workforce *w)
{
    EACH_LANE (i) {
        const double salaried = fte_of(counts->of[SALARIED_GPS], fte, i);
        const double todays_partners = fte_of(counts->of[TODAYS_PARTNERS], fte, i);
        const double todays_salaried = fte_of(counts->of[TODAYS_SALARIED], fte, i);

        w->filled.at[i] = small_number(byte_of(counts->filled, i));
        w->partners.at[i] = small_number(byte_of(counts->partners, i));
        w->partner_fte.at[i] = fte_of(counts->of[PARTNERS], fte, i);
        w->well_partner_fte.at[i] = fte_of(counts->of[WELL_PARTNERS], fte, i);
        w->employed_fte.at[i] = salaried;
        w->well_employed_fte.at[i] = fte_of(counts->of[WELL_EMPLOYED], fte, i);
        w->vacant_fte.at[i] = fte_of(counts->of[VACANT], fte, i);
        w->payroll.at[i] = pay->at[i] * salaried;
        w->today_partner_fte.at[i] = todays_partners;
        w->today_fte.at[i] = todays_partners + todays_salaried;
        w->today_payroll.at[i] = pay->at[i] * todays_salaried;
        w->former_payroll.at[i] =
            pay->at[i] *
            (fte[SLOT_PARTNER] *
             small_number(byte_of(counts->of[TODAYS_SALARIED][SLOT_PARTNER], i)));
    }
}

/* Former partners: @p c of them, and next to that those of today. */
static void add_former_partners(const struct post_counts *counts, enum counted c,
                                const double fte[SLOT_KINDS], const struct lanes *pay,
                                struct workforce *w)
{
    EACH_LANE (i) {
        const double employed = fte_of(counts->of[c], fte, i);
        const double todays = fte_of(counts->of[c + 1], fte, i);

        w->employed_fte.at[i] += employed;
        w->payroll.at[i] += pay->at[i] * employed;
        w->today_fte.at[i] += todays;
        w->today_payroll.at[i] += pay->at[i] * todays;
        w->former_payroll.at[i] += pay->at[i] * todays;
    }
}

static uint64_t any_of(const struct post_counts *counts, enum counted c)
{
    uint64_t any = 0;

    for (int kind = 0; kind < SLOT_KINDS; kind++)
        any |= counts->of[c][kind];
    return any;
}

/* The posts of groups @p first to before @p end. */
static void count_groups(const struct site_posts *site,
                         const struct workforce_rates *rates,
                         const struct post_group *posts, int first, int end,
                         struct workforce *w)
{
    static const struct lanes salary = {{1, 1, 1, 1, 1, 1, 1, 1}};
    struct post_counts counts = {0};

    for (int g = first; g < end; g++)
        count_group(&posts[g], &site->groups[g], &counts);
    enter_people(&counts, site->slot_fte, rates->salaried_pay, w);
    if (any_of(&counts, CONVERTED) != 0)
        add_former_partners(&counts, CONVERTED, site->slot_fte, rates->converted_pay,
                            w);
    if (any_of(&counts, TRANSFERRED) != 0)
        add_former_partners(&counts, TRANSFERRED, site->slot_fte, &salary, w);
}

static void add_people(const struct workforce *more, struct workforce *w)
{
    EACH_LANE (i) {
        w->filled.at[i] += more->filled.at[i];
        w->partners.at[i] += more->partners.at[i];
        w->partner_fte.at[i] += more->partner_fte.at[i];
        w->well_partner_fte.at[i] += more->well_partner_fte.at[i];
        w->employed_fte.at[i] += more->employed_fte.at[i];
        w->well_employed_fte.at[i] += more->well_employed_fte.at[i];
        w->vacant_fte.at[i] += more->vacant_fte.at[i];
        w->payroll.at[i] += more->payroll.at[i];
        w->today_partner_fte.at[i] += more->today_partner_fte.at[i];
        w->today_fte.at[i] += more->today_fte.at[i];
        w->today_payroll.at[i] += more->today_payroll.at[i];
        w->former_payroll.at[i] += more->former_payroll.at[i];
    }
}

static int smaller_of(int a, int b)
{
    return a < b ? a : b;
}

void workforce_count(const struct site_posts *site, const struct workforce_rates *rates,
                     struct practice *practice)
{
    const int groups = post_groups(practice->active);
    struct workforce *w = &practice->workforce;
    int counted = smaller_of(groups, GROUPS_TOGETHER);

    if (practice->scattered != 0)
        workforce_mark_scattered(practice);
    count_groups(site, rates, practice->posts, 0, counted, w);
    while (counted < groups) {
        const int end = smaller_of(groups, counted + GROUPS_TOGETHER);
        struct workforce more;

        count_groups(site, rates, practice->posts, counted, end, &more);
        add_people(&more, w);
        counted = end;
    }
    EACH_LANE (i)
        w->partners_by_quarter.at[i] = w->partners_by_quarter.at[i] << 16 |
                                       (to_bits(w->partners.at[i] + 0x1p52) & 0xffff);
}
