#include "assemble.h"

#include "assemble_parts.h"
#include "headroom/result.h"
#include "summary.h"

/* Places 0 to size - 1, of an axis without names. */
static int numbered(struct result_set *set, const char *path, const char *long_name,
                    size_t size)
{
    double *number = result_set_numbers(set, size);

    for (size_t i = 0; number != NULL && i < size; i++)
        number[i] = (double)i;
    return result_set_add_axis(
        set, (struct result_axis){
                 .path = path, .long_name = long_name, .size = size, .number = number});
}

static int named(struct result_set *set, const char *path, const char *long_name,
                 size_t size, const char *const *word)
{
    return result_set_add_axis(
        set, (struct result_axis){
                 .path = path, .long_name = long_name, .size = size, .word = word});
}

static void add_axes(struct assembly *a)
{
    const struct outcome *outcome = a->outcome;
    struct result_set *set = a->set;

    a->point = numbered(set, "/point", "point of a sweep; one without a sweep", 1);
    a->form =
        named(set, "/form", "form of organisation", outcome->forms, outcome->form);
    a->trial = numbered(set, "/trial", "trial, the first being 0", outcome->trials);
    a->quarter =
        numbered(set, "/quarter", "quarter, the first being 0", outcome->quarters);
    a->site = named(set, "/site", "practice code", outcome->sites, outcome->site);
    a->bearer =
        named(set, "/bearer", "who gains or loses", outcome->bearers, outcome->bearer);
    a->statistic =
        named(set, "/statistic", "statistic over trials", STATISTICS, statistic_names);
}

static void add_text(struct result_set *set, const char *path, const char *text)
{
    result_set_add_attribute(
        set, (struct result_attribute){.path = path, .kind = KIND_TEXT, .text = text});
}

static void add_integer(struct result_set *set, const char *path, uint64_t integer)
{
    result_set_add_attribute(set, (struct result_attribute){.path = path,
                                                            .kind = KIND_INTEGER,
                                                            .integer = integer});
}

static void add_attributes(struct result_set *set, const struct outcome *outcome)
{
    const struct outcome_origin *origin = &outcome->origin;

    add_text(set, "/title", outcome->title);
    add_integer(set, "/seed", outcome->seed);
    add_integer(set, "/trials", outcome->trials);
    add_integer(set, "/numbers", HR_RESULT_NUMBERS);
    add_text(set, "/reference", outcome->form[outcome->reference]);
    add_text(set, "/price_base", outcome->price_base);
    add_text(set, "/engine_version", origin->engine_version);
    add_text(set, "/commit", origin->commit);
    add_text(set, "/build", origin->build);
    add_text(set, "/instruction_set", origin->instruction_set);
    add_text(set, "/host", origin->host);
    add_text(set, "/started", origin->started);
    add_text(set, "/finished", origin->finished);
    result_set_add_attribute(set, (struct result_attribute){.path = "/seconds",
                                                            .kind = KIND_NUMBER,
                                                            .number = origin->seconds});
    add_integer(set, "/threads", origin->threads);
}

enum hr_status assemble_set(struct result_set *set, const struct outcome *outcome,
                            struct hr_error *error)
{
    struct assembly assembly = {.set = set, .outcome = outcome};

    set->price_base = outcome->price_base;
    add_axes(&assembly);
    add_attributes(set, outcome);
    assemble_inputs(&assembly);
    assemble_parameters(&assembly);
    assemble_trials(&assembly);
    assemble_paths(&assembly);
    assemble_sites(&assembly);
    assemble_site_quarters(&assembly);
    assemble_quality(&assembly);
    if (result_set_status(set, error) != HR_OK) {
        result_set_free(set);
        return error->status;
    }
    return HR_OK;
}
