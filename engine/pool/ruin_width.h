/** @file
 * Totals of claims that are all but of one price, years after a threshold has cut their
 * tooth.
 *
 * A tooth of k claims is lognormal of mean k and variance ratio k, in prices. What lies
 * in it beyond the threshold is ruined; how the rest lies decides what becomes of it at
 * the next tooth that is cut, so it is kept on the nodes of a rule of Gauss.
 */
#ifndef HEADROOM_RUIN_WIDTH_H
#define HEADROOM_RUIN_WIDTH_H

#include <stddef.h>

enum { WIDTH_NODES = 200 };

/** Deviations of a tooth beyond which it has nothing. */
#define WIDTH_REACH 8.0

struct width {
    double claims; /**< of the tooth, since the start */
    double ratio;  /**< variance of a claim, prices^2 */
    double most;   /**< above the tooth's mean that is not ruined, prices */
    size_t n;
    double at[WIDTH_NODES];     /**< above the tooth's mean, prices */
    double rule[WIDTH_NODES];   /**< weights of the rule */
    double chance[WIDTH_NODES]; /**< of what has come here and is not ruined */
};

/** Before any claims: a point. */
struct width width_start(double ratio);

/** A tooth, cut @p most prices above its mean; nothing has come to it yet. */
struct width width_of(double claims, double ratio, double most);

/** Chance of what is at @p width and not ruined. */
double width_chance(const struct width *width);

/** Takes to tooth @p to a share of what is not ruined at @p from; what of it is ruined
 * there. */
double width_arrive(struct width *to, const struct width *from, double share);

#endif
