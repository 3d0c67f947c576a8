/* Numbers of a result, read when they are asked for, and its forms by name. */
#include "headroom/result.h"

#include "held.h"
#include "name_list.h"
#include "points.h"
#include "slices.h"

/* The numbers of a data set, from the file the first time. */
static enum hr_status load(struct reader *reader, struct result_data *data,
                           struct hr_error *error)
{
    const struct quiet quiet = quiet_begin();
    double *value =
        result_set_numbers(&reader->set, result_data_count(&reader->set, data));
    enum hr_status status = result_set_status(&reader->set, error);

    if (status == HR_OK && data->rows != NULL)
        status = slices_read_all(&reader->set, data, value, error);
    else if (status == HR_OK)
        status = reader_read(reader, data, value, error);
    if (status == HR_OK)
        data->value = value;
    quiet_end(quiet);
    return status;
}

static void describe(const struct result_set *set, const struct result_data *data,
                     struct hr_result_values *values)
{
    *values = (struct hr_result_values){
        .value = data->value,
        .count = result_data_count(set, data),
        .rank = data->rank,
        .unit = data->unit,
        .long_name = data->long_name,
        .money = data->money,
        .discounted = data->discounted,
    };
    for (int d = 0; d < data->rank; d++) {
        values->size[d] = set->axis[data->axis[d]].size;
        values->axis[d] = result_leaf(set->axis[data->axis[d]].path);
    }
}

enum hr_status result_values_at(struct hr_result *result, size_t i,
                                struct hr_result_values *values, struct hr_error *error)
{
    struct reader *reader = &result->reader;
    struct result_data *data = &reader->set.data[i];

    if (data->value == NULL && load(reader, data, error) != HR_OK)
        return error->status;
    describe(&reader->set, data, values);
    points_narrow(result, data->path, values);
    return HR_OK;
}

enum hr_status hr_result_values(struct hr_result *result, const char *path,
                                struct hr_result_values *values, struct hr_error *error)
{
    const struct result_set *set = &result->reader.set;
    const struct result_data *found = result_set_find_data(set, path);

    if (found == NULL)
        return hr_fail(error, HR_BAD_INPUT, "%s has no data set %s",
                       result->reader.path, path);
    return result_values_at(result, (size_t)(found - set->data), values, error);
}

void hr_result_release(struct hr_result *result, const char *path)
{
    struct result_set *set = &result->reader.set;
    const struct result_data *found = result_set_find_data(set, path);

    if (found == NULL || result->reader.file < 0)
        return;
    result_set_forget(set, found->value);
    set->data[found - set->data].value = NULL;
}

enum hr_status hr_result_find_form(const struct hr_result *result, const char *name,
                                   size_t *place, struct hr_error *error)
{
    char text[512] = "";
    struct name_list names = {.text = text, .size = sizeof(text)};
    size_t forms = 0;
    const char *const *form = hr_result_labels(result, "form", &forms);

    if (hr_result_find(result, "form", name, place))
        return HR_OK;
    for (size_t f = 0; f < forms; f++)
        name_list_add(&names, form[f]);
    name_list_end(&names);
    return hr_fail(error, HR_BAD_INPUT, "the result has no form called %s; it has %s",
                   name, text);
}
