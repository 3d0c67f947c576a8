#include "tensor.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>

enum { SIDE = TENSOR_SIDE, COLUMNS = TENSOR_COLUMNS, NEAR = 4, PENALTIES = 33 };

static const double counted = 1.4; /* times, each degree of freedom */

/* Cubic B-splines on six equal intervals of [0, 1]: the first of four, and their values
 * (de Boor's triangle on a uniform grid). */
static size_t basis(double score, double furthest, double value[NEAR])
{
    const double within = fmin(fmax(score, -furthest), furthest);
    const double at = (within + furthest) / (2.0 * furthest) * (SIDE - 3);
    const size_t first = (size_t)fmin(floor(at), SIDE - 4.0);
    const double u = at - (double)first, v = 1.0 - u;

    value[0] = v * v * v / 6.0;
    value[1] = (3.0 * u * u * u - 6.0 * u * u + 4.0) / 6.0;
    value[2] = (3.0 * v * v * v - 6.0 * v * v + 4.0) / 6.0;
    value[3] = u * u * u / 6.0;
    return first;
}

/* The sixteen columns that are not zero, and their values. */
static void fill_row(const struct tensor *t, double one, double other,
                     size_t column[NEAR * NEAR], double value[NEAR * NEAR])
{
    double a[NEAR], b[NEAR];
    const size_t i = basis(one, t->furthest[0], a), j = basis(other, t->furthest[1], b);

    for (size_t k = 0; k < NEAR * NEAR; k++) {
        column[k] = (i + k / NEAR) * SIDE + j + k % NEAR;
        value[k] = a[k / NEAR] * b[k % NEAR];
    }
}

/* Matrices while a surface is fitted. */
struct fitting {
    gsl_matrix *gram, *rough, *vectors;
    gsl_vector *right, *eigen;
    gsl_eigen_symmv_workspace *work;
    double square; /* sum of y squared */
};

static void fitting_free(struct fitting *f)
{
    gsl_matrix_free(f->gram);
    gsl_matrix_free(f->rough);
    gsl_matrix_free(f->vectors);
    gsl_vector_free(f->right);
    gsl_vector_free(f->eigen);
    gsl_eigen_symmv_free(f->work);
}

static int fitting_init(struct fitting *f)
{
    gsl_error_handler_t *handler = gsl_set_error_handler_off();

    *f = (struct fitting){gsl_matrix_calloc(COLUMNS, COLUMNS),
                          gsl_matrix_calloc(COLUMNS, COLUMNS),
                          gsl_matrix_calloc(COLUMNS, COLUMNS),
                          gsl_vector_calloc(COLUMNS),
                          gsl_vector_calloc(COLUMNS),
                          gsl_eigen_symmv_alloc(COLUMNS),
                          0.0};
    gsl_set_error_handler(handler);
    return f->gram != NULL && f->rough != NULL && f->vectors != NULL &&
           f->right != NULL && f->eigen != NULL && f->work != NULL;
}

static void accumulate(struct fitting *f, const struct tensor *t,
                       const double *const score[2], const double *y, size_t n)
{
    size_t column[NEAR * NEAR];
    double value[NEAR * NEAR];

    for (size_t i = 0; i < n; i++) {
        fill_row(t, score[0][i], score[1][i], column, value);
        f->square += y[i] * y[i];
        for (size_t k = 0; k < NEAR * NEAR; k++) {
            *gsl_vector_ptr(f->right, column[k]) += value[k] * y[i];
            for (size_t l = 0; l < NEAR * NEAR; l++)
                *gsl_matrix_ptr(f->gram, column[k], column[l]) += value[k] * value[l];
        }
    }
}

/* Squares of second differences along one draw: step 1 or SIDE. */
static void add_rough(gsl_matrix *rough, size_t start, size_t step)
{
    static const double second[3] = {1.0, -2.0, 1.0};

    for (size_t d = 0; d + 2 < SIDE; d++) {
        for (size_t a = 0; a < 3; a++) {
            for (size_t b = 0; b < 3; b++)
                *gsl_matrix_ptr(rough, start + (d + a) * step,
                                start + (d + b) * step) += second[a] * second[b];
        }
    }
}

/* The basis in which gram is one and rough is diagonal, into vectors and eigen. */
static void diagonalise(struct fitting *f)
{
    double trace = 0.0;

    for (size_t i = 0; i < COLUMNS; i++)
        trace += gsl_matrix_get(f->gram, i, i);
    for (size_t i = 0; i < COLUMNS; i++)
        *gsl_matrix_ptr(f->gram, i, i) += 1e-8 * trace / COLUMNS;
    for (size_t i = 0; i < SIDE; i++) {
        add_rough(f->rough, i * SIDE, 1);
        add_rough(f->rough, i, SIDE);
    }
    gsl_linalg_cholesky_decomp1(f->gram);
    gsl_blas_dtrsm(CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, 1.0, f->gram,
                   f->rough);
    gsl_blas_dtrsm(CblasRight, CblasLower, CblasTrans, CblasNonUnit, 1.0, f->gram,
                   f->rough);
    gsl_eigen_symmv(f->rough, f->eigen, f->vectors, f->work);
    gsl_blas_dtrsm(CblasLeft, CblasLower, CblasTrans, CblasNonUnit, 1.0, f->gram,
                   f->vectors);
}

struct choice {
    double penalty, edf, rss, score;
};

static struct choice try_penalty(const struct fitting *f, const double *projection,
                                 double penalty, double n)
{
    struct choice choice = {penalty, 0.0, f->square, 0.0};

    for (size_t c = 0; c < COLUMNS; c++) {
        const double kept =
            1.0 / (1.0 + penalty * fmax(gsl_vector_get(f->eigen, c), 0.0));

        choice.edf += kept;
        choice.rss += projection[c] * projection[c] * kept * (kept - 2.0);
    }
    choice.rss = fmax(choice.rss, 0.0);
    choice.score =
        n > counted * choice.edf
            ? n * choice.rss / ((n - counted * choice.edf) * (n - counted * choice.edf))
            : INFINITY;
    return choice;
}

/* Coefficients T D T'B'y and their covariance sigma^2 T D T'. */
static void take(struct tensor *t, const struct fitting *f, const double *projection,
                 const struct choice *choice, double n)
{
    const double variance = choice->rss / fmax(n - choice->edf, 1.0);

    t->edf = choice->edf;
    for (size_t i = 0; i < COLUMNS; i++) {
        for (size_t c = 0; c < COLUMNS; c++) {
            const double kept =
                1.0 / (1.0 + choice->penalty * fmax(gsl_vector_get(f->eigen, c), 0.0));
            const double own = gsl_matrix_get(f->vectors, i, c) * kept;

            t->coefficient[i] += own * projection[c];
            for (size_t j = 0; j < COLUMNS; j++)
                t->covariance[i * COLUMNS + j] +=
                    variance * own * gsl_matrix_get(f->vectors, j, c);
        }
    }
}

static void solve(struct tensor *t, struct fitting *f, double n)
{
    double projection[COLUMNS];
    struct choice best = {.score = INFINITY};
    gsl_vector_view view = gsl_vector_view_array(projection, COLUMNS);

    diagonalise(f);
    gsl_blas_dgemv(CblasTrans, 1.0, f->vectors, f->right, 0.0, &view.vector);
    for (int p = 0; p < PENALTIES; p++) {
        const struct choice choice =
            try_penalty(f, projection, n * pow(10.0, -8.0 + 0.5 * p), n);

        if (choice.score < best.score || p == 0)
            best = choice;
    }
    take(t, f, projection, &best, n);
}

enum hr_status tensor_fit(struct tensor *t, const double *const score[2],
                          const double *y, size_t n, struct hr_error *error)
{
    struct fitting fitting;

    *t = (struct tensor){0};
    if (n < TENSOR_LEAST_TRIALS)
        return hr_fail(error, HR_BAD_INPUT,
                       "%zu trials are too few for a map: run %d or more", n,
                       TENSOR_LEAST_TRIALS);
    for (int d = 0; d < 2; d++) {
        for (size_t i = 0; i < n; i++)
            t->furthest[d] = fmax(t->furthest[d], fabs(score[d][i]));
    }
    if (!fitting_init(&fitting)) {
        fitting_free(&fitting);
        return hr_fail(error, HR_FAILED, "no memory for a map");
    }
    accumulate(&fitting, t, score, y, n);
    solve(t, &fitting, (double)n);
    fitting_free(&fitting);
    return HR_OK;
}

struct tensor_value tensor_at(const struct tensor *t, double one, double other)
{
    size_t column[NEAR * NEAR];
    double value[NEAR * NEAR], sum = 0.0, variance = 0.0;

    fill_row(t, one, other, column, value);
    for (size_t k = 0; k < NEAR * NEAR; k++) {
        sum += value[k] * t->coefficient[column[k]];
        for (size_t l = 0; l < NEAR * NEAR; l++)
            variance +=
                value[k] * value[l] * t->covariance[column[k] * COLUMNS + column[l]];
    }
    return (struct tensor_value){sum, sqrt(fmax(variance, 0.0))};
}
