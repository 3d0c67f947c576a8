#include "information.h"

#include "draw.h"
#include "moments.h"

#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stdlib.h>

/* The curves of the leader's rivals, each less the leader. */
struct curves {
    const struct spline *spline;
    size_t rivals;
    double *y;              /* [rival][trial] */
    double *g;              /* the same */
    struct spline_fit *fit; /* [rival] */
    double *root;           /* [rival][rival]: root root' = residual covariance */
    double *coefficient;    /* [rival][SPLINE_COLUMNS], of one posterior draw */
};

static void curves_free(struct curves *curves)
{
    free(curves->y);
    free(curves->fit);
    free(curves->root);
}

static enum hr_status curves_init(struct curves *curves, const struct spline *spline,
                                  size_t rivals, struct hr_error *error)
{
    const size_t numbers = rivals * rivals + rivals * SPLINE_COLUMNS;

    *curves = (struct curves){.spline = spline, .rivals = rivals};
    curves->y = malloc(2 * rivals * spline->n * sizeof(*curves->y));
    curves->fit = malloc(rivals * sizeof(*curves->fit));
    curves->root = malloc(numbers * sizeof(*curves->root));
    if (curves->y == NULL || curves->fit == NULL || curves->root == NULL) {
        curves_free(curves);
        return hr_fail(error, HR_FAILED, "no memory to value what a draw tells");
    }
    curves->g = curves->y + rivals * spline->n;
    curves->coefficient = curves->root + rivals * rivals;
    return HR_OK;
}

static void fit_rivals(struct curves *curves, const struct alternatives *all)
{
    const size_t n = curves->spline->n, leader = alternatives_leader(all);
    size_t r = 0;

    for (size_t a = 0; a < all->count; a++) {
        if (a == leader)
            continue;
        for (size_t t = 0; t < n; t++)
            curves->y[r * n + t] =
                alternatives_of(all, a)[t] - alternatives_of(all, leader)[t];
        spline_fit(curves->spline, curves->y + r * n, &curves->fit[r]);
        spline_fitted(curves->spline, &curves->fit[r], curves->g + r * n);
        r++;
    }
}

static double residual_product(const struct curves *curves, size_t r, size_t q)
{
    const size_t n = curves->spline->n;
    const double *y = curves->y, *g = curves->g;
    double sum = 0.0;

    for (size_t t = 0; t < n; t++)
        sum += (y[r * n + t] - g[r * n + t]) * (y[q * n + t] - g[q * n + t]);
    return sum /
           sqrt(((double)n - curves->fit[r].edf) * ((double)n - curves->fit[q].edf));
}

/* By eigenvalues, since alternatives that are alike leave a covariance without rank. */
static enum hr_status find_root(struct curves *curves, struct hr_error *error)
{
    const size_t rivals = curves->rivals;
    gsl_matrix *covariance = gsl_matrix_alloc(rivals, rivals);
    gsl_vector *value = gsl_vector_alloc(rivals);
    gsl_eigen_symmv_workspace *eigen = gsl_eigen_symmv_alloc(rivals);
    gsl_matrix_view root = gsl_matrix_view_array(curves->root, rivals, rivals);
    const bool ready = covariance != NULL && value != NULL && eigen != NULL;

    for (size_t i = 0; ready && i < rivals * rivals; i++)
        gsl_matrix_set(covariance, i / rivals, i % rivals,
                       residual_product(curves, i / rivals, i % rivals));
    if (ready)
        gsl_eigen_symmv(covariance, value, &root.matrix, eigen);
    for (size_t i = 0; ready && i < rivals * rivals; i++)
        curves->root[i] *= sqrt(fmax(gsl_vector_get(value, i % rivals), 0.0));
    gsl_matrix_free(covariance);
    gsl_vector_free(value);
    gsl_eigen_symmv_free(eigen);
    return ready ? HR_OK
                 : hr_fail(error, HR_FAILED, "no memory to value what a draw tells");
}

static double kept(const struct curves *curves, size_t rival, size_t j)
{
    return 1.0 / (1.0 + curves->fit[rival].penalty * curves->spline->roughness[j]);
}

/* What the covariance makes of independent normals, for a rival and a basis function.
 */
static double deviation(const struct curves *curves, uint64_t seed, uint64_t draw,
                        size_t rival, size_t j)
{
    const size_t rivals = curves->rivals;
    double sum = 0.0;

    for (size_t q = 0; q < rivals; q++) {
        const uint64_t address =
            draw_address((uint32_t)j, DRAW_POSTERIOR, ONCE_PER_TRIAL, (uint32_t)q / 2);
        const uint64_t word = threefry(draw, address, seed, 0).word[q % 2];

        sum += curves->root[rival * rivals + q] * normal_quantile(uniform_of(word));
    }
    return sum;
}

static void draw_coefficients(struct curves *curves, uint64_t seed, uint64_t draw)
{
    const struct spline *spline = curves->spline;
    const size_t columns = spline->columns;

    for (size_t r = 0; r < curves->rivals; r++) {
        const struct spline_fit *fit = &curves->fit[r];
        double *coefficient = curves->coefficient + r * SPLINE_COLUMNS;

        for (size_t i = 0; i < columns; i++)
            coefficient[i] = fit->coefficient[i];
        for (size_t j = 0; j < columns; j++) {
            const double moved =
                sqrt(kept(curves, r, j)) * deviation(curves, seed, draw, r, j);

            for (size_t i = 0; i < columns; i++)
                coefficient[i] += spline->basis[i * columns + j] * moved;
        }
    }
}

/* Gains over trials of switching where a rival's curve is above the leader's. */
struct gains {
    struct moments gain;
    double best_mean; /* of the rivals, or of the leader, which has 0 */
};

static double worth(const struct gains *gains)
{
    return gains->gain.mean - gains->best_mean;
}

static struct gains gains_of(const struct curves *curves, const double *value)
{
    const size_t n = curves->spline->n;
    struct gains gains = {0};

    for (size_t t = 0; t < n; t++) {
        double best = 0.0;

        for (size_t r = 0; r < curves->rivals; r++)
            best = fmax(best, value[r * n + t]);
        moments_add(&gains.gain, best);
    }
    for (size_t r = 0; r < curves->rivals; r++)
        gains.best_mean = fmax(gains.best_mean, moments_of(value + r * n, n).mean);
    return gains;
}

static double worth_of_posterior(struct curves *curves, uint64_t seed, uint64_t draw,
                                 double *value)
{
    const size_t n = curves->spline->n;
    struct gains gains;

    draw_coefficients(curves, seed, draw);
    for (size_t r = 0; r < curves->rivals; r++)
        spline_values(curves->spline, curves->coefficient + r * SPLINE_COLUMNS,
                      value + r * n);
    gains = gains_of(curves, value);
    return worth(&gains);
}

/* The curve wanders about the truth as posterior curves wander about it, so their worth
 * exceeds the plug-in's by what the plug-in exceeds the truth's. Once the gains are
 * known the curves' own room serves the posterior ones. */
static void value_draw(struct curves *curves, uint64_t seed,
                       struct information *information)
{
    const struct gains fitted = gains_of(curves, curves->g);
    const double n = (double)curves->spline->n;
    struct moments posterior = {0};
    double chance;

    information->plug = worth(&fitted);
    for (uint64_t b = 0; b < INFORMATION_DRAWS; b++)
        moments_add(&posterior, worth_of_posterior(curves, seed, b, curves->g));
    information->value = fmax(0.0, 2.0 * information->plug - posterior.mean);
    chance = moments_sd(&posterior);
    information->se = sqrt(chance * chance + fitted.gain.m2 / (n - 1.0) / n);
}

enum hr_status information_of_draw(const struct spline *spline,
                                   const struct alternatives *all, uint64_t seed,
                                   struct information *information,
                                   struct hr_error *error)
{
    struct curves curves;
    enum hr_status status;

    *information = (struct information){0};
    if (all->count < 2)
        return HR_OK;
    if (curves_init(&curves, spline, all->count - 1, error) != HR_OK)
        return error->status;
    fit_rivals(&curves, all);
    status = find_root(&curves, error);
    if (status == HR_OK)
        value_draw(&curves, seed, information);
    curves_free(&curves);
    return status;
}
