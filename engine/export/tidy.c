#include "tidy.h"

#include "stream.h"
#include "text.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum hr_status tidy_open(struct tidy *tidy, const char *folder, const char *name,
                         struct hr_error *error)
{
    if (snprintf(tidy->path, sizeof(tidy->path), "%s/%s.csv", folder, name) >=
        LONGEST_NAME)
        return hr_fail(error, HR_BAD_INPUT, "the name of the folder is too long");
    snprintf(tidy->beside, sizeof(tidy->beside), "%s.partial", tidy->path);
    tidy->out = fopen(tidy->beside, "w");
    if (tidy->out == NULL)
        return hr_fail(error, HR_FAILED, "%s: %s", tidy->path, strerror(errno));
    return HR_OK;
}

enum hr_status tidy_close(struct tidy *tidy, enum hr_status status,
                          struct hr_error *error)
{
    const bool written = stream_close(tidy->out);

    if (status == HR_OK && (!written || rename(tidy->beside, tidy->path) != 0))
        status = hr_fail(error, HR_FAILED, "%s: %s", tidy->path, strerror(errno));
    if (status != HR_OK)
        (void)unlink(tidy->beside);
    return status;
}

/* In quotes where it has to be; what a spreadsheet would take for a formula is said to
 * be text. */
void tidy_text(FILE *out, const char *text, bool first)
{
    const bool formula = *text != '\0' && strchr("=+-@\t", *text) != NULL;

    if (!first)
        putc(',', out);
    if (!formula && strpbrk(text, ",\"\r\n") == NULL) {
        fputs(text, out);
        return;
    }
    putc('"', out);
    if (formula)
        putc('\'', out);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            putc('"', out);
        putc(*text, out);
    }
    putc('"', out);
}

void tidy_number(FILE *out, double number)
{
    char text[TEXT_NUMBER_SIZE];

    putc(',', out);
    if (!isnan(number))
        fputs(text_from_number(number, text), out);
}

/* "/neutral/forms/comparison/x" is x of neutral_forms_comparison. */
static void split(const char *path, char group[128], const char **name)
{
    *name = strrchr(path, '/') + 1;
    snprintf(group, 128, "%.*s", (int)(*name - path - 2 < 0 ? 0 : *name - path - 2),
             path + 1);
    for (char *c = group; *c != '\0'; c++) {
        if (*c == '/')
            *c = '_';
    }
}

/* A label of an axis, or the number where it has none. */
static void write_place(struct hr_result *result, FILE *out, const char *axis,
                        size_t place)
{
    size_t count = 0;
    const char *const *label = hr_result_labels(result, axis, &count);

    if (label != NULL && place < count)
        tidy_text(out, label[place], false);
    else if (strcmp(axis, "point") == 0)
        tidy_number(out, (double)(hr_result_chosen(result) + place));
    else
        tidy_number(out, (double)place);
}

static bool has_statistics(const struct hr_result_values *values)
{
    return values->rank > 0 && strcmp(values->axis[values->rank - 1], "statistic") == 0;
}

/* What is said of a statistic stands in its row: of q05 its q05_error, q05_low, ...;
 * the error of the mean is called se. */
static const char *const said[] = {"error", "low", "high", "flags"};

enum { SAID = sizeof(said) / sizeof(*said) };

static bool is_said(const char *statistic)
{
    const char *last = strrchr(statistic, '_');
    bool found = strcmp(statistic, "se") == 0;

    for (int i = 0; last != NULL && i < SAID; i++)
        found |= strcmp(last + 1, said[i]) == 0;
    return found;
}

static double said_of(struct hr_result *result, const double *row,
                      const char *statistic, const char *what)
{
    char name[64];
    size_t place;

    snprintf(name, sizeof(name), "%s_%s", statistic, what);
    if (strcmp(name, "mean_error") == 0)
        snprintf(name, sizeof(name), "se");
    return hr_result_find(result, "statistic", name, &place) ? row[place] : NAN;
}

struct table_row {
    const char *name;
    const struct hr_result_values *values;
    size_t at; /* of its value */
};

static void write_row(struct hr_result *result, FILE *out, const struct table_row *row)
{
    const struct hr_result_values *values = row->values;
    size_t place[HR_RESULT_RANK], rest = row->at;

    for (int axis = values->rank - 1; axis >= 0; axis--) {
        place[axis] = rest % values->size[axis];
        rest /= values->size[axis];
    }
    tidy_text(out, row->name, true);
    for (int axis = 0; axis < values->rank; axis++)
        write_place(result, out, values->axis[axis], place[axis]);
    tidy_number(out, values->value[row->at]);
    if (has_statistics(values)) {
        size_t count;
        const size_t s = place[values->rank - 1];
        const char *const *statistic = hr_result_labels(result, "statistic", &count);

        for (int i = 0; i < SAID; i++)
            tidy_number(out, said_of(result, values->value + row->at - s, statistic[s],
                                     said[i]));
    }
    tidy_text(out, values->unit == NULL ? "" : values->unit, false);
    putc('\n', out);
}

static void write_head(FILE *out, const struct hr_result_values *values)
{
    fputs("name", out);
    for (int axis = 0; axis < values->rank; axis++) {
        const char *slash = strrchr(values->axis[axis], '/');

        tidy_text(out, slash == NULL ? values->axis[axis] : slash + 1, false);
    }
    fputs(has_statistics(values) ? ",value,error,low,high,flags,unit\n"
                                 : ",value,unit\n",
          out);
}

static void write_values(struct hr_result *result, FILE *out, const char *name,
                         const struct hr_result_values *values)
{
    size_t count = 0;
    const char *const *statistic = hr_result_labels(result, "statistic", &count);
    const bool statistics = has_statistics(values) && statistic != NULL;

    for (size_t i = 0; i < values->count; i++) {
        const struct table_row row = {name, values, i};

        if (!statistics || !is_said(statistic[i % count]))
            write_row(result, out, &row);
    }
}

/* What is by trial stays in the result; assumptions and points have shapes of their
 * own.
 */
static bool is_left_out(const char *path, const char *group)
{
    return strcmp(group, "trials") == 0 || strcmp(group, "parameters") == 0 ||
           strcmp(group, "inputs_assumptions") == 0 || strcmp(group, "sums") == 0 ||
           strcmp(group, "points") == 0 || strcmp(path, "/quality/near_ties") == 0;
}

/* Tables are of one shape: what has other axes than the first of its group has a table
 * of its own. */
static bool same_axes(const struct hr_result_values *a,
                      const struct hr_result_values *b)
{
    bool same = a->rank == b->rank;

    for (int axis = 0; same && axis < a->rank; axis++)
        same = strcmp(a->axis[axis], b->axis[axis]) == 0;
    return same;
}

/* How many data sets before the i-th are of its group; @p alike: and of its axes. */
static enum hr_status count_before(struct hr_result *result, size_t i, size_t *before,
                                   size_t *alike, struct hr_error *error)
{
    struct hr_result_values own, values;
    char group[128], other[128];
    const char *name;

    *before = *alike = 0;
    split(hr_result_path(result, i), group, &name);
    if (hr_result_values(result, hr_result_path(result, i), &own, error) != HR_OK)
        return error->status;
    for (size_t k = 0; k < i; k++) {
        split(hr_result_path(result, k), other, &name);
        if (*group == '\0' || strcmp(other, group) != 0)
            continue;
        if (hr_result_values(result, hr_result_path(result, k), &values, error) !=
            HR_OK)
            return error->status;
        *before += 1;
        *alike += same_axes(&own, &values);
    }
    return HR_OK;
}

/* All data sets of the group and the axes of the first-th, itself the first of them. */
static enum hr_status write_rows(struct hr_result *result, FILE *out, size_t first,
                                 struct hr_error *error)
{
    struct hr_result_values head, values;
    char group[128], other[128];
    const char *name;

    split(hr_result_path(result, first), group, &name);
    if (hr_result_values(result, hr_result_path(result, first), &head, error) != HR_OK)
        return error->status;
    write_head(out, &head);
    for (size_t i = first; i < hr_result_count(result); i++) {
        split(hr_result_path(result, i), other, &name);
        if (strcmp(other, group) != 0 || (*group == '\0' && i != first))
            continue;
        if (hr_result_values(result, hr_result_path(result, i), &values, error) !=
            HR_OK)
            return error->status;
        if (same_axes(&head, &values))
            write_values(result, out, name, &values);
    }
    return HR_OK;
}

/* A table is named after its group, or after its first data set where another table of
 * the group, of other axes, is before it. */
static enum hr_status write_table(struct hr_result *result, const char *folder,
                                  size_t i, struct hr_error *error)
{
    struct tidy tidy;
    char group[128], table[400];
    const char *name;
    size_t before, alike;

    split(hr_result_path(result, i), group, &name);
    if (is_left_out(hr_result_path(result, i), group))
        return HR_OK;
    if (count_before(result, i, &before, &alike, error) != HR_OK)
        return error->status;
    if (alike > 0)
        return HR_OK;
    if (*group == '\0')
        snprintf(table, sizeof(table), "%s", name);
    else
        snprintf(table, sizeof(table), before == 0 ? "%s" : "%s_%s", group, name);
    if (tidy_open(&tidy, folder, table, error) != HR_OK)
        return error->status;
    return tidy_close(&tidy, write_rows(result, tidy.out, i, error), error);
}

/* What is told of an assumption. */
static const char *const assumption_words[] = {"key",      "value",  "unit",  "meaning",
                                               "evidence", "source", "owner", "date"};
static const char *const assumption_numbers[] = {"central", "low",     "high",
                                                 "uplift",  "neutral", "defaulted"};

enum {
    ASSUMPTION_WORDS = sizeof(assumption_words) / sizeof(*assumption_words),
    ASSUMPTION_NUMBERS = sizeof(assumption_numbers) / sizeof(*assumption_numbers)
};

static const char *assumption_path(const char *name, char path[64])
{
    snprintf(path, 64, "/inputs/assumptions/%s", name);
    return path;
}

/* A column that the file does not have is NULL. */
static enum hr_status
read_assumptions(struct hr_result *result,
                 struct hr_result_values number[ASSUMPTION_NUMBERS],
                 struct hr_error *error)
{
    char path[64];

    memset(number, 0, ASSUMPTION_NUMBERS * sizeof(*number));
    for (size_t i = 0; i < hr_result_count(result); i++) {
        for (size_t n = 0; n < ASSUMPTION_NUMBERS; n++) {
            if (strcmp(hr_result_path(result, i),
                       assumption_path(assumption_numbers[n], path)) == 0 &&
                hr_result_values(result, path, &number[n], error) != HR_OK)
                return error->status;
        }
    }
    return HR_OK;
}

static void write_assumption(struct hr_result *result, FILE *out,
                             const struct hr_result_values *number, size_t i)
{
    char path[64];
    size_t count = 0;

    for (size_t w = 0; w < ASSUMPTION_WORDS; w++) {
        const char *const *column = hr_result_labels(
            result, assumption_path(assumption_words[w], path), &count);

        tidy_text(out, column == NULL ? "" : column[i], w == 0);
    }
    for (size_t n = 0; n < ASSUMPTION_NUMBERS; n++) {
        tidy_number(out, number[n].value != NULL ? number[n].value[i] : NAN);
    }
    putc('\n', out);
}

/* Words and numbers of each assumption in a row. */
static enum hr_status write_assumptions(struct hr_result *result, const char *folder,
                                        struct hr_error *error)
{
    struct hr_result_values number[ASSUMPTION_NUMBERS];
    struct tidy tidy;

    if (read_assumptions(result, number, error) != HR_OK ||
        tidy_open(&tidy, folder, "assumptions", error) != HR_OK)
        return error->status;
    for (size_t w = 0; w < ASSUMPTION_WORDS; w++)
        fprintf(tidy.out, "%s,", assumption_words[w]);
    for (size_t n = 0; n < ASSUMPTION_NUMBERS; n++)
        fprintf(tidy.out, "%s%s", assumption_numbers[n],
                n + 1 < ASSUMPTION_NUMBERS ? "," : "\n");
    for (size_t i = 0; i < number[0].count; i++)
        write_assumption(result, tidy.out, number, i);
    return tidy_close(&tidy, HR_OK, error);
}

enum hr_status hr_export_csv(struct hr_result *result, const char *folder,
                             struct hr_error *error)
{
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return hr_fail(error, HR_FAILED, "%s: %s", folder, strerror(errno));
    for (size_t i = 0; i < hr_result_count(result); i++) {
        if (write_table(result, folder, i, error) != HR_OK)
            return error->status;
    }
    if (hr_result_text(result, "/points/axes") != NULL &&
        tidy_points(result, folder, error) != HR_OK)
        return error->status;
    return write_assumptions(result, folder, error);
}
