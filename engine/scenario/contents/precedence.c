#include "precedence.h"

#include <stdio.h>
#include <string.h>

/** One key that takes the place of another. A `*` of both is the same name. */
struct exclusion {
    const char *key, *other;
    bool (*when)(const struct setting *); /**< NULL: whatever is said */
    bool over_included; /**< only of a file that is included, not of one beside it */
    bool noted;
};

static bool is_true(const struct setting *setting)
{
    return setting->choice != 0;
}

static bool is_zero(const struct setting *setting)
{
    return setting->number.kind == FIXED && setting->number.a == 0.0;
}

static bool is_no_table(const struct setting *setting)
{
    return strcmp(setting->text, "table") != 0;
}

static const struct exclusion exclusions[] = {
    {"shocks.*.at", "shocks.*.rate", NULL, false, false},
    {"shocks.*.rate", "shocks.*.at", NULL, false, false},
    {"shocks.*.lasting", "shocks.*.duration", is_true, false, false},
    {"shocks.*.lasting", "shocks.*.fade", is_true, false, false},
    {"shocks.*.duration", "shocks.*.lasting", NULL, false, false},
    {"shocks.*.fade", "shocks.*.lasting", NULL, false, false},
    {"prices.contract.*", "prices.history", NULL, true, true},
    {"prices.pay.*", "prices.history", NULL, true, true},
    {"prices.prices.*", "prices.history", NULL, true, true},
    {"prices.locum.*", "prices.history", NULL, true, true},
    {"prices.correlation.*", "prices.history", NULL, true, true},
    {"prices.catch_up", "prices.history", NULL, true, true},
    {"prices.catch_up_weight", "prices.history", NULL, true, true},
    {"delegated.severity", "delegated.table", is_no_table, false, true},
    {"delegated.corridor_end", "delegated.corridor_free", is_zero, false, true},
    {"delegated.corridor_end", "delegated.corridor_share", is_zero, false, true},
    {"patch.practices", "patch.price_year", NULL, false, true},
    {"stop.*", "trials", NULL, false, true},
    {"trials", "stop.rank_confidence", NULL, false, true},
    {"trials", "stop.objective", NULL, false, true},
    {"trials", "stop.ranking", NULL, false, true},
    {"trials", "stop.indifference", NULL, false, true},
    {"trials", "stop.first", NULL, false, true},
    {"trials", "stop.max_trials", NULL, false, true},
    {"trials", "stop.max_seconds", NULL, false, true},
};

enum { EXCLUSIONS = sizeof(exclusions) / sizeof(*exclusions) };

/* The setting that an exclusion is about, where @p setting is the one that excludes. */
static const struct setting *excluded(const struct hr_scenario *scenario,
                                      const struct exclusion *exclusion,
                                      const struct setting *setting)
{
    const char *star = strchr(exclusion->other, '*');
    const char *name = setting->key + (star == NULL ? 0 : star - exclusion->other);

    if (!schema_matches(exclusion->key, setting->key) ||
        (exclusion->when != NULL && !exclusion->when(setting)))
        return NULL;
    if (star == NULL)
        return settings_find(&scenario->settings, exclusion->other);
    return settings_findf(&scenario->settings, "%.*s%.*s%s",
                          (int)(star - exclusion->other), exclusion->other,
                          (int)strcspn(name, "."), name, star + 1);
}

bool precedence_allows(const struct hr_scenario *scenario,
                       const struct setting *setting, struct precedence from)
{
    const struct setting *own = settings_find(&scenario->settings, setting->key);

    if (!from.shipped)
        return true;
    if (own != NULL && own->keyed)
        return false;
    for (int i = 0; i < EXCLUSIONS; i++) {
        const struct setting *other = excluded(scenario, &exclusions[i], setting);

        if (other != NULL && other->keyed)
            return false;
    }
    return true;
}

/* Files are numbered as they are opened, so those with a higher number than the file
 * that is being read were included by it. */
static bool gives_way(const struct setting *other, const struct exclusion *exclusion,
                      const struct setting *setting, struct precedence from)
{
    return other->at.number != setting->at.number &&
           (!exclusion->over_included || from.last ||
            other->at.number > setting->at.number);
}

static void note(struct hr_scenario *scenario, const struct setting *other,
                 const struct setting *setting)
{
    messages_add(&scenario->warnings, &setting->at, setting->key,
                 "takes the place of %s, which %s says on line %d", other->key,
                 other->at.file, other->at.line);
}

void precedence_settle(struct hr_scenario *scenario, const struct setting *setting,
                       struct precedence from)
{
    for (int i = 0; i < EXCLUSIONS; i++) {
        const struct setting *other = excluded(scenario, &exclusions[i], setting);

        if (other == NULL || !gives_way(other, &exclusions[i], setting, from))
            continue;
        if (exclusions[i].noted)
            note(scenario, other, setting);
        settings_drop(&scenario->settings, other->key);
    }
}

void precedence_keep_year(struct hr_scenario *scenario, struct setting *setting,
                          struct precedence from)
{
    const struct setting *before = settings_find(&scenario->settings, setting->key);

    if (!from.last || setting->dated || before == NULL || before->year == 0)
        return;
    setting->year = before->year;
    messages_add(&scenario->warnings, &setting->at, setting->key,
                 "is money of %d, as the value it replaces; say another year as in "
                 "'%s={value: ..., year: 2026}'",
                 setting->year, setting->key);
}
