/** @file
 * How much memory a run takes.
 */
#ifndef HEADROOM_FOOTPRINT_H
#define HEADROOM_FOOTPRINT_H

#include "shape.h"

/** Bytes that grow with trials: the trial table. */
double footprint_of_trials(const struct shape *shape, double trials);

/** Bytes of a part of so many trials: their table, sums and counts. */
double footprint_of_part(const struct shape *shape, double trials);

/** Bytes of the trial table that a run towards a file holds: all, or what the rest
 * leaves of what the run may take together (0: 0.9 GB, less where that is more than
 * half of what there is). */
double footprint_held(const struct shape *shape, double trials, double allowed,
                      int threads);

/** Threads that make the statistics of so many trials, each in columns of its own: all,
 * or fewer where those would take more than a few hundred MB. */
size_t footprint_statisticians(double trials, int threads);

/** Bytes of columns, for statistics, that are held in memory; more of them are in a
 * file.
 * @p allowed as above. */
double footprint_columns(double allowed);

/** All that a run holds at once, @p held of it of the trial table. */
double footprint_of_run(const struct shape *shape, double trials, double held,
                        int threads);

/** Memory that is not there is refused before any trial runs: the system may promise it
 * all the same, and end the program where it is used. */
HR_MUST_CHECK
enum hr_status footprint_check(const struct shape *shape, uint64_t trials, double held,
                               int threads, struct hr_error *error);

/** Likewise room beside the file @p path for the table of so many trials, where a run
 * writes it in parts. Where the system does not say how much there is, HR_OK. */
HR_MUST_CHECK
enum hr_status footprint_check_disk(const struct shape *shape, uint64_t trials,
                                    const char *path, struct hr_error *error);

#endif
