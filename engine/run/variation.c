#include "variation.h"

#include "draw.h"
#include "name_list.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The next name of a list with commas between; NULL after the last. */
static const char *next_name(const char **list, char name[LONGEST_KEY])
{
    const size_t length = *list != NULL ? strcspn(*list, ",") : 0;

    if (*list == NULL || **list == '\0')
        return NULL;
    snprintf(name, LONGEST_KEY, "%.*s", (int)length, *list);
    *list += length + ((*list)[length] == ',');
    return name;
}

static enum hr_status refuse_form(const struct hr_scenario *scenario, const char *name,
                                  struct hr_error *error)
{
    char text[400] = "";
    struct name_list names = {.text = text, .size = sizeof(text)};

    for (size_t f = 0; f < hr_scenario_form_count(scenario); f++)
        name_list_add(&names, hr_scenario_form(scenario, f));
    name_list_end(&names);
    return hr_fail(error, HR_BAD_INPUT,
                   "no form of the scenario is called %s; it has %s", name, text);
}

static bool keep_form(const struct hr_scenario *scenario, const char *name, bool *keep)
{
    for (size_t f = 0; f < hr_scenario_form_count(scenario); f++) {
        if (strcmp(hr_scenario_form(scenario, f), name) == 0)
            return keep[f] = true;
    }
    return false;
}

enum hr_status variation_forms(const struct hr_scenario *scenario, const char *only,
                               bool **keep, struct hr_error *error)
{
    const char *name;
    char buffer[LONGEST_KEY];

    *keep = NULL;
    if (only == NULL)
        return HR_OK;
    *keep = calloc(hr_scenario_form_count(scenario) + 1, sizeof(**keep));
    if (*keep == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the forms of a run");
    (void)keep_form(scenario, hr_scenario_text(scenario, "reference"), *keep);
    while ((name = next_name(&only, buffer)) != NULL) {
        if (!keep_form(scenario, name, *keep))
            return refuse_form(scenario, name, error);
    }
    return HR_OK;
}

/* What hangs together is drawn together: all that a chain of factors leads to. */
static void redraw_tied(struct plan_ties *ties, size_t place)
{
    ties->stream[place] = 1;
    for (size_t i = 0; i < ties->count; i++) {
        bool shared = false;

        for (size_t k = 0; k < ties->count; k++)
            shared =
                shared || (ties->factor[i][k] != 0.0 && ties->factor[place][k] != 0.0);
        if (shared && ties->stream[i] == 0)
            redraw_tied(ties, i);
    }
}

/* All values of one draw go together; how many there are. */
static size_t redraw(struct plan *plan, const char *pattern)
{
    size_t count = 0;

    for (size_t v = 0; v < plan->values; v++) {
        const uint32_t entity = plan->value[v].entity;

        if (fnmatch(pattern, plan->value[v].key, 0) != 0)
            continue;
        count++;
        for (size_t w = 0; w < plan->values; w++) {
            if (plan->value[w].entity == entity)
                plan->value[w].stream = 1;
        }
        if (plan->value[v].tied > 0)
            redraw_tied(&plan->ties, plan->value[v].tied - 1);
    }
    return count;
}

enum hr_status variation_streams(const struct hr_run_options *options,
                                 struct plan *plan, struct hr_error *error)
{
    const char *list = options->redrawn, *pattern;
    char buffer[LONGEST_KEY];

    if (options->chance >= DRAW_STREAMS)
        return hr_fail(error, HR_BAD_INPUT, "streams of draws are 0 to %d, not %u",
                       DRAW_STREAMS - 1, options->chance);
    plan->stream = options->chance;
    while ((pattern = next_name(&list, buffer)) != NULL) {
        if (redraw(plan, pattern) == 0)
            return hr_fail(error, HR_BAD_INPUT,
                           "no number of the scenario is called %s; headroom keys "
                           "lists them",
                           pattern);
    }
    return HR_OK;
}

enum hr_status variation_may_save(const struct hr_run_options *options,
                                  struct hr_error *error)
{
    if (options->only == NULL && options->chance == 0 && options->redrawn == NULL)
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT,
                   "a run of some forms, or with some draws made anew, is not saved: "
                   "its file could not be run again");
}
