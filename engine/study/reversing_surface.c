/* The quadratic that a combination is found on. */
#include "reversing.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Sizes of a shock, less the one it is shipped with. */
static const double least_size = -1.0, most_size = 2.0, tried_size[2] = {-1.0, 1.0};

/* Ingredients that are let vary, as independent numbers of variance one: w = factor v.
 */
struct mix {
    size_t of[QUADRATIC_DRAWS], count;
    double factor[QUADRATIC_DRAWS * QUADRATIC_DRAWS]; /* lower triangle */
    size_t rows;
    double *value; /* [of][row], then the difference [row] */
};

static double correlation(const struct reversing *r, size_t i, size_t j)
{
    const struct ingredient *a = &r->ingredient[i], *b = &r->ingredient[j];

    if (i == j)
        return 1.0;
    if (a->shock != NULL || b->shock != NULL)
        return 0.0;
    return 2.0 * sin(M_PI / 6.0 * draws_rank(r->decision, &r->draws, a->draw, b->draw));
}

static gsl_matrix_view factor_of(struct mix *mix)
{
    return gsl_matrix_view_array(mix->factor, mix->count, mix->count);
}

static enum hr_status factorise(const struct reversing *r, struct mix *mix,
                                struct hr_error *error)
{
    gsl_matrix_view factor = factor_of(mix);
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    int failed;

    for (size_t i = 0; i < mix->count; i++) {
        for (size_t j = 0; j < mix->count; j++)
            gsl_matrix_set(&factor.matrix, i, j,
                           correlation(r, mix->of[i], mix->of[j]));
    }
    failed = gsl_linalg_cholesky_decomp1(&factor.matrix);
    gsl_set_error_handler(handler);
    return !failed ? HR_OK
                   : hr_fail(error, HR_BAD_INPUT,
                             "some of the assumptions say the same: name fewer");
}

/* A row: trial t as it is in the result, with the shock of ingredient @p sized so much
 * larger; the ingredients made independent. */
static void put_row(const struct reversing *r, struct mix *mix, size_t row, size_t t,
                    const double *size)
{
    const size_t n = r->draws.trials;
    double w[QUADRATIC_DRAWS];
    gsl_vector_view v = gsl_vector_view_array(w, mix->count);
    gsl_matrix_view factor = factor_of(mix);

    for (size_t i = 0; i < mix->count; i++) {
        const struct ingredient *own = &r->ingredient[mix->of[i]];

        w[i] = own->shock != NULL ? size[mix->of[i]] : r->scores[own->draw * n + t];
    }
    gsl_blas_dtrsv(CblasLower, CblasNoTrans, CblasNonUnit, &factor.matrix, &v.vector);
    for (size_t i = 0; i < mix->count; i++)
        mix->value[i * mix->rows + row] = w[i];
}

/* Trials of the result by their number in the file, those where a form lacks left out.
 */
static size_t place_of(const struct reversing *r, size_t trial)
{
    const struct decision_trials *trials = &r->trials;

    for (size_t i = 0; i < trials->ranked.count; i++) {
        if (isnan(trials->value[trials->which[i] * trials->trials + trial]))
            return r->draws.trials;
    }
    return trial;
}

static bool is_sized(const struct reversing *r, size_t i)
{
    return r->ingredient[i].shock != NULL && r->sized != NULL;
}

/* What was run of one ingredient at one size, row by row after @p row; the next row. */
static size_t put_run(const struct reversing *r, struct mix *mix, size_t i, int which,
                      size_t row)
{
    const size_t m = (size_t)r->choice.trying.trials;
    const double *run = r->sized + (i * 2 + (size_t)which) * m;
    double size[QUADRATIC_DRAWS] = {0.0};
    size_t next = 0; /* of the complete trials */

    size[i] = tried_size[which];
    for (size_t t = 0; t < m && t < r->trials.trials; t++) {
        if (place_of(r, t) == r->draws.trials)
            continue;
        if (!isnan(run[t])) {
            put_row(r, mix, row, next, size);
            mix->value[mix->count * mix->rows + row++] = run[t];
        }
        next++;
    }
    return row;
}

static void put_rows(const struct reversing *r, struct mix *mix)
{
    const size_t n = r->draws.trials;
    const double none[QUADRATIC_DRAWS] = {0.0};
    size_t row = 0;

    for (; row < n; row++) {
        put_row(r, mix, row, row, none);
        mix->value[mix->count * mix->rows + row] = r->difference[row];
    }
    for (size_t k = 0; k < mix->count; k++) {
        for (int which = 0; which < 2 && is_sized(r, mix->of[k]); which++)
            row = put_run(r, mix, mix->of[k], which, row);
    }
    for (size_t k = 0; k <= mix->count; k++) /* close up where runs lack trials */
        memmove(mix->value + k * row, mix->value + k * mix->rows, row * sizeof(double));
    mix->rows = row;
}

static enum hr_status fill(const struct reversing *r, struct mix *mix,
                           struct hr_error *error)
{
    const size_t m = (size_t)r->choice.trying.trials;

    mix->rows = r->draws.trials;
    for (size_t k = 0; k < mix->count; k++)
        mix->rows += is_sized(r, mix->of[k]) ? 2 * m : 0;
    mix->value = malloc(((mix->count + 1) * mix->rows + 1) * sizeof(double));
    if (mix->value == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a combination");
    if (factorise(r, mix, error) != HR_OK)
        return error->status;
    put_rows(r, mix);
    return HR_OK;
}

/* From independent numbers to what the ingredients are; what does not vary is as it
 * was. */
static void take_point(struct reversing *r, struct mix *mix,
                       const struct design_point *found)
{
    gsl_matrix_view factor = factor_of(mix);
    double w[QUADRATIC_DRAWS];
    gsl_vector_view v = gsl_vector_view_array(w, mix->count);

    r->point = *found;
    memset(r->point.w, 0, sizeof(r->point.w));
    memcpy(w, found->w, sizeof(w));
    gsl_blas_dtrmv(CblasLower, CblasNoTrans, CblasNonUnit, &factor.matrix, &v.vector);
    for (size_t i = 0; i < mix->count; i++)
        r->point.w[mix->of[i]] = w[i];
}

static enum hr_status solve(struct reversing *r, struct mix *mix,
                            struct hr_error *error)
{
    struct quadratic quadratic;
    struct design_point found;
    struct scores scores;
    enum hr_status status = fill(r, mix, error);

    if (status == HR_OK) {
        scores = (struct scores){mix->value, mix->count, mix->rows};
        status = quadratic_fit(&quadratic, &scores, mix->value + mix->count * mix->rows,
                               error);
    }
    if (status == HR_OK) {
        found = quadratic_nearest_zero(&quadratic, REVERSING_FURTHEST);
        take_point(r, mix, &found);
    }
    free(mix->value);
    return status;
}

/* The first that no shock can be; the count where all may be. */
static size_t out_of_range(const struct reversing *r, const struct mix *mix)
{
    size_t k = 0;

    while (k < mix->count && (r->ingredient[mix->of[k]].shock == NULL ||
                              (r->point.w[mix->of[k]] >= least_size &&
                               r->point.w[mix->of[k]] <= most_size)))
        k++;
    return k;
}

/* A shock that would have to be of less than no size, or of more than three, stays as
 * it is. */
enum hr_status reversing_find(struct reversing *r, struct hr_error *error)
{
    struct mix mix = {.count = r->count};
    size_t out;

    for (size_t i = 0; i < r->count; i++)
        mix.of[i] = i;
    do {
        if (solve(r, &mix, error) != HR_OK)
            return error->status;
        out = r->point.found ? out_of_range(r, &mix) : mix.count;
        if (out < mix.count) {
            mix.count--;
            memmove(&mix.of[out], &mix.of[out + 1],
                    (mix.count - out) * sizeof(*mix.of));
            out = 0;
        }
    } while (out == 0 && mix.count > 0);
    return HR_OK;
}

/* w times the inverse of the correlations times w, ingredient by ingredient. */
void reversing_shares(const struct reversing *r, double *share)
{
    struct mix mix = {.count = r->count};
    gsl_matrix_view factor = factor_of(&mix);
    double w[QUADRATIC_DRAWS];
    gsl_vector_view v = gsl_vector_view_array(w, r->count);
    struct hr_error error;

    for (size_t i = 0; i < r->count; i++)
        mix.of[i] = i;
    memcpy(w, r->point.w, sizeof(w));
    if (factorise(r, &mix, &error) == HR_OK)
        gsl_linalg_cholesky_svx(&factor.matrix, &v.vector);
    for (size_t i = 0; i < r->count; i++)
        share[i] = r->point.distance > 0.0
                       ? w[i] * r->point.w[i] / gsl_pow_2(r->point.distance)
                       : 0.0;
}
