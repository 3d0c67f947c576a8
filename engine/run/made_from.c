#include "made_from.h"

#include "headroom/run.h"
#include "problems.h"

#include <string.h>

/* A result and what it holds of how it was made. */
struct held {
    const struct hr_result *result;
    const struct hr_scenario *scenario;
    const struct plan *plan;
};

static const char *form_of(const struct held *held, size_t f)
{
    return hr_scenario_form(held->scenario, f);
}

static const char *site_of(const struct held *held, size_t s)
{
    return held->plan->site[s].code;
}

static bool has_labels(const struct held *held, const char *axis, size_t count,
                       const char *(*label)(const struct held *, size_t))
{
    size_t found = 0;
    const char *const *labels = hr_result_labels(held->result, axis, &found);

    if (labels == NULL || found != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(labels[i], label(held, i)) != 0)
            return false;
    }
    return true;
}

static bool has_number(const struct held *held, const char *name)
{
    uint64_t found = 0;

    (void)hr_result_integer(held->result, name, &found);
    return (double)found == hr_scenario_number(held->scenario, name);
}

static bool has_reference(const struct held *held)
{
    const char *found = hr_result_text(held->result, "reference");

    return found != NULL &&
           strcmp(found, form_of(held, (size_t)held->plan->reference)) == 0;
}

/* What is compared place by place is of the same things in the same order. */
static enum hr_status check_held(const struct held *held, struct hr_error *error)
{
    const struct {
        bool right;
        const char *what;
    } found[] = {
        {has_number(held, "seed"), "its seed is not that of the scenario it holds"},
        {has_number(held, "trials"),
         "its trials are not those of the scenario it holds"},
        {has_reference(held),
         "its reference form is not that of the scenario it holds"},
        {has_labels(held, "form", held->plan->forms, form_of),
         "its forms are not those of the scenario it holds"},
        {has_labels(held, "site", held->plan->sites, site_of),
         "its practices are not those of the table it holds"},
    };

    for (size_t i = 0; i < sizeof(found) / sizeof(*found); i++) {
        if (!found[i].right)
            return hr_fail(error, HR_NOT_HELD, "%s", found[i].what);
    }
    return HR_OK;
}

enum hr_status made_from(const struct hr_result *result, struct hr_scenario **scenario,
                         struct plan *plan, struct hr_error *error)
{
    const char *resolved = hr_result_text(result, "/inputs/scenario_resolved");
    const char *practices = hr_result_text(result, "/inputs/practices_csv");
    struct hr_messages problems = {0};

    *plan = (struct plan){0};
    *scenario = NULL;
    if (resolved == NULL || practices == NULL)
        return hr_fail(error, HR_NOT_HELD, "the file holds no inputs to run again");
    if (hr_scenario_read_text(resolved, practices, NULL, 0, scenario, &problems) !=
            HR_OK ||
        scenario_compile(*scenario, plan, &problems) != HR_OK)
        return problems_fail(&problems, HR_NOT_HELD,
                             "its inputs cannot be run again: ", error);
    hr_messages_free(&problems);
    return check_held(&(struct held){result, *scenario, plan}, error);
}

enum hr_status hr_run_scenario(const struct hr_result *result,
                               struct hr_scenario **scenario, struct hr_error *error)
{
    struct plan plan;
    enum hr_status status;

    *scenario = NULL;
    if (!hr_result_same_numbers(result))
        return hr_fail(error, HR_NOT_HELD,
                       "a version made this result of which this one gives other "
                       "numbers (README, Results change): its trials cannot be run "
                       "again; run its scenario anew");
    status = made_from(result, scenario, &plan, error);
    plan_free(&plan);
    if (status != HR_OK) {
        hr_scenario_free(*scenario);
        *scenario = NULL;
    }
    return status;
}
