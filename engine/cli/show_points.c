#include "show_points.h"

#include "command.h"
#include "facts.h"
#include "json.h"
#include "name_list.h"
#include "text.h"
#include "wrapping.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_AXES = 40, LABEL = 64, LINE = 4096, NOT_RUN = 2 /* as a status */ };

/* Of a table of points: an axis, and all beside the axes. */
enum { LEAST_WIDTH = 10, BEST_WIDTH = 46 };

static const char decides[] = "net_monetary_benefit";

/* The axes of a sweep by name. */
struct axes {
    char names[1024];
    const char *name[MOST_AXES];
    size_t count;
};

bool points_are_swept(const struct hr_result *result)
{
    size_t count;

    return hr_result_labels(result, "/points/id", &count) != NULL;
}

enum hr_status points_refuse(const struct hr_result *result, struct hr_error *error)
{
    if (!points_are_swept(result))
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT,
                   "the file is of a sweep, and this is for a result of one point: "
                   "headroom show --point K tells of one; headroom run -s with what "
                   "/points/changes says makes a result of it");
}

static void find_axes(const struct hr_result *result, struct axes *axes)
{
    const char *text = hr_result_text(result, "/points/axes");
    char *rest = axes->names;

    axes->count = 0;
    snprintf(axes->names, sizeof(axes->names), "%s", text == NULL ? "" : text);
    while (rest != NULL && *rest != '\0' && axes->count < MOST_AXES) {
        axes->name[axes->count++] = strsep(&rest, ",");
        if (rest != NULL)
            rest += strspn(rest, " ");
    }
}

/* What an axis is at a point. */
static void value_at(struct hr_result *result, const char *axis, size_t point,
                     char label[LABEL])
{
    char path[256], number[TEXT_NUMBER_SIZE];
    size_t count;
    const char *const *word;
    struct hr_result_values values;
    struct hr_error error;

    snprintf(path, sizeof(path), "/points/%s", axis);
    word = hr_result_labels(result, path, &count);
    if (word != NULL)
        snprintf(label, LABEL, "%s", word[point]);
    else if (hr_result_values(result, path, &values, &error) == HR_OK)
        snprintf(label, LABEL, "%s", text_from_number(values.value[point], number));
    else
        *label = '\0';
}

static bool is_at(struct hr_result *result, const char *axis, const char *value,
                  size_t point)
{
    char label[LABEL];
    double wanted, has;

    value_at(result, axis, point, label);
    if (text_to_number(value, &wanted) == TEXT_NUMBER &&
        text_to_number(label, &has) == TEXT_NUMBER)
        return wanted == has;
    return strcmp(label, value) == 0;
}

static bool is_axis(const struct axes *axes, const char *name)
{
    for (size_t a = 0; a < axes->count; a++) {
        if (strcmp(axes->name[a], name) == 0)
            return true;
    }
    return false;
}

/* It lists the values there are, each once. */
static enum hr_status refuse_value(struct hr_result *result, const char *at,
                                   const char *axis, struct hr_error *error)
{
    char text[400] = "", label[LABEL];
    struct name_list names = {.text = text, .size = sizeof(text)};

    for (size_t p = 0; p < hr_result_points(result); p++) {
        size_t first = 0;

        value_at(result, axis, p, label);
        while (!is_at(result, axis, label, first))
            first++;
        if (first == p)
            name_list_add(&names, label);
    }
    name_list_end(&names);
    return hr_fail(error, HR_BAD_INPUT,
                   "no point of this sweep is at %s; its values of %s are %s", at, axis,
                   text);
}

static enum hr_status find_at(struct hr_result *result, const char *at, size_t *point,
                              struct hr_error *error)
{
    const char *equals = strchr(at, '=');
    const size_t points = hr_result_points(result);
    char name[256];
    struct axes axes;
    size_t found = 0;

    find_axes(result, &axes);
    snprintf(name, sizeof(name), "%.*s", (int)strcspn(at, "="), at);
    if (equals == NULL || !is_axis(&axes, name))
        return hr_fail(error, HR_BAD_INPUT, "\"%s\": the axes of this sweep are %s", at,
                       hr_result_text(result, "/points/axes"));
    for (size_t p = points; p-- > 0;) {
        if (is_at(result, name, equals + 1, p)) {
            *point = p;
            found++;
        }
    }
    if (found == 1)
        return HR_OK;
    return found == 0
               ? refuse_value(result, at, name, error)
               : hr_fail(error, HR_BAD_INPUT,
                         "several points of this sweep are at %s: say --point", at);
}

enum hr_status points_choose(struct hr_result *result, const char *at, size_t point,
                             struct hr_error *error)
{
    struct hr_result_values status;
    const char *const *reason;
    size_t count;

    if (!points_are_swept(result))
        return hr_fail(error, HR_BAD_INPUT, "the file is of one run and has no points");
    if (at != NULL && find_at(result, at, &point, error) != HR_OK)
        return error->status;
    if (hr_result_values(result, "/points/status", &status, error) != HR_OK)
        return error->status;
    if (!hr_result_choose(result, point))
        return hr_fail(error, HR_BAD_INPUT, "there is no point %zu: the last is %zu",
                       point, hr_result_points(result) - 1);
    reason = hr_result_labels(result, "/points/reason", &count);
    if (status.value[point] == NOT_RUN)
        return hr_fail(error, HR_BAD_INPUT, "point %zu was not run yet", point);
    if (status.value[point] != 0.0)
        return hr_fail(error, HR_BAD_INPUT, "point %zu was refused: %s", point,
                       reason == NULL ? "nothing says why" : reason[point]);
    return HR_OK;
}

/* The best form of a point; its mean difference from the reference and error. */
struct best {
    size_t form;
    double difference, error;
};

static enum hr_status find_best(struct hr_result *result, size_t point,
                                struct best *best, struct hr_error *error)
{
    struct hr_result_values mean, against;
    char path[128];
    size_t se = 0, labels;

    *best = (struct best){0};
    snprintf(path, sizeof(path), "/summary/%s", decides);
    if (!hr_result_choose(result, point) ||
        hr_result_values(result, path, &mean, error) != HR_OK)
        return error->status;
    snprintf(path, sizeof(path), "/comparison/%s", decides);
    if (hr_result_values(result, path, &against, error) != HR_OK)
        return error->status;
    labels = mean.size[2];
    (void)hr_result_find(result, "statistic", "se", &se);
    for (size_t f = 1; f < mean.size[1]; f++) {
        if (mean.value[f * labels] > mean.value[best->form * labels])
            best->form = f;
    }
    best->difference = against.value[best->form * labels];
    best->error = against.value[best->form * labels + se];
    return HR_OK;
}

static int width_of(const char *axis)
{
    const int length = (int)strlen(axis);

    return length > LEAST_WIDTH ? length : LEAST_WIDTH;
}

/* Whether a table of the points fits across. */
static bool fits(const struct axes *axes)
{
    int width = BEST_WIDTH;

    for (size_t a = 0; a < axes->count; a++)
        width += 2 + width_of(axes->name[a]);
    return width <= show_width();
}

/* A point where a table would be too wide: in words. */
static enum hr_status tell_point(struct hr_result *result, const struct axes *axes,
                                 size_t point, double status, struct hr_error *error)
{
    size_t count;
    const char *const *form = hr_result_labels(result, "form", &count);
    struct best best;
    char label[LABEL], line[LINE];
    int length = snprintf(line, sizeof(line), "%zu:", point);

    for (size_t a = 0; a < axes->count && length < LINE / 2; a++) {
        value_at(result, axes->name[a], point, label);
        length += snprintf(line + length, sizeof(line) - (size_t)length, "%s %.255s=%s",
                           a > 0 ? "," : "", axes->name[a], label);
    }
    if (status != 0.0)
        snprintf(line + length, sizeof(line) - (size_t)length, "; %s",
                 status == NOT_RUN ? "not run yet" : "refused");
    else if (find_best(result, point, &best, error) != HR_OK)
        return error->status;
    else
        snprintf(line + length, sizeof(line) - (size_t)length, "; %s %+.2f +-%.2f",
                 form[best.form], best.difference / 1e6, best.error / 1e6);
    (void)print_wrapped(line, show_width());
    return HR_OK;
}

static enum hr_status print_point(struct hr_result *result, const struct axes *axes,
                                  size_t point, double status, struct hr_error *error)
{
    size_t count;
    const char *const *form = hr_result_labels(result, "form", &count);
    struct best best;
    char label[LABEL];

    printf("%6zu", point);
    for (size_t a = 0; a < axes->count; a++) {
        value_at(result, axes->name[a], point, label);
        printf("  %*s", width_of(axes->name[a]), label);
    }
    if (status != 0.0) {
        puts(status == NOT_RUN ? "  not run yet" : "  refused");
        return HR_OK;
    }
    if (find_best(result, point, &best, error) != HR_OK)
        return error->status;
    printf("  %-18s %+10.2f ±%.2f\n", form[best.form], best.difference / 1e6,
           best.error / 1e6);
    return HR_OK;
}

static void print_heads(const struct hr_result *result, const struct axes *axes)
{
    char line[256];

    snprintf(line, sizeof(line), "best for the public purse, GBP m over %.128s",
             hr_result_text(result, "reference"));
    (void)print_wrapped(line, show_width());
    if (!fits(axes))
        return;
    printf(" point");
    for (size_t a = 0; a < axes->count; a++)
        printf("  %*s", width_of(axes->name[a]), axes->name[a]);
    puts("  best");
}

enum hr_status points_print(struct hr_result *result, const char *path,
                            struct hr_error *error)
{
    struct hr_result_values state;
    const size_t points = hr_result_points(result);
    struct axes axes;
    char line[LINE + LONGEST_WORD], word[LONGEST_WORD];
    enum hr_status status = hr_result_values(result, "/points/status", &state, error);

    find_axes(result, &axes);
    snprintf(line, sizeof(line), "%s: a sweep (%s) of %zu points",
             hr_result_text(result, "title"), hr_result_text(result, "/points/design"),
             points);
    (void)print_wrapped(line, show_width());
    putchar('\n');
    print_heads(result, &axes);
    for (size_t p = 0; p < points && status == HR_OK; p++)
        status = fits(&axes) ? print_point(result, &axes, p, state.value[p], error)
                             : tell_point(result, &axes, p, state.value[p], error);
    if (status != HR_OK)
        return status;
    snprintf(line, sizeof(line), "headroom show %s --point K tells all of one point",
             shell_word(path, word));
    putchar('\n');
    (void)print_wrapped(line, show_width());
    return HR_OK;
}

static void write_values(struct json *json, struct hr_result *result,
                         const struct axes *axes, size_t point)
{
    char label[LABEL];
    double number;

    for (size_t a = 0; a < axes->count; a++) {
        value_at(result, axes->name[a], point, label);
        if (text_to_number(label, &number) == TEXT_NUMBER)
            json_number(json, axes->name[a], number);
        else
            json_text(json, axes->name[a], label);
    }
}

static enum hr_status write_point(struct json *json, struct hr_result *result,
                                  const struct axes *axes, size_t point,
                                  struct hr_error *error)
{
    size_t count;
    const char *const *form = hr_result_labels(result, "form", &count);
    const char *const *reason = hr_result_labels(result, "/points/reason", &count);
    struct hr_result_values state;
    struct best best;

    if (hr_result_values(result, "/points/status", &state, error) != HR_OK)
        return error->status;
    json_number(json, "point", (double)point);
    write_values(json, result, axes, point);
    if (state.value[point] == NOT_RUN) {
        json_flag(json, "not_run_yet", true);
        return HR_OK;
    }
    if (*reason[point] != '\0') {
        json_text(json, "refused", reason[point]);
        return HR_OK;
    }
    if (find_best(result, point, &best, error) != HR_OK)
        return error->status;
    json_text(json, "best", form[best.form]);
    json_number(json, "difference", best.difference);
    json_number(json, "standard_error", best.error);
    return HR_OK;
}

enum hr_status points_write(struct hr_result *result, struct hr_error *error)
{
    const size_t points = hr_result_points(result);
    enum hr_status status = HR_OK;
    struct axes axes;
    struct json json;
    char *text;

    find_axes(result, &axes);
    json_start(&json);
    facts_of_result(&json, result);
    json_text(&json, "design", hr_result_text(result, "/points/design"));
    json_text(&json, "metric", decides);
    json_open(&json, "points", '[');
    for (size_t p = 0; p < points && status == HR_OK; p++) {
        json_open(&json, NULL, '{');
        status = write_point(&json, result, &axes, p, error);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    text = json_end(&json);
    if (status == HR_OK)
        return print_text_and_free(text);
    free(text);
    return status;
}
