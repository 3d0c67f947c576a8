/** @file
 * What may be observed of practices, and what a trial gives for it.
 */
#ifndef HEADROOM_OBSERVABLE_H
#define HEADROOM_OBSERVABLE_H

#include "headroom/backtest.h"

/** A practice in a quarter of a trial, as a result stores it. */
struct sight {
    double list, status, wanted, heads, partners, fte, partner_fte, leavers, workload,
        profit;
    bool there_before; /**< its code was there at the end of the quarter before */
    bool opens_year;   /**< first quarter of a financial year */
};

/** What is summed over practices and quarters; a ratio where anything is under it. */
struct fraction {
    double over, under;
};

struct observable {
    struct hr_observable shown;
    bool ratio;
    void (*add)(const struct sight *sight, struct fraction *sum);
};

/** NULL where there is no such measure. */
const struct observable *observable_find(const char *name);

/** The name nearest to @p name. */
const char *observable_nearest(const char *name);

/** The practices by quarter of a result. */
struct sights;

/** Of the form @p form; they live as long as the result. */
HR_MUST_CHECK
enum hr_status sights_open(struct hr_result *result, const char *form,
                           struct sights **sights, struct hr_error *error);
void sights_close(struct sights *sights); /**< NULL is harmless */
size_t sights_trials(const struct sights *sights);

/** Place of a practice; false where there is none of that code. */
bool sights_find(const struct sights *sights, const char *site, size_t *place);

/** Which practices and quarters are looked at. */
struct field_of_view {
    int first, last; /**< quarters, both included */
    bool one_site;
    size_t site;
    double low, high; /**< list at the start of the year, from low to below high */
};

/** What @p trial gives. */
double sights_value(const struct sights *sights, const struct observable *observable,
                    const struct field_of_view *view, size_t trial);

#endif
