#include "test.h"

#include "made_result.h"

#include "analysis.h"

#include <string.h>

static const char tie[] = "/quality/correlation/";

static void say(struct result_set *set, const char *path, const char *text)
{
    result_set_add_attribute(
        set, (struct result_attribute){.path = path, .kind = KIND_TEXT, .text = text});
}

static void count(struct result_set *set, const char *path, uint64_t number)
{
    result_set_add_attribute(set, (struct result_attribute){.path = path,
                                                            .kind = KIND_INTEGER,
                                                            .integer = number});
}

static const char *const *form_names(struct result_set *set, size_t forms)
{
    const char **name = result_set_memory(set, forms * sizeof(*name));

    for (size_t f = 0; f < forms; f++)
        name[f] = result_set_name(set, "%c%s", (char)('a' + f % 26), f < 26 ? "" : "2");
    return name;
}

static void add_data(struct result_set *set, const struct made_data *data,
                     const int axis[4])
{
    const bool drawn = strncmp(data->path, "/parameters/", 12) == 0;
    const int last = strncmp(data->path, "/sites/", 7) == 0 ? axis[3] : axis[2];

    result_set_add_data(
        set, (struct result_data){.path = data->path,
                                  .unit = "GBP",
                                  .long_name = data->path,
                                  .rank = drawn ? 2 : 3,
                                  .axis = {axis[0], drawn ? axis[2] : axis[1], last},
                                  .value = data->value});
}

static void add_tie(struct result_set *set, const struct made_data *data)
{
    const char *keys = data->path + strlen(tie);
    const char **word = result_set_memory(set, 3 * sizeof(*word));
    double *target = result_set_numbers(set, 1);
    int axis;

    word[0] = "pair";
    word[1] = result_set_name(set, "%.*s", (int)strcspn(keys, ","), keys);
    word[2] = strchr(keys, ',') + 1;
    target[0] = *data->value;
    axis = result_set_add_axis(
        set, (struct result_axis){"/quality/correlation/pair", "pair", 1, word, NULL});
    result_set_add_words(set,
                         (struct result_words){.path = "/quality/correlation/first",
                                               .long_name = "first",
                                               .axis = axis,
                                               .value = word + 1});
    result_set_add_words(set,
                         (struct result_words){.path = "/quality/correlation/second",
                                               .long_name = "second",
                                               .axis = axis,
                                               .value = word + 2});
    result_set_add_data(set, (struct result_data){.path = "/quality/correlation/target",
                                                  .unit = "share",
                                                  .long_name = "target",
                                                  .rank = 1,
                                                  .axis = {axis},
                                                  .value = target});
}

struct hr_result *made_result(size_t forms, size_t trials, const struct made_data *data,
                              size_t data_count)
{
    static const char *const site[MADE_SITES] = {"A", "B", "C"};
    static const double point = 0.0;
    struct result_set set = {0};
    struct hr_result *result;
    struct hr_error error;
    const int axis[4] = {
        result_set_add_axis(&set,
                            (struct result_axis){"/point", "point", 1, NULL, &point}),
        result_set_add_axis(&set, (struct result_axis){"/form", "form", forms,
                                                       form_names(&set, forms), NULL}),
        result_set_add_axis(&set,
                            (struct result_axis){"/trial", "trial", trials, NULL,
                                                 result_set_numbers(&set, trials)}),
        result_set_add_axis(
            &set, (struct result_axis){"/site", "site", MADE_SITES, site, NULL})};

    say(&set, "/reference", "a");
    say(&set, "/price_base", "2023/24");
    say(&set, "/content_hash", "0123");
    count(&set, "/trials", trials);
    count(&set, "/seed", 1);
    for (size_t i = 0; i < data_count; i++) {
        if (strncmp(data[i].path, tie, strlen(tie)) == 0)
            add_tie(&set, &data[i]);
        else
            add_data(&set, &data[i], axis);
    }
    assert_int_equal(analysis_hold(&set, &result, &error), HR_OK);
    return result;
}

double made_number(struct hr_result *analysis, const char *path, size_t place)
{
    struct hr_result_values values;
    struct hr_error error;

    assert_int_equal(hr_result_values(analysis, path, &values, &error), HR_OK);
    assert_true(place < values.count);
    return values.value[place];
}
