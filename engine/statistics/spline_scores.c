#include "spline.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>

size_t spline_scores(const double *draw, size_t n, size_t *order, double *score)
{
    size_t values = 0, end;

    gsl_sort_index(order, draw, 1, n);
    for (size_t begin = 0; begin < n; begin = end) {
        double middle;

        for (end = begin + 1; end < n && draw[order[end]] == draw[order[begin]]; end++)
            ;
        middle =
            0.5 * (double)(begin + end); /* of ranks begin + 1 .. end, less a half */
        for (size_t i = begin; i < end; i++)
            score[order[i]] = gsl_cdf_ugaussian_Pinv(middle / (double)n);
        values++;
    }
    return values;
}
