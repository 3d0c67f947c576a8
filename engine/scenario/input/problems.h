/** @file
 * A list of problems as the one sentence that an error holds.
 */
#ifndef HEADROOM_PROBLEMS_H
#define HEADROOM_PROBLEMS_H

#include "headroom/error.h"
#include "headroom/scenario.h"

/** The first of the problems after the words @p what ("" for none), with the status
 * @p if_bad; or HR_FAILED where memory ran out. Frees the problems. */
enum hr_status problems_fail(struct hr_messages *problems, enum hr_status if_bad,
                             const char *what, struct hr_error *error);

#endif
