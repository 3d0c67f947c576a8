/* Sobol's G function, a = (0, 1, 4.5, 9), and Ishigami's, a = 7, b = 0.1 (Saltelli et
 * al. 2008): first order and total shares in closed form. */
#include "test.h"

#include "design.h"
#include "sobol.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

enum { TRIALS = 4000, DRAWS = 4 };

static const double weight[DRAWS] = {0.0, 1.0, 4.5, 9.0};

static double g_function(const double u[DRAWS])
{
    double product = 1.0;

    for (size_t k = 0; k < DRAWS; k++)
        product *= (fabs(4.0 * u[k] - 2.0) + weight[k]) / (1.0 + weight[k]);
    return product;
}

static double variance_of(size_t k)
{
    return 1.0 / (3.0 * (1.0 + weight[k]) * (1.0 + weight[k]));
}

static double variance(void)
{
    double product = 1.0;

    for (size_t k = 0; k < DRAWS; k++)
        product *= 1.0 + variance_of(k);
    return product - 1.0;
}

static double first_of(size_t k)
{
    return variance_of(k) / variance();
}

static double total_of(size_t k)
{
    return variance_of(k) * (variance() + 1.0) / (1.0 + variance_of(k)) / variance();
}

struct runs {
    double a[TRIALS], b[TRIALS], ab[DRAWS][TRIALS], others[TRIALS];
};

static void run(struct runs *runs)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    for (size_t t = 0; t < TRIALS; t++) {
        double u[DRAWS], v[DRAWS], mixed[DRAWS];

        for (size_t k = 0; k < DRAWS; k++) {
            u[k] = gsl_rng_uniform(rng);
            v[k] = gsl_rng_uniform(rng);
        }
        runs->a[t] = g_function(u);
        runs->b[t] = g_function(v);
        for (size_t k = 0; k < DRAWS; k++) {
            for (size_t j = 0; j < DRAWS; j++)
                mixed[j] = j == k ? v[j] : u[j];
            runs->ab[k][t] = g_function(mixed);
        }
        mixed[0] = u[0];
        for (size_t j = 1; j < DRAWS; j++)
            mixed[j] = v[j];
        runs->others[t] = g_function(mixed);
    }
    gsl_rng_free(rng);
}

/* Of the trials that it was found from, the share's own errors. */
static void assert_within_4_errors(struct sobol_share got, double truth)
{
    if (fabs(got.share - truth) > 4.0 * got.se)
        fail_msg("%g +- %g is not %g", got.share, got.se, truth);
}

static void shares_are_those_of_the_g_function(void **state)
{
    struct runs *runs = malloc(sizeof(*runs));

    (void)state;
    run(runs);
    for (size_t k = 0; k < DRAWS; k++) {
        assert_within_4_errors(sobol_first(runs->a, runs->b, runs->ab[k], TRIALS),
                               first_of(k));
        assert_within_4_errors(sobol_total(runs->a, runs->b, runs->ab[k], TRIALS),
                               total_of(k));
    }
    free(runs);
}

/* Two runs that share the first draw have its first-order share in common. */
static void what_two_runs_have_in_common_is_the_share_of_what_they_share(void **state)
{
    struct runs *runs = malloc(sizeof(*runs));

    (void)state;
    run(runs);
    assert_within_4_errors(sobol_common(runs->a, runs->others, TRIALS), first_of(0));
    assert_within_4_errors(sobol_common(runs->a, runs->b, TRIALS), 0.0);
    free(runs);
}

enum { PARTS = 40 };

/* How far the shares of parts of the runs scatter, over the error that each gives for
 * itself. */
static double scatter_over_error(const struct runs *runs, size_t k)
{
    const size_t n = TRIALS / PARTS;
    double sum = 0.0, squares = 0.0, error = 0.0;

    for (size_t p = 0; p < PARTS; p++) {
        const struct sobol_share got =
            sobol_total(runs->a + p * n, runs->b + p * n, runs->ab[k] + p * n, n);

        sum += got.share;
        squares += got.share * got.share;
        error += got.se * got.se;
    }
    return sqrt((squares - sum * sum / PARTS) / (PARTS - 1) / (error / PARTS));
}

/* 1 within 4 standard errors: those of an sd from 40 parts are 1/sqrt(2 x 39) = 0.113.
 */
static void an_error_is_how_far_a_share_scatters(void **state)
{
    struct runs *runs = malloc(sizeof(*runs));

    (void)state;
    run(runs);
    for (size_t k = 0; k < DRAWS; k++)
        assert_true(fabs(scatter_over_error(runs, k) - 1.0) < 4.0 * 0.113);
    free(runs);
}

/* 1,000 more in every run is in no variance. */
static void what_is_added_to_every_run_changes_no_share_and_no_error(void **state)
{
    struct runs *runs = malloc(sizeof(*runs));
    struct sobol_share before, after;

    (void)state;
    run(runs);
    before = sobol_common(runs->a, runs->others, TRIALS);
    for (size_t t = 0; t < TRIALS; t++) {
        runs->a[t] += 1000.0;
        runs->others[t] += 1000.0;
    }
    after = sobol_common(runs->a, runs->others, TRIALS);
    assert_true(fabs(after.share - before.share) < 1e-9);
    assert_true(before.se > 0.0 && fabs(after.se / before.se - 1.0) < 1e-6);
    free(runs);
}

/* Three runs, a mean of 1, and deviations of 1, 1/2 and 1/2 (half of both squares): the
 * common share is -1/3 over 2/3, the total one 2/3 over 2/3; influences of -1/2, 1/4,
 * 1/4 and of -1, -1/2, 3/2 have variances of 3/16 and 7/4. */
static void shares_and_errors_of_three_runs_are_those_by_hand(void **state)
{
    static const double a[] = {0.0, 1.0, 2.0}, b[] = {2.0, 0.0, 1.0},
                        ab[] = {0.0, 1.0, 0.0};
    const struct sobol_share common = sobol_common(a, b, 3);
    const struct sobol_share total = sobol_total(a, b, ab, 3);

    (void)state;
    assert_true(fabs(common.share - (-0.5)) < 1e-12);
    assert_true(fabs(common.se - (sqrt(3.0 / 16.0 / 3.0) * 1.5)) < 1e-12);
    assert_true(fabs(total.share - (1.0)) < 1e-12);
    assert_true(fabs(total.se - (sqrt(7.0 / 4.0 / 3.0) * 1.5)) < 1e-12);
}

static double ishigami(const double u[3])
{
    const double pi = acos(-1.0);
    const double x1 = pi * (2.0 * u[0] - 1.0), x2 = pi * (2.0 * u[1] - 1.0);
    const double x3 = pi * (2.0 * u[2] - 1.0);

    return sin(x1) + 7.0 * sin(x2) * sin(x2) + 0.1 * pow(x3, 4.0) * sin(x1);
}

enum { POINTS = 4096, AXES = 3 };

/* Two halves of each scrambled Sobol point are the two runs; errors
 * of independent points are too large here, and 4 of them hold. */
static void shares_are_ishigamis_on_scrambled_sobol_points(void **state)
{
    static const double first[AXES] = {0.31390519114781146, 0.4424111447900409, 0.0};
    static const double total[AXES] = {0.5575888552099592, 0.4424111447900409,
                                       0.24368366406214773};
    static double u[POINTS * 2 * AXES], a[POINTS], b[POINTS], ab[POINTS];
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(design_sobol(20261129, POINTS, 2 * AXES, u, &error), HR_OK);
    for (size_t t = 0; t < POINTS; t++) {
        a[t] = ishigami(u + t * 2 * AXES);
        b[t] = ishigami(u + t * 2 * AXES + AXES);
    }
    for (size_t k = 0; k < AXES; k++) {
        for (size_t t = 0; t < POINTS; t++) {
            const double *own = u + t * 2 * AXES;
            double mixed[AXES] = {own[0], own[1], own[2]};

            mixed[k] = own[AXES + k];
            ab[t] = ishigami(mixed);
        }
        assert_within_4_errors(sobol_first(a, b, ab, POINTS), first[k]);
        assert_within_4_errors(sobol_total(a, b, ab, POINTS), total[k]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_and_errors_of_three_runs_are_those_by_hand),
        cmocka_unit_test(shares_are_those_of_the_g_function),
        cmocka_unit_test(an_error_is_how_far_a_share_scatters),
        cmocka_unit_test(what_is_added_to_every_run_changes_no_share_and_no_error),
        cmocka_unit_test(shares_are_ishigamis_on_scrambled_sobol_points),
        cmocka_unit_test(what_two_runs_have_in_common_is_the_share_of_what_they_share),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
