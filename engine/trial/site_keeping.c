#include "site_keeping.h"

#include "site_quarters.h"

/* Ended for good: a practice once taken over has no code of its own to be a
 * caretaker's. */
enum { OPEN, IN_CARETAKER_HANDS, ENDED };

static double status_of(const struct standing *standing, int lane)
{
    if (lanes_have(standing->open, lane))
        return OPEN;
    return lanes_have(standing->caretaker & ~standing->taken_over, lane)
               ? IN_CARETAKER_HANDS
               : ENDED;
}

static void keep_lane(const struct practice *practice, const struct drivers *drivers,
                      int now, int i, double kept[SITE_QUARTERS])
{
    const struct workforce *w = &practice->workforce;
    const double real = drivers->real.at[i];

    kept[SITE_QUARTER_LIST] = practice->list.at[i];
    kept[SITE_QUARTER_STATUS] = status_of(&practice->standing, i);
    kept[SITE_QUARTER_WANTED] = w->wanted.at[i];
    kept[SITE_QUARTER_HEADS] = w->filled.at[i];
    kept[SITE_QUARTER_PARTNERS] = w->partners.at[i];
    kept[SITE_QUARTER_FTE] = w->partner_fte.at[i] + w->employed_fte.at[i];
    kept[SITE_QUARTER_PARTNER_FTE] = w->partner_fte.at[i];
    kept[SITE_QUARTER_LEAVERS] = w->leavers.at[i];
    kept[SITE_QUARTER_WORKLOAD] = practice->capacity.workload.at[i];
    kept[SITE_QUARTER_INCOME] =
        (practice->paid->core.at[i] + practice->paid->relief.at[i]) * real;
    kept[SITE_QUARTER_COSTS] = practice->trailing.cost[now].at[i] * real;
    kept[SITE_QUARTER_PROFIT] = practice->settlement.counted.at[i] * real;
    kept[SITE_QUARTER_SHORTAGE] = drivers->shortage.at[i];
}

void site_keeping_quarter(const struct block *block, size_t form, int quarter)
{
    const size_t quarters = (size_t)block->plan->quarters;
    const size_t column = block->whole->sites * quarters;

    for (size_t s = 0; s < block->plan->sites; s++) {
        struct lanes *first =
            &block->site_quarters[form * SITE_QUARTERS * column +
                                  block_site(block, s) * quarters + (size_t)quarter];

        for (int i = 0; i < LANES; i++) {
            double value[SITE_QUARTERS];

            keep_lane(&block->patch[form].practice[s], &block->drivers,
                      trailing_place(quarter), i, value);
            for (size_t c = 0; c < SITE_QUARTERS; c++)
                first[c * column].at[i] = value[c];
        }
    }
}
