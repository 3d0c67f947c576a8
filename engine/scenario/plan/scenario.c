#include "headroom/scenario.h"

#include "assumptions.h"
#include "base.h"
#include "carried.h"
#include "complete.h"
#include "files.h"
#include "miscalibrated.h"
#include "neutral.h"
#include "plan.h"
#include "reading.h"
#include "scenario_plan.h"
#include "stop_read.h"
#include "sweep_layout.h"
#include "ties_check.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Those said together are one text, in which no key is given twice. */
static void read_overrides(struct hr_scenario *scenario, struct hr_messages *problems)
{
    const struct recipe *recipe = &scenario->recipe;
    int file = ++scenario->files;

    scenario->command_line = file;
    for (size_t i = 0; i < recipe->overrides; i++) {
        if (i >= recipe->said)
            file = ++scenario->files;
        complete_rows(scenario, problems);
        reading_override(scenario, i, file, problems);
    }
}

void scenario_check(struct hr_scenario *scenario, struct hr_messages *problems)
{
    rules_check(scenario, problems);
    if (problems->count == 0)
        ties_warn(scenario);
    miscalibrated_check_reason(scenario, problems);
}

static void read_settings(struct hr_scenario *scenario, struct hr_messages *problems)
{
    const struct recipe *recipe = &scenario->recipe;

    scenario->start = (struct place){.file = recipe->path, .number = 1};
    if (recipe->path != NULL) {
        reading_file(scenario, recipe->path, NULL, problems);
    } else {
        scenario->start.file = "scenario";
        reading_text(scenario, recipe->text, scenario->start.file, problems);
    }
    read_overrides(scenario, problems);
    if (scenario->partly_read || scenario->store.failed)
        return; /* what seems to be missing may stand in what could not be read */
    complete(scenario, problems);
    if (!scenario->store.failed) {
        scenario_check(scenario, problems);
        stop_settle(scenario, problems);
    }
}

/* What only a compiled scenario shows: calibration, and leaving that feeds on itself.
 */
static void check_plan(const struct hr_scenario *scenario, struct hr_messages *problems)
{
    struct plan plan;

    if (scenario_compile(scenario, &plan, problems) == HR_OK)
        plan_free(&plan);
}

/* The scenario without its changes but those of the patch; NULL where that does not
 * stand by itself. */
static struct hr_scenario *read_base(const struct hr_scenario *scenario)
{
    struct recipe recipe = scenario->recipe;
    struct hr_scenario *base = NULL;
    struct hr_messages unheard = {0};
    const char **kept = calloc(recipe.overrides + 1, sizeof(*kept));

    recipe.neutral = HR_NEUTRAL_NOTHING;
    recipe.alone = true;
    recipe.override = kept;
    recipe.overrides = 0;
    for (size_t i = 0; kept != NULL && i < scenario->recipe.overrides; i++) {
        if (carried_is_of_patch(scenario->recipe.override[i]))
            kept[recipe.overrides++] = scenario->recipe.override[i];
    }
    if (kept == NULL || scenario_read_recipe(&recipe, &base, &unheard) != HR_OK)
        base = NULL;
    hr_messages_free(&unheard);
    free(kept);
    return base;
}

static void carry_from_base(struct hr_scenario *scenario, struct hr_messages *problems)
{
    struct hr_scenario *base = read_base(scenario);
    struct plan plan = {0};

    if (base == NULL)
        carried_say_none(scenario);
    else if (scenario_compile(base, &plan, problems) == HR_OK)
        carried_take(scenario, &plan, problems);
    plan_free(&plan);
    hr_scenario_free(base);
}

static void settle_calibration(struct hr_scenario *scenario,
                               struct hr_messages *problems)
{
    const enum carried_from from = carried_from(scenario);

    if (from == CARRIED_FROM_BASE)
        carried_take(scenario, base_plan(scenario->recipe.base), problems);
    else if (from == CARRIED_FROM_ITSELF)
        carried_say_own(scenario);
    else if (from == CARRIED_FROM_FILES)
        carry_from_base(scenario, problems);
}

/* What memory ran out over is not there: nothing may be made of the rest. */
static bool had_memory(const struct hr_scenario *scenario,
                       const struct hr_messages *problems)
{
    return !scenario->store.failed && !problems->incomplete;
}

static void read_all(struct hr_scenario *scenario, struct hr_messages *problems)
{
    read_settings(scenario, problems);
    if (!had_memory(scenario, problems))
        return;
    reading_tables(scenario, problems);
    carried_check(scenario, problems);
    if (problems->count > 0 || !had_memory(scenario, problems))
        return;
    neutral_apply(scenario, scenario->recipe.neutral, problems);
    settle_calibration(scenario, problems);
    assumptions_build(scenario);
    if (had_memory(scenario, problems))
        check_plan(scenario, problems);
    if (problems->count == 0 && had_memory(scenario, problems))
        sweep_settle(scenario, problems);
}

/* Ends a reading: problems in order, and no scenario where there are any. */
enum hr_status scenario_finish(struct hr_scenario *scenario,
                               struct hr_scenario **result,
                               struct hr_messages *problems)
{
    enum hr_status status;

    problems->incomplete |= scenario->store.failed || scenario->warnings.incomplete ||
                            scenario->doubts.incomplete;
    messages_sort(problems);
    messages_sort(&scenario->warnings);
    messages_sort(&scenario->doubts);
    status = messages_status(problems);
    if (status == HR_OK)
        *result = scenario;
    else
        hr_scenario_free(scenario);
    return status;
}

enum hr_status scenario_read_recipe(const struct recipe *recipe,
                                    struct hr_scenario **result,
                                    struct hr_messages *problems)
{
    struct hr_scenario *scenario = calloc(1, sizeof(*scenario));

    *result = NULL;
    if (scenario == NULL) {
        problems->incomplete = true;
        return HR_FAILED;
    }
    errno = 0; /* what was refused before is no matter of ours */
    scenario_keep_recipe(scenario, recipe);
    if (!scenario->store.failed)
        read_all(scenario, problems);
    return scenario_finish(scenario, result, problems);
}

/* Overrides as the recipe holds them, with one more where it is not NULL. */
static const char **copy_overrides(const char *const *override, size_t n,
                                   const char *another)
{
    const char **copy = calloc(n + 1, sizeof(*copy));

    for (size_t i = 0; copy != NULL && i < n; i++)
        copy[i] = override[i];
    if (copy != NULL)
        copy[n] = another;
    return copy;
}

static enum hr_status read_with(struct recipe recipe, const char *const *override,
                                size_t n, struct hr_scenario **scenario,
                                struct hr_messages *problems)
{
    enum hr_status status;

    *scenario = NULL;
    recipe.override = copy_overrides(override, n, NULL);
    recipe.overrides = recipe.said = n;
    if (recipe.override == NULL) {
        problems->incomplete = true;
        return HR_FAILED;
    }
    status = scenario_read_recipe(&recipe, scenario, problems);
    free(recipe.override);
    return status;
}

enum hr_status hr_scenario_read(const char *path, const char *const *overrides,
                                size_t n, struct hr_scenario **scenario,
                                struct hr_messages *problems)
{
    return read_with((struct recipe){.path = path}, overrides, n, scenario, problems);
}

enum hr_status hr_scenario_read_text(const char *text, const char *practices,
                                     const char *const *overrides, size_t n,
                                     struct hr_scenario **scenario,
                                     struct hr_messages *problems)
{
    return read_with((struct recipe){.text = text, .practices = practices}, overrides,
                     n, scenario, problems);
}

static void read_shipped_rows(struct hr_scenario *scenario, char *names,
                              struct hr_messages *problems)
{
    char *rest = names;

    for (char *name = strsep(&rest, "\n"); name != NULL; name = strsep(&rest, "\n")) {
        const struct shipped row = {"forms", name, name, &scenario->start};

        if (*name != '\0' && reading_shipped(scenario, &row, problems))
            contents_add_row(scenario, name, &scenario->start);
    }
}

enum hr_status hr_scenario_read_forms(struct hr_scenario **scenario,
                                      struct hr_messages *problems)
{
    struct hr_scenario *forms = calloc(1, sizeof(*forms));
    char *names;

    errno = 0;
    names = files_shipped("forms");
    *scenario = NULL;
    if (forms == NULL || names == NULL) {
        problems->incomplete = true;
        free(forms);
        free(names);
        return HR_FAILED;
    }
    forms->start = (struct place){.file = "forms"};
    if (*names == '\0')
        messages_add(problems, &forms->start, NULL,
                     "none are found; HEADROOM_SCENARIOS may name the folder of the "
                     "shipped scenarios");
    read_shipped_rows(forms, names, problems);
    free(names);
    if (problems->count == 0 && had_memory(forms, problems))
        assumptions_build(forms);
    return scenario_finish(forms, scenario, problems);
}

/* Read again; what the caller holds is changed only if that succeeds. */
static enum hr_status reread(struct hr_scenario *scenario, const struct recipe *recipe,
                             struct hr_messages *problems)
{
    struct hr_scenario *again = NULL, before;
    const enum hr_status status = scenario_read_recipe(recipe, &again, problems);

    if (status != HR_OK)
        return status;
    before = *scenario;
    *scenario = *again;
    *again = before;
    hr_scenario_free(again);
    return HR_OK;
}

enum hr_status hr_scenario_set(struct hr_scenario *scenario, const char *key,
                               const char *value, struct hr_messages *problems)
{
    struct recipe recipe = scenario->recipe;
    enum hr_status status = HR_FAILED;
    char *override = NULL;

    if (asprintf(&override, "%s=%s", key, value) < 0)
        override = NULL;
    recipe.override =
        copy_overrides(scenario->recipe.override, recipe.overrides, override);
    recipe.overrides++;
    if (override != NULL && recipe.override != NULL)
        status = reread(scenario, &recipe, problems);
    else
        problems->incomplete = true;
    free(recipe.override);
    free(override);
    return status;
}

enum hr_status hr_scenario_neutralise(struct hr_scenario *scenario,
                                      enum hr_neutral what, size_t *changed,
                                      struct hr_messages *problems)
{
    struct recipe recipe = scenario->recipe;

    *changed = neutral_count(scenario, what);
    recipe.neutral = what;
    return reread(scenario, &recipe, problems);
}

enum hr_status hr_scenario_recalibrate(struct hr_scenario *scenario,
                                       struct hr_messages *problems)
{
    struct recipe recipe = scenario->recipe;

    recipe.recalibrate = true;
    recipe.base = NULL;
    return reread(scenario, &recipe, problems);
}

char *hr_scenario_practices_csv(const struct hr_scenario *scenario)
{
    return practices_csv(&scenario->practices, true);
}

char *scenario_practices_with(const struct hr_scenario *scenario,
                              struct hr_practice *practice)
{
    struct practice_table table = scenario->practices;

    table.practice = practice;
    return practices_csv(&table, true);
}

const struct hr_messages *hr_scenario_warnings(const struct hr_scenario *scenario)
{
    return &scenario->warnings;
}

const struct hr_messages *hr_scenario_doubts(const struct hr_scenario *scenario)
{
    return &scenario->doubts;
}

const char *hr_scenario_text(const struct hr_scenario *scenario, const char *key)
{
    const struct setting *setting = settings_find(&scenario->settings, key);

    return setting == NULL ? NULL : setting->text;
}

double hr_scenario_number(const struct hr_scenario *scenario, const char *key)
{
    return contents_central(scenario, key);
}

const struct hr_assumption *hr_scenario_assumptions(const struct hr_scenario *scenario,
                                                    size_t *count)
{
    *count = scenario->assumptions;
    return scenario->assumption;
}

size_t hr_scenario_form_count(const struct hr_scenario *scenario)
{
    return contents_forms(scenario);
}

const char *hr_scenario_form(const struct hr_scenario *scenario, size_t form)
{
    return scenario->row[form].name;
}

const struct hr_practice *hr_scenario_practices(const struct hr_scenario *scenario,
                                                size_t *count)
{
    *count = scenario->practices.count;
    return scenario->practices.practice;
}
