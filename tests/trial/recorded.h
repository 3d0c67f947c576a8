/** @file
 * A run with one trial on tape, and its numbers by name.
 */
#ifndef HEADROOM_RECORDED_H
#define HEADROOM_RECORDED_H

#include "small_patch.h"
#include "tape.h"

/** The plan is made first, by small_patch(&run.plan, ...); the rest by record(). */
struct recorded {
    struct plan plan;
    struct block block;
    struct tape tape;
};

/** Run trials 0 to LANES-1 and keep trial @p lane, quarter by quarter. */
void record_lane(struct recorded *run, int lane);
void record(struct recorded *run); /**< trial 0 */
void recorded_free(struct recorded *run);

/** A column of the tape; the test fails where there is no column of that name. */
double site_at(const struct recorded *run, size_t form, size_t site, int quarter,
               const char *column);
double organisation_at(const struct recorded *run, size_t form, int organisation,
                       int quarter, const char *column);
double ledger_at(const struct recorded *run, size_t form, int quarter,
                 const char *column);
double driver_at(const struct recorded *run, int quarter, const char *column);

/** A metric of the trial on tape. */
double metric_of(const struct recorded *run, size_t form, enum metric metric);

/** Both the same to 1e-12 of the larger, or of one: a few rounding errors of sums that
 * are reckoned in another order here. */
#define assert_near(got, expected) assert_near_at(got, expected, __FILE__, __LINE__)
void assert_near_at(double got, double expected, const char *file, int line);

#endif
