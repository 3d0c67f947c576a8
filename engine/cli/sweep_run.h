/** @file
 * A sweep from the command line: its axes, its run, what is said of it.
 */
#ifndef HEADROOM_SWEEP_RUN_H
#define HEADROOM_SWEEP_RUN_H

#include "command.h"

enum { AXES_TEXT = 4096 };

/** Add `KEY=FROM:TO:STEPS` or `KEY=A,B,C` to @p axes, which becomes the change
 * `sweep=[...]`; anything else is a usage error. */
void sweep_add_axis(const struct argp_state *state, const char *text,
                    char axes[AXES_TEXT]);

/** Run the sweep that @p scenario says into @p output, and say how it went. */
HR_MUST_CHECK
enum hr_status sweep_run(struct run_options *options,
                         const struct hr_scenario *scenario, const char *output);

#endif
