#include "carried.h"

#include "compile.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Keys, or groups that end in a dot: of what was seen; and of what reads it not. */
static const char *const of_patch[] = {"patch.", "calibration.",
                                       "money.calibration_factor.", NULL};
static const char *const idle[] = {"title", "trials", "seed",  "decision.objective",
                                   "stop.", "store.", "sweep", "dependence",
                                   NULL};

static bool is_among(const char *const *key, const char *text)
{
    for (; *key != NULL; key++) {
        const size_t length = strlen(*key);
        const bool group = (*key)[length - 1] == '.';

        if (strncmp(text, *key, length) == 0 && (group || text[length] == '='))
            return true;
    }
    return false;
}

bool carried_is_of_patch(const char *text)
{
    return is_among(of_patch, text);
}

/* Whether the scenario is read from no more than its files and changes of the patch or
 * of what no calibration reads: then its own calibration is the one to use. */
static bool is_base(const struct hr_scenario *scenario)
{
    const struct recipe *recipe = &scenario->recipe;

    for (size_t i = 0; i < recipe->overrides; i++) {
        if (!is_among(of_patch, recipe->override[i]) &&
            !is_among(idle, recipe->override[i]))
            return false;
    }
    return recipe->neutral == HR_NEUTRAL_NOTHING;
}

HR_PRINTF(2, 3)
static void note(struct hr_scenario *scenario, const char *format, ...)
{
    const struct place at = {.file = "command line", .number = scenario->command_line};
    char text[256];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    messages_add(&scenario->warnings, &at, "calibration", "%s", text);
}

static void drop(struct hr_scenario *scenario)
{
    scenario->practices.has_cost_rates = false;
    for (size_t i = 0; i < scenario->practices.count; i++)
        scenario->practices.practice[i].cost_rate = NAN;
    settings_remove(&scenario->settings, "calibration.");
}

void carried_check(struct hr_scenario *scenario, struct hr_messages *problems)
{
    static const char *const keys[] = {"calibration.flat_rate", "calibration.factor"};
    const bool rates = scenario->practices.has_cost_rates;

    if (scenario->recipe.recalibrate || scenario->recipe.base != NULL) {
        drop(scenario);
        return;
    }
    for (int k = 0; k < 2; k++) {
        const struct setting *setting = settings_find(&scenario->settings, keys[k]);

        if (setting != NULL && !rates)
            messages_add(problems, &setting->at, setting->key,
                         "is half of a calibration: the table of practices has no "
                         "cost_rate; take it out, or say --recalibrate");
        else if (setting == NULL && rates)
            messages_add(problems, &scenario->start, keys[k],
                         "is missing: the table of practices has a cost_rate, and so a "
                         "calibration; give it, or say --recalibrate");
    }
}

static void put_number(struct hr_scenario *scenario, const char *key, double number)
{
    const struct field *field = schema_find(key);
    const struct setting setting = {
        .key = key,
        .field = field,
        .number = {.kind = FIXED, .a = number, .low = field->low, .high = field->high},
        .evidence = "derived",
        .source = "calibrated on this scenario without what was changed in it",
        .at = scenario->start,
    };

    settings_put(&scenario->settings, &scenario->store, &setting);
}

static bool is_same(const struct plan *a, const struct plan *b)
{
    bool same =
        memcmp(&a->flat_rate, &b->flat_rate, sizeof(double)) == 0 &&
        memcmp(&a->calibration_factor, &b->calibration_factor, sizeof(double)) == 0;

    for (size_t s = 0; s < a->sites && same; s++)
        same =
            memcmp(&a->site[s].cost_rate, &b->site[s].cost_rate, sizeof(double)) == 0;
    return same;
}

static bool has_practices_of(const struct plan *a, const struct plan *b)
{
    bool same = a->sites == b->sites;

    for (size_t s = 0; s < a->sites && same; s++)
        same = strcmp(a->site[s].code, b->site[s].code) == 0;
    return same;
}

static void take(struct hr_scenario *scenario, const struct plan *base, double own)
{
    for (size_t s = 0; s < base->sites; s++)
        scenario->practices.practice[s].cost_rate = base->site[s].cost_rate;
    scenario->practices.has_cost_rates = true;
    put_number(scenario, "calibration.flat_rate", base->flat_rate);
    put_number(scenario, "calibration.factor", base->calibration_factor);
    note(scenario,
         "costs other than GPs stay as calibrated without the changes, GBP %.2f "
         "a patient a year; with them they would be %.2f: --recalibrate",
         base->flat_rate, own);
}

void carried_take(struct hr_scenario *scenario, const struct plan *base,
                  struct hr_messages *problems)
{
    struct plan own;

    if (!scenario->practices.has_cost_rates) {
        if (!compile_calibration(scenario, &own))
            problems->incomplete = true;
        else if (!has_practices_of(&own, base))
            note(scenario, "the changes alter which practices there are, and so "
                           "costs are calibrated with them");
        else if (!is_same(&own, base))
            take(scenario, base, own.flat_rate);
        plan_free(&own);
    }
}

enum carried_from carried_from(const struct hr_scenario *scenario)
{
    const struct recipe *recipe = &scenario->recipe;

    if (recipe->base != NULL)
        return CARRIED_FROM_BASE;
    if (is_base(scenario) || scenario->practices.has_cost_rates)
        return CARRIED_FROM_NONE;
    return recipe->recalibrate ? CARRIED_FROM_ITSELF : CARRIED_FROM_FILES;
}

void carried_say_own(struct hr_scenario *scenario)
{
    note(scenario, "costs are calibrated with the changes");
}

void carried_say_none(struct hr_scenario *scenario)
{
    note(scenario, "without the changes the scenario does not stand by itself, and so "
                   "costs are calibrated with them");
}
