#include "base.h"

#include "assumptions.h"
#include "calibrate.h"
#include "carried.h"
#include "complete.h"
#include "messages.h"
#include "reading.h"
#include "scenario_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct hr_base {
    const struct hr_scenario *scenario;
    struct plan plan;
};

const struct plan *base_plan(const struct hr_base *base)
{
    return &base->plan;
}

enum hr_status hr_base_open(const struct hr_scenario *scenario, struct hr_base **base,
                            struct hr_messages *problems)
{
    enum hr_status status;

    *base = calloc(1, sizeof(**base));
    if (*base == NULL) {
        problems->incomplete = true;
        return HR_FAILED;
    }
    (*base)->scenario = scenario;
    status = scenario_compile(scenario, &(*base)->plan, problems);
    if (status != HR_OK) {
        hr_base_close(*base);
        *base = NULL;
    }
    return status;
}

void hr_base_close(struct hr_base *base)
{
    if (base == NULL)
        return;
    plan_free(&base->plan);
    free(base);
}

/* Keys of which more than their own value depends: what is imputed, which other keys
 * count, which rows there are. Groups end in a dot. */
static const char *const far[] = {
    "reference",          "patch.",
    "money.uplift.",      "money.core_rate",
    "money.weight_ratio", "workforce.fte_default.",
    "calibration.",       "money.calibration_factor.",
    "delegated.",
};

static bool is_far(const char *key)
{
    for (size_t i = 0; i < sizeof(far) / sizeof(*far); i++) {
        const size_t length = strlen(far[i]);

        if (strncmp(key, far[i], length) == 0 &&
            (far[i][length - 1] == '.' || key[length] == '\0'))
            return true;
    }
    return false;
}

/* Whether a change is of one value and nothing else. */
static bool is_near(const struct hr_scenario *base, const char *change)
{
    char key[LONGEST_PATH];
    const struct setting *setting;

    snprintf(key, sizeof(key), "%.*s", (int)strcspn(change, "="), change);
    setting = settings_find(&base->settings, key);
    return setting != NULL && !is_far(key) && setting->field->type != FIELD_PATH &&
           setting->field->type != FIELD_NAME && !schema_is_shock(setting->field) &&
           !(base->history != NULL && strncmp(key, "prices.", 7) == 0);
}

/* A clone: its own settings, rows, shocks and practices; tables are lent. */

static void *copy_of(const void *from, size_t count, size_t size)
{
    void *copy = calloc(count + 1, size);

    if (copy != NULL && count > 0)
        memcpy(copy, from, count * size);
    return copy;
}

static bool copy_settings(const struct settings *from, struct store *store,
                          struct settings *to)
{
    struct setting *block = store_take(store, (from->count + 1) * sizeof(*block));

    *to = *from;
    to->item = copy_of(from->item, from->capacity, sizeof(struct setting *));
    to->slot = copy_of(from->slot, 2 * from->capacity, sizeof(*to->slot));
    for (size_t i = 0; block != NULL && to->item != NULL && i < from->count; i++) {
        block[i] = *from->item[i];
        to->item[i] = &block[i];
    }
    return block != NULL && to->item != NULL && to->slot != NULL;
}

static void clear_what_is_not_shared(struct hr_scenario *copy)
{
    copy->store = (struct store){0};
    copy->settings = copy->refused = (struct settings){0};
    copy->warnings = copy->doubts = (struct hr_messages){0};
    copy->row = NULL;
    copy->shock = NULL;
    copy->practices.practice = NULL;
    copy->assumption = NULL;
}

static bool clone_into(const struct hr_scenario *from, struct hr_scenario *copy)
{
    *copy = *from;
    copy->lent = from;
    copy->sweep = (struct sweep){0};
    clear_what_is_not_shared(copy);
    copy->row = copy_of(from->row, from->rows, sizeof(*copy->row));
    copy->shock = copy_of(from->shock, from->shocks, sizeof(*copy->shock));
    copy->practices.practice = copy_of(from->practices.practice, from->practices.count,
                                       sizeof(*copy->practices.practice));
    messages_copy(&from->warnings, &copy->warnings);
    messages_copy(&from->doubts, &copy->doubts);
    return copy_settings(&from->settings, &copy->store, &copy->settings) &&
           copy->row != NULL && copy->shock != NULL &&
           copy->practices.practice != NULL && !copy->warnings.incomplete &&
           !copy->doubts.incomplete;
}

enum hr_status base_check(const struct hr_base *base, const char *change,
                          struct hr_messages *problems)
{
    struct hr_scenario *variant = calloc(1, sizeof(*variant));
    const char *list[] = {change};
    struct recipe recipe = base->scenario->recipe;

    recipe.override = list;
    recipe.overrides = 1;
    if (variant == NULL || !clone_into(base->scenario, variant)) {
        problems->incomplete = true;
    } else {
        scenario_keep_recipe(variant, &recipe);
        if (!variant->store.failed)
            reading_override(variant, 0, ++variant->files, problems);
        problems->incomplete |= variant->store.failed;
    }
    hr_scenario_free(variant);
    return messages_status(problems);
}

/* The recipe of a variant; @p list has room for all overrides. */
static struct recipe recipe_of(const struct hr_base *base, const char *const *changes,
                               size_t n, const char **list)
{
    struct recipe recipe = base->scenario->recipe;

    for (size_t i = 0; i < recipe.overrides; i++)
        list[i] = recipe.override[i];
    for (size_t i = 0; i < n; i++)
        list[recipe.overrides + i] = changes[i];
    recipe.override = list;
    recipe.overrides += n;
    recipe.base = base;
    return recipe;
}

static void read_changes(struct hr_scenario *variant, size_t before,
                         struct hr_messages *problems)
{
    for (size_t i = before; i < variant->recipe.overrides; i++)
        reading_override(variant, i, ++variant->files, problems);
    if (problems->count == 0 && !variant->partly_read && !variant->store.failed)
        scenario_check(variant, problems);
    if (problems->count == 0)
        calibrate_check_gain(variant, problems);
}

/* Whether reading the changes put new keys, or took any away. */
static bool has_keys_of(const struct hr_scenario *variant, const struct hr_base *base)
{
    const struct settings *own = &variant->settings, *all = &base->scenario->settings;
    bool same = own->count == all->count;

    for (size_t i = 0; i < all->count && same; i++)
        same = strcmp(own->item[i]->key, all->item[i]->key) == 0;
    return same;
}

/* Vary a clone; NULL, and nothing said, where all must be read again. */
static struct hr_scenario *vary(const struct hr_base *base, const struct recipe *recipe,
                                struct hr_messages *problems)
{
    struct hr_scenario *variant = calloc(1, sizeof(*variant));

    if (variant == NULL || !clone_into(base->scenario, variant)) {
        problems->incomplete = true;
        return variant;
    }
    scenario_keep_recipe(variant, recipe);
    read_changes(variant, base->scenario->recipe.overrides, problems);
    if (problems->count > 0 || variant->store.failed)
        return variant;
    if (!has_keys_of(variant, base)) {
        hr_scenario_free(variant);
        return NULL;
    }
    if (!variant->practices.has_cost_rates && !recipe->recalibrate)
        carried_take(variant, &base->plan, problems);
    variant->like = &base->plan;
    assumptions_build(variant);
    return variant;
}

/* One term of a form into another form. */
static void exchange_term(struct hr_scenario *variant,
                          const struct hr_exchange *exchange, const char *term,
                          struct hr_messages *problems)
{
    const char *to = exchange->to, *from = exchange->from;
    const struct place at = {"terms", 1, 1, 1};
    const struct setting *source =
        settings_findf(&variant->settings, "forms.%s.%s", from, term);
    struct setting *own = settings_findf(&variant->settings, "forms.%s.%s", to, term);
    char key[LONGEST_PATH];
    struct setting taken;

    if (source == NULL && own == NULL) {
        messages_add(
            problems, &at, NULL,
            "no term of %s is called %s; `headroom keys` lists them under forms.*",
            from, term);
        return;
    }
    if (source == NULL) {
        settings_drop(&variant->settings, own->key);
        return;
    }
    snprintf(key, sizeof(key), "forms.%s.%s", to, term);
    taken = *source;
    taken.key = key;
    settings_put(&variant->settings, &variant->store, &taken);
}

enum hr_status hr_base_exchange(const struct hr_base *base,
                                const struct hr_exchange *exchange,
                                struct hr_scenario **variant,
                                struct hr_messages *problems)
{
    struct hr_scenario *own = calloc(1, sizeof(*own));

    *variant = NULL;
    problems->incomplete |= own == NULL;
    if (own == NULL)
        return HR_FAILED;
    if (!clone_into(base->scenario, own)) {
        problems->incomplete = true;
        return scenario_finish(own, variant, problems);
    }
    scenario_keep_recipe(own, &base->scenario->recipe);
    for (size_t i = 0; i < exchange->count; i++)
        exchange_term(own, exchange, exchange->terms[i], problems);
    read_changes(own, own->recipe.overrides, problems);
    if (problems->count == 0 && !own->practices.has_cost_rates)
        carried_take(own, &base->plan, problems);
    own->like = &base->plan;
    assumptions_build(own);
    return scenario_finish(own, variant, problems);
}

static bool are_near(const struct hr_base *base, const char *const *changes, size_t n)
{
    bool near = base->scenario->recipe.neutral == HR_NEUTRAL_NOTHING;

    for (size_t i = 0; i < n && near; i++)
        near = is_near(base->scenario, changes[i]);
    return near;
}

static bool is_of_patch(const char *const *changes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (carried_is_of_patch(changes[i]))
            return true;
    }
    return false;
}

/* A key that two changes give. */
static void check_twice(const char *const *changes, size_t n,
                        struct hr_messages *problems)
{
    for (size_t i = 0; i < n; i++) {
        const size_t length = strcspn(changes[i], "=") + 1;

        for (size_t j = 0; j < i; j++) {
            const struct place at = {"changes", 1, (int)i + 1, 1};

            if (strncmp(changes[i], changes[j], length) == 0)
                messages_add(problems, &at, NULL, "\"%s\": its key is given twice",
                             changes[i]);
        }
    }
}

static enum hr_status read_or_vary(const struct hr_base *base, struct recipe recipe,
                                   bool near, struct hr_scenario **variant,
                                   struct hr_messages *problems)
{
    struct hr_scenario *varied = near ? vary(base, &recipe, problems) : NULL;

    if (varied != NULL || problems->incomplete)
        return scenario_finish(varied, variant, problems);
    return scenario_read_recipe(&recipe, variant, problems);
}

enum hr_status hr_base_variant(const struct hr_base *base, const char *const *changes,
                               size_t n, struct hr_scenario **variant,
                               struct hr_messages *problems)
{
    const char **list = calloc(base->scenario->recipe.overrides + n + 1, sizeof(*list));
    struct recipe recipe;
    enum hr_status status;

    *variant = NULL;
    if (list == NULL) {
        problems->incomplete = true;
        return HR_FAILED;
    }
    check_twice(changes, n, problems);
    recipe = recipe_of(base, changes, n, list);
    if (is_of_patch(changes, n))
        recipe.base = NULL;
    else
        recipe.recalibrate = false;
    status =
        problems->count > 0
            ? messages_status(problems)
            : read_or_vary(base, recipe, are_near(base, changes, n), variant, problems);
    free(list);
    return status;
}
