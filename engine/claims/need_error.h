/** @file
 * Risk-adjustment error: how far a budget set by formula lies from its people's
 * expected cost. The budget is multiplied by exp(e - ln E[exp e]), for good.
 *
 * Normal, or contaminated normal: a share of holders whom the formula fits far
 * worse, which gives the fat tail seen in practices' distances from their budgets.
 */
#ifndef HEADROOM_NEED_ERROR_H
#define HEADROOM_NEED_ERROR_H

#include "headroom/error.h"

#include <stddef.h>
#include <stdint.h>

struct need_error {
    double sd;         /**< of e; 0: none */
    double wide_share; /**< of holders with the wider law; 0: normal */
    double wide_sd;
};

enum { NEED_NODES = 202 };

/** Deviations of the error that a node's cell spans. */
#define NEED_CELL (12.0 / (NEED_NODES / 2 - 1))

/** A discrete stand-in for the factor on the budget: points and weights. */
struct need_nodes {
    size_t n;
    double factor[NEED_NODES], weight[NEED_NODES];
    double half_width[NEED_NODES]; /**< of the cell a node stands for, in logs */
    double lean[NEED_NODES]; /**< change of its density over the cell, a share of it */
};

HR_MUST_CHECK
enum hr_status need_error_check(const struct need_error *error_law,
                                struct hr_error *error);

/** ln E[exp e]. */
double need_error_log_mean(const struct need_error *error_law);

/** Factor on the budget from two uniforms: size and which of the two laws. */
double need_error_factor(const struct need_error *error_law, double u, double which);

/** The error of a holder of @p many lists, each with its own: of the same spread as
 * their mean, and normal. */
struct need_error need_error_of_many(const struct need_error *error_law, double many);

/** P(|e| > x). */
double need_error_beyond(const struct need_error *error_law, double x);

void need_error_nodes(const struct need_error *error_law, struct need_nodes *nodes);

#endif
