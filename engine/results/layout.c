#include "layout.h"

#include "columns.h"
#include "summary.h"

#include <stdio.h>
#include <string.h>

enum { AXES_TEXT = 256 };

static bool is_documented(const char *path)
{
    return columns_find(path, DATA_NUMBERS) != NULL ||
           columns_find(path, DATA_WORDS) != NULL ||
           columns_find(path, DATA_TEXT) != NULL;
}

static enum hr_status refuse(const struct reader *reader, const char *path,
                             const char *what, struct hr_error *error)
{
    return hr_fail(error, HR_NOT_HELD,
                   "%s: %s %s: the file is damaged, or no result of ours", reader->path,
                   path, what);
}

static enum hr_status check_place(const struct reader *reader, const char *path,
                                  enum data_kind kind, const char *along,
                                  struct hr_error *error)
{
    const struct data_row *row = columns_find(path, kind);

    if (row == NULL && is_documented(path))
        return refuse(reader, path, "holds another kind of thing than it should",
                      error);
    if (row != NULL && columns_find_along(path, kind, along) == NULL)
        return refuse(reader, path, "lies along other axes than it should", error);
    return HR_OK;
}

/* "point, form, trial" */
static void name_axes(const struct result_set *set, const struct result_data *data,
                      char text[AXES_TEXT])
{
    size_t length = 0;

    *text = '\0';
    for (int d = 0; d < data->rank && length < AXES_TEXT; d++)
        length += (size_t)snprintf(text + length, AXES_TEXT - length, "%s%s",
                                   d > 0 ? ", " : "",
                                   result_leaf(set->axis[data->axis[d]].path));
}

static enum hr_status check_data(const struct reader *reader, struct hr_error *error)
{
    const struct result_set *set = &reader->set;
    enum hr_status status = HR_OK;
    char along[AXES_TEXT];

    for (size_t i = 0; i < set->data_count && status == HR_OK; i++) {
        name_axes(set, &set->data[i], along);
        status = check_place(reader, set->data[i].path, DATA_NUMBERS, along, error);
    }
    for (size_t i = 0; i < set->words_count && status == HR_OK; i++)
        status = check_place(reader, set->words[i].path, DATA_WORDS,
                             result_leaf(set->axis[set->words[i].axis].path), error);
    for (size_t i = 0; i < set->text_count && status == HR_OK; i++)
        status = check_place(reader, set->text[i].path, DATA_TEXT, "", error);
    return status;
}

static enum hr_status check_axes(const struct reader *reader, struct hr_error *error)
{
    for (size_t i = 0; i < columns_axis_count(); i++) {
        const struct axis_row *row = columns_axis(i);
        const struct result_axis *axis = result_set_find_axis(&reader->set, row->path);

        if (axis == NULL && !row->always)
            continue;
        if (axis == NULL)
            return refuse(reader, row->path, "is not there", error);
        if (axis->size == 0 || (axis->word != NULL) != row->words)
            return refuse(reader, row->path, "has not the labels it should", error);
    }
    return HR_OK;
}

static enum hr_status check_attributes(const struct reader *reader,
                                       struct hr_error *error)
{
    for (size_t i = 0; i < columns_attribute_count(); i++) {
        const struct attribute_row *row = columns_attribute(i);
        const struct result_attribute *found =
            result_set_find_attribute(&reader->set, row->path);
        const bool needed =
            (row->flags & (DATA_OPTIONAL | DATA_TOLD)) == 0 && row->since == 0;

        if (found == NULL ? needed : found->kind != row->kind)
            return refuse(reader, row->path, "is not said as it should be", error);
    }
    return HR_OK;
}

static size_t size_of(const struct reader *reader, const char *path)
{
    return result_set_find_axis(&reader->set, path)->size;
}

static bool is_a_form(const struct reader *reader, const char *name)
{
    const struct result_axis *form = result_set_find_axis(&reader->set, "/form");

    for (size_t f = 0; f < form->size; f++) {
        if (strcmp(form->word[f], name) == 0)
            return true;
    }
    return false;
}

/* Labels are only ever added at the end: those that both know stand at one place. */
static bool are_our_statistics(const struct reader *reader)
{
    const struct result_axis *axis = result_set_find_axis(&reader->set, "/statistic");

    for (size_t i = 0; i < axis->size && i < STATISTICS; i++) {
        if (strcmp(axis->word[i], statistic_names[i]) != 0)
            return false;
    }
    return true;
}

/* What is said twice is said alike. */
static enum hr_status check_agreement(const struct reader *reader,
                                      struct hr_error *error)
{
    const struct result_set *set = &reader->set;
    const uint64_t trials = result_set_find_attribute(set, "/trials")->integer;
    const char *reference = result_set_find_attribute(set, "/reference")->text;

    if (trials != size_of(reader, "/trial"))
        return refuse(reader, "/trials", "is not the number of trials it holds", error);
    if (size_of(reader, "/point") != 1 &&
        result_set_find_words(set, "/points/id") == NULL)
        return refuse(reader, "/point", "has more points than are named", error);
    if (!is_a_form(reader, reference))
        return refuse(reader, "/reference", "is none of its forms", error);
    if (!are_our_statistics(reader))
        return refuse(reader, "/statistic", "has not the labels it should", error);
    return HR_OK;
}

bool layout_is_analysis(const struct result_set *set)
{
    const struct result_attribute *kind = result_set_find_attribute(set, "/kind");

    return kind != NULL && kind->kind == KIND_TEXT &&
           strcmp(kind->text, "analysis") == 0;
}

enum hr_status layout_check(const struct reader *reader, struct hr_error *error)
{
    if (layout_is_analysis(&reader->set))
        return HR_OK;
    if (check_axes(reader, error) != HR_OK ||
        check_attributes(reader, error) != HR_OK || check_data(reader, error) != HR_OK)
        return error->status;
    return check_agreement(reader, error);
}
