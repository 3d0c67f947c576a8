/** @file
 * Estimates of how two quantities of the same trials differ, or of their ratio. Trials
 * in which either does not exist are left out; with under 95 % left the flag `selected`
 * says that what is left may be of one kind.
 */
#ifndef HEADROOM_ESTIMATE_PAIR_H
#define HEADROOM_ESTIMATE_PAIR_H

#include "estimate.h"

/** Complete trials of two quantities. Borrows the memory it was made in. */
struct estimate_pair {
    const double *a, *b;
    size_t n, left_out;
    struct sample sorted_a, sorted_b, sorted_difference;
};

/** @p memory has room for 8 n numbers. */
struct estimate_pair estimate_pair_of(const double *a, const double *b, size_t n,
                                      double *memory);

/** `selected` where the trials that are left are. */
int estimate_pair_flags(const struct estimate_pair *pair);

/** Mean of a - b: Student's t. */
struct interval_estimate estimate_mean_difference(const struct estimate_pair *pair,
                                                  double confidence);

/** Quantile of a less that of b, which is not a quantile of a - b: by influence
 * functions; where either has few distinct values there, by both intervals. */
struct interval_estimate estimate_quantile_difference(const struct estimate_pair *pair,
                                                      double p, double confidence);

/** Mean of a's highest 1 - level less b's, or of the lowest where @p lower. */
struct interval_estimate estimate_tail_difference(const struct estimate_pair *pair,
                                                  double level, int lower,
                                                  double confidence);

/** P(first) - P(second) where @p only_first of n trials have the first event alone and
 * @p only_second the second alone (Bonett and Price, JEBS 37 (2012), 479-488). */
struct interval_estimate estimate_share_difference(double only_first,
                                                   double only_second, double n,
                                                   double confidence);

/** Mean of a over mean of b: Fieller's interval, open where b may be 0. */
struct interval_estimate estimate_ratio(const struct estimate_pair *pair,
                                        double confidence);

#endif
