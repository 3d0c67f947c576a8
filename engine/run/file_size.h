/** @file
 * How large a result file will be, before there is one.
 */
#ifndef HEADROOM_FILE_SIZE_H
#define HEADROOM_FILE_SIZE_H

#include "shape.h"

#include <stdint.h>

/** Bytes of a run's result. */
double file_size_of_run(const struct shape *shape, uint64_t trials, bool neutral);

/** Bytes of a sweep's, which keeps trials of so many metrics. */
double file_size_of_sweep(const struct shape *shape, uint64_t trials, size_t points,
                          size_t metrics);

#endif
