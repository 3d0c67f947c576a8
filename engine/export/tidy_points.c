#include "tidy.h"

#include <string.h>

enum { MOST_COLUMNS = 48 };

/* A column of what is said of points: words, or numbers. */
static enum hr_status write_of_point(struct hr_result *result, FILE *out,
                                     const char *name, size_t point,
                                     struct hr_error *error)
{
    struct hr_result_values values;
    char path[400];
    size_t count;
    const char *const *word;

    snprintf(path, sizeof(path), "/points/%s", name);
    word = hr_result_labels(result, path, &count);
    if (word != NULL) {
        tidy_text(out, word[point], false);
        return HR_OK;
    }
    if (hr_result_values(result, path, &values, error) != HR_OK)
        return error->status;
    tidy_number(out, values.value[point]);
    return HR_OK;
}

/* The columns: the axes, then what is said of every point. */
static size_t columns_of_points(char *axes, const char *name[MOST_COLUMNS])
{
    static const char *const last[] = {"status", "reason", "calibration", "changes"};
    size_t count = 0;
    char *rest = axes;

    while (rest != NULL && *rest != '\0' && count + 4 < MOST_COLUMNS) {
        name[count++] = strsep(&rest, ",");
        if (rest != NULL)
            rest += strspn(rest, " ");
    }
    for (size_t i = 0; i < sizeof(last) / sizeof(*last); i++)
        name[count++] = last[i];
    return count;
}

enum hr_status tidy_points(struct hr_result *result, const char *folder,
                           struct hr_error *error)
{
    char axes[1024];
    const char *name[MOST_COLUMNS];
    struct tidy tidy;
    enum hr_status status = HR_OK;
    size_t columns;

    snprintf(axes, sizeof(axes), "%s", hr_result_text(result, "/points/axes"));
    columns = columns_of_points(axes, name);
    if (tidy_open(&tidy, folder, "points", error) != HR_OK)
        return error->status;
    fputs("point", tidy.out);
    for (size_t c = 0; c < columns; c++)
        tidy_text(tidy.out, name[c], false);
    for (size_t p = 0; p < hr_result_points(result) && status == HR_OK; p++) {
        fprintf(tidy.out, "\n%zu", p);
        for (size_t c = 0; c < columns && status == HR_OK; c++)
            status = write_of_point(result, tidy.out, name[c], p, error);
    }
    putc('\n', tidy.out);
    return tidy_close(&tidy, status, error);
}
