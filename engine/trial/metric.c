#include "metric.h"

#include "form.h"
#include "text.h"

#include <string.h>

enum { PLAIN = false, MONEY = true, UNDISCOUNTED = false, DISCOUNTED = true };

const char *const bearer_names[BEARERS] = {
    "partners",  "reserves", "organisation", "owners",
    "creditors", "trust",    "commissioner", "insurer",
};

const struct column metric_columns[METRICS] = {
#define ROW(place, ...) [METRIC_##place] = {__VA_ARGS__},
#include "metric_rows.def"
#undef ROW
};

const struct column series_columns[SERIES_COUNT] = {
#define ROW(place, ...) [SERIES_##place] = {__VA_ARGS__},
#include "series_rows.def"
#undef ROW
};

const struct column site_columns[SITE_METRICS] = {
#define ROW(place, ...) [SITE_##place] = {__VA_ARGS__},
#include "site_rows.def"
#undef ROW
};

size_t hr_metric_count(void)
{
    return METRICS;
}

struct hr_metric hr_metric_at(size_t i)
{
    const struct column *column = &metric_columns[i];
    const struct presentation *shown = &column->shown;

    return (struct hr_metric){
        .name = column->name,
        .unit = column->unit,
        .meaning = column->long_name,
        .money = column->money,
        .discounted = column->discounted,
        .better = shown->better,
        .group = shown->group,
        .label = shown->label,
        .scale = shown->scale,
        .suffix = shown->suffix,
        .decimals = shown->decimals,
        .count = shown->count,
    };
}

bool hr_metric_find(const char *name, struct hr_metric *metric)
{
    for (size_t i = 0; i < METRICS; i++) {
        if (strcmp(metric_columns[i].name, name) == 0) {
            *metric = hr_metric_at(i);
            return true;
        }
    }
    return false;
}

const char *hr_metric_nearest(const char *name)
{
    size_t nearest = 0;

    for (size_t m = 1; m < METRICS; m++) {
        if (text_distance(name, metric_columns[m].name) <
            text_distance(name, metric_columns[nearest].name))
            nearest = m;
    }
    return metric_columns[nearest].name;
}
