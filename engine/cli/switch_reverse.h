/** @file
 * The mildest combination of assumptions that turns the best form.
 */
#ifndef HEADROOM_SWITCH_REVERSE_H
#define HEADROOM_SWITCH_REVERSE_H

#include "decision_options.h"

/** Find it, run it where @p runs, in @p trials trials (0: the usual), and print it. */
HR_MUST_CHECK
enum hr_status switch_reverse(struct decision_run *run, uint64_t trials, bool runs,
                              struct hr_error *error);

#endif
