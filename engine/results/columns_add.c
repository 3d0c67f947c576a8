#include "columns.h"

#include <string.h>

/* The number of the axis whose name is @p length letters of @p name; -1 for none. */
static int axis_named(const struct result_set *set, const char *name, size_t length)
{
    for (int i = 0; i < set->axes; i++) {
        const char *leaf = result_leaf(set->axis[i].path);

        if (strlen(leaf) == length && strncmp(leaf, name, length) == 0)
            return i;
    }
    return -1;
}

/* "point, form": their numbers; returns how many, or -1. */
static int find_axes(const struct result_set *set, const char *names,
                     int axis[RESULT_RANK])
{
    int rank = 0;

    while (*names != '\0' && rank < RESULT_RANK) {
        const size_t length = strcspn(names, ",");

        axis[rank] = axis_named(set, names, length);
        if (axis[rank++] < 0)
            return -1;
        names += length;
        names += strspn(names, ", ");
    }
    return *names == '\0' ? rank : -1;
}

static struct result_shown shown_of(const struct column *column)
{
    static const char *const words[] = {"lower", "none", "higher"};
    const struct presentation *shown = &column->shown;

    if (shown->label == NULL)
        return (struct result_shown){0};
    return (struct result_shown){
        .better = words[shown->better - HR_BETTER_LOWER],
        .group = shown->group,
        .label = shown->label,
        .prefix = column->money ? "GBP" : "",
        .suffix = shown->suffix,
        .scale = shown->scale,
        .decimals = (uint64_t)shown->decimals,
        .count = shown->count,
    };
}

/* Numbers, held or not, described by @p column. */
static void add(struct result_set *set, struct result_data data,
                const struct column *column)
{
    const struct data_row *row = columns_find(data.path, DATA_NUMBERS);

    data.unit = column->unit;
    data.long_name = column->long_name;
    data.money = column->money;
    data.discounted = column->discounted;
    data.shown = shown_of(column);
    data.rank = row != NULL ? find_axes(set, row->axes, data.axis) : -1;
    if (data.rank < 0)
        set->failed = true;
    else
        result_set_add_data(set, data);
}

void columns_add_own(struct result_set *set, const char *path,
                     const struct column *column, const double *value)
{
    if (value != NULL)
        add(set, (struct result_data){.path = path, .value = value}, column);
}

/* As the table describes them. */
static struct column described(const char *path)
{
    const struct data_row *row = columns_find(path, DATA_NUMBERS);
    const unsigned flags = row != NULL ? row->flags : 0;

    return (struct column){
        .unit = row != NULL ? row->unit : "",
        .long_name = row != NULL ? row->meaning : "",
        .money = (flags & DATA_MONEY) != 0,
        .discounted = (flags & DATA_DISCOUNTED) != 0,
    };
}

void columns_add(struct result_set *set, const char *path, const double *value)
{
    const struct column column = described(path);

    columns_add_own(set, path, &column, value);
}

void columns_add_rows(struct result_set *set, const char *path,
                      const struct column *column, const struct row_source *rows,
                      size_t row)
{
    const struct column usual = described(path);

    add(set, (struct result_data){.path = path, .rows = rows, .row = row},
        column != NULL ? column : &usual);
}

void columns_add_own_words(struct result_set *set, const char *path,
                           const char *meaning, const char *const *value)
{
    const struct data_row *row = columns_find(path, DATA_WORDS);
    int axis[RESULT_RANK];

    if (value == NULL)
        return;
    if (row == NULL || find_axes(set, row->axes, axis) != 1)
        set->failed = true;
    else
        result_set_add_words(set, (struct result_words){.path = path,
                                                        .long_name = meaning,
                                                        .axis = axis[0],
                                                        .value = value});
}

void columns_add_words(struct result_set *set, const char *path,
                       const char *const *value)
{
    const struct data_row *row = columns_find(path, DATA_WORDS);

    columns_add_own_words(set, path, row != NULL ? row->meaning : "", value);
}

void columns_add_text(struct result_set *set, const char *path, const char *value)
{
    const struct data_row *row = columns_find(path, DATA_TEXT);

    if (row == NULL)
        set->failed = true;
    else
        result_set_add_text(set, (struct result_text){path, row->meaning, value});
}

static const struct axis_row *axis_row(const char *path)
{
    for (size_t i = 0; i < columns_axis_count(); i++) {
        if (strcmp(columns_axis(i)->path, path) == 0)
            return columns_axis(i);
    }
    return NULL;
}

void columns_add_axis(struct result_set *set, const char *path, size_t size,
                      const char *const *word)
{
    const struct axis_row *row = axis_row(path);
    struct result_axis axis = {.path = path, .size = size, .word = word};

    if (row == NULL || row->words != (word != NULL)) {
        set->failed = true;
        return;
    }
    axis.long_name = row->meaning;
    result_set_add_axis(set, axis);
}

static void add_attribute(struct result_set *set, struct result_attribute attribute)
{
    for (size_t i = 0; i < columns_attribute_count(); i++) {
        if (strcmp(columns_attribute(i)->path, attribute.path) == 0 &&
            columns_attribute(i)->kind == attribute.kind) {
            result_set_add_attribute(set, attribute);
            return;
        }
    }
    set->failed = true;
}

void columns_add_attribute(struct result_set *set, const char *path, const char *text)
{
    add_attribute(
        set, (struct result_attribute){.path = path, .kind = KIND_TEXT, .text = text});
}

void columns_add_integer(struct result_set *set, const char *path, uint64_t integer)
{
    add_attribute(set, (struct result_attribute){
                           .path = path, .kind = KIND_INTEGER, .integer = integer});
}

void columns_add_number(struct result_set *set, const char *path, double number)
{
    add_attribute(set, (struct result_attribute){
                           .path = path, .kind = KIND_NUMBER, .number = number});
}
