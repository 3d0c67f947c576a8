#include "neutral.h"

#include "form.h"
#include "value.h"

#include <stdio.h>
#include <string.h>

/* Name of the form whose term it is. */
static const char *form_of(const struct setting *setting, char *name)
{
    const char *start = strchr(setting->key, '.') + 1;

    snprintf(name, LONGEST_PATH, "%.*s", (int)strcspn(start, "."), start);
    return name;
}

static bool is_trusts(const struct hr_scenario *scenario, const struct setting *setting)
{
    char name[LONGEST_PATH];
    const struct setting *owner = settings_findf(
        &scenario->settings, "forms.%s.pool_owner", form_of(setting, name));

    return owner != NULL && owner->choice == OWNER_TRUST;
}

/* Whether there is a neutral value. What a trust owns whole it cannot own in part. */
/* Whether a value is one that is assumed, of what is asked for. */
static bool is_assumed(enum hr_neutral what, const struct setting *setting)
{
    return what != HR_NEUTRAL_NOTHING && setting_is_number(setting) &&
           (what != HR_NEUTRAL_FORMS || schema_is_term(setting->field)) &&
           strcmp(setting->evidence, "assumption") == 0;
}

static bool neutral_of(const struct hr_scenario *scenario, enum hr_neutral what,
                       const struct setting *setting, double *number)
{
    const struct field *field = setting->field;
    char name[LONGEST_PATH];

    if (!is_assumed(what, setting))
        return false;
    if (field->destination == TO_TERM && field->place == TERM(pooled_share) &&
        is_trusts(scenario, setting))
        return false;
    if (field->neutral_as != NULL)
        *number = contents_term(scenario, form_of(setting, name), field->neutral_as);
    else
        *number = field->neutral;
    return field->has_neutral || field->neutral_as != NULL;
}

static bool is_already(const struct setting *setting, double number)
{
    return setting->number.kind == FIXED && setting->number.a == number &&
           setting->year == 0;
}

size_t neutral_count(const struct hr_scenario *scenario, enum hr_neutral what)
{
    size_t count = 0;
    double number;

    for (size_t i = 0; i < scenario->settings.count; i++) {
        const struct setting *setting = scenario->settings.item[i];

        count += neutral_of(scenario, what, setting, &number) &&
                 !is_already(setting, number);
    }
    return count;
}

void neutral_apply(struct hr_scenario *scenario, enum hr_neutral what,
                   struct hr_messages *problems)
{
    const struct reader reader = {.store = &scenario->store, .problems = problems};
    double number;

    for (size_t i = 0; i < scenario->settings.count; i++) {
        struct setting *setting = scenario->settings.item[i];

        if (!neutral_of(scenario, what, setting, &number) ||
            is_already(setting, number))
            continue;
        setting->number = (struct distribution){.kind = FIXED, .a = number};
        setting->year = 0;
        setting->source = "neutral: it makes no difference";
        value_in_range(&reader, setting);
    }
}
