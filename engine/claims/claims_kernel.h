/** @file
 * The loops worth a vector unit, compiled once for each instruction set.
 *
 * All of them give the same bits on every set: no contraction, no reordered sums,
 * and the engine's own elementary functions.
 */
#ifndef HEADROOM_CLAIMS_KERNEL_H
#define HEADROOM_CLAIMS_KERNEL_H

#include <stddef.h>
#include <stdint.h>

/** Lognormal sizes, above a splice Pareto; as one claim's uniform becomes GBP. */
struct claim_sizes {
    double mu, sigma;
    double splice;       /**< GBP; unused where splice_share is 0 */
    double splice_share; /**< P(X > splice); 0: no Pareto tail */
    double inverse_tail; /**< 1/index */
    double share_above;  /**< draw from the law given it is exceeded by this share */
    double limit;        /**< per claim; what is above it is ceded */
};

/** Where the claims of one site, year and cell draw their sizes. */
struct claim_stream {
    uint64_t seed;
    uint64_t trial;   /**< of claims(); large_layer() is told that of each year */
    uint64_t address; /**< pair 0 of DRAW_CLAIM_SIZE */
    uint32_t pair;    /**< first pair of the cell; a multiple of 65536 */
};

struct claim_sum {
    double kept;  /**< GBP, sum of min(claim, limit) */
    double ceded; /**< GBP, sum of what is above */
};

struct claims_kernel {
    const char *name;

    /** pi(j step) of a lognormal, j = 0 .. n-1. */
    void (*lognormal_excess)(double mu, double sigma, double step, size_t n,
                             double *excess);

    /** Sum of @p count claims of one trial, all of them drawn. */
    struct claim_sum (*claims)(const struct claim_sizes *sizes,
                               const struct claim_stream *stream, size_t count);

    /** The two uniforms at @p address of n trials. */
    void (*uniforms)(uint64_t seed, const uint64_t *trial, uint64_t address, size_t n,
                     double *even, double *odd);

    /** Smallest k with P(Poisson(mean) <= k) > u, for means of at most 40; n is a
     * multiple of 8. */
    void (*counts)(const double *mean, const double *u, size_t n, double *count);

    /** Four-moment Cornish-Fisher value at u; @p cumulant[r-1] holds lanes. */
    void (*small_layer)(double *const cumulant[4], const double *u, size_t n,
                        double *total);

    /** Add @p count[i] claims of trial[i] to the sums of year i. Years of one trial,
     * side by side, have the same sizes and are the first of the same claims, which
     * are drawn once. */
    void (*large_layer)(const struct claim_sizes *sizes,
                        const struct claim_stream *stream, const uint64_t *trial,
                        const double *count, size_t n, double *kept, double *ceded);
};

/** The kernels of the best instruction set this processor has. */
const struct claims_kernel *claims_kernel(void);

/** The i-th compiled set if the processor can run it, else NULL; i from 0 up, and
 * NULL with @p last set beyond the last. For tests and benchmarks. */
const struct claims_kernel *claims_kernel_at(int i, int *last);

#endif
