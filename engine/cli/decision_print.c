#include "decision_options.h"
#include "wrapping.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const double *decision_values(const struct decision_run *run, const char *name)
{
    struct hr_result_values values;
    struct hr_error error;
    char path[160];

    snprintf(path, sizeof(path), "/%s", name);
    if (hr_result_values(run->analysis, path, &values, &error) != HR_OK)
        return NULL;
    return values.value;
}

const char *const *decision_labels(const struct decision_run *run, const char *name,
                                   size_t *count)
{
    return hr_result_labels(run->analysis, name, count);
}

double decision_attribute(const struct decision_run *run, const char *name)
{
    double number = NAN;

    (void)hr_result_number(run->analysis, name, &number);
    return number;
}

const char *cut_name(const char *name, size_t room, char *text)
{
    if (strlen(name) < room)
        snprintf(text, room, "%s", name);
    else
        snprintf(text, room, "%.*s~", (int)room - 2, name);
    return text;
}

const char *range_text(struct ranged range, const struct figure_unit *unit, bool sign,
                       char text[3 * FIGURE_SIZE])
{
    const double error = 0.25 * (range.high - range.low);
    char value[FIGURE_SIZE], low[FIGURE_SIZE], high[FIGURE_SIZE];
    size_t length;

    figure_write(range.value, figure_to_error(error), unit,
                 sign ? FIGURE_SIGNED : FIGURE_PLAIN, value);
    figure_write(range.low, figure_to_error(error), unit, FIGURE_PLAIN, low);
    figure_write(range.high, figure_to_error(error), unit, FIGURE_PLAIN, high);
    if (isnan(range.value)) {
        snprintf(text, 3 * FIGURE_SIZE, "-");
        return text;
    }
    length = (size_t)snprintf(text, 3 * FIGURE_SIZE, "%s", value);
    if (!isnan(range.low) && !isnan(range.high))
        snprintf(text + length, 3 * FIGURE_SIZE - length, " (%s to %s)", low, high);
    return text;
}

const char *percent(double share, char text[FIGURE_SIZE])
{
    if (isnan(share))
        snprintf(text, FIGURE_SIZE, "-");
    else if (share > 0.0 && share < 0.005)
        snprintf(text, FIGURE_SIZE, "<1 %%");
    else if (share < 1.0 && share > 0.995)
        snprintf(text, FIGURE_SIZE, ">99 %%");
    else
        snprintf(text, FIGURE_SIZE, "%.0f %%", 100.0 * share);
    return text;
}

struct figure_unit column_unit(const struct hr_metric *metric)
{
    return (struct figure_unit){metric->scale, false, "", metric->decimals};
}

const char *unit_words(const struct hr_metric *metric, char text[FIGURE_SIZE])
{
    static const char *const scale[] = {"", " k", " m", " bn"};
    size_t at = 0;

    for (double left = metric->scale; left >= 999.0 && at < 3; left /= 1000.0)
        at++;
    snprintf(text, FIGURE_SIZE, "%.40s%s", metric->unit,
             strcmp(metric->suffix, "%") == 0 ? ", %" : scale[at]);
    return text;
}

const char *plain_number(double number, char text[FIGURE_SIZE])
{
    const double size = fabs(number);
    int decimals;

    if (isnan(number)) {
        snprintf(text, FIGURE_SIZE, "-");
        return text;
    }
    if (number >= 1000.0 && number < 1e15)
        return figure_whole(number, text);
    decimals = size > 0.0 ? 2 - (int)floor(log10(size)) : 0;
    snprintf(text, FIGURE_SIZE, "%.*f",
             decimals < 0   ? 0
             : decimals > 9 ? 9
                            : decimals,
             number);
    return text;
}

struct figure_unit analysis_unit(const struct decision_run *run,
                                 struct hr_metric *metric)
{
    (void)hr_metric_find(hr_result_text(run->analysis, "metric"), metric);
    return column_unit(metric);
}

void print_tied(const struct decision_run *run, const char *follows)
{
    size_t draws, words;
    const char *const *draw = decision_labels(run, "draw", &draws);
    const char *const *tied = decision_labels(run, "tied_to", &words);
    char line[1024];

    for (size_t k = 0; draw != NULL && tied != NULL && k < draws; k++) {
        bool said = *tied[k] == '\0';

        for (size_t j = 0; j < k; j++)
            said = said || strstr(tied[j], draw[k]) != NULL;
        if (said)
            continue;
        snprintf(line, sizeof(line), "drawn together: %.100s, %.700s; %s", draw[k],
                 tied[k], follows);
        print_wrapped(line, DECISION_WIDTH);
    }
}

void print_trials_used(const struct decision_run *run)
{
    char text[FIGURE_SIZE];

    if (decision_attribute(run, "first_trials_only") > 0.0)
        printf("from the first %s trials of the file\n",
               figure_whole(decision_attribute(run, "trials_used"), text));
}
