/* One digest over the bits of all that enters a trial. It may change only with the
 * arithmetic of a draw, which changes results and is listed as such; never with the
 * compiler, the processor or the C library. */
#include "test.h"

#include "distribution.h"
#include "draw.h"

enum { DRAWS = 5000 };

static const uint64_t seed = 20260701;

static const struct distribution laws[] = {
    {.kind = UNIFORM, .a = 0.1, .b = 0.7},
    {.kind = TRIANGULAR, .a = 0.1, .b = 0.2, .c = 0.7},
    {.kind = PERT, .a = 0.1, .b = 0.2, .c = 0.7},
    {.kind = NORMAL, .a = 0.3, .b = 0.4},
    {.kind = LOGNORMAL, .a = 0.3, .b = 0.5},
    {.kind = BETA, .a = 60.0, .b = 900.0},
    {.kind = GAMMA, .a = 4.0, .b = 0.07},
};

static const struct distribution smooth[] = {
    {.kind = PERT, .a = 0.1, .b = 0.2, .c = 0.7},
    {.kind = BETA, .a = 60.0, .b = 900.0},
    {.kind = GAMMA, .a = 4.0, .b = 0.07},
};

enum {
    LAWS = sizeof(laws) / sizeof(*laws),
    CURVES = sizeof(smooth) / sizeof(*smooth),
};

static uint64_t digest_of(uint64_t digest, double number)
{
    return (digest ^ to_bits(number)) * 0x9e3779b97f4a7c15u;
}

static uint64_t digest_of_draws(uint64_t digest, const struct distribution *law)
{
    for (uint64_t trial = 0; trial < DRAWS; trial++)
        digest = digest_of(
            digest,
            distribution_quantile(
                law, draw_one(seed, trial, draw_address(0, DRAW_PARAMETER, 255, 0))));
    return digest;
}

static uint64_t digest_of_law(uint64_t digest, struct distribution law)
{
    struct hr_error error = {0};

    assert_int_equal(distribution_truncate(&law, 0.01, 0.9, &error), HR_OK);
    return digest_of_draws(digest, &law);
}

static uint64_t digest_of_curve(uint64_t digest, struct distribution law)
{
    struct hr_error error = {0};
    struct quantile_curve curve;

    assert_int_equal(distribution_truncate(&law, 0.01, 0.9, &error), HR_OK);
    distribution_follow(&law, &curve);
    return digest_of_draws(digest, &law);
}

static void draws_have_the_same_bits_everywhere(void **state)
{
    uint64_t digest = 0;

    (void)state;
    for (int i = 0; i < LAWS; i++)
        digest = digest_of_law(digest, laws[i]);
    assert_int_equal(digest, 0x151c2aa91f4246dfu);
}

static void draws_from_curves_have_the_same_bits_everywhere(void **state)
{
    uint64_t digest = 0;

    (void)state;
    for (int i = 0; i < CURVES; i++)
        digest = digest_of_curve(digest, smooth[i]);
    assert_int_equal(digest, 0xec0a0d847de8073u);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_have_the_same_bits_everywhere),
        cmocka_unit_test(draws_from_curves_have_the_same_bits_everywhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
