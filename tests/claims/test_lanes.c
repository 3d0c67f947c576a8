/* One sampler, many lanes: closed, tiny and shrunk lists, and lanes that do not know
 * of each other. */
#include "reference.h"

#include "sampler.h"

#include <string.h>

enum { LANES = 150, LAWS = 7 };

static const struct claim_place place = {.seed = 20260701, .entity = 77, .quarter = 3};

static struct portfolio law_number(int number)
{
    const double p[] = {0.0, 0.5, 0.9, 0.99, 1.0};
    const double x[] = {0.0, 1000.0, 5000.0, 20000.0, 80000.0};
    struct portfolio portfolio = reference_portfolio();
    struct severity *severity = &portfolio.cell[0].severity;
    struct hr_error error;

    switch (number) {
    case 1:
        portfolio.limit = 25000.0;
        break;
    case 2:
        portfolio.cell[0].frequency = FREQUENCY_TWO_PART;
        break;
    case 3:
        portfolio.cells = 2;
        portfolio.cell[1] = portfolio.cell[0];
        portfolio.cell[0].share = portfolio.cell[1].share = 0.5;
        break;
    case 4:
        portfolio.cells = 0;
        portfolio.normal_mean = 600.0;
        portfolio.normal_k = 4.6;
        break;
    case 5:
        assert_int_equal(severity_lognormal_pareto(severity, 2400.0, 2.0,
                                                   &(struct severity_tail){2e4, 3.0},
                                                   &error),
                         HR_OK);
        break;
    case 6:
        assert_int_equal(severity_quantiles(severity, p, x, 5, &error), HR_OK);
        break;
    default:
        break;
    }
    return portfolio;
}

struct lanes {
    double people[LANES], theta[LANES], kept[LANES], ceded[LANES];
};

static struct lanes full_lanes(double people)
{
    struct lanes lanes;

    for (int i = 0; i < LANES; i++) {
        lanes.people[i] = people;
        lanes.theta[i] = 1.0;
    }
    return lanes;
}

static struct claim_sampler sampler_for(const struct portfolio *portfolio,
                                        enum claim_method method)
{
    struct claim_sampler sampler;
    struct hr_error error = {0};

    assert_int_equal(claim_sampler_init(&sampler, portfolio, 8000.0, method, &error),
                     HR_OK);
    return sampler;
}

static void draw(const struct claim_sampler *sampler, size_t stride,
                 struct lanes *lanes)
{
    claim_sampler_draw(sampler, stride, &place, 1000, LANES, lanes->people,
                       lanes->theta, lanes->kept, lanes->ceded);
}

typedef void lane_check(const struct claim_sampler *sampler);

static void with_every_law_and_method(lane_check *check)
{
    for (int number = 0; number < LAWS; number++) {
        struct portfolio portfolio = law_number(number);

        for (enum claim_method method = CLAIM_AUTO; method <= CLAIM_FAST; method++) {
            const struct claim_sampler sampler = sampler_for(&portfolio, method);

            check(&sampler);
        }
        portfolio_free(&portfolio);
    }
}

/* Every third practice closed: it costs nothing, and the others what they did. */
static void check_closed(const struct claim_sampler *sampler)
{
    struct lanes all = full_lanes(8000.0), some = all;

    for (int i = 0; i < LANES; i += 3)
        some.people[i] = 0.0;
    draw(sampler, 0, &all);
    draw(sampler, 0, &some);
    for (int i = 0; i < LANES; i++) {
        const double expected = i % 3 == 0 ? 0.0 : all.kept[i];

        assert_true(some.kept[i] == expected);
        assert_true(some.ceded[i] == (i % 3 == 0 ? 0.0 : all.ceded[i]));
    }
}

static void a_closed_practice_costs_exactly_nothing(void **state)
{
    (void)state;
    with_every_law_and_method(check_closed);
}

/* A factor of 0 leaves no claims; of the normal mode its spread remains. */
static void check_no_factor(const struct claim_sampler *sampler)
{
    struct lanes lanes = full_lanes(8000.0);

    for (int i = 0; i < LANES; i++)
        lanes.theta[i] = i % 2 == 0 ? 0.0 : 1e-300;
    draw(sampler, 0, &lanes);
    for (int i = 0; i < LANES; i++) {
        assert_true(isfinite(lanes.kept[i]));
        assert_true(lanes.ceded[i] == 0.0);
        if (sampler->portfolio->cells > 0)
            assert_true(lanes.kept[i] == 0.0);
    }
}

static void a_common_factor_of_nothing_leaves_no_claims(void **state)
{
    (void)state;
    with_every_law_and_method(check_no_factor);
}

/* Below half of the list the fast method draws every claim, whatever the law. */
static void check_tiny(const struct claim_sampler *sampler)
{
    const struct claim_sampler each = sampler_for(sampler->portfolio, CLAIM_EACH);
    const double people[] = {1e-9, 0.4, 1.0, 3.0, 100.0, 3999.0};
    struct lanes lanes = full_lanes(8000.0), same;

    for (int i = 0; i < LANES; i++)
        lanes.people[i] = people[i % 6];
    same = lanes;
    draw(sampler, 0, &lanes);
    draw(&each, 0, &same);
    for (int i = 0; i < LANES; i++) {
        assert_true(isfinite(lanes.kept[i]) && isfinite(lanes.ceded[i]));
        assert_true(lanes.kept[i] == same.kept[i] && lanes.ceded[i] == same.ceded[i]);
    }
}

static void a_tiny_list_is_drawn_claim_by_claim(void **state)
{
    (void)state;
    with_every_law_and_method(check_tiny);
}

/* Samplers of both methods side by side, one a trial: as if each were alone. */
static void lanes_of_both_methods_do_not_mix(void **state)
{
    struct portfolio portfolio = reference_portfolio();
    struct claim_sampler sampler[LANES];
    struct lanes lanes = full_lanes(8000.0);

    (void)state;
    portfolio.limit = 25000.0;
    for (int i = 0; i < LANES; i++)
        sampler[i] = sampler_for(&portfolio, i % 5 == 0 ? CLAIM_EACH : CLAIM_FAST);
    draw(sampler, 1, &lanes);
    for (int i = 0; i < LANES; i++) {
        double kept, ceded;

        claim_sampler_draw(&sampler[i], 0, &place, 1000 + (uint64_t)i, 1,
                           &lanes.people[i], &lanes.theta[i], &kept, &ceded);
        assert_memory_equal(&kept, &lanes.kept[i], sizeof(kept));
        assert_memory_equal(&ceded, &lanes.ceded[i], sizeof(ceded));
    }
}

/* Three lists of a trial, the last of them tiny: each as if it were drawn alone. */
static void check_lists(const struct claim_sampler *sampler)
{
    struct lanes lanes = full_lanes(8000.0);
    uint64_t lane[LANES];
    const struct claim_years years = {
        .n = LANES, .lane = lane, .people = lanes.people, .theta = lanes.theta};

    for (int i = 0; i < LANES; i++) {
        const double people[] = {8000.0, 9000.0, 100.0};

        lanes.people[i] = people[i % 3];
        lane[i] = (uint64_t)i / 3;
    }
    claim_sampler_draw_years(sampler, 0, &place, 1000, &years, lanes.kept, lanes.ceded);
    for (int i = 0; i < LANES; i++) {
        double kept, ceded;

        claim_sampler_draw(sampler, 0, &place, 1000 + lane[i], 1, &lanes.people[i],
                           &lanes.theta[i], &kept, &ceded);
        assert_memory_equal(&kept, &lanes.kept[i], sizeof(kept));
        assert_memory_equal(&ceded, &lanes.ceded[i], sizeof(ceded));
    }
}

static void lists_of_a_trial_do_not_know_of_each_other(void **state)
{
    (void)state;
    with_every_law_and_method(check_lists);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_closed_practice_costs_exactly_nothing),
        cmocka_unit_test(a_common_factor_of_nothing_leaves_no_claims),
        cmocka_unit_test(a_tiny_list_is_drawn_claim_by_claim),
        cmocka_unit_test(lanes_of_both_methods_do_not_mix),
        cmocka_unit_test(lists_of_a_trial_do_not_know_of_each_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
