/** @file
 * One quantity under several alternatives in the same trials: which is better, how
 * often, and what choosing another costs.
 *
 * Larger is better; turn a quantity round of which less is better. NaN says that an
 * alternative does not exist in a trial. All but alternatives_complete() want complete
 * trials.
 */
#ifndef HEADROOM_ALTERNATIVES_H
#define HEADROOM_ALTERNATIVES_H

#include <stdbool.h>
#include <stddef.h>

/** Borrowed: alternative a in trial t is value[a * trials + t]. */
struct alternatives {
    const double *value;
    size_t count, trials;
};

/** Which alternatives can be ranked, into which[]; returns how many. One that exists in
 * under half the trials of another cannot: what is left of it is of one kind.
 * exists[alternative]: trials in which each does. */
size_t alternatives_ranked(const struct alternatives *all, size_t *exists,
                           size_t *which);

/** Keep of value[count][trials], in place, the trials in which every alternative
 * exists, in their order. */
struct alternatives alternatives_keep(double *value, size_t count, size_t trials);

/** The same of a copy: @p memory has room for count * trials numbers and must outlive
 * what is returned. */
struct alternatives alternatives_complete(const struct alternatives *all,
                                          double *memory);

static inline const double *alternatives_of(const struct alternatives *all,
                                            size_t which)
{
    return all->value + which * all->trials;
}

/** Trials in which one alternative is better than another, as good, or worse. */
struct versus {
    size_t better, equal, worse;
};

/** Count the trials of @p a against @p b; within @p indifference they are equal. */
struct versus alternatives_versus(const double *a, const double *b, size_t n,
                                  double indifference);

/** Share of trials in which each alternative has each rank, 0 the best, into
 * share[alternative * count + rank]. Those that are tied share the ranks they span. */
void alternatives_ranks(const struct alternatives *all, double *share);

/** The alternative with the best mean; the first of equals. */
size_t alternatives_leader(const struct alternatives *all);

/** How sure is the order of the means? That is not how often the leader is best. */
struct leading {
    size_t leader;
    double
        confidence; /**< at which it would just be resolved, 0 at least: 1 less the sum
                       of the chances of a rival's mean, twice that of a single rival */
    size_t hardest; /**< the rival that is hardest to tell from the leader */
    double lead;    /**< the leader's mean over that rival's, in standard errors */
    double needed;  /**< trials that would resolve it, where it is not; else 0 */
    bool resolved;  /**< each rival told apart at the confidence asked for */
    bool same;      /**< some rival equals the leader in every trial */
};

/** The lead in standard errors from which each of @p pairs of means is told apart, all
 * together wrong with a chance of @p error at most: one error a pair (Bonferroni). Who
 * leads is seen in the trials, and of two that are alike either may seem to: so there
 * are two ways to be wrong even where there is one pair, and what is told apart is what
 * its two-sided interval leaves zero out of. From two pairs on, one error a pair holds
 * that too. Comparing and stopping both ask here. */
double alternatives_wanted_lead(size_t pairs, double error);

/** Compare the leader's mean with each rival's in the same trials, together at
 * @p confidence (alternatives_wanted_lead()), as "best or as good as best" within
 * @p indifference. With fewer than two trials nothing is resolved. */
struct leading alternatives_leading(const struct alternatives *all, double confidence,
                                    double indifference);

/** How far the mean of @p a is above that of @p b, and @p indifference more, in
 * standard errors; infinite where they differ by the same in every trial, 0 where there
 * are too few trials to say. */
double alternatives_lead(const struct alternatives *all, size_t a, size_t b,
                         double indifference);

/** What choosing @p which costs against the best of each trial, into regret[trials]. */
void alternatives_regret(const struct alternatives *all, size_t which, double *regret);

#endif
