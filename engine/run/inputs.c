#include "inputs.h"

#include "practice_columns.h"
#include "text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool fill_labels(const struct hr_scenario *scenario, const struct plan *plan,
                        struct outcome *outcome, struct inputs_memory *memory)
{
    const char **form = inputs_take(memory, plan->forms, sizeof(*form));
    const char **site = inputs_take(memory, plan->sites, sizeof(*site));

    if (form == NULL || site == NULL)
        return false;
    for (size_t f = 0; f < plan->forms; f++)
        form[f] = hr_scenario_form(scenario, (size_t)plan->form[f].row);
    for (size_t s = 0; s < plan->sites; s++)
        site[s] = plan->site[s].code;
    outcome->form = form;
    outcome->site = site;
    outcome->bearer = bearer_names;
    return true;
}

static bool fill_claims_method(const struct plan *plan, struct outcome *outcome,
                               struct inputs_memory *memory)
{
    const char **method;

    if (!plan->delegated.on || plan->delegated.severity == DELEGATED_NORMAL)
        return true;
    method = inputs_take(memory, plan->sites, sizeof(*method));
    if (method == NULL)
        return false;
    for (size_t s = 0; s < plan->sites; s++)
        method[s] = claim_method_name(plan->sampler[s].method);
    outcome->claims_method = method;
    return true;
}

/* Columns of the table of assumptions while it is filled. */
struct columns {
    const char **text[8];
    double *number[6];
};

static bool take_columns(struct columns *columns, size_t count,
                         struct inputs_memory *memory)
{
    bool complete = true;

    for (int c = 0; c < 8; c++) {
        columns->text[c] = inputs_take(memory, count, sizeof(char *));
        complete = complete && columns->text[c] != NULL;
    }
    for (int c = 0; c < 6; c++) {
        columns->number[c] = inputs_take(memory, count, sizeof(double));
        complete = complete && columns->number[c] != NULL;
    }
    return complete;
}

static void fill_row(const struct hr_assumption *a, size_t i, struct columns *columns)
{
    const char *const text[8] = {a->key,      a->value,  a->unit,  a->meaning,
                                 a->evidence, a->source, a->owner, a->date};
    const double number[6] = {a->low,     a->high,    a->uplift,
                              a->central, a->neutral, a->defaulted ? 1.0 : 0.0};

    for (int c = 0; c < 8; c++)
        columns->text[c][i] = text[c] == NULL ? "" : text[c];
    for (int c = 0; c < 6; c++)
        columns->number[c][i] = number[c];
}

static bool fill_assumptions(const struct hr_scenario *scenario,
                             struct outcome *outcome, struct inputs_memory *memory)
{
    size_t count = 0;
    const struct hr_assumption *a = hr_scenario_assumptions(scenario, &count);
    struct columns columns;

    if (!take_columns(&columns, count, memory))
        return false;
    for (size_t i = 0; i < count; i++)
        fill_row(&a[i], i, &columns);
    outcome->assumptions = (struct outcome_assumptions){
        .count = count,
        .key = columns.text[0],
        .value = columns.text[1],
        .unit = columns.text[2],
        .meaning = columns.text[3],
        .evidence = columns.text[4],
        .source = columns.text[5],
        .owner = columns.text[6],
        .date = columns.text[7],
        .low = columns.number[0],
        .high = columns.number[1],
        .uplift = columns.number[2],
        .central = columns.number[3],
        .neutral = columns.number[4],
        .defaulted = columns.number[5],
    };
    return true;
}

static bool fill_calibration(const struct plan *plan, struct outcome *outcome,
                             struct inputs_memory *memory)
{
    double *cost_rate = inputs_take(memory, plan->sites, sizeof(*cost_rate));

    if (cost_rate == NULL)
        return false;
    for (size_t s = 0; s < plan->sites; s++)
        cost_rate[s] = plan->site[s].cost_rate;
    outcome->calibration = (struct outcome_calibration){
        .flat_rate = plan->flat_rate,
        .factor = plan->calibration_factor,
        .cost_rate = cost_rate,
    };
    return true;
}

/* The price path in use, one row a year; NULL where prices are a process. */
static char *history_csv(const struct plan *plan, struct inputs_memory *memory)
{
    const size_t years = (size_t)plan->quarters / 4;
    const size_t size = 64 + years * 192;
    char *text = inputs_take(memory, size, 1);
    size_t used;

    if (text == NULL || plan->history == NULL)
        return NULL;
    used = (size_t)snprintf(text, size, "year,contract,pay,prices,locum");
    for (int k = 0; k < PASTS; k++) {
        if (plan->past[k] != NULL)
            used +=
                (size_t)snprintf(text + used, size - used, ",%s", past_columns[k].name);
    }
    used += (size_t)snprintf(text + used, size - used, "\n");
    for (size_t y = 0; y < years; y++) {
        char number[32];

        used += (size_t)snprintf(text + used, size - used, "%zu", y);
        for (int k = 0; k < INDICES; k++)
            used += (size_t)snprintf(
                text + used, size - used, ",%s",
                text_from_number(plan->history[y * INDICES + (size_t)k], number));
        for (int k = 0; k < PASTS; k++) {
            if (plan->past[k] != NULL)
                used += (size_t)snprintf(text + used, size - used, ",%s",
                                         text_from_number(plan->past[k][y], number));
        }
        used += (size_t)snprintf(text + used, size - used, "\n");
    }
    return text;
}

/* A word told of a form; "" where there is none. */
static const char *told(const struct hr_scenario *scenario, size_t form,
                        const char *what)
{
    char key[160];
    const char *text;

    snprintf(key, sizeof(key), "forms.%s.%s", hr_scenario_form(scenario, form), what);
    text = hr_scenario_text(scenario, key);
    return text == NULL ? "" : text;
}

/* Its label or, without one, its name spelt out. */
static const char *label_of(const struct hr_scenario *scenario, size_t form,
                            struct inputs_memory *memory)
{
    enum { LABEL = 64 };
    const char *label = told(scenario, form, "label");
    char *spoken = *label == '\0' ? inputs_take(memory, LABEL, 1) : NULL;

    return spoken == NULL
               ? label
               : text_spoken(hr_scenario_form(scenario, form), spoken, LABEL);
}

static bool fill_words(const struct inputs_source *source, struct outcome *outcome,
                       struct inputs_memory *memory)
{
    const struct hr_scenario *scenario = source->scenario;
    const size_t forms = source->plan->forms;
    const char **label = inputs_take(memory, forms, sizeof(*label));
    const char **about = inputs_take(memory, forms, sizeof(*about));
    const char **like = inputs_take(memory, forms, sizeof(*like));

    if (label == NULL || about == NULL || like == NULL)
        return false;
    for (size_t f = 0; f < forms; f++) {
        label[f] = label_of(scenario, f, memory);
        about[f] = told(scenario, f, "about");
        like[f] = told(scenario, f, "kin");
    }
    outcome->words = (struct outcome_words){
        .question = hr_scenario_text(scenario, "question"),
        .commissioner = hr_scenario_text(scenario, "qa.commissioner"),
        .analyst = hr_scenario_text(scenario, "qa.analyst"),
        .assurer = hr_scenario_text(scenario, "qa.assurer"),
        .approver = hr_scenario_text(scenario, "qa.approver"),
        .label = label,
        .about = about,
        .like = like,
    };
    return true;
}

static bool fill_texts(const struct inputs_source *source, struct outcome *outcome,
                       struct inputs_memory *memory)
{
    char *resolved = hr_scenario_resolved_for(source->scenario, source->trials);
    char *practices = hr_scenario_practices_csv(source->scenario);

    inputs_keep(memory, resolved);
    inputs_keep(memory, practices);
    outcome->texts.scenario_resolved = resolved;
    outcome->texts.practices_csv = practices;
    outcome->texts.prices_history = history_csv(source->plan, memory);
    return resolved != NULL && practices != NULL;
}

enum hr_status inputs_fill(const struct inputs_source *source, struct outcome *outcome,
                           struct inputs_memory *memory, struct hr_error *error)
{
    const struct hr_scenario *scenario = source->scenario;
    const struct plan *plan = source->plan;

    outcome->title = hr_scenario_text(scenario, "title");
    outcome->seed = plan->seed;
    outcome->start_year = (uint64_t)hr_scenario_number(scenario, "patch.base_year");
    outcome->forms = plan->forms;
    outcome->sites = plan->sites;
    outcome->quarters = (size_t)plan->quarters;
    outcome->bearers = BEARERS;
    outcome->reference = (size_t)plan->reference;
    if (!fill_labels(scenario, plan, outcome, memory) ||
        !practice_columns_fill(scenario, outcome, memory) ||
        !fill_assumptions(scenario, outcome, memory) ||
        !fill_calibration(plan, outcome, memory) ||
        !fill_claims_method(plan, outcome, memory) ||
        !fill_words(source, outcome, memory) || !fill_texts(source, outcome, memory))
        return hr_fail(error, HR_FAILED, "no memory for the inputs of the result");
    return HR_OK;
}
