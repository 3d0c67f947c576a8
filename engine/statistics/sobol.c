#include "sobol.h"

#include "moments.h"

#include <math.h>

static double square(double x)
{
    return x * x;
}

static double common_mean(const double *a, const double *b, size_t n)
{
    return 0.5 * (moments_of(a, n).mean + moments_of(b, n).mean);
}

/* Mean of both squared deviations, of which the mean over trials is the variance. */
static double deviation(const double *a, const double *b, size_t t, double mean)
{
    return 0.5 * (square(a[t] - mean) + square(b[t] - mean));
}

/* Share = mean of part / mean of whole, given trial by trial. */
struct ratio {
    struct moments part, whole;
};

static double share_of(const struct ratio *ratio)
{
    return ratio->part.mean / ratio->whole.mean;
}

/* The share of half the squared difference between @p x and @p y. */
static struct sobol_share jansen(const double *x, const double *y, const double *a,
                                 const double *b, size_t n)
{
    const double mean = common_mean(a, b, n);
    struct ratio ratio = {0};
    struct moments influence = {0};
    double share;

    for (size_t t = 0; t < n; t++) {
        moments_add(&ratio.part, 0.5 * square(x[t] - y[t]));
        moments_add(&ratio.whole, deviation(a, b, t, mean));
    }
    share = share_of(&ratio);
    for (size_t t = 0; t < n; t++)
        moments_add(&influence,
                    0.5 * square(x[t] - y[t]) - share * deviation(a, b, t, mean));
    return (struct sobol_share){share, moments_se(&influence) / ratio.whole.mean};
}

struct sobol_share sobol_total(const double *a, const double *b, const double *ab,
                               size_t n)
{
    return jansen(a, ab, a, b, n);
}

struct sobol_share sobol_first(const double *a, const double *b, const double *ab,
                               size_t n)
{
    const struct sobol_share rest = jansen(b, ab, a, b, n);

    return (struct sobol_share){1.0 - rest.share, rest.se};
}

struct sobol_share sobol_common(const double *a, const double *b, size_t n)
{
    const double mean = common_mean(a, b, n);
    struct ratio ratio = {0};
    struct moments influence = {0};
    double share;

    for (size_t t = 0; t < n; t++) {
        moments_add(&ratio.part, (a[t] - mean) * (b[t] - mean));
        moments_add(&ratio.whole, deviation(a, b, t, mean));
    }
    share = share_of(&ratio);
    for (size_t t = 0; t < n; t++)
        moments_add(&influence,
                    (a[t] - mean) * (b[t] - mean) - share * deviation(a, b, t, mean));
    return (struct sobol_share){share, moments_se(&influence) / ratio.whole.mean};
}
