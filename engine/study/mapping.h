/** @file
 * What the parts of hr_map() share.
 */
#ifndef HEADROOM_MAPPING_H
#define HEADROOM_MAPPING_H

#include "asking_choice.h"
#include "asking_draws.h"
#include "tensor.h"

enum { MAPPING_GRID = 41 /**< values a side, at most */ };

struct mapping {
    struct decision *decision;
    struct hr_map_options options;
    struct decision_trials trials;
    struct draws draws;
    size_t own[2]; /**< draws: down and across, as they are named */
    size_t grid[2];
    double score[2][MAPPING_GRID], x[2][MAPPING_GRID];
    size_t leader;           /**< on average, among the ranked forms */
    struct tensor_value *at; /**< [ranked][cell]: of the form less the leader */
    size_t *best;            /**< [cell]: among the ranked forms */
    bool *sure;              /**< [cell]: told from each other */
    size_t *cells;           /**< [ranked]: of which each is best */
    size_t trials_run;       /**< of each cell; 0 where nothing was run */
};

static inline size_t mapping_cells(const struct mapping *m)
{
    return m->grid[0] * m->grid[1];
}

/** Trials of each run. */
uint64_t mapping_trials(const struct mapping *m);

/** Fill every cell by running it. */
HR_MUST_CHECK
enum hr_status mapping_run(struct mapping *m, struct hr_error *error);

#endif
