#include "layout.h"

#include "summary.h"

#include <stdio.h>
#include <string.h>

enum { AXES_TEXT = 256 };

/* A name of its own goes before any name. */
/* clang-format off */
static const struct layout_row rows[] = {
    {"/bearers/net",                    LAYOUT_NUMBERS, "point, form, bearer, statistic"},
    {"/quality/imbalance_max",          LAYOUT_NUMBERS, "point, form"},
    {"/quality/near_ties",              LAYOUT_NUMBERS, "point, trial"},
    {"/inputs/assumptions/low",         LAYOUT_NUMBERS, "key"},
    {"/inputs/assumptions/high",        LAYOUT_NUMBERS, "key"},
    {"/inputs/assumptions/uplift",      LAYOUT_NUMBERS, "key"},
    {"/inputs/assumptions/central",     LAYOUT_NUMBERS, "key"},
    {"/inputs/assumptions/neutral",     LAYOUT_NUMBERS, "key"},
    {"/inputs/assumptions/defaulted",   LAYOUT_NUMBERS, "key"},
    {"/inputs/assumptions/value",       LAYOUT_WORDS,   "key"},
    {"/inputs/assumptions/unit",        LAYOUT_WORDS,   "key"},
    {"/inputs/assumptions/meaning",     LAYOUT_WORDS,   "key"},
    {"/inputs/assumptions/evidence",    LAYOUT_WORDS,   "key"},
    {"/inputs/assumptions/source",      LAYOUT_WORDS,   "key"},
    {"/inputs/assumptions/owner",       LAYOUT_WORDS,   "key"},
    {"/inputs/assumptions/date",        LAYOUT_WORDS,   "key"},
    {"/inputs/calibration/cost_rate",   LAYOUT_NUMBERS, "site"},
    {"/inputs/delegated/claims_method", LAYOUT_WORDS,   "site"},
    {"/inputs/scenario",                LAYOUT_TEXT,    ""},
    {"/inputs/changes",                 LAYOUT_TEXT,    ""},
    {"/inputs/scenario_resolved",       LAYOUT_TEXT,    ""},
    {"/inputs/practices_csv",           LAYOUT_TEXT,    ""},
    {"/inputs/prices_history",          LAYOUT_TEXT,    ""},
    {"/trials/*",                       LAYOUT_NUMBERS, "point, form, trial"},
    {"/summary/*",                      LAYOUT_NUMBERS, "point, form, statistic"},
    {"/comparison/*",                   LAYOUT_NUMBERS, "point, form, statistic"},
    {"/paths/*",                        LAYOUT_NUMBERS, "point, form, quarter, statistic"},
    {"/sites/*",                        LAYOUT_NUMBERS, "point, form, site"},
    {"/site_quarters/*",                LAYOUT_NUMBERS, "form, trial, site, quarter"},
    {"/parameters/*",                   LAYOUT_NUMBERS, "point, trial"},
    {"/inputs/practices/*",             LAYOUT_NUMBERS, "site"},
    {"/inputs/practices/*",             LAYOUT_WORDS,   "site"},
};

static const struct {
    const char *path;
    bool words;
    bool always; /* there */
} axes[] = {
    {"/point",                  false, true},
    {"/form",                   true,  true},
    {"/trial",                  false, true},
    {"/quarter",                false, true},
    {"/site",                   true,  true},
    {"/bearer",                 true,  true},
    {"/statistic",              true,  true},
    {"/inputs/assumptions/key", true,  false},
};

static const struct {
    const char *path;
    enum result_kind kind;
} attributes[] = {
    {"/title", KIND_TEXT}, {"/seed", KIND_INTEGER}, {"/trials", KIND_INTEGER},
    {"/reference", KIND_TEXT}, {"/price_base", KIND_TEXT},
};
/* clang-format on */

/* Whether a row is of a path. */
static bool is_of(const struct layout_row *row, const char *path)
{
    const size_t length = strlen(row->path);

    if (row->path[length - 1] != '*')
        return strcmp(row->path, path) == 0;
    return strncmp(row->path, path, length - 1) == 0 &&
           strchr(path + length - 1, '/') == NULL;
}

const struct layout_row *layout_find(const char *path, enum layout_kind kind)
{
    for (size_t r = 0; r < sizeof(rows) / sizeof(*rows); r++) {
        if (rows[r].kind == kind && is_of(&rows[r], path))
            return &rows[r];
    }
    return NULL;
}

static bool is_documented(const char *path)
{
    return layout_find(path, LAYOUT_NUMBERS) != NULL ||
           layout_find(path, LAYOUT_WORDS) != NULL ||
           layout_find(path, LAYOUT_TEXT) != NULL;
}

static enum hr_status refuse(const struct reader *reader, const char *path,
                             const char *what, struct hr_error *error)
{
    return hr_fail(error, HR_NOT_HELD,
                   "%s: %s %s: the file is damaged, or no result of ours", reader->path,
                   path, what);
}

static enum hr_status check_place(const struct reader *reader, const char *path,
                                  enum layout_kind kind, const char *along,
                                  struct hr_error *error)
{
    const struct layout_row *row = layout_find(path, kind);

    if (row == NULL && is_documented(path))
        return refuse(reader, path, "holds another kind of thing than it should",
                      error);
    if (row != NULL && strcmp(row->axes, along) != 0)
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
        status = check_place(reader, set->data[i].path, LAYOUT_NUMBERS, along, error);
    }
    for (size_t i = 0; i < set->words_count && status == HR_OK; i++)
        status = check_place(reader, set->words[i].path, LAYOUT_WORDS,
                             result_leaf(set->axis[set->words[i].axis].path), error);
    for (size_t i = 0; i < set->text_count && status == HR_OK; i++)
        status = check_place(reader, set->text[i].path, LAYOUT_TEXT, "", error);
    return status;
}

static enum hr_status check_axes(const struct reader *reader, struct hr_error *error)
{
    for (size_t i = 0; i < sizeof(axes) / sizeof(*axes); i++) {
        const struct result_axis *axis =
            result_set_find_axis(&reader->set, axes[i].path);

        if (axis == NULL && !axes[i].always)
            continue;
        if (axis == NULL)
            return refuse(reader, axes[i].path, "is not there", error);
        if (axis->size == 0 || (axis->word != NULL) != axes[i].words)
            return refuse(reader, axes[i].path, "has not the labels it should", error);
    }
    return HR_OK;
}

static enum hr_status check_attributes(const struct reader *reader,
                                       struct hr_error *error)
{
    for (size_t i = 0; i < sizeof(attributes) / sizeof(*attributes); i++) {
        const struct result_attribute *found =
            result_set_find_attribute(&reader->set, attributes[i].path);

        if (found == NULL || found->kind != attributes[i].kind)
            return refuse(reader, attributes[i].path, "is not said as it should be",
                          error);
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
    if (size_of(reader, "/point") != 1)
        return refuse(reader, "/point", "has more than one point", error);
    if (!is_a_form(reader, reference))
        return refuse(reader, "/reference", "is none of its forms", error);
    if (!are_our_statistics(reader))
        return refuse(reader, "/statistic", "has not the labels it should", error);
    return HR_OK;
}

enum hr_status layout_check(const struct reader *reader, struct hr_error *error)
{
    if (check_axes(reader, error) != HR_OK ||
        check_attributes(reader, error) != HR_OK || check_data(reader, error) != HR_OK)
        return error->status;
    return check_agreement(reader, error);
}
