#include "derived.h"

#include "columns.h"
#include "decided.h"
#include "held.h"
#include "objective.h"
#include "same_bits.h"

#include <stdio.h>
#include <string.h>

enum { PATH = 256 };

/* Axes of the result, as what is decided lies along them. */
static void add_axes(const struct result_set *from, struct result_set *into)
{
    const struct result_axis *point = result_set_find_axis(from, "/point");
    const struct result_axis *form = result_set_find_axis(from, "/form");

    columns_add_axis(into, "/point", point->size, NULL);
    columns_add_axis(into, "/form", form->size, form->word);
}

/* The result as of its chosen point, with one metric's trials alone. */
static struct result_set narrowed(const struct hr_result *result,
                                  const struct hr_result_values *trials,
                                  struct result_data *trial)
{
    struct result_set set = result->reader.set;
    const struct result_axis *point =
        result_set_find_axis(&result->reader.set, "/point");

    trial->value = trials->value;
    set.data = trial;
    set.data_count = 1;
    set.axis[point - result->reader.set.axis].size = trials->size[0];
    return set;
}

static enum hr_status compare_numbers(struct hr_result *result,
                                      const struct result_set *follows,
                                      const struct result_data *data,
                                      struct hr_error *error)
{
    struct hr_result_values said;

    if (hr_result_values(result, data->path, &said, error) != HR_OK)
        return error->status;
    if (said.count != result_data_count(follows, data))
        return hr_fail(error, HR_NOT_HELD, "%s has not the numbers it should",
                       data->path);
    for (size_t i = 0; i < said.count; i++) {
        if (!same_bits(said.value[i], data->value[i]))
            return hr_fail(error, HR_NOT_HELD,
                           "%s does not follow from the trials: it says %.17g, and "
                           "they give %.17g",
                           data->path, said.value[i], data->value[i]);
    }
    return HR_OK;
}

static enum hr_status compare_leaders(const struct hr_result *result,
                                      const char *objective,
                                      const struct result_set *follows,
                                      struct hr_error *error)
{
    const struct result_words *own, *found;
    char path[PATH];

    snprintf(path, sizeof(path), "/decision/%s/leader", objective);
    own = result_set_find_words(&result->reader.set, path);
    found = result_set_find_words(follows, path);
    if (own == NULL || found == NULL)
        return hr_fail(error, HR_NOT_HELD, "%s is not there", path);
    for (size_t p = 0; p < follows->axis[found->axis].size; p++) {
        const char *said =
            own->value[p + (result->chosen > 0 ? result->chosen - 1 : 0)];

        if (strcmp(said, found->value[p]) != 0)
            return hr_fail(error, HR_NOT_HELD,
                           "%s does not follow from the trials: it says %s, and they "
                           "give %s",
                           path, said, found->value[p]);
    }
    return HR_OK;
}

/* @p view is the result as follows shall be made of it. */
static enum hr_status check_against(struct hr_result *result, const char *objective,
                                    const struct result_set *view,
                                    struct result_set *follows, struct hr_error *error)
{
    enum hr_status status;

    add_axes(view, follows);
    status = decided_add(view, follows, objective, error);
    if (status == HR_OK)
        status = result_set_status(follows, error);
    if (status == HR_OK)
        status = compare_leaders(result, objective, follows, error);
    for (size_t i = 0; i < follows->data_count && status == HR_OK; i++)
        status = compare_numbers(result, follows, &follows->data[i], error);
    return status;
}

static enum hr_status check_objective(struct hr_result *result,
                                      const struct objective *objective,
                                      struct hr_error *error)
{
    struct result_set follows = {0}, view;
    struct hr_result_values trials;
    struct result_data trial;
    char path[PATH];
    enum hr_status status;

    snprintf(path, sizeof(path), "/trials/%s", objective->metric);
    if (hr_result_values(result, path, &trials, error) != HR_OK)
        return error->status;
    trial = *result_set_find_data(&result->reader.set, path);
    view = narrowed(result, &trials, &trial);
    status = check_against(result, objective->name, &view, &follows, error);
    result_set_free(&follows);
    return status;
}

/* Whether the trials are there, or are missed; store may say that they are not. */
static bool is_there(const struct hr_result *result, const char *metric)
{
    char path[PATH], left_out[8];

    snprintf(path, sizeof(path), "/trials/%s", metric);
    return result_set_find_data(&result->reader.set, path) != NULL ||
           !hr_result_left_out(result, left_out, sizeof(left_out));
}

enum hr_status derived_check_decision(struct hr_result *result, struct hr_error *error)
{
    enum hr_status status = HR_OK;
    char path[PATH];

    for (int v = 0; v < VIEWS && status == HR_OK; v++) {
        snprintf(path, sizeof(path), "/decision/%s/p_best", objectives[v].name);
        if (result_set_find_data(&result->reader.set, path) != NULL &&
            is_there(result, objectives[v].metric))
            status = check_objective(result, &objectives[v], error);
    }
    return status;
}
