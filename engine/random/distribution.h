/** @file
 * Distributions by quantile: what one uniform becomes.
 *
 * Every distribution is truncated to a range: x = F^-1(F(lo) + u (F(hi) - F(lo))).
 * All use the engine's own elementary functions: the bits do not depend on the
 * processor.
 */
#ifndef HEADROOM_DISTRIBUTION_H
#define HEADROOM_DISTRIBUTION_H

#include "headroom/error.h"

#include "distribution_kind.h"

/** Set the truncation; refused where the distribution has no mass in the range or
 * its own parameters are impossible (a sentence without the key's name). */
HR_MUST_CHECK
enum hr_status distribution_truncate(struct distribution *distribution, double low,
                                     double high, struct hr_error *error);

/** The value at probability @p u of the truncated distribution. */
double distribution_quantile(const struct distribution *distribution, double u);

/** Whether it is a beta, gamma or pert law so smooth that a curve is as good as solving
 * for each quantile. */
bool distribution_is_smooth(const struct distribution *distribution);

/** Draw the curve of a smooth law, which follows it from now on. */
void distribution_follow(struct distribution *distribution,
                         struct quantile_curve *curve);

/** Its largest possible value (the range's end where it has no bound of its own). */
double distribution_upper_end(const struct distribution *distribution);

/** Laws and names of parameters: distribution_laws.h. A name such as "lognormal", and
 * back; NULL or -1 where there is none. */
const char *distribution_name(enum distribution_kind kind);
int distribution_kind_of(const char *name);

enum { DISTRIBUTION_NAMES = 200 };

/** Those that draw, with commas between; @p text. */
const char *distribution_names(char text[DISTRIBUTION_NAMES]);

#endif
