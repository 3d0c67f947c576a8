#include "layout.h"

#include "columns.h"
#include "summary.h"

#include <stdio.h>
#include <string.h>

enum { AXES_TEXT = 256 };

/* What is checked. */
struct laid_out {
    const char *path; /* of the file */
    const struct result_set *set;
};

static bool is_documented(const char *path)
{
    return columns_find(path, DATA_NUMBERS) != NULL ||
           columns_find(path, DATA_WORDS) != NULL ||
           columns_find(path, DATA_TEXT) != NULL;
}

static enum hr_status refuse(const struct laid_out *file, const char *path,
                             const char *what, struct hr_error *error)
{
    return hr_fail(error, HR_NOT_HELD,
                   "%s: %s %s: the file is damaged, or no result of ours", file->path,
                   path, what);
}

static enum hr_status check_place(const struct laid_out *file, const char *path,
                                  enum data_kind kind, const char *along,
                                  struct hr_error *error)
{
    const struct data_row *row = columns_find(path, kind);

    if (row == NULL && is_documented(path))
        return refuse(file, path, "holds another kind of thing than it should", error);
    if (row != NULL && columns_find_along(path, kind, along) == NULL)
        return refuse(file, path, "lies along other axes than it should", error);
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

static enum hr_status check_data(const struct laid_out *file, struct hr_error *error)
{
    const struct result_set *set = file->set;
    enum hr_status status = HR_OK;
    char along[AXES_TEXT];

    for (size_t i = 0; i < set->data_count && status == HR_OK; i++) {
        name_axes(set, &set->data[i], along);
        status = check_place(file, set->data[i].path, DATA_NUMBERS, along, error);
    }
    for (size_t i = 0; i < set->words_count && status == HR_OK; i++)
        status = check_place(file, set->words[i].path, DATA_WORDS,
                             result_leaf(set->axis[set->words[i].axis].path), error);
    for (size_t i = 0; i < set->text_count && status == HR_OK; i++)
        status = check_place(file, set->text[i].path, DATA_TEXT, "", error);
    return status;
}

static enum hr_status check_axes(const struct laid_out *file, struct hr_error *error)
{
    for (size_t i = 0; i < columns_axis_count(); i++) {
        const struct axis_row *row = columns_axis(i);
        const struct result_axis *axis = result_set_find_axis(file->set, row->path);

        if (axis == NULL && !row->always)
            continue;
        if (axis == NULL)
            return refuse(file, row->path, "is not there", error);
        if (axis->size == 0 || (axis->word != NULL) != row->words)
            return refuse(file, row->path, "has not the labels it should", error);
    }
    return HR_OK;
}

static enum hr_status check_attributes(const struct laid_out *file,
                                       struct hr_error *error)
{
    for (size_t i = 0; i < columns_attribute_count(); i++) {
        const struct attribute_row *row = columns_attribute(i);
        const struct result_attribute *found =
            result_set_find_attribute(file->set, row->path);
        const bool needed = (row->flags & DATA_OPTIONAL) == 0 && row->since == 0;

        if (found == NULL ? needed : found->kind != row->kind)
            return refuse(file, row->path, "is not said as it should be", error);
    }
    return HR_OK;
}

static size_t size_of(const struct laid_out *file, const char *path)
{
    return result_set_find_axis(file->set, path)->size;
}

static bool is_a_form(const struct laid_out *file, const char *name)
{
    const struct result_axis *form = result_set_find_axis(file->set, "/form");

    for (size_t f = 0; f < form->size; f++) {
        if (strcmp(form->word[f], name) == 0)
            return true;
    }
    return false;
}

/* Labels are only ever added at the end: those that both know stand at one place. */
static bool are_our_statistics(const struct laid_out *file)
{
    const struct result_axis *axis = result_set_find_axis(file->set, "/statistic");

    for (size_t i = 0; i < axis->size && i < STATISTICS; i++) {
        if (strcmp(axis->word[i], statistic_names[i]) != 0)
            return false;
    }
    return true;
}

/* What is said twice is said alike. */
static enum hr_status check_agreement(const struct laid_out *file,
                                      struct hr_error *error)
{
    const struct result_set *set = file->set;
    const uint64_t trials = result_set_find_attribute(set, "/trials")->integer;
    const char *reference = result_set_find_attribute(set, "/reference")->text;

    if (trials != size_of(file, "/trial"))
        return refuse(file, "/trials", "is not the number of trials it holds", error);
    if (size_of(file, "/point") != 1 &&
        result_set_find_words(set, "/points/id") == NULL)
        return refuse(file, "/point", "has more points than are named", error);
    if (!is_a_form(file, reference))
        return refuse(file, "/reference", "is none of its forms", error);
    if (!are_our_statistics(file))
        return refuse(file, "/statistic", "has not the labels it should", error);
    return HR_OK;
}

bool layout_is_analysis(const struct result_set *set)
{
    const struct result_attribute *kind = result_set_find_attribute(set, "/kind");

    return kind != NULL && kind->kind == KIND_TEXT &&
           strcmp(kind->text, "analysis") == 0;
}

enum hr_status layout_check(const char *path, const struct result_set *set,
                            struct hr_error *error)
{
    const struct laid_out file = {path, set};

    if (layout_is_analysis(set))
        return HR_OK;
    if (check_axes(&file, error) != HR_OK || check_attributes(&file, error) != HR_OK ||
        check_data(&file, error) != HR_OK)
        return error->status;
    return check_agreement(&file, error);
}
