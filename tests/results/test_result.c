#include "test.h"

#include "headroom/result.h"
#include "publish.h"
#include "small_outcome.h"
#include "summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Other programs' tests read this file after this one has. */
static const char *const kept = "kept.h5";

static struct hr_result *written(const struct small_outcome *small)
{
    struct hr_error error = {0};
    struct hr_result *result = NULL;

    assert_int_equal(result_publish(kept, &small->outcome, NULL, &error), HR_OK);
    assert_int_equal(hr_result_open(kept, &result, &error), HR_OK);
    return result;
}

static int open_small(void **state)
{
    struct small_outcome *small = small_outcome();

    *state = written(small);
    free(small);
    return 0;
}

static int close_small(void **state)
{
    hr_result_close(*state);
    return 0;
}

static struct hr_result_values values_of(struct hr_result *result, const char *path)
{
    struct hr_result_values values = {0};
    struct hr_error error = {0};

    assert_int_equal(hr_result_values(result, path, &values, &error), HR_OK);
    return values;
}

static void trials_come_back_bit_by_bit(void **state)
{
    struct small_outcome *small = small_outcome();
    const struct hr_result_values income = values_of(*state, "/trials/partner_income");

    assert_int_equal(income.count, SMALL_FORMS * SMALL_TRIALS);
    assert_memory_equal(income.value, small->metric[2], sizeof(small->metric[2]));
    free(small);
}

static void values_say_what_they_are(void **state)
{
    const struct hr_result_values income = values_of(*state, "/trials/partner_income");

    assert_int_equal(income.rank, 3);
    assert_string_equal(income.axis[0], "point");
    assert_string_equal(income.axis[1], "form");
    assert_string_equal(income.axis[2], "trial");
    assert_int_equal(income.size[0], 1);
    assert_int_equal(income.size[1], SMALL_FORMS);
    assert_int_equal(income.size[2], SMALL_TRIALS);
    assert_string_equal(income.unit, "GBP/fte-year");
    assert_string_equal(income.long_name, "profit per partner");
    assert_true(income.money);
    assert_false(income.discounted);
}

static void a_summary_leaves_out_what_does_not_exist(void **state)
{
    const struct hr_result_values income = values_of(*state, "/summary/partner_income");

    /* one trial in ten has no income */
    assert_true(income.value[STATISTIC_COUNT] == 0.9 * SMALL_TRIALS);
    assert_true(income.value[STATISTIC_MEAN] > 1.0e5);
    assert_true(income.value[STATISTIC_MEAN] < 1.1e5);
}

static void the_reference_does_not_differ_from_itself(void **state)
{
    const struct hr_result_values difference =
        values_of(*state, "/comparison/npv_partners");

    assert_true(difference.value[STATISTIC_MEAN] == 0.0);
    assert_true(difference.value[STATISTIC_SD] == 0.0);
    assert_true(difference.value[STATISTICS + STATISTIC_SD] > 0.0);
}

static void bearers_have_the_summary_of_their_metric(void **state)
{
    const struct hr_result_values net = values_of(*state, "/bearers/net");
    const struct hr_result_values payer =
        values_of(*state, "/summary/npv_commissioner");

    assert_int_equal(net.rank, 4);
    assert_memory_equal(&net.value[(1 * SMALL_BEARERS + 1) * STATISTICS],
                        &payer.value[1 * STATISTICS], STATISTICS * sizeof(double));
}

static void sites_and_paths_have_means_with_errors(void **state)
{
    const struct hr_result_values site = values_of(*state, "/sites/lost");
    const struct hr_result_values error = values_of(*state, "/sites/lost_se");
    const struct hr_result_values path = values_of(*state, "/paths/vacancy");
    struct small_outcome *small = small_outcome();

    assert_true(site.value[4] == moments_mean(&small->site[1][1][0]));
    assert_true(error.value[4] == moments_se(&small->site[1][1][0]));
    assert_true(path.value[(1 * SMALL_QUARTERS + 2) * STATISTICS + STATISTIC_MEAN] ==
                moments_mean(&small->series[1][0][2]));
    free(small);
}

static void quality_holds_the_worst_imbalance_and_the_near_ties(void **state)
{
    const struct hr_result_values worst = values_of(*state, "/quality/imbalance_max");
    const struct hr_result_values ties = values_of(*state, "/quality/near_ties");

    assert_true(worst.value[0] > 0.9e-16 && worst.value[0] < 1e-16);
    assert_true(ties.value[5] == 1.0);
}

static void texts_come_back_whole(void **state)
{
    assert_string_equal(hr_result_text(*state, "/inputs/scenario_resolved"),
                        "{\"title\": \"small\"}");
    assert_string_equal(hr_result_text(*state, "title"), "A small patch");
    assert_string_equal(hr_result_text(*state, "reference"), "as now");
    assert_null(hr_result_text(*state, "/inputs/prices_history"));
    assert_null(hr_result_text(*state, "seed"));
}

static void a_seed_beyond_doubles_is_exact(void **state)
{
    uint64_t seed = 0;

    assert_true(hr_result_integer(*state, "seed", &seed));
    assert_true(seed == UINT64_MAX);
    assert_false(hr_result_integer(*state, "title", &seed));
}

static void attributes_of_groups_are_found_by_path(void **state)
{
    double factor = 0.0, trials = 0.0;

    assert_true(hr_result_number(*state, "/inputs/calibration/factor", &factor));
    assert_true(factor == 0.98);
    assert_true(hr_result_number(*state, "trials", &trials));
    assert_true(trials == SMALL_TRIALS);
    assert_false(hr_result_number(*state, "title", &factor));
    assert_false(hr_result_number(*state, "/inputs/calibration/none", &factor));
}

static void labels_and_columns_of_words_come_back_in_utf8(void **state)
{
    size_t count = 0, place = 0;
    const char *const *source =
        hr_result_labels(*state, "/inputs/assumptions/source", &count);

    assert_int_equal(count, 2);
    assert_string_equal(source[1], "Caf\u00e9 survey, \u00a36 a head");
    assert_true(hr_result_find(*state, "site", "C81003", &place));
    assert_int_equal(place, 2);
    assert_false(hr_result_find(*state, "site", "D81004", &place));
    assert_null(hr_result_labels(*state, "trial", &count));
    assert_int_equal(count, SMALL_TRIALS);
    assert_null(hr_result_labels(*state, "nothing", &count));
    assert_int_equal(count, 0);
}

static void data_sets_are_listed_group_by_group(void **state)
{
    const size_t count = hr_result_count(*state);

    assert_string_equal(hr_result_path(*state, 0), "/inputs/assumptions/low");
    assert_string_equal(hr_result_path(*state, count - 1), "/quality/imbalance_max");
    assert_null(hr_result_path(*state, count));
}

static void both_hashes_hold(void **state)
{
    struct hr_error error = {0};

    assert_int_equal(hr_result_verify_hash(*state, &error), HR_OK);
    assert_int_equal(hr_result_check_bytes(kept, &error), HR_OK);
    assert_int_equal(strlen(hr_result_text(*state, "content_hash")), 64);
}

static void a_data_set_that_is_not_there_is_named(void **state)
{
    struct hr_result_values values;
    struct hr_error error = {0};

    assert_int_equal(hr_result_values(*state, "/trials/none", &values, &error),
                     HR_BAD_INPUT);
    assert_string_equal(error.message, "kept.h5 has no data set /trials/none");
}

static void compression_changes_the_size_and_not_the_hash(void **state)
{
    struct small_outcome *small = small_outcome();
    const struct publish_options options = {.compress = true};
    struct hr_result *packed = NULL;
    struct hr_error error = {0};

    assert_int_equal(result_publish("packed.h5", &small->outcome, &options, &error),
                     HR_OK);
    assert_int_equal(hr_result_open("packed.h5", &packed, &error), HR_OK);
    assert_int_equal(hr_result_verify_hash(packed, &error), HR_OK);
    assert_string_equal(hr_result_text(packed, "content_hash"),
                        hr_result_text(*state, "content_hash"));
    hr_result_close(packed);
    unlink("packed.h5");
    free(small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trials_come_back_bit_by_bit),
        cmocka_unit_test(values_say_what_they_are),
        cmocka_unit_test(a_summary_leaves_out_what_does_not_exist),
        cmocka_unit_test(the_reference_does_not_differ_from_itself),
        cmocka_unit_test(bearers_have_the_summary_of_their_metric),
        cmocka_unit_test(sites_and_paths_have_means_with_errors),
        cmocka_unit_test(quality_holds_the_worst_imbalance_and_the_near_ties),
        cmocka_unit_test(texts_come_back_whole),
        cmocka_unit_test(a_seed_beyond_doubles_is_exact),
        cmocka_unit_test(attributes_of_groups_are_found_by_path),
        cmocka_unit_test(labels_and_columns_of_words_come_back_in_utf8),
        cmocka_unit_test(data_sets_are_listed_group_by_group),
        cmocka_unit_test(both_hashes_hold),
        cmocka_unit_test(a_data_set_that_is_not_there_is_named),
        cmocka_unit_test(compression_changes_the_size_and_not_the_hash),
    };

    return cmocka_run_group_tests(tests, open_small, close_small);
}
