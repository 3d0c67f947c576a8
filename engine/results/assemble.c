#include "assemble.h"

#include "assemble_parts.h"
#include "columns.h"
#include "correlated.h"
#include "decided.h"
#include "headroom/result.h"
#include "summary.h"

#include <string.h>

static void add_axes(struct result_set *set, const struct outcome *outcome)
{
    columns_add_axis(set, "/point", 1, NULL);
    columns_add_axis(set, "/form", outcome->forms, outcome->form);
    columns_add_axis(set, "/trial", outcome->trials, NULL);
    columns_add_axis(set, "/quarter", outcome->quarters, NULL);
    columns_add_axis(set, "/site", outcome->sites, outcome->site);
    columns_add_axis(set, "/bearer", outcome->bearers, outcome->bearer);
    columns_add_axis(set, "/statistic", STATISTICS, statistic_names);
}

static void add_attributes(struct result_set *set, const struct outcome *outcome)
{
    const struct outcome_origin *origin = &outcome->origin;

    columns_add_attribute(set, "/title", outcome->title);
    columns_add_integer(set, "/seed", outcome->seed);
    columns_add_integer(set, "/trials", outcome->trials);
    columns_add_integer(set, "/numbers", HR_RESULT_NUMBERS);
    columns_add_attribute(set, "/reference", outcome->form[outcome->reference]);
    columns_add_attribute(set, "/price_base", outcome->price_base);
    columns_add_integer(set, "/start_year", outcome->start_year);
    columns_add_attribute(set, "/engine_version", origin->engine_version);
    columns_add_attribute(set, "/commit", origin->commit);
    columns_add_attribute(set, "/build", origin->build);
    columns_add_attribute(set, "/instruction_set", origin->instruction_set);
    columns_add_attribute(set, "/host", origin->host);
    columns_add_attribute(set, "/started", origin->started);
    columns_add_attribute(set, "/finished", origin->finished);
    columns_add_number(set, "/seconds", origin->seconds);
    columns_add_integer(set, "/threads", origin->threads);
}

static void add_stop(struct result_set *set, const struct outcome_stop *stop)
{
    if (stop->reason == NULL)
        return;
    columns_add_attribute(set, "/stop_reason", stop->reason);
    columns_add_attribute(set, "/stop_rule", stop->rule);
    columns_add_integer(set, "/stop_looks", stop->looks);
    columns_add_number(set, "/stop_lead", stop->lead);
    columns_add_number(set, "/stop_lead_wanted", stop->wanted);
}

bool assemble_row_of(struct assembly *a, const struct row_source *table,
                     const struct row_stretch *stretch, double *value)
{
    if (a->status == HR_OK)
        a->status = table->read(table->context, stretch, value, a->error);
    return a->status == HR_OK;
}

bool assemble_row(struct assembly *a, size_t row, double *value)
{
    const struct row_stretch all = {.row = row, .count = a->outcome->trials};

    return assemble_row_of(a, &a->outcome->table, &all, value);
}

static bool is_dropped(const struct outcome_trials *metrics, const char *path)
{
    for (size_t m = 0; m < metrics->count; m++) {
        if ((metrics->dropped >> m & 1) != 0 && strncmp(path, "/trials/", 8) == 0 &&
            strcmp(path + 8, metrics->column[m].name) == 0)
            return true;
    }
    return false;
}

/* Trials that are not to be stored, now that all else is reckoned from them. */
static void leave_out(struct result_set *set, const struct outcome_trials *metrics)
{
    size_t kept = 0;

    for (size_t i = 0; i < set->data_count; i++) {
        if (!is_dropped(metrics, set->data[i].path))
            set->data[kept++] = set->data[i];
    }
    set->data_count = kept;
}

enum hr_status assemble_set(struct result_set *set, const struct outcome *outcome,
                            struct hr_error *error)
{
    struct assembly assembly = {.set = set, .outcome = outcome, .error = error};

    set->price_base = outcome->price_base;
    set->home = outcome->home;
    add_axes(set, outcome);
    add_attributes(set, outcome);
    add_stop(set, &outcome->stop);
    assemble_inputs(&assembly);
    assemble_parameters(&assembly);
    assemble_trials(&assembly);
    assemble_worst(&assembly);
    assemble_paths(&assembly);
    assemble_flows(&assembly);
    assemble_sites(&assembly);
    assemble_site_quarters(&assembly);
    assemble_quality(&assembly);
    assemble_sums(&assembly);
    if (assembly.status == HR_OK)
        assembly.status = decided_add(set, set, outcome->objective, error);
    if (assembly.status == HR_OK)
        assembly.status = correlated_add(set, set, &outcome->ties, error);
    leave_out(set, &outcome->metrics);
    if (assembly.status == HR_OK)
        assembly.status = result_set_status(set, error);
    if (assembly.status != HR_OK)
        result_set_free(set);
    return assembly.status;
}
