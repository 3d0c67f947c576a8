#include "quadratic.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

enum { STEPS = 100 };

/* Of the surface's own size at the middle: as near to zero as matters. */
static const double near_enough = 1e-9;

static void fill_row(size_t draws, const double *w, double *row)
{
    size_t c = 0;

    row[c++] = 1.0;
    for (size_t i = 0; i < draws; i++)
        row[c++] = w[i];
    for (size_t i = 0; i < draws; i++)
        row[c++] = w[i] * w[i] - 1.0;
    for (size_t i = 0; i < draws; i++) {
        for (size_t j = i + 1; j < draws; j++)
            row[c++] = w[i] * w[j];
    }
}

static void trial_row(const struct scores *draws, size_t t, double *row)
{
    double w[QUADRATIC_DRAWS];

    for (size_t k = 0; k < draws->draws; k++)
        w[k] = draws->value[k * draws->trials + t];
    fill_row(draws->draws, w, row);
}

/* X'X into the covariance and X'y into the coefficients. */
static void accumulate(struct quadratic *q, const struct scores *draws, const double *y)
{
    double row[QUADRATIC_COLUMNS];

    for (size_t t = 0; t < draws->trials; t++) {
        trial_row(draws, t, row);
        for (size_t i = 0; i < q->columns; i++) {
            q->coefficient[i] += row[i] * y[t];
            for (size_t j = 0; j <= i; j++)
                q->covariance[i * q->columns + j] += row[i] * row[j];
        }
    }
    for (size_t i = 0; i < q->columns; i++) {
        for (size_t j = 0; j < i; j++)
            q->covariance[j * q->columns + i] = q->covariance[i * q->columns + j];
    }
}

static double residual_variance(const struct quadratic *q, const struct scores *draws,
                                const double *y)
{
    double row[QUADRATIC_COLUMNS], sum = 0.0;

    for (size_t t = 0; t < draws->trials; t++) {
        double left = y[t];

        trial_row(draws, t, row);
        for (size_t c = 0; c < q->columns; c++)
            left -= q->coefficient[c] * row[c];
        sum += left * left;
    }
    return sum / (double)(draws->trials - q->columns);
}

/* False where some draws say the same. */
static int solve(struct quadratic *q)
{
    gsl_matrix_view square =
        gsl_matrix_view_array(q->covariance, q->columns, q->columns);
    gsl_vector_view right = gsl_vector_view_array(q->coefficient, q->columns);
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    int failed = gsl_linalg_cholesky_decomp1(&square.matrix);

    if (!failed)
        failed = gsl_linalg_cholesky_svx(&square.matrix, &right.vector) ||
                 gsl_linalg_cholesky_invert(&square.matrix);
    gsl_set_error_handler(handler);
    return !failed;
}

enum hr_status quadratic_fit(struct quadratic *q, const struct scores *draws,
                             const double *y, struct hr_error *error)
{
    const size_t p = draws->draws;

    if (p == 0 || p > QUADRATIC_DRAWS)
        return hr_fail(error, HR_BAD_INPUT,
                       "a combination is of 1 to %d assumptions, not %zu: name some",
                       QUADRATIC_DRAWS, p);
    *q = (struct quadratic){.draws = p, .columns = 1 + 2 * p + p * (p - 1) / 2};
    if (4 * q->columns > draws->trials)
        return hr_fail(error, HR_BAD_INPUT,
                       "%zu trials are too few for a surface of %zu assumptions: run "
                       "%zu, or name fewer",
                       draws->trials, p, 4 * q->columns);
    accumulate(q, draws, y);
    if (!solve(q))
        return hr_fail(error, HR_BAD_INPUT,
                       "some of the assumptions say the same: name fewer");
    gsl_matrix_view cov = gsl_matrix_view_array(q->covariance, q->columns, q->columns);
    gsl_matrix_scale(&cov.matrix, residual_variance(q, draws, y));
    return HR_OK;
}

static void fill_slope(const struct quadratic *q, const double *w, double *slope)
{
    const double *linear = q->coefficient + 1, *square = linear + q->draws;
    const double *product = square + q->draws;

    for (size_t i = 0; i < q->draws; i++)
        slope[i] = linear[i] + 2.0 * square[i] * w[i];
    for (size_t i = 0; i < q->draws; i++) {
        for (size_t j = i + 1; j < q->draws; j++, product++) {
            slope[i] += *product * w[j];
            slope[j] += *product * w[i];
        }
    }
}

double quadratic_at(const struct quadratic *q, const double *w, double *se,
                    double *slope)
{
    double row[QUADRATIC_COLUMNS], value = 0.0, variance = 0.0;

    fill_row(q->draws, w, row);
    for (size_t i = 0; i < q->columns; i++) {
        value += q->coefficient[i] * row[i];
        for (size_t j = 0; j < q->columns; j++)
            variance += row[i] * q->covariance[i * q->columns + j] * row[j];
    }
    if (slope != NULL)
        fill_slope(q, w, slope);
    *se = sqrt(fmax(variance, 0.0));
    return value;
}

/* One search, from w on: false where it ends nowhere. */
static int search(const struct quadratic *q, double size, struct design_point *point)
{
    double slope[QUADRATIC_DRAWS], se, value = NAN;

    for (int s = 0; s < STEPS; s++) {
        double along = 0.0, steep = 0.0;

        value = quadratic_at(q, point->w, &se, slope);
        for (size_t i = 0; i < q->draws; i++) {
            along += slope[i] * point->w[i];
            steep += slope[i] * slope[i];
        }
        if (!(steep > 0.0))
            return 0;
        for (size_t i = 0; i < q->draws; i++)
            point->w[i] = (along - value) * slope[i] / steep;
        point->se = se / sqrt(steep);
    }
    value = quadratic_at(q, point->w, &se, NULL);
    point->distance = cblas_dnrm2((int)q->draws, point->w, 1);
    return fabs(value) <= near_enough * size;
}

struct design_point quadratic_nearest_zero(const struct quadratic *q, double furthest)
{
    struct design_point best = {0, INFINITY, NAN, {0}};
    const double middle[QUADRATIC_DRAWS] = {0};
    double se;
    const double size =
        fabs(quadratic_at(q, middle, &se, NULL)) + sqrt(q->covariance[0]);

    for (size_t start = 0; start <= 2 * q->draws; start++) {
        struct design_point point = {0};

        if (start > 0)
            point.w[(start - 1) / 2] = start % 2 == 1 ? 1.0 : -1.0;
        if (search(q, size, &point) && point.distance < best.distance)
            best = point;
    }
    best.found = best.distance <= furthest;
    return best;
}
