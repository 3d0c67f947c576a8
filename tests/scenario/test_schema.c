#include "test.h"

#include "headroom/scenario.h"

#include "fields.h"
#include "parameters.h"
#include "schema.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* How many rows of the table fill each place of a destination. */
static void count_places(enum destination destination, int *count)
{
    for (size_t i = 0; i < schema_count(); i++) {
        if (schema_at(i)->destination == destination)
            count[schema_at(i)->place]++;
    }
}

static int filled_once(enum destination destination, int places)
{
    int count[512] = {0}, once = 0;

    count_places(destination, count);
    for (int i = 0; i < places; i++)
        once += count[i] == 1;
    return once;
}

static void every_parameter_has_exactly_one_key(void **state)
{
    (void)state;
    assert_int_equal(filled_once(TO_PARAMETER, PARAMETER_COUNT), PARAMETER_COUNT);
}

static void every_term_has_exactly_one_key(void **state)
{
    (void)state;
    assert_int_equal(filled_once(TO_TERM, TERM_COUNT), TERM_COUNT);
}

static void every_shock_term_has_exactly_one_key(void **state)
{
    (void)state;
    assert_int_equal(filled_once(TO_SHOCK_TERM, SHOCK_TERM_COUNT), SHOCK_TERM_COUNT);
}

static size_t rows_that(bool (*holds)(const struct field *))
{
    size_t count = 0;

    for (size_t i = 0; i < schema_count(); i++)
        count += holds(schema_at(i));
    return count;
}

static bool is_found_by_its_own_key(const struct field *field)
{
    return schema_find(field->key) == field;
}

static bool has_a_meaning_and_a_unit(const struct field *field)
{
    return *field->meaning != '\0' && field->unit != NULL;
}

static bool has_an_interval(const struct field *field)
{
    return (field->type != FIELD_NUMBER && field->type != FIELD_INTEGER) ||
           field->low < field->high;
}

static bool has_its_neutral_value_in_range(const struct field *field)
{
    return !field->has_neutral ||
           (field->neutral >= field->low && field->neutral <= field->high);
}

static bool has_its_default_in_range(const struct field *field)
{
    double number = field->low;

    if (field->fallback == NULL || field->type == FIELD_CHOICE)
        return true;
    (void)text_to_number(field->fallback, &number);
    return number >= field->low && number <= field->high;
}

static bool has_choices_if_it_is_one(const struct field *field)
{
    return (field->type == FIELD_CHOICE) == (field->choices != NULL);
}

static void all_rows_are_complete(void **state)
{
    (void)state;
    assert_int_equal(rows_that(is_found_by_its_own_key), schema_count());
    assert_int_equal(rows_that(has_a_meaning_and_a_unit), schema_count());
    assert_int_equal(rows_that(has_an_interval), schema_count());
    assert_int_equal(rows_that(has_its_neutral_value_in_range), schema_count());
    assert_int_equal(rows_that(has_its_default_in_range), schema_count());
    assert_int_equal(rows_that(has_choices_if_it_is_one), schema_count());
}

static void a_star_matches_one_part_of_a_key(void **state)
{
    (void)state;
    assert_true(schema_matches("forms.*.levy", "forms.mine.levy"));
    assert_false(schema_matches("forms.*.levy", "forms.mine.own.levy"));
    assert_false(schema_matches("forms.*.levy", "forms..levy"));
    assert_false(schema_matches("forms.*.levy", "forms.mine.lev"));
}

static void a_leading_part_of_a_key_is_a_group(void **state)
{
    (void)state;
    assert_true(schema_is_group("workforce.age"));
    assert_true(schema_is_group("forms.mine.productivity"));
    assert_false(schema_is_group("workforce.peer_rate"));
    assert_false(schema_is_group("workforce.ag"));
}

static void a_term_without_its_form_is_found_with_a_place_for_it(void **state)
{
    static const char *const typed[][2] = {
        {"levy", "forms.FORM.levy"},
        {"mine.levy", "forms.mine.levy"},
        {"productivity.partner", "forms.FORM.productivity.partner"},
        {"salary", "money.salary"},
    };
    char nearest[LONGEST_PATH];

    (void)state;
    for (size_t i = 0; i < sizeof(typed) / sizeof(*typed); i++) {
        assert_true(schema_nearest(typed[i][0], nearest));
        assert_string_equal(nearest, typed[i][1]);
    }
}

static void the_nearest_key_keeps_the_name_of_the_form(void **state)
{
    char nearest[LONGEST_PATH];

    (void)state;
    assert_true(schema_nearest("forms.mine.levi", nearest));
    assert_string_equal(nearest, "forms.mine.levy");
}

static void a_misspelt_group_is_recognised(void **state)
{
    char nearest[LONGEST_PATH];

    (void)state;
    assert_true(schema_nearest("workfroce", nearest));
    assert_string_equal(nearest, "workforce");
}

static void what_is_near_to_nothing_has_no_nearest_key(void **state)
{
    char nearest[LONGEST_PATH];

    (void)state;
    assert_false(schema_nearest("weather.rain", nearest));
}

/* workforce.leave_rate.partner is within leave_rate, which is within workforce. */
static void groups_within_groups_have_their_own_names(void **state)
{
    char *text = hr_scenario_schema();
    const char *group;

    (void)state;
    assert_non_null(text);
    group = strstr(text, "\"workforce\": {");
    assert_non_null(group);
    assert_non_null(strstr(group, "\"leave_rate\": {"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_term_without_its_form_is_found_with_a_place_for_it),
        cmocka_unit_test(every_parameter_has_exactly_one_key),
        cmocka_unit_test(every_term_has_exactly_one_key),
        cmocka_unit_test(every_shock_term_has_exactly_one_key),
        cmocka_unit_test(all_rows_are_complete),
        cmocka_unit_test(a_star_matches_one_part_of_a_key),
        cmocka_unit_test(a_leading_part_of_a_key_is_a_group),
        cmocka_unit_test(groups_within_groups_have_their_own_names),
        cmocka_unit_test(the_nearest_key_keeps_the_name_of_the_form),
        cmocka_unit_test(a_misspelt_group_is_recognised),
        cmocka_unit_test(what_is_near_to_nothing_has_no_nearest_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
