#include "parameters_table.h"

#include "columns.h"

#include <stdlib.h>
#include <string.h>

static const char values_path[] = "/parameters/values";
static const char axis_path[] = "/parameters/parameter";
static const char unit_path[] = "/parameters/unit";
static const char meaning_path[] = "/parameters/meaning";

bool parameters_are(const struct result_data *data)
{
    return strncmp(data->path, "/parameters/", 12) == 0;
}

bool parameters_are_money(const char *unit)
{
    return strncmp(unit, "GBP", 3) == 0;
}

/* Along one point or all of them; what differs between points stays by itself. */
static bool can_be_packed(const struct result_set *set, const struct result_data *data)
{
    return parameters_are(data) &&
           (data->rank == 1 || set->axis[data->axis[0]].size == 1);
}

static enum hr_status read_row(void *context, const struct row_stretch *stretch,
                               double *value, struct hr_error *error)
{
    const struct parameters_packed *packed = context;
    const struct result_data *data = &packed->all[packed->packed[stretch->row]];
    struct row_stretch own = *stretch;

    if (data->rows == NULL) {
        memcpy(value, data->value + stretch->first, stretch->count * sizeof(*value));
        return HR_OK;
    }
    own.row = data->row;
    return data->rows->read(data->rows->context, &own, value, error);
}

/* A column of words about the parameters, the last part of whose paths is first. */
static const char **column_of(struct parameters_packed *packed,
                              const char *(*word)(const struct result_data *))
{
    const char **column =
        result_set_memory(&packed->set, packed->count * sizeof(*column));

    for (size_t p = 0; column != NULL && p < packed->count; p++)
        column[p] = word(&packed->all[packed->packed[p]]);
    return column;
}

static const char *key_of(const struct result_data *data)
{
    return data->path + strlen("/parameters/");
}

static const char *unit_of(const struct result_data *data)
{
    return data->unit;
}

static const char *meaning_of(const struct result_data *data)
{
    return data->long_name;
}

static void add_table(struct parameters_packed *packed, const struct result_data *first)
{
    struct result_set *set = &packed->set;
    const char *along =
        first->rank == 1 ? "parameter, trial" : "point, parameter, trial";
    const struct data_row *row = columns_find_along(values_path, DATA_NUMBERS, along);
    struct result_data table = {.path = values_path,
                                .unit = row->unit,
                                .long_name = row->meaning,
                                .rank = first->rank + 1,
                                .rows = &packed->rows,
                                .by_row = true};

    columns_add_axis(set, axis_path, packed->count, column_of(packed, key_of));
    columns_add_words(set, unit_path, column_of(packed, unit_of));
    columns_add_words(set, meaning_path, column_of(packed, meaning_of));
    for (int d = 0; d < first->rank; d++)
        table.axis[d < first->rank - 1 ? d : d + 1] = first->axis[d];
    table.axis[first->rank - 1] = set->axes - 1;
    packed->rows = (struct row_source){read_row, packed};
    result_set_add_data(set, table);
}

/* A copy of the arrays, without what @p packed names. */
static void copy_arrays(const struct result_set *set, struct parameters_packed *packed)
{
    struct result_set *own = &packed->set;
    size_t next = 0;

    *own = (struct result_set){.price_base = set->price_base,
                               .axes = set->axes,
                               .text = set->text,
                               .text_count = set->text_count,
                               .attribute = set->attribute,
                               .attribute_count = set->attribute_count};
    memcpy(own->axis, set->axis, sizeof(own->axis));
    for (size_t i = 0; i < set->words_count; i++)
        result_set_add_words(own, set->words[i]);
    for (size_t i = 0; i < set->data_count; i++) {
        if (next < packed->count && packed->packed[next] == i)
            next++;
        else
            result_set_add_data(own, set->data[i]);
    }
}

enum hr_status parameters_pack(const struct result_set *set,
                               struct parameters_packed *packed, struct hr_error *error)
{
    const struct result_data *first = NULL;

    *packed = (struct parameters_packed){
        .all = set->data, .packed = malloc((set->data_count + 1) * sizeof(size_t))};
    if (packed->packed == NULL)
        return hr_fail(error, HR_FAILED, "no memory to write a result");
    for (size_t i = 0; i < set->data_count; i++) {
        if (!can_be_packed(set, &set->data[i]))
            continue;
        if (first == NULL)
            first = &set->data[i];
        if (set->data[i].rank == first->rank)
            packed->packed[packed->count++] = i;
    }
    copy_arrays(set, packed);
    if (first != NULL)
        add_table(packed, first);
    if (result_set_status(&packed->set, error) == HR_OK)
        return HR_OK;
    parameters_packed_free(packed);
    return error->status;
}

void parameters_packed_free(struct parameters_packed *packed)
{
    packed->set.text = NULL; /* these are another's */
    packed->set.text_count = 0;
    packed->set.attribute = NULL;
    packed->set.attribute_count = 0;
    result_set_free(&packed->set);
    free(packed->packed);
    *packed = (struct parameters_packed){0};
}

static void add_parameter(struct result_set *set, const struct result_data *table,
                          size_t row, const char *const word[3])
{
    const int last = table->rank - 1;
    struct result_data data = {
        .path = result_set_name(set, "/parameters/%s", word[0]),
        .unit = word[1],
        .long_name = word[2],
        .money = parameters_are_money(word[1]),
        .rank = last,
        .kept_in = table->path,
        .kept_row = row,
    };

    for (int d = 0; d < last - 1; d++)
        data.axis[d] = table->axis[d];
    data.axis[last - 1] = table->axis[last];
    result_set_add_data(set, data);
}

/* Axes after it move down by one. */
static void drop_axis(struct result_set *set, int axis)
{
    memmove(&set->axis[axis], &set->axis[axis + 1],
            (size_t)(set->axes - axis - 1) * sizeof(*set->axis));
    set->axes--;
    for (size_t i = 0; i < set->data_count; i++) {
        for (int d = 0; d < set->data[i].rank; d++)
            set->data[i].axis[d] -= set->data[i].axis[d] > axis;
    }
    for (size_t i = 0; i < set->words_count; i++)
        set->words[i].axis -= set->words[i].axis > axis;
}

static void drop_words(struct result_set *set, const char *path)
{
    const struct result_words *found = result_set_find_words(set, path);
    const size_t at = (size_t)(found - set->words);

    memmove(&set->words[at], &set->words[at + 1],
            (set->words_count - at - 1) * sizeof(*set->words));
    set->words_count--;
}

static void drop_table(struct result_set *set)
{
    drop_words(set, unit_path);
    drop_words(set, meaning_path);
    drop_axis(set, (int)(result_set_find_axis(set, axis_path) - set->axis));
}

/* The last @p count data sets in place of the one at @p at. */
static void move_into_place(struct result_set *set, size_t at, size_t count)
{
    const size_t bytes = count * sizeof(*set->data);
    struct result_data *moved = malloc(bytes + 1);

    if (moved == NULL) {
        set->failed = true;
        return;
    }
    memcpy(moved, &set->data[set->data_count - count], bytes);
    memmove(&set->data[at + count], &set->data[at + 1],
            (set->data_count - count - at - 1) * sizeof(*set->data));
    memcpy(&set->data[at], moved, bytes);
    set->data_count--;
    free(moved);
}

void parameters_unpack(struct result_set *set)
{
    const struct result_data *found = result_set_find_data(set, values_path);
    const struct result_axis *key = result_set_find_axis(set, axis_path);
    const struct result_words *unit = result_set_find_words(set, unit_path);
    const struct result_words *meaning = result_set_find_words(set, meaning_path);
    struct result_data table;
    size_t at, count;

    if (found == NULL || key == NULL || unit == NULL || meaning == NULL)
        return;
    table = *found;
    at = (size_t)(found - set->data);
    count = key->size;
    for (size_t p = 0; p < count; p++) {
        const char *const word[3] = {
            result_set_find_axis(set, axis_path)->word[p],
            result_set_find_words(set, unit_path)->value[p],
            result_set_find_words(set, meaning_path)->value[p],
        };

        add_parameter(set, &table, p, word);
    }
    if (set->failed)
        return;
    move_into_place(set, at, count);
    drop_table(set);
}
