#include "contents.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void free_tables(struct hr_scenario *scenario)
{
    free(scenario->history);
    for (int k = 0; k < PASTS; k++)
        free(scenario->past[k]);
    severity_free(&scenario->claims);
}

void hr_scenario_free(struct hr_scenario *scenario)
{
    if (scenario == NULL)
        return;
    hr_messages_free(&scenario->warnings);
    hr_messages_free(&scenario->doubts);
    practices_free(&scenario->practices);
    settings_free(&scenario->settings);
    settings_free(&scenario->refused);
    store_free(&scenario->store);
    free(scenario->row);
    free(scenario->shock);
    if (scenario->lent == NULL)
        free_tables(scenario);
    free(scenario->assumption);
    free(scenario);
}

struct row *contents_row(const struct hr_scenario *scenario, const char *name)
{
    for (size_t i = 0; i < scenario->rows; i++) {
        if (strcmp(scenario->row[i].name, name) == 0)
            return &scenario->row[i];
    }
    return NULL;
}

struct named_shock *contents_shock(const struct hr_scenario *scenario, const char *name)
{
    for (size_t i = 0; i < scenario->shocks; i++) {
        if (strcmp(scenario->shock[i].name, name) == 0)
            return &scenario->shock[i];
    }
    return NULL;
}

struct row *contents_add_row(struct hr_scenario *scenario, const char *name,
                             const struct place *at)
{
    struct row *row = contents_row(scenario, name);

    if (row != NULL)
        return row;
    row = realloc(scenario->row, (scenario->rows + 1) * sizeof(*row));
    if (row == NULL) {
        scenario->store.failed = true;
        return NULL;
    }
    scenario->row = row;
    row += scenario->rows++;
    *row = (struct row){store_text(&scenario->store, name), true, *at};
    return row;
}

struct named_shock *contents_add_shock(struct hr_scenario *scenario, const char *name,
                                       const struct place *at)
{
    struct named_shock *shock = contents_shock(scenario, name);

    if (shock != NULL)
        return shock;
    shock = realloc(scenario->shock, (scenario->shocks + 1) * sizeof(*shock));
    if (shock == NULL) {
        scenario->store.failed = true;
        return NULL;
    }
    scenario->shock = shock;
    shock += scenario->shocks++;
    *shock =
        (struct named_shock){.name = store_text(&scenario->store, name), .at = *at};
    return shock;
}

const char *contents_names(const struct hr_scenario *scenario, bool shocks, char *names,
                           size_t size)
{
    const size_t count = shocks ? scenario->shocks : scenario->rows;
    size_t n = 0;

    snprintf(names, size, "none");
    for (size_t i = 0; i < count; i++) {
        const char *name = shocks ? scenario->shock[i].name : scenario->row[i].name;

        if ((shocks || scenario->row[i].simulated) && n + strlen(name) + 3 < size)
            n +=
                (size_t)snprintf(names + n, size - n, "%s%s", n == 0 ? "" : ", ", name);
    }
    return names;
}

size_t contents_forms(const struct hr_scenario *scenario)
{
    size_t forms = 0;

    for (size_t i = 0; i < scenario->rows; i++)
        forms += scenario->row[i].simulated;
    return forms;
}

static double uplift_of(const struct hr_scenario *scenario, enum uplift index, int year)
{
    const struct setting *base = settings_find(&scenario->settings, "patch.base_year");
    const struct setting *uplift = settings_findf(
        &scenario->settings, "money.uplift.%s.%d", uplift_name(index), year);

    if (year == 0)
        return 1.0;
    if (uplift != NULL)
        return uplift->number.a;
    return base != NULL && base->number.a == year ? 1.0 : NAN;
}

double contents_uplift(const struct hr_scenario *scenario,
                       const struct setting *setting)
{
    return uplift_of(scenario, setting->field->uplift, setting->year);
}

int contents_table_year(const struct hr_scenario *scenario)
{
    const struct setting *year = settings_find(&scenario->settings, "patch.price_year");
    const struct setting *core_rate =
        settings_find(&scenario->settings, "money.core_rate");

    if (year != NULL)
        return (int)year->number.a;
    return core_rate == NULL ? 0 : core_rate->year;
}

double contents_table_uplift(const struct hr_scenario *scenario)
{
    return uplift_of(scenario, UPLIFT_CONTRACT, contents_table_year(scenario));
}

static double central_of(const struct hr_scenario *scenario,
                         const struct setting *setting)
{
    if (setting == NULL || !setting_is_number(setting))
        return NAN;
    return distribution_quantile(&setting->number, 0.5) *
           contents_uplift(scenario, setting);
}

double contents_central(const struct hr_scenario *scenario, const char *key)
{
    return central_of(scenario, settings_find(&scenario->settings, key));
}

double contents_term(const struct hr_scenario *scenario, const char *form,
                     const char *term)
{
    return central_of(scenario,
                      settings_findf(&scenario->settings, "forms.%s.%s", form, term));
}

const struct stop *scenario_stop(const struct hr_scenario *scenario)
{
    return &scenario->stop;
}
