#include "sweep_layout.h"

#include "base.h"
#include "contents.h"
#include "design.h"
#include "metric.h"
#include "stream.h"
#include "text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A sweep that is being laid out. */
struct layout {
    struct hr_scenario *scenario;
    struct sweep *sweep;
    struct hr_messages *problems;
};

HR_PRINTF(3, 4)
static void refuse(const struct layout *layout, const struct place *at,
                   const char *format, ...)
{
    char text[400];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    messages_add(layout->problems, at, "sweep", "%s", text);
}

/* Keys that are of the run, not of the world that is varied. */
static bool is_fixed(const char *key)
{
    static const char *const fixed[] = {"trials",
                                        "seed",
                                        "reference",
                                        "title",
                                        "decision.objective",
                                        "dependence",
                                        "patch.practices",
                                        "patch.horizon_years",
                                        "forms",
                                        "sweep"};

    for (size_t i = 0; i < sizeof(fixed) / sizeof(*fixed); i++) {
        if (strcmp(key, fixed[i]) == 0)
            return true;
    }
    return strncmp(key, "stop.", 5) == 0 || strncmp(key, "store.", 6) == 0;
}

static const struct setting *first_of(const struct hr_scenario *scenario,
                                      const char *key)
{
    for (size_t i = 0; i < scenario->settings.count; i++) {
        if (schema_matches(key, scenario->settings.item[i]->key))
            return scenario->settings.item[i];
    }
    return NULL;
}

static void check_key(const struct layout *layout, const struct sweep_axis *axis)
{
    char nearest[LONGEST_PATH];

    if (axis->key == NULL)
        return;
    if (is_fixed(axis->key))
        refuse(layout, &axis->at, "%s cannot be an axis: it is the same at all points",
               axis->key);
    else if (first_of(layout->scenario, axis->key) != NULL)
        return;
    else if (schema_find(axis->key) != NULL && strchr(axis->key, '*') == NULL)
        refuse(
            layout, &axis->at,
            "%s is nothing this scenario has; headroom check --all lists what it has",
            axis->key);
    else if (schema_nearest(axis->key, nearest))
        refuse(layout, &axis->at, "%s: no such key; did you mean %s?", axis->key,
               nearest);
    else
        refuse(layout, &axis->at, "%s: no such key; `headroom keys` lists them all",
               axis->key);
}

/* Two keys that end alike go by their full names. */
static void check_pair(const struct layout *layout, struct sweep_axis *axis,
                       struct sweep_axis *other)
{
    const bool keys = axis->key != NULL && other->key != NULL;

    if (keys && strcmp(axis->key, other->key) == 0) {
        refuse(layout, &axis->at, "%s is an axis already", axis->key);
    } else if (keys && (strcmp(axis->name, other->name) == 0 ||
                        strcmp(axis->name, sweep_leaf(other->key)) == 0)) {
        axis->name = axis->key;
        other->name = other->key;
    } else if (strcmp(axis->name, other->name) == 0) {
        refuse(layout, &axis->at, "%s is another axis's name", axis->name);
    }
}

static void check_name(const struct layout *layout, struct sweep_axis *axis, size_t i)
{
    static const char *const taken[] = {
        "id",   "status", "reason",  "calibration", "changes", "keys",     "point",
        "form", "trial",  "quarter", "site",        "bearer",  "statistic"};

    for (size_t k = 0; k < i; k++)
        check_pair(layout, axis, &layout->sweep->axis[k]);
    for (size_t k = 0; k < sizeof(taken) / sizeof(*taken); k++) {
        if (strcmp(axis->name, taken[k]) == 0)
            refuse(layout, &axis->at,
                   "an axis cannot have the name %s: give it another", axis->name);
    }
    if (strchr(axis->name, '/') != NULL || strchr(axis->name, ' ') != NULL)
        refuse(layout, &axis->at, "\"%s\" is no name: letters, digits, _, - and .",
               axis->name);
}

static const char *number_text(const struct layout *layout, double number)
{
    char text[TEXT_NUMBER_SIZE];

    return store_text(&layout->scenario->store, text_from_number(number, text));
}

/* Quantiles of a key's own distribution as numbers. */
static void set_quantiles(const struct layout *layout, struct sweep_axis *axis,
                          const double *u, size_t step)
{
    const struct setting *setting =
        axis->key == NULL ? NULL : first_of(layout->scenario, axis->key);

    if (setting == NULL)
        return;
    if (!setting_is_number(setting) || setting->number.kind == FIXED) {
        refuse(layout, &axis->at, "%s has no distribution to take quantiles of",
               axis->key);
        return;
    }
    for (size_t i = 0; i < axis->values; i++)
        axis->value[i].text = axis->value[i].label =
            number_text(layout, distribution_quantile(&setting->number, u[i * step]));
}

/* The values of an axis at N points of a design that is drawn, from its column. */
static void set_drawn(const struct layout *layout, struct sweep_axis *axis,
                      const double *u)
{
    const struct sweep *sweep = layout->sweep;

    axis->values = sweep->size;
    axis->value =
        store_take(&layout->scenario->store, (sweep->size + 1) * sizeof(*axis->value));
    for (size_t i = 0; axis->value != NULL && i < sweep->size; i++) {
        axis->value[i].at = axis->at;
        if (!axis->own)
            axis->value[i].text = axis->value[i].label =
                number_text(layout, sweep_on_scale(axis, u[i * sweep->axes]));
    }
    if (axis->value != NULL && axis->own)
        set_quantiles(layout, axis, u, sweep->axes);
}

static void draw(const struct layout *layout)
{
    const struct sweep *sweep = layout->sweep;
    const uint64_t seed = (uint64_t)contents_central(layout->scenario, "seed");
    double *u = calloc(sweep->size * sweep->axes + 1, sizeof(*u));
    struct hr_error error;
    enum hr_status status = HR_FAILED;

    if (u != NULL)
        status = sweep->design == SWEEP_LHS
                     ? design_latin(seed, sweep->size, sweep->axes, u, &error)
                     : design_sobol(seed, sweep->size, sweep->axes, u, &error);
    for (size_t a = 0; status == HR_OK && a < sweep->axes; a++)
        set_drawn(layout, &sweep->axis[a], u + a);
    layout->problems->incomplete |= status == HR_FAILED;
    if (status == HR_BAD_INPUT)
        refuse(layout, &sweep->at, "%s", error.message);
    free(u);
}

static bool is_drawn(const struct sweep *sweep)
{
    return sweep->design == SWEEP_LHS || sweep->design == SWEEP_SOBOL;
}

/* Check a design that is drawn, and draw it. */
static void settle_drawn(const struct layout *layout)
{
    const struct sweep *sweep = layout->sweep;

    if (sweep->size == 0)
        refuse(layout, &sweep->at, "say the size of the design: how many points");
    for (size_t a = 0; a < sweep->axes; a++) {
        const struct sweep_axis *axis = &sweep->axis[a];

        if (!axis->own && isnan(axis->from))
            refuse(layout, &axis->at,
                   "%s: a drawn design wants from and to, or distribution: own",
                   axis->name);
    }
    if (sweep->design == SWEEP_SOBOL && (sweep->size & (sweep->size - 1)) != 0)
        messages_add(&layout->scenario->warnings, &sweep->at, "sweep",
                     "%zu points of a sobol design are not balanced: a power of 2 is",
                     sweep->size);
    if (layout->problems->count == 0)
        draw(layout);
}

static void check_listed(const struct layout *layout, struct sweep_axis *axis)
{
    const struct sweep *sweep = layout->sweep;

    if (axis->own)
        refuse(layout, &axis->at,
               "%s: distribution: own is for lhs and sobol; say "
               "quantiles",
               axis->name);
    else if (axis->values == 0)
        refuse(layout, &axis->at, "%s has no values%s", axis->name,
               isnan(axis->from) ? "" : ": say how many steps");
    else if (axis->quantile != NULL)
        set_quantiles(layout, axis, axis->quantile, 1);
    if (sweep->design != SWEEP_GRID && axis->values != sweep->axis[0].values)
        refuse(layout, &axis->at,
               "%s has %zu values and %s has %zu: in step they are "
               "as many",
               axis->name, axis->values, sweep->axis[0].name, sweep->axis[0].values);
}

static void settle_axes(const struct layout *layout)
{
    struct sweep *sweep = layout->sweep;

    for (size_t a = 0; a < sweep->axes; a++) {
        check_key(layout, &sweep->axis[a]);
        check_name(layout, &sweep->axis[a], a);
    }
    if (is_drawn(sweep)) {
        settle_drawn(layout);
        return;
    }
    for (size_t a = 0; a < sweep->axes; a++)
        check_listed(layout, &sweep->axis[a]);
}

/* How many points there are; 0 where that is not known, or refused. */
static size_t count_points(const struct layout *layout)
{
    const struct sweep *sweep = layout->sweep;
    double points = 1.0;

    for (size_t a = 0; a < sweep->axes; a++) {
        const double values = (double)sweep->axis[a].values;

        points = sweep->design == SWEEP_GRID ? points * values : values;
    }
    if (points <= MOST_SWEEP_POINTS)
        return (size_t)points;
    refuse(layout, &sweep->at, "%.0f points are more than the %d of a sweep", points,
           (int)MOST_SWEEP_POINTS);
    return 0;
}

/* Of a grid the last axis changes fastest. */
static void lay_out(const struct layout *layout)
{
    struct sweep *sweep = layout->sweep;

    sweep->points = count_points(layout);
    sweep->point =
        store_take(&layout->scenario->store,
                   (sweep->points * sweep->axes + 1) * sizeof(*sweep->point));
    for (size_t p = 0; sweep->point != NULL && p < sweep->points; p++) {
        size_t rest = p;

        for (size_t a = sweep->axes; a-- > 0;) {
            const struct sweep_axis *axis = &sweep->axis[a];
            const size_t v = sweep->design == SWEEP_GRID ? rest % axis->values : p;

            rest /= axis->values;
            sweep->point[p * sweep->axes + a] = &axis->value[v];
        }
    }
}

/* Without the place on a command line that nobody wrote. */
static const char *sentence_of(const char *message)
{
    const char *colon =
        strncmp(message, "command line", 12) == 0 ? strstr(message, ": ") : NULL;

    return colon == NULL ? message : colon + 2;
}

static void check_change(const struct layout *layout, const struct hr_base *base,
                         const struct place *at, const char *change)
{
    struct hr_messages found = {0};

    if (base_check(base, change, &found) != HR_OK) {
        layout->problems->incomplete |= found.incomplete;
        for (size_t i = 0; i < found.count && !found.incomplete; i++)
            refuse(layout, at, "%s", sentence_of(found.item[i].text));
    }
    hr_messages_free(&found);
}

static void check_value(const struct layout *layout, const struct hr_base *base,
                        const struct sweep_axis *axis, const struct sweep_value *value)
{
    char *text = NULL, *rest, *line;
    size_t size = 0;
    FILE *out = stream_to_memory(&text, &size);

    if (out == NULL) {
        layout->problems->incomplete = true;
        return;
    }
    sweep_print_change(out, layout->scenario, axis, value);
    if (stream_close(out)) {
        rest = text;
        while ((line = strsep(&rest, "\n")) != NULL) {
            if (*line != '\0' && strncmp(line, "include=", 8) != 0)
                check_change(layout, base, &value->at, line);
        }
    } else {
        layout->problems->incomplete = true;
    }
    free(text);
}

static void check_values(const struct layout *layout)
{
    const struct sweep *sweep = layout->sweep;
    struct hr_base *base = NULL;

    if (hr_base_open(layout->scenario, &base, layout->problems) != HR_OK)
        return;
    for (size_t a = 0; a < sweep->axes; a++) {
        for (size_t v = 0; v < sweep->axis[a].values; v++)
            check_value(layout, base, &sweep->axis[a], &sweep->axis[a].value[v]);
    }
    hr_base_close(base);
}

static bool is_metric(const char *name)
{
    for (size_t m = 0; m < METRICS; m++) {
        if (strcmp(metric_columns[m].name, name) == 0)
            return true;
    }
    return strcmp(name, "objectives") == 0 || strcmp(name, "all") == 0;
}

static void check_stores(const struct layout *layout)
{
    for (size_t i = 0; i < layout->sweep->stores; i++) {
        if (!is_metric(layout->sweep->store[i]))
            refuse(layout, &layout->sweep->at,
                   "there is no metric %s to store; the nearest is %s; headroom "
                   "metrics lists them",
                   layout->sweep->store[i], hr_metric_nearest(layout->sweep->store[i]));
    }
}

void sweep_settle(struct hr_scenario *scenario, struct hr_messages *problems)
{
    const struct layout layout = {scenario, &scenario->sweep, problems};

    if (layout.sweep->axes == 0 || scenario->recipe.base != NULL ||
        scenario->recipe.alone)
        return;
    check_stores(&layout);
    settle_axes(&layout);
    if (problems->count == 0)
        lay_out(&layout);
    if (problems->count == 0)
        check_values(&layout);
}
