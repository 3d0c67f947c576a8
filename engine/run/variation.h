/** @file
 * Runs that are not of a whole scenario as it stands: of some forms, or with some draws
 * made anew.
 */
#ifndef HEADROOM_VARIATION_H
#define HEADROOM_VARIATION_H

#include "headroom/run.h"

#include "plan.h"

/** Which forms of @p scenario are run: those named and the reference, into *keep, to be
 * freed; NULL where @p only is, and all are. HR_BAD_INPUT for a name that is none. */
HR_MUST_CHECK
enum hr_status variation_forms(const struct hr_scenario *scenario, const char *only,
                               bool **keep, struct hr_error *error);

/** Put the draws of @p plan on the streams of the options. HR_BAD_INPUT for a stream or
 * a key that is none. */
HR_MUST_CHECK
enum hr_status variation_streams(const struct hr_run_options *options,
                                 struct plan *plan, struct hr_error *error);

/** HR_BAD_INPUT where what is run could not be run again from its file. */
HR_MUST_CHECK
enum hr_status variation_may_save(const struct hr_run_options *options,
                                  struct hr_error *error);

#endif
