/** @file
 * What it is worth to know an assumption before choosing (expected value of perfect
 * partial information).
 *
 * One draw: a spline for each rival of the leader, plug-in less its bias by posterior
 * draws. Several draws together: a regression surface, and the worth of the rule that
 * it gives, found on other trials than it is tried on.
 */
#ifndef HEADROOM_INFORMATION_H
#define HEADROOM_INFORMATION_H

#include "alternatives.h"
#include "spline.h"
#include "surface.h"

#include <stdint.h>

enum { INFORMATION_DRAWS = 200 /**< posterior draws of the curves */ };

struct information {
    double plug;  /**< of the curves as fitted: too high */
    double value; /**< less its bias */
    double se;
};

/** Worth of knowing the draw of @p spline; complete trials, larger is better. */
HR_MUST_CHECK
enum hr_status information_of_draw(const struct spline *spline,
                                   const struct alternatives *all, uint64_t seed,
                                   struct information *information,
                                   struct hr_error *error);

struct policy {
    double gain, gain_se; /**< cross-fitted: a rule one could follow; at least this */
    double plug;          /**< of the surface fitted to all trials */
};

/** Worth of knowing all of @p draws together. share_best[alternative], or NULL: share
 * of trials in which the cross-fitted surface has it best. Refused where surface_init()
 * does. */
HR_MUST_CHECK
enum hr_status information_of_group(const struct scores *draws,
                                    const struct alternatives *all,
                                    struct policy *policy, double *share_best,
                                    struct hr_error *error);

struct explained {
    double share; /**< of the variance, adjusted for the columns (adjusted R^2) */
    double se;
    double p; /**< of the F test of the surface: small where anything is explained */
};

/** What of the variance of @p y a surface on the draws explains: a lower bound of what
 * they do. Refused where surface_init() does. */
HR_MUST_CHECK
enum hr_status information_explained(const struct scores *draws, const double *y,
                                     struct explained *explained,
                                     struct hr_error *error);

#endif
