/* Endings without distress, against their closed form. The notice is longer than the
 * run: a site that gave it stays as it is, and when it gave it can be read at the end.
 */
#include "test.h"

#include "elementary.h"
#include "recorded.h"

#include <math.h>

enum { SITES = 24, QUARTERS = 20, NEVER_SERVED = 1000, TRIALS = 512, FORMS = 2 };

static const double rate = 0.08, size = 1.5; /* a year at 7,000 patients */

static double list_of(size_t site)
{
    return 1000.0 + 800.0 * (double)site;
}

static void lists_and_a_rate(struct plan *plan, int quarters)
{
    small_patch(plan, SITES, FORMS, quarters);
    plan->notice_quarters = NEVER_SERVED;
    for (size_t s = 0; s < SITES; s++) {
        small_patch_list(plan, s, list_of(s));
        plan->site[s].area = (uint32_t)s % 2 + 1;
    }
    small_patch_set(plan, PARAMETER(distress.income), -1e12);
    small_patch_set(plan, PARAMETER(distress.ending_rate), rate);
    small_patch_set(plan, PARAMETER(distress.ending_size), size);
}

static double chance_in_a_quarter(size_t site)
{
    return 1.0 - exp(-0.25 * rate * pow(list_of(site) / 7000.0, -size));
}

/* The quarter in which a site gave notice, or the number of quarters. */
static int quarter_of_notice(const struct block *block, int form, size_t site, int lane)
{
    const struct standing *standing = &block->patch[form].practice[site].standing;
    const int quarters = block->plan->quarters;

    return lanes_have(standing->in_notice, lane)
               ? standing->notice_at[lane] - 1 - block->plan->notice_quarters
               : quarters;
}

typedef void look_at(const struct block *block, double *sums);

static void each_block(const struct plan *plan, look_at *look, double *sums)
{
    struct hr_error error = {0};
    struct kernel kernel;
    struct block block;

    assert_int_equal(kernel_choose(NULL, &kernel, &error), HR_OK);
    assert_int_equal(block_init(&block, plan, &error), HR_OK);
    for (uint64_t first = 0; first < TRIALS; first += LANES) {
        kernel.run(&block, first, LANES);
        look(&block, sums);
    }
    block_free(&block);
}

/* Notices, what was to be expected over sites not yet in notice, and its variance. */
enum { NOTICES, EXPECTED, VARIANCE, NOTICE_SUMS };

static void add_notices(const struct block *block, double *sums)
{
    for (size_t s = 0; s < SITES; s++) {
        const double p = chance_in_a_quarter(s);

        for (int lane = 0; lane < LANES; lane++) {
            const int q = quarter_of_notice(block, 0, s, lane);
            const int quiet = q < QUARTERS ? q + 1 : QUARTERS;

            sums[NOTICES] += q < QUARTERS;
            sums[EXPECTED] += quiet * p;
            sums[VARIANCE] += quiet * p * (1.0 - p);
        }
    }
}

/* The difference is a martingale whose variance is the sum of p (1 - p). */
static void notices_are_those_expected_of_sites_not_yet_in_notice(void **state)
{
    double sums[NOTICE_SUMS] = {0};
    struct plan plan;

    (void)state;
    lists_and_a_rate(&plan, QUARTERS);
    each_block(&plan, add_notices, sums);
    assert_true(sums[NOTICES] > 1000.0);
    assert_true(fabs(sums[NOTICES] - sums[EXPECTED]) < 4.0 * sqrt(sums[VARIANCE]));
    plan_free(&plan);
}

static void assert_same_notices(const struct plan *one, const struct plan *other)
{
    struct block first, second;

    small_patch_run(one, &first);
    small_patch_run(other, &second);
    for (size_t s = 0; s < SITES; s++) {
        for (int lane = 0; lane < LANES; lane++)
            assert_int_equal(quarter_of_notice(&first, 0, s, lane),
                             quarter_of_notice(&second, 0, s, lane));
    }
    block_free(&first);
    block_free(&second);
}

/* So where the rate is raised by 2^size as well, nothing changes. */
static void doubling_every_list_divides_the_rate_by_two_to_the_size(void **state)
{
    struct plan plan, doubled;

    (void)state;
    lists_and_a_rate(&plan, QUARTERS);
    lists_and_a_rate(&doubled, QUARTERS);
    for (size_t s = 0; s < SITES; s++)
        small_patch_list(&doubled, s, 2.0 * list_of(s));
    small_patch_set(&doubled, PARAMETER(distress.ending_rate), rate * pow(2.0, size));
    assert_same_notices(&plan, &doubled);
    plan_free(&plan);
    plan_free(&doubled);
}

static void the_term_of_a_form_multiplies_the_rate(void **state)
{
    struct plan plan, other;

    (void)state;
    lists_and_a_rate(&plan, QUARTERS);
    lists_and_a_rate(&other, QUARTERS);
    small_patch_set(&plan, PARAMETER(distress.ending_rate), 3.0 * rate);
    small_patch_term(&other, 0, TERM(ending_factor), 3.0);
    assert_same_notices(&plan, &other);
    plan_free(&plan);
    plan_free(&other);
}

/* Sums of logarithms of a factor, one number a trial. */
enum { LOG, SQUARE, FOURTH, PRODUCT, UNEQUAL, FACTOR_SUMS };

static void add_factor(double factor, double sd, double *sums)
{
    const double deviation = log(factor) + 0.5 * sd * sd;

    sums[LOG] += deviation;
    sums[SQUARE] += deviation * deviation;
}

static const double year_sd = 0.3, area_sd = 0.5;

static void add_year(const struct block *block, double *sums)
{
    for (int lane = 0; lane < LANES; lane++)
        add_factor(block->drivers.ending_year.at[lane], year_sd, sums);
}

static void add_areas(const struct block *block, double *sums)
{
    for (int lane = 0; lane < LANES; lane++) {
        const double one = block->nature[0].ending.at[lane] / rate;
        const double other = block->nature[1].ending.at[lane] / rate;

        add_factor(one, area_sd, sums);
        sums[PRODUCT] += (log(one) + 0.5 * area_sd * area_sd) *
                         (log(other) + 0.5 * area_sd * area_sd);
        sums[UNEQUAL] += one != block->nature[2].ending.at[lane] / rate;
    }
}

/* A normal of mean -sd^2/2: its mean and its variance to 4 standard errors. */
static void assert_log_sd(const double *sums, double sd)
{
    const double variance = sums[SQUARE] / TRIALS;

    assert_true(fabs(sums[LOG] / TRIALS) < 4.0 * sd / sqrt(TRIALS));
    assert_true(fabs(variance - sd * sd) < 4.0 * sd * sd * sqrt(2.0 / TRIALS));
}

static void years_differ_by_their_log_sd(void **state)
{
    double sums[FACTOR_SUMS] = {0};
    struct plan plan;

    (void)state;
    lists_and_a_rate(&plan, 4);
    small_patch_set(&plan, PARAMETER(distress.ending_year_sd), year_sd);
    each_block(&plan, add_year, sums);
    assert_log_sd(sums, year_sd);
    plan_free(&plan);
}

/* Sites 0 and 2 share an area, site 1 is in another. */
static void areas_differ_by_their_log_sd_and_their_sites_do_not(void **state)
{
    double sums[FACTOR_SUMS] = {0};
    struct plan plan;

    (void)state;
    lists_and_a_rate(&plan, 4);
    small_patch_set(&plan, PARAMETER(distress.ending_size), 0.0);
    small_patch_set(&plan, PARAMETER(distress.ending_area_sd), area_sd);
    each_block(&plan, add_areas, sums);
    assert_log_sd(sums, area_sd);
    assert_true(fabs(sums[PRODUCT] / TRIALS) < 4.0 * area_sd * area_sd / sqrt(TRIALS));
    assert_true(sums[UNEQUAL] == 0.0);
    plan_free(&plan);
}

static double chance_in_a_year(size_t site, double factor)
{
    return 1.0 - pow(1.0 - chance_in_a_quarter(site), 4.0 * factor);
}

/* By the midpoint rule over the quantiles of the factor of the year. */
static double expected_in_a_year(double *variance)
{
    enum { POINTS = 2000 };
    double mean = 0.0, square = 0.0, within = 0.0;

    for (int k = 0; k < POINTS; k++) {
        const double z = normal_quantile((k + 0.5) / POINTS);
        const double factor = exp(year_sd * z - 0.5 * year_sd * year_sd);
        double count = 0.0;

        for (size_t s = 0; s < SITES; s++) {
            const double p = chance_in_a_year(s, factor);

            count += p;
            within += p * (1.0 - p) / POINTS;
        }
        mean += count / POINTS;
        square += count * count / POINTS;
    }
    *variance = within + square - mean * mean;
    return mean;
}

static void add_year_counts(const struct block *block, double *sums)
{
    double variance;
    const double mean = expected_in_a_year(&variance);

    for (int lane = 0; lane < LANES; lane++) {
        double count = 0.0;

        for (size_t s = 0; s < SITES; s++)
            count += quarter_of_notice(block, 0, s, lane) < 4;
        sums[LOG] += count - mean;
        sums[SQUARE] += pow(count - mean, 2.0);
        sums[FOURTH] += pow(count - mean, 4.0);
    }
}

static void endings_of_a_year_vary_as_its_factor_says(void **state)
{
    double sums[FACTOR_SUMS] = {0}, variance;
    struct plan plan;

    (void)state;
    lists_and_a_rate(&plan, 4);
    small_patch_set(&plan, PARAMETER(distress.ending_year_sd), year_sd);
    each_block(&plan, add_year_counts, sums);
    (void)expected_in_a_year(&variance);
    assert_true(fabs(sums[LOG] / TRIALS) < 4.0 * sqrt(variance / TRIALS));
    assert_true(fabs(sums[SQUARE] / TRIALS - variance) <
                4.0 * sqrt((sums[FOURTH] / TRIALS - variance * variance) / TRIALS));
    plan_free(&plan);
}

static int notices_under(const struct block *block, int form)
{
    int notices = 0;

    for (size_t s = 0; s < SITES; s++) {
        for (int lane = 0; lane < LANES; lane++)
            notices += quarter_of_notice(block, form, s, lane) < QUARTERS;
    }
    return notices;
}

static void held_sites_are_exempt(void **state)
{
    struct plan plan;
    struct block block;

    (void)state;
    lists_and_a_rate(&plan, QUARTERS);
    small_patch_unite(&plan, 1);
    plan.row[1].choices.convert_partners = true;
    small_patch_run(&plan, &block);
    assert_true(notices_under(&block, 0) > 20);
    assert_int_equal(notices_under(&block, 1), 0);
    block_free(&block);
    plan_free(&plan);
}

/* They were never led by a partner, and so are never in distress. */
static void sites_without_partners_end_too(void **state)
{
    struct plan plan;
    struct block block;

    (void)state;
    lists_and_a_rate(&plan, QUARTERS);
    for (size_t s = 0; s < SITES; s++) {
        plan.site[s].posts[PARTNER] = 0;
        plan.site[s].cost_rate = 40.0;
    }
    small_patch_run(&plan, &block);
    assert_true(notices_under(&block, 0) > 20);
    block_free(&block);
    plan_free(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notices_are_those_expected_of_sites_not_yet_in_notice),
        cmocka_unit_test(doubling_every_list_divides_the_rate_by_two_to_the_size),
        cmocka_unit_test(the_term_of_a_form_multiplies_the_rate),
        cmocka_unit_test(years_differ_by_their_log_sd),
        cmocka_unit_test(areas_differ_by_their_log_sd_and_their_sites_do_not),
        cmocka_unit_test(endings_of_a_year_vary_as_its_factor_says),
        cmocka_unit_test(held_sites_are_exempt),
        cmocka_unit_test(sites_without_partners_end_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
