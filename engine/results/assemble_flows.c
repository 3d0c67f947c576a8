#include "assemble_parts.h"

#include "columns.h"

#include <stdlib.h>

/* A number of the moments of each form and flow. */
struct flow_number {
    const char *total, *by_year; /**< data sets */
    const struct moments *moments;
    double (*of)(const struct moments *);
};

static void add_number(struct assembly *a, const struct flow_number *number)
{
    const size_t flows = a->outcome->flows.count, years = a->outcome->flows.years;
    double *total = result_set_numbers(a->set, a->outcome->forms * flows);
    double *by_year = result_set_numbers(a->set, a->outcome->forms * flows * years);

    if (total == NULL || by_year == NULL)
        return;
    for (size_t k = 0; k < a->outcome->forms * flows; k++) {
        const size_t form = k / flows, flow = k % flows;
        const struct moments *own = &number->moments[form * (years + 1) * flows + flow];

        for (size_t y = 0; y < years; y++)
            by_year[k * years + y] = number->of(&own[y * flows]);
        total[k] = number->of(&own[years * flows]);
    }
    columns_add(a->set, number->total, total);
    columns_add(a->set, number->by_year, by_year);
}

/* A column of words about the flows. */
static const char **words(struct assembly *a)
{
    return result_set_memory(a->set, a->outcome->flows.count * sizeof(const char *));
}

static void add_rows(struct assembly *a)
{
    const struct outcome_flows *flows = &a->outcome->flows;
    const char **name = words(a), **from = words(a), **to = words(a);

    if (name == NULL || from == NULL || to == NULL)
        return;
    for (size_t k = 0; k < flows->count; k++) {
        name[k] = flows->row[k].name;
        from[k] = flows->row[k].from;
        to[k] = flows->row[k].to;
    }
    columns_add_axis(a->set, "/flow", flows->count, name);
    columns_add_axis(a->set, "/year", flows->years, NULL);
    columns_add_words(a->set, "/flows/from", from);
    columns_add_words(a->set, "/flows/to", to);
}

void assemble_flows(struct assembly *a)
{
    const struct outcome_flows *flows = &a->outcome->flows;
    const struct flow_number numbers[] = {
        {"/flows/mean", "/flows_by_year/mean", flows->moments, moments_mean},
        {"/flows/se", "/flows_by_year/se", flows->moments, moments_se},
        {"/flows/difference", "/flows_by_year/difference", flows->difference,
         moments_mean},
        {"/flows/difference_se", "/flows_by_year/difference_se", flows->difference,
         moments_se},
    };

    if (flows->count == 0)
        return;
    add_rows(a);
    for (size_t n = 0; n < sizeof(numbers) / sizeof(*numbers); n++)
        add_number(a, &numbers[n]);
}
