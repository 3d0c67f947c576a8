#include "compare_over.h"

#include "json.h"
#include "show_points.h"
#include "wrapping.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 22, VALUE = 16, TWO_VALUES = 26, MOST_AXES = 8, AXIS = 140 };

/* Of one point. */
struct point {
    char leader[64]; /* empty: the point was refused */
    double best;
    struct ranged difference;
    bool resolved;
};

/* An axis of the sweep: numbers, or words. */
struct swept {
    char name[AXIS];
    struct hr_result_values number;
    const char *const *word;
};

/* The axes, and what changes from one point to the next. */
struct over {
    struct decision_run *run;
    struct hr_question question;
    struct hr_result_values status;
    struct swept axis[MOST_AXES];
    size_t axes, points;
    char last[64];
    size_t changes, compared;
    struct figure_unit unit;
    char unit_words[FIGURE_SIZE]; /* "GBP m"; what the differences are in */
    struct point *point;          /* [points] */
};

static enum hr_status find_axis(struct over *over, const char *name, size_t length,
                                struct hr_error *error)
{
    struct hr_result *result = over->run->result[0];
    struct swept *axis = &over->axis[over->axes];
    char path[AXIS + 16];
    size_t count;

    if (over->axes == MOST_AXES)
        return hr_fail(error, HR_BAD_INPUT, "--over: at most %d axes", MOST_AXES);
    snprintf(axis->name, sizeof(axis->name), "%.*s", (int)length, name);
    snprintf(path, sizeof(path), "/points/%s", axis->name);
    axis->word = hr_result_labels(result, path, &count);
    if (axis->word == NULL &&
        (strcmp(axis->name, "status") == 0 ||
         hr_result_values(result, path, &axis->number, error) != HR_OK))
        return hr_fail(error, HR_BAD_INPUT,
                       "the sweep has no axis called %s; it has %s", axis->name,
                       hr_result_text(result, "/points/axes"));
    over->axes++;
    return HR_OK;
}

/* The axes named, with commas between. */
static enum hr_status find_axes(struct over *over, struct hr_error *error)
{
    struct hr_result *result = over->run->result[0];

    if (!points_are_swept(result))
        return hr_fail(error, HR_BAD_INPUT, "the file is of one run and has no points");
    over->points = hr_result_points(result);
    for (const char *at = over->run->options->over; *at != '\0';) {
        const size_t length = strcspn(at, ",");

        if (find_axis(over, at, length, error) != HR_OK)
            return error->status;
        at += length + (at[length] == ',');
    }
    return hr_result_values(result, "/points/status", &over->status, error);
}

static const char *value_of(const struct swept *axis, size_t p, char text[FIGURE_SIZE])
{
    if (axis->word != NULL)
        return axis->word[p];
    snprintf(text, FIGURE_SIZE, "%.6g", axis->number.value[p]);
    return text;
}

/* A column's width: of one axis, or of several side by side. */
static int width_of(const struct over *over)
{
    return over->axes > 1 ? TWO_VALUES : VALUE;
}

/* "2, cautious": where the point stands on each axis. */
static const char *place_of(const struct over *over, size_t p, char text[TWO_VALUES])
{
    char all[MOST_AXES * FIGURE_SIZE] = "", value[FIGURE_SIZE];

    for (size_t a = 0; a < over->axes; a++) {
        const size_t used = strlen(all);

        snprintf(all + used, sizeof(all) - used, "%s%.60s", a > 0 ? ", " : "",
                 value_of(&over->axis[a], p, value));
    }
    return cut_name(all, (size_t)width_of(over), text);
}

static double number_at(struct hr_result *analysis, const char *path, size_t place)
{
    struct hr_result_values values;
    struct hr_error error;

    return hr_result_values(analysis, path, &values, &error) == HR_OK &&
                   place < values.count
               ? values.value[place]
               : NAN;
}

static void read_point(struct hr_result *analysis, struct point *point)
{
    size_t count, form = 0;
    const char *const *leader = hr_result_labels(analysis, "leader", &count);

    *point = (struct point){"", NAN, {NAN, NAN, NAN}, false};
    if (leader == NULL || !hr_result_find(analysis, "form", leader[0], &form))
        return;
    snprintf(point->leader, sizeof(point->leader), "%s", leader[0]);
    point->best = number_at(analysis, "/p_best_future", form);
    point->difference = (struct ranged){number_at(analysis, "/difference", form),
                                        number_at(analysis, "/difference_low", form),
                                        number_at(analysis, "/difference_high", form)};
    point->resolved = number_at(analysis, "/resolved", 0) > 0.0;
}

static void print_point(const struct over *over, size_t p)
{
    const struct point *point = &over->point[p];
    char name[NAME], own[TWO_VALUES], odds[FIGURE_SIZE], range[3 * FIGURE_SIZE];

    printf("%-*s", width_of(over), place_of(over, p, own));
    if (*point->leader == '\0')
        puts("does not exist");
    else
        printf("%-*s%7s  %s%s\n", NAME, cut_name(point->leader, NAME, name),
               percent(point->best, odds),
               isnan(point->difference.value)
                   ? "is the reference"
                   : range_text(point->difference, &over->unit, true, range),
               point->resolved ? "" : " ?");
}

static void write_point(const struct over *over, size_t p, struct json *json)
{
    const struct point *point = &over->point[p];
    char value[FIGURE_SIZE];

    json_open(json, NULL, '{');
    json_number(json, "point", (double)p);
    for (size_t a = 0; a < over->axes; a++)
        json_text(json, over->axis[a].name, value_of(&over->axis[a], p, value));
    json_text(json, "leader", point->leader);
    json_number(json, "p_best_future", point->best);
    json_number(json, "difference", point->difference.value);
    json_number(json, "difference_low", point->difference.low);
    json_number(json, "difference_high", point->difference.high);
    json_flag(json, "resolved", point->resolved);
    json_close(json, '}');
}

/* How the numbers of the metric that was compared are written. */
static struct figure_unit unit_of(const struct hr_result *analysis,
                                  char words[FIGURE_SIZE])
{
    size_t count;
    const char *const *name = hr_result_labels(analysis, "metric", &count);
    struct hr_metric metric;

    if (name == NULL || !hr_metric_find(name[0], &metric))
        return (struct figure_unit){1.0, false, "", 2};
    (void)unit_words(&metric, words);
    return column_unit(&metric);
}

static enum hr_status compare_point(struct over *over, size_t p, struct hr_error *error)
{
    struct hr_result *analysis = NULL;

    if (over->status.value[p] != 0.0 || !hr_result_choose(over->run->result[0], p))
        return HR_OK;
    if (hr_compare(over->run->result[0], &over->question, &analysis, error) != HR_OK)
        return error->status;
    read_point(analysis, &over->point[p]);
    over->unit = unit_of(analysis, over->unit_words);
    over->changes +=
        over->compared > 0 && strcmp(over->last, over->point[p].leader) != 0;
    over->compared++;
    snprintf(over->last, sizeof(over->last), "%s", over->point[p].leader);
    hr_result_close(analysis);
    return HR_OK;
}

static void write_sentence(const struct over *over, char *line, size_t size)
{
    if (over->changes == 0)
        snprintf(line, size, "%s is best on average at all %zu points.",
                 *over->last != '\0' ? over->last : "No form", over->compared);
    else
        snprintf(line, size,
                 "From one of the %zu points to the next the best form changes %zu "
                 "time%s.",
                 over->compared, over->changes, over->changes == 1 ? "" : "s");
}

static enum hr_status say(const struct over *over)
{
    const struct hr_question *question = &over->question;
    const char *of =
        question->metrics != NULL ? question->metrics : question->objective;
    char line[256], head[TWO_VALUES];
    struct json json;

    write_sentence(over, line, sizeof(line));
    if (over->run->options->json) {
        json_start(&json);
        json_text(&json, "schema", "headroom.compare_over/1");
        json_text(&json, "sentence", line);
        json_text(&json, "of", of);
        json_open(&json, "points", '[');
        for (size_t p = 0; p < over->points; p++)
            write_point(over, p, &json);
        json_close(&json, ']');
        return print_text_and_free(json_end(&json));
    }
    print_wrapped(line, DECISION_WIDTH);
    snprintf(line, sizeof(line), "by %s; differences are from the reference%s%s", of,
             *over->unit_words == '\0' ? "" : ", in ", over->unit_words);
    putchar('\n');
    print_wrapped(line, DECISION_WIDTH);
    printf("%-*s%-*s%7s  %s\n", width_of(over),
           cut_name(over->run->options->over, (size_t)width_of(over), head), NAME,
           "best on average", "best in", "difference");
    for (size_t p = 0; p < over->points; p++)
        print_point(over, p);
    puts("?: the lead is not resolved");
    return HR_OK;
}

enum hr_status compare_over(struct decision_run *run, struct hr_error *error)
{
    struct over over = {.run = run, .question = run->options->question};
    enum hr_status status = find_axes(&over, error);

    if (status != HR_OK)
        return status;
    if (over.question.metrics == NULL && over.question.objective == NULL)
        over.question.objective = "public";
    over.point = calloc(over.points + 1, sizeof(*over.point));
    if (over.point == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the points of a sweep");
    for (size_t p = 0; p < over.points && status == HR_OK; p++)
        status = compare_point(&over, p, error);
    if (status == HR_OK)
        status = say(&over);
    free(over.point);
    return status;
}
