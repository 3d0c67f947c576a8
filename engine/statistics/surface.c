#include "surface.h"

#include "moments.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const double ridge = 1e-9; /* of the mean diagonal: draws of two values repeat */

enum { ROWS = 8 /* trials added at once: a divisor of SURFACE_RUN */ };

/* Sums of a fold: of products of columns, and of columns with quantities. */
struct sums {
    size_t columns, quantities;
    double *gram;   /* [fold][column][column], the lower triangle */
    double *moment; /* [fold][quantity][column] */
};

static double score_of(const struct scores *draws, size_t draw, size_t trial)
{
    return draws->value[draw * draws->trials + trial];
}

static double linear_effect(const struct scores *draws, size_t draw, const double *y)
{
    const double mean = moments_of(y, draws->trials).mean;
    double sum = 0.0;

    for (size_t t = 0; t < draws->trials; t++)
        sum += score_of(draws, draw, t) * (y[t] - mean);
    return fabs(sum);
}

static double largest_effect(const struct scores *draws, size_t draw, const double *y,
                             size_t quantities)
{
    double largest = 0.0;

    for (size_t q = 0; q < quantities; q++)
        largest = fmax(largest, linear_effect(draws, draw, y + q * draws->trials));
    return largest;
}

/* Keep the draw among the strongest so far, which are in order. */
static void consider(struct surface *surface, double *effect, size_t draw, double mine)
{
    size_t place = surface->strongs;

    if (place < SURFACE_PRODUCTS)
        surface->strongs++;
    else if (mine <= effect[--place])
        return;
    for (; place > 0 && effect[place - 1] < mine; place--) {
        effect[place] = effect[place - 1];
        surface->strong[place] = surface->strong[place - 1];
    }
    effect[place] = mine;
    surface->strong[place] = draw;
}

static void choose_columns(struct surface *surface, const double *y)
{
    const size_t draws = surface->draws->draws;
    double effect[SURFACE_PRODUCTS];

    for (size_t k = 0; k < draws; k++)
        consider(surface, effect, k,
                 largest_effect(surface->draws, k, y, surface->quantities));
    surface->columns = 1 + 2 * draws + surface->strongs * (surface->strongs - 1) / 2;
}

static void fill_row(const struct surface *surface, size_t trial, double *row)
{
    const struct scores *draws = surface->draws;

    *row++ = 1.0;
    for (size_t k = 0; k < draws->draws; k++) {
        const double w = score_of(draws, k, trial);

        *row++ = w;
        *row++ = w * w - 1.0;
    }
    for (size_t i = 0; i < surface->strongs; i++) {
        for (size_t j = 0; j < i; j++)
            *row++ = score_of(draws, surface->strong[i], trial) *
                     score_of(draws, surface->strong[j], trial);
    }
}

/* Add ROWS trials' products at once: a cell is read and written once for all of them,
 * and its sum is still made trial by trial. */
static void add_products(const double *row, size_t p, double *gram)
{
    for (size_t i = 0; i < p; i++) {
        double *restrict to = gram + i * p;

#pragma omp simd
        for (size_t j = 0; j <= i; j++) {
            double sum = to[j];

            for (size_t r = 0; r < ROWS; r++)
                sum += row[r * p + i] * row[r * p + j];
            to[j] = sum;
        }
    }
}

/* Rows beyond the last trial are zero and add nothing. */
static void add_rows(const struct surface *surface, struct sums *sums, size_t trial,
                     double *row, const double *y)
{
    const size_t p = sums->columns, fold = surface_fold(trial);
    const size_t left = surface->draws->trials - trial;
    const size_t rows = left < ROWS ? left : ROWS;

    memset(row, 0, ROWS * p * sizeof(*row));
    for (size_t r = 0; r < rows; r++)
        fill_row(surface, trial + r, row + r * p);
    add_products(row, p, sums->gram + fold * p * p);
    for (size_t q = 0; q < sums->quantities; q++) {
        double *moment = sums->moment + (fold * sums->quantities + q) * p;

        for (size_t r = 0; r < rows; r++) {
            for (size_t i = 0; i < p; i++)
                moment[i] += row[r * p + i] * y[q * surface->draws->trials + trial + r];
        }
    }
}

/* Sums over all folds but one, into the place behind the last fold. */
static void sum_others(const struct sums *sums, size_t fold)
{
    const size_t p = sums->columns, cells = p * p, moments = sums->quantities * p;
    double *gram = sums->gram + SURFACE_FOLDS * cells;
    double *moment = sums->moment + SURFACE_FOLDS * moments;

    memset(gram, 0, cells * sizeof(*gram));
    memset(moment, 0, moments * sizeof(*moment));
    for (size_t f = 0; f < SURFACE_FOLDS; f++) {
        for (size_t i = 0; f != fold && i < cells; i++)
            gram[i] += sums->gram[f * cells + i];
        for (size_t i = 0; f != fold && i < moments; i++)
            moment[i] += sums->moment[f * moments + i];
    }
}

static void solve_fold(struct surface *surface, const struct sums *sums, size_t fold)
{
    const size_t p = sums->columns, quantities = sums->quantities;
    gsl_matrix_view gram =
        gsl_matrix_view_array(sums->gram + SURFACE_FOLDS * p * p, p, p);
    double trace = 0.0;

    sum_others(sums, fold);
    for (size_t i = 0; i < p; i++)
        trace += gsl_matrix_get(&gram.matrix, i, i);
    for (size_t i = 0; i < p; i++)
        *gsl_matrix_ptr(&gram.matrix, i, i) += ridge * trace / (double)p;
    gsl_linalg_cholesky_decomp1(&gram.matrix);
    for (size_t q = 0; q < quantities; q++) {
        gsl_vector_view moment = gsl_vector_view_array(
            sums->moment + (SURFACE_FOLDS * quantities + q) * p, p);
        gsl_vector_view solution = gsl_vector_view_array(
            surface->coefficient + (fold * quantities + q) * p, p);

        gsl_linalg_cholesky_solve(&gram.matrix, &moment.vector, &solution.vector);
    }
}

static enum hr_status fit(struct surface *surface, const double *y,
                          struct hr_error *error)
{
    const size_t p = surface->columns, quantities = surface->quantities;
    const size_t cells = (SURFACE_FOLDS + 1) * p;
    struct sums sums = {p, quantities, calloc(cells * p, sizeof(double)),
                        calloc(cells * quantities, sizeof(double))};
    double *row = malloc(ROWS * p * sizeof(*row));
    bool ready;

    surface->coefficient = malloc(cells * quantities * sizeof(*surface->coefficient));
    ready = sums.gram != NULL && sums.moment != NULL && row != NULL &&
            surface->coefficient != NULL;
    for (size_t t = 0; ready && t < surface->draws->trials; t += ROWS)
        add_rows(surface, &sums, t, row, y);
    for (size_t fold = 0; ready && fold <= SURFACE_FOLDS; fold++)
        solve_fold(surface, &sums, fold);
    free(sums.gram);
    free(sums.moment);
    free(row);
    return ready ? HR_OK : hr_fail(error, HR_FAILED, "no memory for a surface");
}

enum hr_status surface_init(struct surface *surface, const struct scores *draws,
                            const double *y, size_t quantities, struct hr_error *error)
{
    *surface = (struct surface){.draws = draws, .quantities = quantities};
    choose_columns(surface, y);
    if (surface->columns > draws->trials / 4)
        return hr_fail(
            error, HR_BAD_INPUT,
            "%zu trials are too few for a surface on %zu draws: at least %zu",
            draws->trials, draws->draws, 4 * surface->columns);
    if (fit(surface, y, error) == HR_OK)
        return HR_OK;
    surface_free(surface);
    return error->status;
}

void surface_free(struct surface *surface)
{
    free(surface->coefficient);
    *surface = (struct surface){0};
}

void surface_at(const struct surface *surface, size_t fold, size_t trial, double *row,
                double *value)
{
    fill_row(surface, trial, row);
    for (size_t q = 0; q < surface->quantities; q++) {
        const double *coefficient =
            surface->coefficient + (fold * surface->quantities + q) * surface->columns;

        value[q] = 0.0;
        for (size_t i = 0; i < surface->columns; i++)
            value[q] += coefficient[i] * row[i];
    }
}
