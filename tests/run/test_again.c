/* A result and what running it again gives: each of all that a result holds, changed by
 * itself, is found, but for what nothing in it says should be. */
#include "test.h"

#include "headroom/run.h"

#include "columns.h"
#include "held.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXAMPLE TEST_DATA "/scenarios/worked_example.yaml"

static struct {
    struct hr_scenario *scenario;
    struct hr_runner *runner;
    struct hr_result *result, *again;
} it;

static struct result_set *stored(void)
{
    return &it.result->reader.set;
}

static int run_twice(void **state)
{
    static const char *const changes[] = {"trials=8", "shocks=[]",
                                          "patch.horizon_years=2"};
    struct hr_messages problems = {0};
    const struct hr_run_options options = {.neutral = true, .threads = 1};
    struct hr_error error;

    (void)state;
    if (hr_scenario_read(EXAMPLE, changes, 3, &it.scenario, &problems) != HR_OK)
        fail_msg("%s", problems.item[0].text);
    if (hr_run_open(it.scenario, &options, &it.runner, &error) != HR_OK ||
        hr_run_advance(it.runner, 8, &error) != HR_OK ||
        hr_run_result(it.runner, &it.result, &error) != HR_OK ||
        hr_run_result(it.runner, &it.again, &error) != HR_OK)
        fail_msg("%s", error.message);
    return 0;
}

static int let_go(void **state)
{
    (void)state;
    hr_result_close(it.result);
    hr_result_close(it.again);
    hr_run_close(it.runner);
    hr_scenario_free(it.scenario);
    return 0;
}

/* What of it is found to be another, or "". */
static const char *found_other(char noted[HR_RESULT_NOTE])
{
    static struct hr_error error;

    noted[0] = error.message[0] = '\0';
    return hr_result_compare(it.result, it.again, noted, &error) == HR_OK
               ? ""
               : error.message;
}

static void is_found(const char *path, const char *what)
{
    char noted[HR_RESULT_NOTE];

    if (strstr(found_other(noted), path) == NULL)
        fail_msg("%s of %s is changed, and not found: \"%s\"", what, path,
                 found_other(noted));
}

/* --- numbers ---------------------------------------------------------------------- */

static void other_unit(struct result_data *data)
{
    data->unit = "furlongs";
}

static void other_meaning(struct result_data *data)
{
    data->long_name = "x";
}

static void other_money(struct result_data *data)
{
    data->money = !data->money;
}

static void other_discounting(struct result_data *data)
{
    data->discounted = !data->discounted;
}

static void other_key(struct result_data *data)
{
    data->key = "x";
}

static void other_axes(struct result_data *data)
{
    data->axis[0]++;
}

static void other_way(struct result_data *data)
{
    data->shown.better = "sideways";
}

static void other_group(struct result_data *data)
{
    data->shown.group = "x";
}

static void other_label(struct result_data *data)
{
    data->shown.label = "x";
}

static void other_prefix(struct result_data *data)
{
    data->shown.prefix = "x";
}

static void other_suffix(struct result_data *data)
{
    data->shown.suffix = "x";
}

static void other_scale(struct result_data *data)
{
    data->shown.scale = 12.0;
}

static void other_decimals(struct result_data *data)
{
    data->shown.decimals++;
}

static void other_count(struct result_data *data)
{
    data->shown.count = 1 - data->shown.count;
}

static const struct {
    const char *what;
    void (*change)(struct result_data *data);
} of_numbers[] = {
    {"the unit", other_unit},         {"the meaning", other_meaning},
    {"money", other_money},           {"discounting", other_discounting},
    {"the key", other_key},           {"an axis", other_axes},
    {"which way", other_way},         {"the group", other_group},
    {"the label", other_label},       {"the prefix", other_prefix},
    {"the suffix", other_suffix},     {"the scale", other_scale},
    {"the decimals", other_decimals}, {"whether it is a count", other_count},
};

static void each_number_described_otherwise_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < stored()->data_count; i++) {
        struct result_data *data = &stored()->data[i];
        const struct result_data as_it_was = *data;

        for (size_t c = 0; c < sizeof(of_numbers) / sizeof(*of_numbers); c++) {
            of_numbers[c].change(data);
            is_found(data->path, of_numbers[c].what);
            *data = as_it_was;
        }
    }
}

static void change_number(struct result_data *data, size_t place)
{
    struct hr_result_values values;
    struct hr_error error;
    const double *own;
    double *changed;

    assert_int_equal(hr_result_values(it.result, data->path, &values, &error), HR_OK);
    own = data->value;
    changed = malloc(values.count * sizeof(*changed));
    memcpy(changed, own, values.count * sizeof(*changed));
    changed[place] = isnan(own[place]) ? 0.0 : nextafter(own[place], 1e300);
    data->value = changed;
    is_found(data->path, "a number");
    data->value = own;
    free(changed);
}

static void the_first_and_the_last_number_of_each_are_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < stored()->data_count; i++) {
        struct result_data *data = &stored()->data[i];

        change_number(data, 0);
        change_number(data, result_data_count(stored(), data) - 1);
    }
}

/* --- words, labels, texts, attributes ------------------------------------------------
 */

static void change_word(const char *const **words, size_t place, const char *path)
{
    const char *const *own = *words;
    const char *changed[600];

    assert_true(place < 600);
    memcpy(changed, own, (place + 1) * sizeof(*changed));
    changed[place] = "another";
    *words = changed;
    is_found(path, "a word");
    *words = own;
}

static void the_first_and_the_last_word_of_each_are_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < stored()->words_count; i++) {
        struct result_words *words = &stored()->words[i];
        const char *meaning = words->long_name;

        if (columns_is_stated(words->path))
            continue;
        words->long_name = "x";
        is_found(words->path, "the meaning");
        words->long_name = meaning;
        change_word(&words->value, 0, words->path);
        if (stored()->axis[words->axis].size < 600)
            change_word(&words->value, stored()->axis[words->axis].size - 1,
                        words->path);
    }
}

static void each_axis_with_another_label_or_meaning_is_found(void **state)
{
    static const double other[] = {-1.0};

    (void)state;
    for (int i = 0; i < stored()->axes; i++) {
        struct result_axis *axis = &stored()->axis[i];
        const struct result_axis as_it_was = *axis;

        axis->long_name = "x";
        is_found(axis->path, "the meaning");
        *axis = as_it_was;
        if (axis->word != NULL)
            change_word(&axis->word, 0, axis->path);
        axis->word = NULL;
        axis->number = other;
        axis->size = 1;
        is_found(axis->path, "a label");
        *axis = as_it_was;
    }
}

static void each_text_is_found(void **state)
{
    (void)state;
    assert_true(stored()->text_count >= 2); /* what it was run from */
    for (size_t i = 0; i < stored()->text_count; i++) {
        struct result_text *text = &stored()->text[i];
        const struct result_text as_it_was = *text;

        text->value = "another";
        is_found(text->path, "the text");
        *text = as_it_was;
        text->long_name = "x";
        is_found(text->path, "the meaning");
        *text = as_it_was;
    }
}

static void change_attribute(struct result_attribute *attribute)
{
    switch (attribute->kind) {
    case KIND_TEXT:
        attribute->text = "another";
        break;
    case KIND_NUMBER:
        attribute->number += 1.0;
        break;
    case KIND_INTEGER:
        attribute->integer++;
        break;
    }
}

static void each_attribute_is_found(void **state)
{
    size_t known = 0;

    (void)state;
    for (size_t i = 0; i < stored()->attribute_count; i++) {
        struct result_attribute *attribute = &stored()->attribute[i];
        const struct result_attribute as_it_was = *attribute;

        if (columns_is_stated(attribute->path))
            continue;
        change_attribute(attribute);
        is_found(attribute->path, "the attribute");
        *attribute = as_it_was;
        known++;
    }
    assert_true(known >= 9); /* title, seed, trials, numbers, reference, ... */
}

/* --- what is there -------------------------------------------------------------------
 */

static void each_number_that_is_taken_away_is_found(void **state)
{
    struct result_set *set = stored();
    const size_t last = set->data_count - 1;

    (void)state;
    for (size_t i = 0; i <= last; i++) {
        const struct result_data as_it_was = set->data[i];

        set->data[i] = set->data[last];
        set->data_count = last;
        is_found(as_it_was.path, "all");
        set->data_count = last + 1;
        set->data[i] = as_it_was;
    }
}

static void what_is_added_is_found(void **state)
{
    struct result_set *set = stored();
    struct result_data data = set->data[0];

    (void)state;
    data.path = "/trials/another";
    result_set_add_data(set, data);
    is_found("/trials/another", "all");
    set->data_count--;
    result_set_add_text(set, (struct result_text){"/inputs/another", "", ""});
    is_found("/inputs/another", "all");
    set->text_count--;
    result_set_add_attribute(
        set, (struct result_attribute){.path = "/another", .kind = KIND_INTEGER});
    is_found("/another", "all");
    set->attribute_count--;
    result_set_add_words(set, (struct result_words){.path = "/flows/another"});
    is_found("/flows/another", "all");
    set->words_count--;
}

static void each_word_text_and_attribute_that_is_taken_away_is_found(void **state)
{
    struct result_set *set = stored();

    (void)state;
    for (size_t i = 0; i < set->words_count; i++) {
        const char *path = set->words[i].path;
        const bool may_lack = strcmp(path, "/inputs/practices/area") == 0;

        set->words[i].path = "/x";
        is_found(may_lack ? "/x" : path, "all"); /* the first files were without it */
        set->words[i].path = path;
    }
    for (size_t i = 0; i < set->text_count; i++) {
        const char *path = set->text[i].path;

        set->text[i].path = "/x";
        is_found(path, "all");
        set->text[i].path = path;
    }
    for (size_t i = 0; i < set->attribute_count; i++) {
        const char *path = set->attribute[i].path;

        if (strcmp(path, "/engine_version") == 0 || strcmp(path, "/commit") == 0)
            continue; /* it says then that another build wrote it */
        set->attribute[i].path = "/x";
        is_found(path, "all");
        set->attribute[i].path = path;
    }
}

/* --- another build -------------------------------------------------------------------
 */

static struct result_attribute *attribute(const char *path)
{
    return &stored()->attribute[result_set_find_attribute(stored(), path) -
                                stored()->attribute];
}

static void words_of_another_build_are_noted_and_its_numbers_found(void **state)
{
    struct result_data *data = &stored()->data[0];
    const struct result_data as_it_was = *data;
    const char *commit = attribute("/commit")->text;
    char noted[HR_RESULT_NOTE];

    (void)state;
    attribute("/commit")->text = "0123456789ab";
    assert_string_equal(found_other(noted), "");
    assert_string_equal(noted, "");
    data->long_name = "x";
    assert_string_equal(found_other(noted), "");
    assert_non_null(strstr(noted, data->path));
    *data = as_it_was;
    change_number(data, 0);
    data->unit = "furlongs";
    is_found(data->path, "the unit");
    *data = as_it_was;
    attribute("/commit")->text = commit;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_number_described_otherwise_is_found),
        cmocka_unit_test(the_first_and_the_last_number_of_each_are_found),
        cmocka_unit_test(the_first_and_the_last_word_of_each_are_found),
        cmocka_unit_test(each_axis_with_another_label_or_meaning_is_found),
        cmocka_unit_test(each_text_is_found),
        cmocka_unit_test(each_attribute_is_found),
        cmocka_unit_test(each_number_that_is_taken_away_is_found),
        cmocka_unit_test(what_is_added_is_found),
        cmocka_unit_test(each_word_text_and_attribute_that_is_taken_away_is_found),
        cmocka_unit_test(words_of_another_build_are_noted_and_its_numbers_found),
    };

    return cmocka_run_group_tests(tests, run_twice, let_go);
}
