/* y = x1 x2 + x1 / 2 and noise of sd 1, x normal scores: the surface at a point is
 * known.
 */
#include "test.h"

#include "tensor.h"

#include <gsl/gsl_randist.h>
#include <math.h>

enum { TRIALS = 5000 };

static double one[TRIALS], other[TRIALS], y[TRIALS];

static void make(double product)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    for (size_t t = 0; t < TRIALS; t++) {
        one[t] = gsl_ran_ugaussian(rng);
        other[t] = gsl_ran_ugaussian(rng);
        y[t] = product * one[t] * other[t] + 0.5 * one[t] + gsl_ran_ugaussian(rng);
    }
    gsl_rng_free(rng);
}

static struct tensor fitted(void)
{
    const double *const score[2] = {one, other};
    static struct tensor tensor;
    struct hr_error error = {0};

    assert_int_equal(tensor_fit(&tensor, score, y, TRIALS, &error), HR_OK);
    return tensor;
}

/* Of 5,000 trials: within 4 of the surface's own standard errors, at the middle and
 * well away from it. */
static void a_product_is_found_where_it_is(void **state)
{
    static const double at[][2] = {{0.0, 0.0}, {1.0, 1.0}, {-1.0, 1.0}, {1.5, -1.0}};
    struct tensor tensor;

    (void)state;
    make(1.0);
    tensor = fitted();
    for (size_t i = 0; i < sizeof(at) / sizeof(*at); i++) {
        const struct tensor_value got = tensor_at(&tensor, at[i][0], at[i][1]);

        assert_true(got.se > 0.0 && got.se < 0.2);
        assert_true(fabs(got.value - (at[i][0] * at[i][1] + 0.5 * at[i][0])) <
                    4.0 * got.se);
    }
}

/* A plane needs three degrees of freedom, a product one more. */
static void what_bends_little_is_smoothed_much(void **state)
{
    struct tensor tensor;

    (void)state;
    make(0.0);
    tensor = fitted();
    assert_true(tensor.edf < 10.0);
}

static void too_few_trials_are_refused(void **state)
{
    const double *const score[2] = {one, other};
    static struct tensor tensor;
    struct hr_error error = {0};

    (void)state;
    make(1.0);
    assert_int_equal(tensor_fit(&tensor, score, y, 499, &error), HR_BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_product_is_found_where_it_is),
        cmocka_unit_test(what_bends_little_is_smoothed_much),
        cmocka_unit_test(too_few_trials_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
