#include "contents.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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
    *shock = (struct named_shock){store_text(&scenario->store, name), *at};
    return shock;
}

size_t contents_forms(const struct hr_scenario *scenario)
{
    size_t forms = 0;

    for (size_t i = 0; i < scenario->rows; i++)
        forms += scenario->row[i].simulated;
    return forms;
}

double contents_uplift(const struct hr_scenario *scenario,
                       const struct setting *setting)
{
    const struct setting *uplift;

    if (setting->year == 0)
        return 1.0;
    uplift = settings_findf(&scenario->settings, "money.uplift.%s.%d",
                            uplift_name(setting->field->uplift), setting->year);
    return uplift == NULL ? NAN : uplift->number.a;
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
