#include "spline.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_bspline.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum { ORDER = 4, INTERVALS = SPLINE_COLUMNS - ORDER + 1, PENALTIES = 25 };

static const double ridge = 1e-10;      /* of the mean diagonal */
static const double least_penalty = -4; /* per trial, log10, in steps of a half */
static const double edf_cost = 1.4;

static void group_trials(struct spline *spline, const size_t *order)
{
    double before = NAN;

    for (size_t i = 0; i < spline->n; i++) {
        const size_t t = order[i];

        if (spline->score[t] != before)
            spline->group_score[spline->groups++] = spline->score[t];
        before = spline->score[t];
        spline->row[t] = (struct spline_row){spline->groups - 1, {1.0, 0.0, 0.0, 0.0}};
    }
    spline->columns = spline->groups;
}

/* Knots go on beyond the ends at the same distance, so that a straight line has no
 * second differences; the library's own would coincide there. */
static enum hr_status cubic_init(gsl_bspline_workspace **cubic, struct hr_error *error)
{
    *cubic = gsl_bspline_alloc(ORDER, INTERVALS + 1);
    if (*cubic == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a spline");
    for (size_t i = 0; i < (*cubic)->knots->size; i++)
        gsl_vector_set((*cubic)->knots, i, ((double)i - ORDER + 1.0) / INTERVALS);
    return HR_OK;
}

static struct spline_row cubic_row(const struct spline *spline, double score,
                                   gsl_bspline_workspace *cubic)
{
    const double v = (score + spline->furthest) / (2.0 * spline->furthest);
    struct spline_row row;
    gsl_vector_view value = gsl_vector_view_array(row.value, ORDER);
    size_t last;

    gsl_bspline_eval_nonzero(fmin(fmax(v, 0.0), 1.0), &value.vector, &row.first, &last,
                             cubic);
    return row;
}

static enum hr_status place_trials(struct spline *spline, struct hr_error *error)
{
    gsl_bspline_workspace *cubic;

    if (cubic_init(&cubic, error) != HR_OK)
        return error->status;
    spline->columns = SPLINE_COLUMNS;
    for (size_t t = 0; t < spline->n; t++)
        spline->furthest = fmax(spline->furthest, fabs(spline->score[t]));
    for (size_t t = 0; t < spline->n; t++)
        spline->row[t] = cubic_row(spline, spline->score[t], cubic);
    gsl_bspline_free(cubic);
    return HR_OK;
}

/* Columns a row has values in: four, or its group's alone. */
static size_t width_of(const struct spline *spline)
{
    return spline->groups > 0 ? 1 : ORDER;
}

static void fill_gram(const struct spline *spline, gsl_matrix *gram)
{
    const size_t width = width_of(spline);
    double trace = 0.0;

    gsl_matrix_set_zero(gram);
    for (size_t t = 0; t < spline->n; t++) {
        const struct spline_row *row = &spline->row[t];
        double *at = gram->data + row->first * (gram->tda + 1);

        for (size_t i = 0; i < width; i++) {
            for (size_t j = 0; j < width; j++)
                at[i * gram->tda + j] += row->value[i] * row->value[j];
        }
    }
    for (size_t i = 0; i < gram->size1; i++)
        trace += gsl_matrix_get(gram, i, i);
    for (size_t i = 0; i < gram->size1; i++)
        *gsl_matrix_ptr(gram, i, i) += ridge * trace / (double)gram->size1;
}

/* Second differences of neighbouring columns, squared; none between groups. */
static void fill_penalty(const struct spline *spline, gsl_matrix *penalty)
{
    static const double difference[3] = {1.0, -2.0, 1.0};

    gsl_matrix_set_zero(penalty);
    for (size_t d = 0; spline->groups == 0 && d + 2 < penalty->size1; d++) {
        for (size_t i = 0; i < 3; i++) {
            for (size_t j = 0; j < 3; j++)
                *gsl_matrix_ptr(penalty, d + i, d + j) += difference[i] * difference[j];
        }
    }
}

/* With B'B = L L' and L^-1 P L^-T = U diag(w) U': the basis is T = L^-T U, the
 * roughness of its functions w, of which the two least, a straight line's, are exactly
 * zero. */
static void solve_basis(struct spline *spline, gsl_matrix *gram, gsl_matrix *penalty,
                        gsl_eigen_symmv_workspace *eigen)
{
    const size_t columns = spline->columns;
    gsl_matrix_view basis = gsl_matrix_view_array(spline->basis, columns, columns);
    gsl_vector_view roughness = gsl_vector_view_array(spline->roughness, columns);

    gsl_linalg_cholesky_decomp1(gram);
    gsl_blas_dtrsm(CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, 1.0, gram,
                   penalty);
    gsl_blas_dtrsm(CblasRight, CblasLower, CblasTrans, CblasNonUnit, 1.0, gram,
                   penalty);
    gsl_eigen_symmv(penalty, &roughness.vector, &basis.matrix, eigen);
    gsl_eigen_symmv_sort(&roughness.vector, &basis.matrix, GSL_EIGEN_SORT_VAL_ASC);
    gsl_blas_dtrsm(CblasLeft, CblasLower, CblasTrans, CblasNonUnit, 1.0, gram,
                   &basis.matrix);
    for (size_t j = 0; j < columns && (j < 2 || spline->groups > 0); j++)
        spline->roughness[j] = 0.0;
}

static enum hr_status make_basis(struct spline *spline, struct hr_error *error)
{
    gsl_matrix *gram = gsl_matrix_alloc(spline->columns, spline->columns);
    gsl_matrix *penalty = gsl_matrix_alloc(spline->columns, spline->columns);
    gsl_eigen_symmv_workspace *eigen = gsl_eigen_symmv_alloc(spline->columns);
    const bool ready = gram != NULL && penalty != NULL && eigen != NULL;

    if (ready) {
        fill_gram(spline, gram);
        fill_penalty(spline, penalty);
        solve_basis(spline, gram, penalty, eigen);
    }
    gsl_matrix_free(gram);
    gsl_matrix_free(penalty);
    gsl_eigen_symmv_free(eigen);
    return ready ? HR_OK : hr_fail(error, HR_FAILED, "no memory for a spline");
}

static enum hr_status lay_out(struct spline *spline, const double *draw,
                              struct hr_error *error)
{
    size_t *order = malloc(spline->n * sizeof(*order));
    enum hr_status status = HR_OK;

    if (order == NULL || spline->score == NULL || spline->row == NULL) {
        free(order);
        return hr_fail(error, HR_FAILED, "no memory for a spline");
    }
    if (spline_scores(draw, spline->n, order, spline->score) < SPLINE_FEW_VALUES)
        group_trials(spline, order);
    else
        status = place_trials(spline, error);
    free(order);
    return status;
}

enum hr_status spline_init(struct spline *spline, const double *draw, size_t n,
                           struct hr_error *error)
{
    *spline = (struct spline){.n = n};
    if (n < SPLINE_LEAST_TRIALS)
        return hr_fail(error, HR_BAD_INPUT,
                       "%zu trials are too few to draw a curve through: at least %d", n,
                       SPLINE_LEAST_TRIALS);
    spline->score = malloc(n * sizeof(*spline->score));
    spline->row = malloc(n * sizeof(*spline->row));
    if (lay_out(spline, draw, error) == HR_OK && make_basis(spline, error) == HR_OK)
        return HR_OK;
    spline_free(spline);
    return error->status;
}

void spline_free(struct spline *spline)
{
    free(spline->score);
    free(spline->row);
    *spline = (struct spline){0};
}

static double row_times(const struct spline *spline, const struct spline_row *row,
                        const double *coefficient)
{
    double sum = 0.0;

    for (size_t i = 0; i < width_of(spline); i++)
        sum += row->value[i] * coefficient[row->first + i];
    return sum;
}

static double mean_of(const double *y, size_t n)
{
    double sum = 0.0;

    for (size_t t = 0; t < n; t++)
        sum += y[t];
    return sum / (double)n;
}

/* Project y less its mean on the basis, and sum its squares. */
static void project(const struct spline *spline, const double *y,
                    struct spline_fit *fit)
{
    double sum[SPLINE_COLUMNS] = {0};

    fit->tss = 0.0;
    for (size_t t = 0; t < spline->n; t++) {
        const struct spline_row *row = &spline->row[t];
        const double rest = y[t] - fit->mean;

        fit->tss += rest * rest;
        for (size_t i = 0; i < width_of(spline); i++)
            sum[row->first + i] += row->value[i] * rest;
    }
    for (size_t j = 0; j < spline->columns; j++) {
        fit->projection[j] = 0.0;
        for (size_t i = 0; i < spline->columns; i++)
            fit->projection[j] += spline->basis[i * spline->columns + j] * sum[i];
    }
}

static double shrunk(const struct spline *spline, double penalty, size_t j)
{
    return 1.0 / (1.0 + penalty * spline->roughness[j]);
}

/* Generalised cross-validation of a penalty; the basis is orthonormal. */
static double score_of(const struct spline *spline, struct spline_fit *fit,
                       double penalty)
{
    const double n = (double)spline->n;
    double rss = fit->tss, edf = 0.0;

    for (size_t j = 0; j < spline->columns; j++) {
        const double kept = shrunk(spline, penalty, j), c = fit->projection[j];

        rss -= kept * (2.0 - kept) * c * c;
        edf += kept;
    }
    fit->penalty = penalty;
    fit->edf = edf;
    return n * rss / ((n - edf_cost * edf) * (n - edf_cost * edf));
}

static void choose_penalty(const struct spline *spline, struct spline_fit *fit)
{
    struct spline_fit tried = *fit;
    double least = INFINITY;

    for (int i = 0; i < PENALTIES; i++) {
        const double penalty = (double)spline->n * pow(10.0, least_penalty + 0.5 * i);
        const double score = score_of(spline, &tried, penalty);

        if (!(score >= least)) {
            least = score;
            *fit = tried;
        }
    }
}

static void sum_residuals(const struct spline *spline, const double *y,
                          struct spline_fit *fit)
{
    fit->rss = 0.0;
    for (size_t t = 0; t < spline->n; t++) {
        const double g = row_times(spline, &spline->row[t], fit->coefficient);

        fit->rss += (y[t] - g) * (y[t] - g);
    }
}

/* The columns of either kind add to one everywhere, so the mean is added to each. */
void spline_fit(const struct spline *spline, const double *y, struct spline_fit *fit)
{
    fit->mean = mean_of(y, spline->n);
    project(spline, y, fit);
    choose_penalty(spline, fit);
    for (size_t i = 0; i < spline->columns; i++) {
        fit->coefficient[i] = fit->mean;
        for (size_t j = 0; j < spline->columns; j++)
            fit->coefficient[i] += spline->basis[i * spline->columns + j] *
                                   fit->projection[j] * shrunk(spline, fit->penalty, j);
    }
    sum_residuals(spline, y, fit);
}

void spline_values(const struct spline *spline, const double *coefficient, double *g)
{
    for (size_t t = 0; t < spline->n; t++)
        g[t] = row_times(spline, &spline->row[t], coefficient);
}

static struct spline_row nearest_group(const struct spline *spline, double score)
{
    struct spline_row row = {0, {1.0, 0.0, 0.0, 0.0}};

    for (size_t g = 1; g < spline->groups; g++) {
        if (fabs(spline->group_score[g] - score) <
            fabs(spline->group_score[row.first] - score))
            row.first = g;
    }
    return row;
}

static struct spline_row row_at(const struct spline *spline, double score)
{
    struct spline_row row;
    gsl_bspline_workspace *cubic;
    struct hr_error error;

    if (spline->groups > 0)
        return nearest_group(spline, score);
    if (cubic_init(&cubic, &error) != HR_OK)
        return (struct spline_row){0, {NAN, NAN, NAN, NAN}};
    row = cubic_row(spline, score, cubic);
    gsl_bspline_free(cubic);
    return row;
}

struct spline_value spline_at(const struct spline *spline, const struct spline_fit *fit,
                              double score)
{
    const struct spline_row row = row_at(spline, score);
    double variance = 0.0;

    for (size_t j = 0; j < spline->columns; j++) {
        double b = 0.0;

        for (size_t i = 0; i < width_of(spline); i++)
            b += row.value[i] * spline->basis[(row.first + i) * spline->columns + j];
        variance += b * b * shrunk(spline, fit->penalty, j);
    }
    return (struct spline_value){
        row_times(spline, &row, fit->coefficient),
        sqrt(spline_variance(spline, fit) * variance),
    };
}

struct spline_share spline_share(const struct spline *spline,
                                 const struct spline_fit *fit, const double *y,
                                 const double *g)
{
    const double n = (double)spline->n, variance = fit->tss / n;
    const double left = spline_variance(spline, fit);
    const double share = 1.0 - left / (fit->tss / (n - 1.0));
    const double f = (fit->tss - fit->rss) / (fit->edf - 1.0) / left;
    double sum = 0.0, squares = 0.0;

    for (size_t t = 0; t < spline->n; t++) {
        const double d = y[t] - fit->mean, h = g[t] - fit->mean;
        const double influence = (2.0 * d * h - h * h - share * d * d) / variance;

        sum += influence;
        squares += influence * influence;
    }
    return (struct spline_share){
        share,
        sqrt((squares - sum * sum / n) / n / n),
        fit->edf > 1.0 ? gsl_cdf_fdist_Q(f, fit->edf - 1.0, n - fit->edf) : 1.0,
    };
}
