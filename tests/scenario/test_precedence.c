/* What a scenario says wins over what it includes: walked over every row of the table
 * of keys, in every way to say it, and over every pair of keys that exclude each other.
 */
#include "test.h"

#include "headroom/scenario.h"
#include "text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SIX    TEST_DATA "/scenarios/six_practices.yaml"
#define FOLDER "/tmp/headroom_precedence_XXXXXX"

enum { SIZE = 512 };

static int enter_folder(void **state)
{
    static const char pattern[] = FOLDER;
    char *folder = strdup(pattern);

    *state = folder;
    return mkdtemp(folder) == NULL || chdir(folder) != 0;
}

static int leave_folder(void **state)
{
    char *folder = *state;

    unlink("base.yaml");
    unlink("main.yaml");
    unlink("other.yaml");
    rmdir(folder);
    free(folder);
    return 0;
}

HR_PRINTF(2, 3)
static void write_file(const char *name, const char *format, ...)
{
    FILE *file = fopen(name, "w");
    va_list arguments;

    assert_non_null(file);
    va_start(arguments, format);
    vfprintf(file, format, arguments);
    va_end(arguments);
    assert_int_equal(fclose(file), 0);
}

static struct hr_scenario *read_main(const char *override)
{
    struct hr_scenario *scenario = NULL;
    struct hr_messages problems = {0};
    const char *const overrides[] = {override};
    const enum hr_status status = hr_scenario_read(
        "main.yaml", overrides, override != NULL, &scenario, &problems);

    if (status != HR_OK)
        fail_msg("%s", problems.count > 0 ? problems.item[0].text : "no memory");
    return scenario;
}

/** A row of the table: its key for the names of the test, what the included file says
 * of it, and what the scenario says. */
struct row {
    struct hr_key key;
    char full[SIZE], included[SIZE], said[SIZE];
    size_t leaf; /**< where in full what follows the name of a form or shock begins */
};

static void name_key(struct row *row)
{
    const char *star = strchr(row->key.key, '*');
    const char *name = strncmp(row->key.key, "forms", 5) == 0    ? "joined"
                       : strncmp(row->key.key, "shocks", 6) == 0 ? "flood"
                                                                 : "2019";

    snprintf(row->full, SIZE, "%s", row->key.key);
    row->leaf = 0;
    if (star == NULL)
        return;
    snprintf(row->full, SIZE, "%.*s%s%s", (int)(star - row->key.key), row->key.key,
             name, star + 1);
    if (star[1] == '.')
        row->leaf = (size_t)(star - row->key.key) + strlen(name) + 1;
}

/* Numbers that a run could stop by. */
static void choose_stop(struct row *row)
{
    const bool share = strcmp(row->key.key, "stop.rank_confidence") == 0;

    strcpy(row->said, share ? "0.9" : "1024");
    strcpy(row->included, share ? "0.8" : "512");
}

static void choose_numbers(struct row *row, double now)
{
    const double said = isnan(now) ? (row->key.low + 1.0) : now;
    const double included = row->key.low != said ? row->key.low : row->key.high;

    if (strncmp(row->key.key, "stop.", 5) == 0) {
        choose_stop(row);
        return;
    }
    text_from_number(said, row->said);
    text_from_number(included, row->included);
    if (strcmp(row->key.key, "patch.price_year") == 0)
        strcpy(row->said, "2025"); /* a year that has a factor */
    if (strncmp(row->key.key, "money.calibration_factor.", 25) == 0) {
        strcpy(row->said, row->key.low < 1.0 ? "0.7" : "1.3"); /* no reason is asked */
        strcpy(row->included, row->key.low < 1.0 ? "0.8" : "1.2");
    }
}

static void choose_words(struct row *row, size_t i, const char *now)
{
    static const struct {
        const char *key, *included, *said;
    } words[] = {
        {"title", "theirs", "ours"},
        {"forms.*.label", "theirs", "ours"},
        {"reference", "owned", "alone"},
        {"dependence", "none", "full"},
        {"store.trials", "sites_closed", "economic_net_position_less_unmet"},
        {"store.parameters", "none", "all"},
        {"stop.objective", "gp", "economic"},
        {"stop.ranking", "best", "all"},
        {"forms.*.exit_form", "owned", "alone"},
        {"patch.practices", TEST_DATA "/scenarios/worked_example.csv",
         TEST_DATA "/scenarios/patches/six.csv"},
        {"prices.history", TEST_DATA "/scenarios/worked_example.csv",
         TEST_DATA "/scenarios/history.csv"},
        {"delegated.table", TEST_DATA "/scenarios/claims/quantiles.csv",
         TEST_DATA "/scenarios/claims/observed.csv"},
    };

    snprintf(row->said, SIZE, "%s", now == NULL ? "" : now);
    snprintf(row->included, SIZE, "%s",
             strcmp(row->said, "true") == 0 ? "false" : "true");
    if (hr_key_choice(i, 0) != NULL)
        snprintf(row->included, SIZE, "%s",
                 hr_key_choice(i, strcmp(hr_key_choice(i, 0), row->said) == 0));
    for (size_t w = 0; w < sizeof(words) / sizeof(*words); w++) {
        if (strcmp(words[w].key, row->key.key) == 0) {
            snprintf(row->said, SIZE, "%s", words[w].said);
            snprintf(row->included, SIZE, "%s", words[w].included);
        }
    }
}

static bool is_number(const struct hr_key *key)
{
    return strcmp(key->type, "number") == 0 || strcmp(key->type, "integer") == 0;
}

static struct row row_at(size_t i, const struct hr_scenario *six)
{
    struct row row = {.key = hr_key_at(i)};

    name_key(&row);
    if (is_number(&row.key))
        choose_numbers(&row, hr_scenario_number(six, row.full));
    else
        choose_words(&row, i, hr_scenario_text(six, row.full));
    return row;
}

static void assert_said(const struct row *row, const char *override)
{
    struct hr_scenario *scenario = read_main(override);
    double said = NAN;

    if (is_number(&row->key)) {
        assert_int_equal(text_to_number(row->said, &said), TEXT_NUMBER);
        if (hr_scenario_number(scenario, row->full) != said)
            fail_msg("%s is %g and not %s", row->full,
                     hr_scenario_number(scenario, row->full), row->said);
    } else if (hr_scenario_text(scenario, row->full) == NULL) {
        fail_msg("%s is nothing and not %s", row->full, row->said);
    } else {
        assert_string_equal(hr_scenario_text(scenario, row->full), row->said);
    }
    hr_scenario_free(scenario);
}

/* The included file says it by its key. */
static void include_key(const struct row *row)
{
    const bool history = strcmp(row->key.key, "prices.history") == 0;

    write_file("base.yaml", "include: [%s]\n%s: %s\n", SIX, row->full,
               history ? TEST_DATA "/scenarios/history.csv" : row->included);
}

static void say_by_key(const struct row *row)
{
    include_key(row);
    write_file("main.yaml", "include: [base.yaml]\n%s: %s\n", row->full, row->said);
    assert_said(row, NULL);
}

static void say_by_group(const struct row *row)
{
    const size_t group = strcspn(row->full, ".");

    if (row->full[group] == '\0')
        return;
    include_key(row);
    write_file("main.yaml", "%.*s: { %s: %s }\ninclude: base.yaml\n", (int)group,
               row->full, row->full + group + 1, row->said);
    assert_said(row, NULL);
}

static void say_with_s(const struct row *row)
{
    char override[2 * SIZE];

    include_key(row);
    write_file("main.yaml", "include: [base.yaml]\n%s: %s\n", row->full, row->included);
    snprintf(override, sizeof(override), "%s=%s", row->full, row->said);
    assert_said(row, override);
}

static void say_in_a_list(const struct row *row)
{
    const char *leaf = row->full + row->leaf;

    if (row->leaf == 0)
        return;
    include_key(row);
    if (strncmp(row->full, "forms", 5) == 0)
        write_file(
            "main.yaml",
            "include: base.yaml\nforms: [alone, { like: joined, %s: %s }, owned]\n",
            leaf, row->said);
    else
        write_file("main.yaml",
                   "include: base.yaml\nshocks: [{ use: flood, %s: %s }]\n", leaf,
                   row->said);
    assert_said(row, NULL);
}

static void for_every_row(void (*say)(const struct row *))
{
    struct hr_scenario *six;

    write_file("main.yaml", "include: %s\n", SIX);
    six = read_main(NULL);
    for (size_t i = 0; i < hr_key_count(); i++) {
        const struct row row = row_at(i, six);

        /* both halves of a calibration, or none: see test_base.c */
        if (strncmp(row.key.key, "calibration.", 12) != 0)
            say(&row);
    }
    hr_scenario_free(six);
}

static void a_key_wins_over_the_same_key_of_an_included_file(void **state)
{
    (void)state;
    for_every_row(say_by_key);
}

static void a_key_within_a_group_wins_wherever_the_include_stands(void **state)
{
    (void)state;
    for_every_row(say_by_group);
}

static void the_command_line_wins_over_all_files(void **state)
{
    (void)state;
    for_every_row(say_with_s);
}

static void an_entry_of_a_list_wins_over_a_key_of_an_included_file(void **state)
{
    (void)state;
    for_every_row(say_in_a_list);
}

/* Shipped, joined has a levy of 2 and flood strikes at a rate of 0. */
static void a_list_of_names_leaves_what_an_included_file_says_of_them(void **state)
{
    struct hr_scenario *scenario;

    (void)state;
    write_file("base.yaml",
               "include: [%s]\nforms.joined.levy: 9\nshocks: []\nshocks.flood.at: 3\n",
               SIX);
    write_file("main.yaml", "include: base.yaml\nshocks: [flood]\n"
                            "forms: [alone, joined, owned]\n");
    scenario = read_main(NULL);
    assert_true(hr_scenario_number(scenario, "forms.joined.levy") == 9.0);
    assert_true(hr_scenario_number(scenario, "shocks.flood.at") == 3.0);
    hr_scenario_free(scenario);
}

/* Keys that exclude each other. */

static const struct {
    const char *included, *said;
    const char *gone, *left; /**< the key that gives way, and what it then is */
} pairs[] = {
    {"shocks.flood.rate: 0.3", "shocks.flood.at: 1", "shocks.flood.rate", "0"},
    {"shocks.flood.at: 1", "shocks.flood.rate: 0.3", "shocks.flood.at", NULL},
    {"shocks.flood.at: 1", "shocks.flood.rate: 0", "shocks.flood.at", NULL},
    {"shocks: [{use: flood, rate: 0.3}]", "shocks: [{use: flood, at: 1}]",
     "shocks.flood.rate", "0"},
    {"shocks: [{use: flood, at: 1}]", "shocks: [{use: flood, rate: 0.3}]",
     "shocks.flood.at", NULL},
    {"shocks.flood.duration: 3", "shocks.flood.lasting: true", "shocks.flood.duration",
     "1"},
    {"shocks.flood.fade: 3", "shocks.flood.lasting: true", "shocks.flood.fade", "0"},
    {"shocks.flood.lasting: true", "shocks.flood.duration: 3", "shocks.flood.lasting",
     "false"},
    {"shocks.flood.lasting: true", "shocks.flood.fade: 3", "shocks.flood.lasting",
     "false"},
    {"prices.history: " TEST_DATA "/scenarios/history.csv", "prices.pay.mean: 0.02",
     "prices.history", NULL},
    {"prices.history: " TEST_DATA "/scenarios/history.csv", "prices: {locum: {sd: 0}}",
     "prices.history", NULL},
    {"prices.history: " TEST_DATA "/scenarios/history.csv",
     "prices.correlation.pay_locum: 0", "prices.history", NULL},
    {"prices.history: " TEST_DATA "/scenarios/history.csv", "prices.catch_up: 0.1",
     "prices.history", NULL},
    {"delegated: {share: 1, severity: table, table: " TEST_DATA
     "/scenarios/claims/observed.csv}",
     "delegated.severity: lognormal", "delegated.table", NULL},
    {"delegated: {share: 1, corridor_free: 0.02, corridor_end: 0.1}",
     "delegated.corridor_end: 0", "delegated.corridor_free", "0"},
    {"delegated: {share: 1, corridor_share: 0.5, corridor_end: 0.1}",
     "delegated.corridor_end: 0", "delegated.corridor_share", "1"},
    {"patch.price_year: 2025",
     "patch.practices: " TEST_DATA "/scenarios/patches/six_ages.csv",
     "patch.price_year", NULL},
};

static void assert_gone(size_t i)
{
    struct hr_scenario *scenario = read_main(NULL);
    const char *text = hr_scenario_text(scenario, pairs[i].gone);
    const double number = hr_scenario_number(scenario, pairs[i].gone);
    char buffer[TEXT_NUMBER_SIZE];

    if (pairs[i].left == NULL) {
        if (text != NULL || !isnan(number))
            fail_msg("\"%s\" over \"%s\": %s stays", pairs[i].said, pairs[i].included,
                     pairs[i].gone);
    } else {
        assert_string_equal(text != NULL ? text : text_from_number(number, buffer),
                            pairs[i].left);
    }
    hr_scenario_free(scenario);
}

static void a_key_ends_what_it_excludes_in_an_included_file(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
        write_file("base.yaml", "include: [%s]\n%s\n", SIX, pairs[i].included);
        write_file("main.yaml", "include: [base.yaml]\n%s\n", pairs[i].said);
        assert_gone(i);
    }
}

#define PAST TEST_DATA "/../../scenarios/histories/england_from_2021.csv"

/* Whether the past that is replayed has such a column. */
static bool past_says(const char *override, const char *column)
{
    struct hr_scenario *scenario = read_main(override);
    char *resolved = hr_scenario_resolved(scenario);
    const bool says = strstr(resolved, column) != NULL;

    free(resolved);
    hr_scenario_free(scenario);
    return says;
}

static void stop_and_trials_end_each_other_in_an_included_file(void **state)
{
    struct hr_scenario *scenario;

    (void)state;
    write_file("base.yaml", "include: [%s]\ntrials: 77\n", SIX);
    write_file("main.yaml", "include: [base.yaml]\nstop: { max_trials: 2048 }\n");
    scenario = read_main(NULL);
    assert_true(hr_scenario_number(scenario, "trials") == 2048.0);
    hr_scenario_free(scenario);
    scenario = read_main("trials=5");
    assert_true(isnan(hr_scenario_number(scenario, "stop.max_trials")));
    assert_true(hr_scenario_number(scenario, "trials") == 5.0);
    hr_scenario_free(scenario);
}

static void a_number_ends_the_column_of_an_included_past(void **state)
{
    (void)state;
    write_file("base.yaml", "include: [%s]\nprices.history: " PAST "\n", SIX);
    write_file("main.yaml", "include: [base.yaml]\ndemand.list_growth: 0.01\n");
    assert_false(past_says(NULL, ",list_growth"));
    assert_true(past_says(NULL, ",shortage"));
    assert_false(past_says("market.dwell_years.glut=2", ",shortage"));
    write_file("main.yaml", "include: [base.yaml]\n");
    assert_true(past_says(NULL, ",list_growth"));
    assert_false(past_says("demand.list_growth=0.01", ",list_growth"));
}

static size_t shocks_of(const struct hr_scenario *scenario)
{
    size_t count, shocks = 0;
    const struct hr_assumption *all = hr_scenario_assumptions(scenario, &count);

    for (size_t i = 0; i < count; i++)
        shocks += strncmp(all[i].key, "shocks.", 7) == 0;
    return shocks;
}

static void an_empty_list_of_shocks_ends_those_of_an_included_file(void **state)
{
    struct hr_scenario *scenario;

    (void)state;
    write_file("main.yaml", "include: %s\nshocks: []\n", SIX);
    scenario = read_main(NULL);
    assert_int_equal(shocks_of(scenario), 0);
    hr_scenario_free(scenario);
}

/* Another shipped shock under the same name begins anew: award has pay, flood none. */
static void a_name_may_be_given_to_another_shock(void **state)
{
    struct hr_scenario *scenario;

    (void)state;
    write_file("main.yaml",
               "include: %s\nshocks: [{ use: flood, name: award, at: 1 }]\n", SIX);
    scenario = read_main(NULL);
    assert_true(hr_scenario_number(scenario, "shocks.award.pay") == 1.0);
    hr_scenario_free(scenario);
}

static void a_list_of_forms_takes_the_place_of_an_included_one(void **state)
{
    struct hr_scenario *scenario;

    (void)state;
    write_file("main.yaml", "include: %s\nforms: [owned]\nreference: owned\n", SIX);
    scenario = read_main(NULL);
    assert_int_equal(hr_scenario_form_count(scenario), 1);
    hr_scenario_free(scenario);
}

/* alone is only fallen back on, and so is loaded after the scenario has spoken. */
static void a_term_of_the_exit_form_stands(void **state)
{
    struct hr_scenario *scenario;

    (void)state;
    write_file("main.yaml",
               "include: %s\nforms: [joined]\nreference: joined\nforms.alone.levy: 7\n",
               SIX);
    scenario = read_main(NULL);
    assert_true(hr_scenario_number(scenario, "forms.alone.levy") == 7.0);
    hr_scenario_free(scenario);
}

/* Both files include six practices; the first changes a number of it. */
static void a_file_that_two_others_include_is_read_before_both(void **state)
{
    struct hr_scenario *scenario;

    (void)state;
    write_file("base.yaml", "include: %s\ntrials: 77\n", SIX);
    write_file("other.yaml", "include: %s\nseed: 78\n", SIX);
    write_file("main.yaml", "include: [base.yaml, other.yaml]\n");
    scenario = read_main(NULL);
    assert_true(hr_scenario_number(scenario, "trials") == 77.0);
    assert_true(hr_scenario_number(scenario, "seed") == 78.0);
    hr_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_wins_over_the_same_key_of_an_included_file),
        cmocka_unit_test(a_key_within_a_group_wins_wherever_the_include_stands),
        cmocka_unit_test(the_command_line_wins_over_all_files),
        cmocka_unit_test(an_entry_of_a_list_wins_over_a_key_of_an_included_file),
        cmocka_unit_test(a_list_of_names_leaves_what_an_included_file_says_of_them),
        cmocka_unit_test(a_key_ends_what_it_excludes_in_an_included_file),
        cmocka_unit_test(stop_and_trials_end_each_other_in_an_included_file),
        cmocka_unit_test(a_number_ends_the_column_of_an_included_past),
        cmocka_unit_test(an_empty_list_of_shocks_ends_those_of_an_included_file),
        cmocka_unit_test(a_name_may_be_given_to_another_shock),
        cmocka_unit_test(a_list_of_forms_takes_the_place_of_an_included_one),
        cmocka_unit_test(a_term_of_the_exit_form_stands),
        cmocka_unit_test(a_file_that_two_others_include_is_read_before_both),
    };

    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
