#include "histogram.h"

#include <math.h>
#include <string.h>

/* Bin of a magnitude, counted outwards from zero; 0 is the zero bin. */
static int outwards(double magnitude)
{
    uint64_t bits;
    int exponent, step;

    if (!(magnitude >= ldexp(1.0, HISTOGRAM_LOWEST)))
        return 0;
    if (magnitude >= ldexp(1.0, HISTOGRAM_HIGHEST))
        return HISTOGRAM_SIDE;
    memcpy(&bits, &magnitude, sizeof(bits));
    exponent = (int)(bits >> 52) - 1023;
    step = (int)(bits >> 47 & (HISTOGRAM_PER_OCTAVE - 1));
    return (exponent - HISTOGRAM_LOWEST) * HISTOGRAM_PER_OCTAVE + step + 1;
}

void histogram_add(struct histogram *histogram, double x)
{
    const int out = outwards(fabs(x));

    if (isnan(x))
        return;
    histogram->bin[x < 0.0 ? HISTOGRAM_SIDE - out : HISTOGRAM_SIDE + out]++;
}

void histogram_merge(struct histogram *histogram, const struct histogram *other)
{
    for (int b = 0; b < HISTOGRAM_BINS; b++)
        histogram->bin[b] += other->bin[b];
}

/* Middle and half width of a bin counted outwards from zero. */
static double middle(int out, double *half_width)
{
    const int exponent = HISTOGRAM_LOWEST + (out - 1) / HISTOGRAM_PER_OCTAVE;
    const double width = ldexp(1.0 / HISTOGRAM_PER_OCTAVE, exponent);
    const int step = (out - 1) % HISTOGRAM_PER_OCTAVE;

    *half_width = 0.5 * width;
    if (out == 0) {
        *half_width = ldexp(1.0, HISTOGRAM_LOWEST);
        return 0.0;
    }
    return ldexp(1.0, exponent) + width * (step + 0.5);
}

double histogram_quantile(const struct histogram *histogram, double p,
                          double *half_width)
{
    uint64_t total = 0, below = 0;

    for (int b = 0; b < HISTOGRAM_BINS; b++)
        total += histogram->bin[b];
    *half_width = NAN;
    for (int b = 0; b < HISTOGRAM_BINS && total > 0; b++) {
        below += histogram->bin[b];
        if ((double)below >= p * (double)total && histogram->bin[b] > 0)
            return b < HISTOGRAM_SIDE
                       ? -middle(HISTOGRAM_SIDE - b, half_width)
                       : middle(b - HISTOGRAM_SIDE, half_width);
    }
    return NAN;
}
