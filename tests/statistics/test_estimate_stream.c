/* Estimates of streams so short that little can be said, and of pairs of none. */
#include "test.h"

#include "estimate_side.h"
#include "estimate_stream.h"
#include "moments.h"

#include <math.h>
#include <stdlib.h>

/* A stream of @p n equal numbers, about 84 KiB. */
struct constant {
    struct moments moments;
    struct histogram *histogram;
    struct stream stream;
};

static struct constant *constant_of(double value, size_t n)
{
    struct constant *c = calloc(1, sizeof(*c));

    c->histogram = histograms_new(1, 1);
    for (size_t i = 0; i < n; i++) {
        moments_add(&c->moments, value);
        histogram_add(c->histogram, &value, 1);
    }
    stream_of(&c->moments, c->histogram, &c->stream);
    return c;
}

static void forget(struct constant *c)
{
    free(c->histogram);
    free(c);
}

static void a_stream_without_numbers_has_no_quantile(void **state)
{
    struct constant *none = constant_of(0.0, 0);
    const struct interval_estimate e =
        stream_quantile(&none->stream, 0.5, (struct estimate_ranks){0.0, 1.0});

    (void)state;
    assert_true(isnan(e.value) && isnan(e.low) && isnan(e.high));
    forget(none);
}

static void one_number_is_every_quantile_of_its_stream(void **state)
{
    struct constant *one = constant_of(3.0, 1);
    const struct interval_estimate e =
        stream_quantile(&one->stream, 0.5, (struct estimate_ranks){0.0, 2.0});

    (void)state;
    assert_true(e.value == 3.0);
    forget(one);
}

/* Nothing but zeros: that something else never came is not known to be so. */
static void a_stream_of_zeros_alone_is_thin(void **state)
{
    struct constant *zeros = constant_of(0.0, 100);

    (void)state;
    assert_true((stream_mean(&zeros->stream, 0.95).flags & ESTIMATE_THIN) != 0);
    forget(zeros);
}

static void a_pair_of_no_trials_has_no_least_and_no_most(void **state)
{
    double around[] = {7.0, 7.0};
    const struct sample none = {.value = &around[1], .count = 0};
    const struct beside beside = beside_of(around, around, 0, &none);

    (void)state;
    assert_true(isnan(beside.least) && isnan(beside.most));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stream_without_numbers_has_no_quantile),
        cmocka_unit_test(one_number_is_every_quantile_of_its_stream),
        cmocka_unit_test(a_stream_of_zeros_alone_is_thin),
        cmocka_unit_test(a_pair_of_no_trials_has_no_least_and_no_most),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
