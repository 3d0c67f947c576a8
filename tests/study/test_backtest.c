/* Scoring against what happened: truth that the model itself drew must be held as often
 * as intervals say, and each forecast without a model is one that can be reckoned by
 * hand. */
#include "test.h"

#include "headroom/backtest.h"
#include "headroom/result.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SIX   TEST_DATA "/scenarios/six_practices.yaml"
#define TABLE "/tmp/headroom_backtest_XXXXXX"

/* 19 trials: 18 of the 20 steps of the transform lie within 5 to 95 %. */
enum { TRIALS = 19, TRUTHS = 75 };

static struct hr_scenario *six(uint64_t trials)
{
    char number[32];
    const char *const change[] = {number, "patch.base_year=2020"};
    struct hr_scenario *scenario;
    struct hr_messages problems = {0};

    snprintf(number, sizeof(number), "trials=%d", (int)trials);
    if (hr_scenario_read(SIX, change, 2, &scenario, &problems) != HR_OK)
        fail_msg("%s", problems.item[0].text);
    return scenario;
}

static void change(struct hr_scenario *scenario, const char *key, int value)
{
    struct hr_messages problems = {0};
    char text[32];

    snprintf(text, sizeof(text), "%d", value);
    if (hr_scenario_set(scenario, key, text, &problems) != HR_OK)
        fail_msg("%s", problems.item[0].text);
}

static enum hr_status read_table(const struct hr_scenario *scenario, const char *table,
                                 double from, struct hr_observed **observed,
                                 struct hr_messages *problems)
{
    char path[] = TABLE;
    const int file = mkstemp(path);
    enum hr_status status;

    assert_true(file >= 0);
    assert_int_equal(write(file, table, strlen(table)), strlen(table));
    close(file);
    status = hr_observed_read(scenario, path, from, observed, problems);
    unlink(path);
    return status;
}

static struct hr_backtest *scored_from(struct hr_scenario *scenario, const char *table,
                                       double from)
{
    struct hr_observed *observed;
    struct hr_messages problems = {0};
    struct hr_backtest *backtest;
    struct hr_error error;

    if (read_table(scenario, table, from, &observed, &problems) != HR_OK)
        fail_msg("%s", problems.item[0].text);
    if (hr_backtest_run(scenario, observed, &(struct hr_run_options){.threads = 1},
                        &backtest, &error) != HR_OK)
        fail_msg("%s", error.message);
    for (size_t i = 0; i < backtest->forecasts; i++) /* they die with the table */
        backtest->forecast[i].year = backtest->forecast[i].site = NULL;
    hr_observed_free(observed);
    return backtest;
}

static struct hr_backtest *scored(struct hr_scenario *scenario, const char *table)
{
    return scored_from(scenario, table, 0.0);
}

static double cell(const struct hr_replay *replay, size_t site, size_t quarter,
                   const char *name)
{
    size_t c = 0;

    while (strcmp(hr_replay_column(HR_REPLAY_SITES, c), name) != 0)
        c++;
    return hr_replay_row(replay, HR_REPLAY_SITES, 0, site, quarter)[c];
}

/** Workload of the third year in the trial after those of the forecast: truth of the
 * forecast's own law. */
static double workload_of_next_trial(const struct hr_scenario *scenario)
{
    struct hr_replay *replay;
    struct hr_error error;
    double over = 0.0, under = 0.0;

    assert_int_equal(hr_replay_run(scenario, TRIALS, &replay, &error), HR_OK);
    for (size_t k = 0; k < 4 * hr_replay_units(replay, HR_REPLAY_SITES, 0); k++) {
        const double list = cell(replay, k / 4, 8 + k % 4, "list");

        over += list * cell(replay, k / 4, 8 + k % 4, "workload");
        under += list;
    }
    hr_replay_free(replay);
    return over / under;
}

/** Of truths drawn from the model, as shares. */
struct rates {
    double in_50, in_90, calibrated;
};

static struct rates rates_of_own_truths(void)
{
    struct hr_scenario *scenario = six(TRIALS);
    struct rates rates = {0};

    for (int k = 0; k < TRUTHS; k++) {
        struct hr_backtest *backtest;
        char table[128];

        change(scenario, "seed", k);
        snprintf(table, sizeof(table), "measure,year,value\nworkload,2022,%.17g\n",
                 workload_of_next_trial(scenario));
        backtest = scored(scenario, table);
        rates.in_50 += (double)backtest->group[0].in_50 / TRUTHS;
        rates.in_90 += (double)backtest->group[0].in_90 / TRUTHS;
        rates.calibrated += (double)backtest->group[0].calibrated / TRUTHS;
        hr_backtest_free(backtest);
    }
    hr_scenario_free(scenario);
    return rates;
}

/* Standard errors sqrt(0.9 x 0.1 / 75) = 0.035 and sqrt(0.25 / 75) = 0.058. */
static void a_truth_drawn_from_the_model_passes_at_the_stated_rate(void **state)
{
    const struct rates rates = rates_of_own_truths();

    (void)state;
    assert_true(fabs(rates.in_90 - 0.9) < 4.0 * 0.035);
    assert_true(fabs(rates.in_50 - 0.5) < 4.0 * 0.058);
    assert_true(fabs(rates.calibrated - 0.9) < 4.0 * 0.035);
}

static void a_truth_far_off_does_not_pass(void **state)
{
    struct hr_scenario *scenario = six(TRIALS);
    struct hr_backtest *backtest =
        scored(scenario, "measure,year,value\nworkload,2022,3\n");

    (void)state;
    assert_false(backtest->group[0].calibrated);
    assert_false(backtest->holds);
    assert_non_null(strstr(backtest->verdict, "workload lies outside its intervals"));
    assert_true(backtest->group[0].bias < -0.5);
    hr_backtest_free(backtest);
    hr_scenario_free(scenario);
}

static const struct hr_forecast *forecast(const struct hr_backtest *backtest,
                                          const char *measure, size_t nth)
{
    for (size_t i = 0; i < backtest->groups; i++) {
        if (strcmp(backtest->group[i].measure, measure) == 0)
            return &backtest->forecast[backtest->group[i].first + nth];
    }
    fail_msg("nothing of %s", measure);
    return NULL;
}

/* Practices there at the end of the first year less those there two years later. */
static void endings_are_practices_that_are_gone(void **state)
{
    struct hr_scenario *scenario = six(64);
    struct hr_backtest *backtest;

    (void)state;
    change(scenario, "distress.ending_rate", 0);
    backtest = scored_from(scenario,
                           "measure,year,value\nendings,2021-2022,1\n"
                           "practices,2021,6\npractices,2023,5\nending_rate,2021,0.1\n",
                           2020.5);
    assert_true(forecast(backtest, "endings", 0)->mean > 0.0);
    assert_true(fabs(forecast(backtest, "practices", 0)->mean -
                     forecast(backtest, "practices", 1)->mean -
                     forecast(backtest, "endings", 0)->mean) < 1e-12);
    assert_true(forecast(backtest, "ending_rate", 0)->mean < 1.0);
    hr_backtest_free(backtest);
    hr_scenario_free(scenario);
}

/* What all have is what those of each band and each practice have. */
static void bands_and_practices_add_up_to_all(void **state)
{
    static const char *const table =
        "measure,year,site,list,value\n"
        "gp_fte,2022,,,30\ngp_fte,2022,,0-8000,10\ngp_fte,2022,,8000-1000000,20\n"
        "gp_fte,2022,T00001,,5\ngp_fte,2022,T00002,,5\ngp_fte,2022,T00003,,5\n"
        "gp_fte,2022,T00004,,5\ngp_fte,2022,T00005,,5\ngp_fte,2022,T00006,,5\n";
    struct hr_scenario *scenario = six(16);
    struct hr_backtest *backtest = scored(scenario, table);
    const struct hr_forecast *row = backtest->forecast;
    double practices = 0.0;

    (void)state;
    assert_int_equal(backtest->groups, 3);
    for (size_t i = 3; i < 9; i++)
        practices += row[i].mean;
    assert_true(fabs(row[1].mean + row[2].mean - row[0].mean) < 1e-9);
    assert_true(fabs(practices - row[0].mean) < 1e-9);
    assert_string_equal(backtest->group[2].kind, "by practice");
    hr_backtest_free(backtest);
    hr_scenario_free(scenario);
}

/* One of six and then one of five: 2/11 a year. */
static void endings_without_a_model_are_the_mean_share_of_the_fitted_years(void **state)
{
    struct hr_scenario *scenario = six(16);
    struct hr_backtest *backtest =
        scored(scenario, "measure,year,value,fitted\nendings,2021,1,1\nendings,2022,1,"
                         "1\nendings,2023,2,0\n");
    const struct hr_forecast_group *group = &backtest->group[0];

    (void)state;
    assert_string_equal(group->naive, "the mean yearly share of practices");
    assert_true(fabs(backtest->forecast[0].naive_mean - 6.0 * 2.0 / 11.0) < 1e-12);
    assert_true(fabs(backtest->forecast[1].naive_mean - 6.0 * 9.0 / 11.0 * 2.0 / 11.0) <
                1e-12);
    assert_true(group->fitted);
    assert_non_null(strstr(group->sentence, "In-sample"));
    hr_backtest_free(backtest);
    hr_scenario_free(scenario);
}

/* Known are 20 and 22, so that the line goes on to 24 and is right. */
static void the_last_trend_goes_on_as_the_past_went(void **state)
{
    struct hr_scenario *scenario = six(16);
    struct hr_backtest *backtest = scored_from(
        scenario, "measure,year,value\ngps,2021,20\ngps,2022,22\ngps,2023,24\n",
        2022.5);

    (void)state;
    assert_int_equal(backtest->forecasts, 1);
    assert_string_equal(backtest->group[0].naive, "the last trend");
    assert_true(fabs(backtest->forecast[0].naive_mean - 24.0) < 1e-12);
    assert_true(backtest->forecast[0].naive_crps < 1e-12);
    hr_backtest_free(backtest);
    hr_scenario_free(scenario);
}

/* A line in log odds that fits best has the mean of what was seen. */
static void practices_end_by_their_list_alone_without_a_model(void **state)
{
    struct hr_scenario *scenario = six(16);
    struct hr_backtest *backtest =
        scored(scenario, "measure,year,site,value\n"
                         "endings,2021-2023,T00001,1\nendings,2021-2023,T00002,0\n"
                         "endings,2021-2023,T00003,0\nendings,2021-2023,T00004,1\n"
                         "endings,2021-2023,T00005,0\nendings,2021-2023,T00006,0\n");
    double sum = 0.0;

    (void)state;
    assert_string_equal(backtest->group[0].naive, "the list alone");
    for (size_t i = 0; i < 6; i++)
        sum += backtest->forecast[i].naive_mean;
    assert_true(fabs(sum - 2.0) < 1e-9);
    assert_true(fabs(backtest->forecast[0].naive_crps -
                     pow(1.0 - backtest->forecast[0].naive_mean, 2.0)) < 1e-12);
    hr_backtest_free(backtest);
    hr_scenario_free(scenario);
}

/* No partner is where no list is a million; none ended where none was seen to. */
static void what_does_not_exist_is_no_number_and_no_hit(void **state)
{
    struct hr_scenario *scenario = six(16);
    struct hr_backtest *backtest;

    (void)state;
    change(scenario, "distress.ending_rate", 0);
    change(scenario, "distress.handback_rate", 0);
    backtest =
        scored(scenario, "measure,year,list,value\nvacancy,2022,900000-1000000,0.1\n"
                         "endings,2021,,0\n");
    assert_true(isnan(forecast(backtest, "vacancy", 0)->mean));
    assert_int_equal(forecast(backtest, "vacancy", 0)->trials, 0);
    assert_true(isnan(forecast(backtest, "vacancy", 0)->pit));
    assert_true(isnan(backtest->group[0].bias));
    assert_null(strstr(backtest->group[0].sentence, "nan"));
    assert_true(forecast(backtest, "endings", 0)->crps == 0.0);
    hr_backtest_free(backtest);
    hr_scenario_free(scenario);
}

static const struct {
    const char *row, *sentence;
} broken[] = {
    {"ending,2021,,,1,,",
     "row 2: measure: no measure is called \"ending\"; the nearest "
     "is endings; headroom backtest --measures lists them"},
    {"endings,soon,,,1,,", "row 2: year: \"soon\" is no financial year: write 2015, or "
                           "2015-2018 for several"},
    {"endings,2023-2021,,,1,,",
     "row 2: year: \"2023-2021\" is no financial year: write "
     "2015, or 2015-2018 for several"},
    {"gp_fte,2021.3,,,1,,",
     "row 2: year: \"2021.3\" is no time: write the financial year and quarters of it "
     "that are over, as in 2018.75 for the end of December"},
    {"endings,2040,,,1,,", "row 2: year: 2040 is after the scenario's last year, 2024: "
                           "patch.horizon_years of 21 reaches it"},
    {"endings,2020-2021,,,1,,",
     "row 2: year: 2020-2021 begins before 2021, the first that is scored"},
    {"endings,2021,X,,1,,", "row 2: site: the scenario has no practice X"},
    {"endings,2021,,2000,1,,",
     "row 2: list: \"2000\" is no band of lists: write it as 2000-3000"},
    {"endings,2021,T00001,1-2,1,,",
     "row 2: list: one practice or those of a band of lists, not both"},
    {"endings,2021,,,,,", "row 2: value: has no value"},
    {"endings,2021,,,1,-1,", "row 2: standard_error: -1 must not be below 0"},
    {"endings,2021,,,1,,2", "row 2: fitted: 2 is not 0 or 1"},
    {"endings,2021,,,1,,\nendings,2021,,,2,,",
     "row 3: says what row 2 says too: which is it?"},
    {"endings,2021,,,1,5,,", "row 2: has 8 cells where the header has 7: write a "},
    {"endings,2021,,,1,", "row 2: has 6 cells where the header has 7: leave a "},
    {"endings,2020,,,1,,", "has no row of 2021 or later: nothing to score"},
};

static void assert_refused(const struct hr_scenario *scenario, size_t i)
{
    struct hr_observed *observed;
    struct hr_messages problems = {0};
    char table[256];

    snprintf(table, sizeof(table),
             "measure,year,site,list,value,standard_error,fitted\n%s\n", broken[i].row);
    assert_int_equal(read_table(scenario, table, 0.0, &observed, &problems),
                     HR_BAD_INPUT);
    assert_null(observed);
    assert_int_equal(problems.count, 1);
    assert_non_null(strstr(problems.item[0].text, broken[i].sentence));
    hr_messages_free(&problems);
}

static void what_a_table_cannot_say_is_refused_in_a_sentence(void **state)
{
    struct hr_scenario *scenario = six(16);

    (void)state;
    for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++)
        assert_refused(scenario, i);
    hr_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_truth_drawn_from_the_model_passes_at_the_stated_rate),
        cmocka_unit_test(a_truth_far_off_does_not_pass),
        cmocka_unit_test(endings_are_practices_that_are_gone),
        cmocka_unit_test(bands_and_practices_add_up_to_all),
        cmocka_unit_test(
            endings_without_a_model_are_the_mean_share_of_the_fitted_years),
        cmocka_unit_test(the_last_trend_goes_on_as_the_past_went),
        cmocka_unit_test(practices_end_by_their_list_alone_without_a_model),
        cmocka_unit_test(what_does_not_exist_is_no_number_and_no_hit),
        cmocka_unit_test(what_a_table_cannot_say_is_refused_in_a_sentence),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
