#include "test.h"

#include "columns.h"
#include "decided.h"

#include <math.h>
#include <string.h>

enum { POINTS = 2, FORMS = 3, TRIALS = 4 };

static const char *const names[FORMS] = {"a", "b", "c"};
static const struct column benefit = {.unit = "GBP", .long_name = "benefit"};

/* In the first point c exists in one trial of four; in the second nothing does. */
static const double trials[POINTS * FORMS * TRIALS] = {
    1.0, 2.0, 3.0, 4.0, 2.0, 2.0, 1.0, 5.0, NAN, NAN, NAN, 9.0,
    NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};

static int decide(void **state)
{
    static struct result_set set;
    struct hr_error error = {0};

    set = (struct result_set){0};
    columns_add_axis(&set, "/point", POINTS, NULL);
    columns_add_axis(&set, "/form", FORMS, names);
    columns_add_axis(&set, "/trial", TRIALS, NULL);
    columns_add_attribute(&set, "/reference", "a");
    columns_add_own(&set, "/trials/net_monetary_benefit", &benefit, trials);
    assert_int_equal(decided_add(&set, &set, "public", &error), HR_OK);
    assert_int_equal(result_set_status(&set, &error), HR_OK);
    *state = &set;
    return 0;
}

static int forget(void **state)
{
    result_set_free(*state);
    return 0;
}

static const double *numbers(void **state, const char *path)
{
    const struct result_data *data = result_set_find_data(*state, path);

    assert_non_null(data);
    return data->value;
}

static const char *word(void **state, const char *path, size_t point)
{
    const struct result_words *words = result_set_find_words(*state, path);

    assert_non_null(words);
    return words->value[point];
}

/* b is best in two trials, a in one, and they share one. */
static void forms_that_are_tied_share_being_best(void **state)
{
    const double *best = numbers(state, "/decision/public/p_best");

    assert_true(best[0] == 1.5 / 4.0);
    assert_true(best[1] == 2.5 / 4.0);
}

/* a ranks 2, 1.5, 1 and 2. */
static void the_mean_rank_is_over_trials(void **state)
{
    assert_true(numbers(state, "/decision/public/mean_rank")[0] == 6.5 / 4.0);
    assert_true(numbers(state, "/decision/public/p_rank")[1] == 2.5 / 4.0);
}

/* Choosing a costs 1, 0, 0 and 1; choosing b 0, 0, 2 and 0. */
static void regret_is_against_the_best_of_each_trial(void **state)
{
    assert_true(numbers(state, "/decision/public/regret")[0] == 0.5);
    assert_true(numbers(state, "/decision/public/regret_max")[0] == 1.0);
    assert_true(numbers(state, "/decision/public/regret_max")[1] == 2.0);
}

static void rivals_are_met_two_by_two(void **state)
{
    const double *better = numbers(state, "/decision/public/better");

    assert_true(better[0 * FORMS + 1] == 0.25);
    assert_true(better[1 * FORMS + 0] == 0.5);
    assert_true(numbers(state, "/decision/public/equal")[1] == 0.25);
    assert_true(isnan(better[0]));
}

static void a_form_that_hardly_exists_is_not_ranked(void **state)
{
    assert_true(isnan(numbers(state, "/decision/public/p_best")[2]));
    assert_true(numbers(state, "/decision/public/complete")[0] == 1.0);
}

static void equal_means_are_not_resolved(void **state)
{
    assert_string_equal(word(state, "/decision/public/leader", 0), "a");
    assert_true(numbers(state, "/decision/public/resolved")[0] == 0.0);
}

static void a_point_without_trials_decides_nothing(void **state)
{
    assert_string_equal(word(state, "/decision/public/leader", 1), "");
    assert_true(isnan(numbers(state, "/decision/public/p_best")[FORMS]));
    assert_true(isnan(numbers(state, "/decision/public/resolved")[1]));
}

/* In the second point a is always best. */
static const double stored[POINTS * FORMS][TRIALS] = {
    {1.0, 2.0, 3.0, 4.0},     {2.0, 2.0, 1.0, 5.0}, {0.0, 0.0, 0.0, 9.0},
    {10.0, 10.0, 10.0, 10.0}, {1.0, 2.0, 3.0, 4.0}, {0.0, 0.0, 0.0, 9.0}};

enum { ROWS_BEFORE = 5 };

static enum hr_status read_stored(void *context, const struct row_stretch *stretch,
                                  double *value, struct hr_error *error)
{
    (void)context;
    (void)error;
    memcpy(value, &stored[stretch->row - ROWS_BEFORE][stretch->first],
           stretch->count * sizeof(*value));
    return HR_OK;
}

static void trials_on_disk_are_read_point_by_point(void **state)
{
    const struct row_source rows = {.read = read_stored};
    struct result_set set = {0};
    void *own = &set;
    struct hr_error error = {0};
    const double *best, *regret;

    (void)state;
    columns_add_axis(&set, "/point", POINTS, NULL);
    columns_add_axis(&set, "/form", FORMS, names);
    columns_add_axis(&set, "/trial", TRIALS, NULL);
    columns_add_attribute(&set, "/reference", "a");
    columns_add_rows(&set, "/trials/net_monetary_benefit", &benefit, &rows,
                     ROWS_BEFORE);
    assert_int_equal(decided_add(&set, &set, "public", &error), HR_OK);
    best = numbers(&own, "/decision/public/p_best");
    regret = numbers(&own, "/decision/public/regret");
    assert_true(best[0] == 1.5 / 4.0 && best[1] == 1.5 / 4.0 && best[2] == 1.0 / 4.0);
    assert_true(best[3] == 1.0 && best[4] == 0.0 && best[5] == 0.0);
    assert_true(regret[0] == 6.0 / 4.0 && regret[3] == 0.0 && regret[4] == 7.5);
    result_set_free(&set);
}

static void what_is_not_there_is_not_decided_on(void **state)
{
    struct hr_error error = {0};

    assert_int_equal(decided_add(*state, *state, "gp", &error), HR_OK);
    assert_null(result_set_find_data(*state, "/decision/gp/p_best"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_that_are_tied_share_being_best),
        cmocka_unit_test(the_mean_rank_is_over_trials),
        cmocka_unit_test(regret_is_against_the_best_of_each_trial),
        cmocka_unit_test(rivals_are_met_two_by_two),
        cmocka_unit_test(a_form_that_hardly_exists_is_not_ranked),
        cmocka_unit_test(equal_means_are_not_resolved),
        cmocka_unit_test(a_point_without_trials_decides_nothing),
        cmocka_unit_test(trials_on_disk_are_read_point_by_point),
        cmocka_unit_test(what_is_not_there_is_not_decided_on),
    };

    return cmocka_run_group_tests(tests, decide, forget);
}
