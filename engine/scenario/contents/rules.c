#include "complete.h"

#include "correlation.h"
#include "draw_key.h"
#include "form.h"
#include "plan.h"
#include "store_keys.h"
#include "text.h"
#include "ties_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_LABEL = 40 };

static const struct setting *term(const struct hr_scenario *scenario, const char *form,
                                  const char *leaf)
{
    return settings_findf(&scenario->settings, "forms.%s.%s", form, leaf);
}

static bool is_choice(const struct setting *setting, int value)
{
    return setting != NULL && setting->text != NULL && setting->choice == value;
}

static bool is_number(const struct setting *setting, double value)
{
    return setting == NULL ||
           (setting->number.kind == FIXED && setting->number.a == value);
}

/* A practice outside an organisation runs on the terms of a form of single sites. */
static void check_exit(const struct hr_scenario *scenario, const struct row *row,
                       struct hr_messages *problems)
{
    const struct setting *exit = term(scenario, row->name, "exit_form");
    const struct setting *group = term(scenario, row->name, "group_by");
    char key[LONGEST_PATH];

    if (exit == NULL && group != NULL && !is_choice(group, GROUP_SITE)) {
        snprintf(key, sizeof(key), "forms.%s.exit_form", row->name);
        messages_add(
            problems, &row->at, key,
            "is missing; name the form whose terms a practice outside runs on");
    }
    if (exit == NULL)
        return;
    if (is_choice(term(scenario, exit->text, "group_by"), GROUP_SITE) &&
        is_choice(term(scenario, exit->text, "delegated_level"), LEVEL_ORGANISATION))
        messages_add(problems, &exit->at, exit->key,
                     "%s has delegated_level organisation, and a practice outside has "
                     "none: site or none",
                     exit->text);
    if (contents_row(scenario, exit->text) == NULL ||
        (is_choice(term(scenario, exit->text, "group_by"), GROUP_SITE) &&
         is_choice(term(scenario, exit->text, "join_rule"), JOIN_ALL)))
        return;
    messages_add(problems, &exit->at, exit->key,
                 "%s must have group_by site and join_rule all to be an exit form",
                 exit->text);
}

static void check_trust(const struct hr_scenario *scenario, const struct row *row,
                        struct hr_messages *problems)
{
    const struct setting *share = term(scenario, row->name, "pooled_share");
    const struct setting *convert = term(scenario, row->name, "convert_partners");

    if (!is_choice(term(scenario, row->name, "pool_owner"), OWNER_TRUST))
        return;
    if (!is_number(share, 1.0))
        messages_add(
            problems, &share->at, share->key,
            "must be 1 where pool_owner is trust: the trust has the whole result");
    if (!is_number(convert, 1.0))
        messages_add(problems, &convert->at, convert->key,
                     "must be 1 where pool_owner is trust: its GPs are employees");
}

static size_t characters(const char *text)
{
    size_t count = 0;

    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

/* Forms are told apart by their labels in every table and picture. */
static void check_label(const struct hr_scenario *scenario, size_t row,
                        struct hr_messages *problems)
{
    const struct setting *own = term(scenario, scenario->row[row].name, "label");

    if (own == NULL)
        return;
    if (*own->text == '\0' || characters(own->text) > LONGEST_LABEL)
        messages_add(problems, &own->at, own->key,
                     "has to fit into tables: 1 to %d characters; about has room for "
                     "a sentence",
                     LONGEST_LABEL);
    for (size_t i = 0; i < row; i++) {
        const struct setting *other = term(scenario, scenario->row[i].name, "label");

        if (other != NULL && strcmp(other->text, own->text) == 0)
            messages_add(problems, &own->at, own->key,
                         "%s is called \"%s\" too: two forms need two labels",
                         scenario->row[i].name, own->text);
    }
}

static void check_forms(const struct hr_scenario *scenario,
                        struct hr_messages *problems)
{
    const struct setting *reference = settings_find(&scenario->settings, "reference");
    const struct row *row;
    char names[512];

    if (contents_forms(scenario) == 0 && !scenario->forms_refused)
        messages_add(problems, &scenario->start, "forms",
                     "there is none to simulate; list one or more, as in forms: "
                     "[partnership, federation]");
    for (size_t i = 0; i < scenario->rows; i++) {
        if (scenario->row[i].simulated)
            check_exit(scenario, &scenario->row[i], problems);
        check_trust(scenario, &scenario->row[i], problems);
        check_label(scenario, i, problems);
    }
    if (reference == NULL || contents_forms(scenario) == 0)
        return;
    row = contents_row(scenario, reference->text);
    if (row == NULL || !row->simulated)
        messages_add(problems, &reference->at, reference->key,
                     "%s is not among the forms of this scenario: %s", reference->text,
                     contents_names(scenario, false, names, sizeof(names)));
}

static void check_shocks(const struct hr_scenario *scenario,
                         struct hr_messages *problems)
{
    const struct setting *horizon =
        settings_find(&scenario->settings, "patch.horizon_years");

    for (size_t i = 0; i < scenario->shocks && horizon != NULL; i++) {
        const struct setting *at = settings_findf(&scenario->settings, "shocks.%s.at",
                                                  scenario->shock[i].name);

        if (at != NULL && at->number.a >= horizon->number.a)
            messages_add(problems, &at->at, at->key,
                         "year %g lies beyond the horizon: the last year is %g",
                         at->number.a, horizon->number.a - 1.0);
    }
}

/* The form or shock that a key of theirs names must exist. */
static void check_owner(const struct hr_scenario *scenario,
                        const struct setting *setting, struct hr_messages *problems)
{
    const bool term = schema_is_term(setting->field);
    const char *name = strchr(setting->key, '.') + 1;
    const size_t length = strcspn(name, ".");
    char owner[LONGEST_KEY], names[512];

    memcpy(owner, name, length);
    owner[length] = '\0';
    if (term ? contents_row(scenario, owner) == NULL
             : contents_shock(scenario, owner) == NULL)
        messages_add(problems, &setting->at, setting->key,
                     "this scenario has no %s called %s; it has %s",
                     term ? "form" : "shock", owner,
                     contents_names(scenario, !term, names, sizeof(names)));
}

static void check_year(const struct hr_scenario *scenario,
                       const struct setting *setting, struct hr_messages *problems)
{
    if (setting->year != 0 && !(contents_uplift(scenario, setting) > 0.0))
        messages_add(problems, &setting->at, setting->key,
                     "has the price year %d, for which money.uplift.%s has no factor",
                     setting->year, uplift_name(setting->field->uplift));
}

static void check_table_year(const struct hr_scenario *scenario,
                             struct hr_messages *problems)
{
    const struct setting *year = settings_find(&scenario->settings, "patch.price_year");

    if (year != NULL && !(contents_table_uplift(scenario) > 0.0))
        messages_add(problems, &year->at, year->key,
                     "is %g, for which money.uplift.contract has no factor",
                     year->number.a);
}

static void check_uplift(const struct setting *setting, struct hr_messages *problems)
{
    const char *year = strrchr(setting->key, '.') + 1;

    if (strncmp(setting->key, "money.uplift.", 13) == 0 &&
        (strlen(year) != 4 || strspn(year, "0123456789") != 4))
        messages_add(problems, &setting->at, setting->key,
                     "%s is not a price year, as 2022 is", year);
}

static void check_settings(const struct hr_scenario *scenario,
                           struct hr_messages *problems)
{
    for (size_t i = 0; i < scenario->settings.count; i++) {
        const struct setting *setting = scenario->settings.item[i];

        if (schema_is_term(setting->field) || schema_is_shock(setting->field))
            check_owner(scenario, setting, problems);
        else if (strchr(setting->key, '.') != NULL)
            check_uplift(setting, problems);
        check_year(scenario, setting, problems);
    }
}

/* A number of a scenario and where its draw is. */
struct draw {
    const struct setting *setting;
    char address[LONGEST_KEY];
    uint32_t entity;
};

static int by_entity(const void *a, const void *b)
{
    const struct draw *x = a, *y = b;

    return (x->entity > y->entity) - (x->entity < y->entity);
}

static void refuse_one_entity(const struct draw *draw, size_t count,
                              struct hr_messages *problems)
{
    for (size_t i = 1; i < count; i++) {
        if (draw[i].entity == draw[i - 1].entity &&
            strcmp(draw[i].address, draw[i - 1].address) != 0)
            messages_add(problems, &draw[i].setting->at, draw[i].setting->key,
                         "would share its random draws with %s: rename a form or shock",
                         draw[i - 1].setting->key);
    }
}

static void check_draws(const struct hr_scenario *scenario,
                        struct hr_messages *problems)
{
    const struct settings *settings = &scenario->settings;
    struct draw *draw = calloc(settings->count + 1, sizeof(*draw));
    size_t count = 0;

    if (draw == NULL) {
        problems->incomplete = true;
        return;
    }
    for (size_t i = 0; i < settings->count; i++) {
        if (!setting_is_number(settings->item[i]) ||
            settings->item[i]->field->structural)
            continue;
        draw[count].setting = settings->item[i];
        draw[count].entity = draw_key_entity(settings->item[i], draw[count].address);
        count++;
    }
    qsort(draw, count, sizeof(*draw), by_entity);
    refuse_one_entity(draw, count, problems);
    free(draw);
}

static void check_shock_names(const struct hr_scenario *scenario,
                              struct hr_messages *problems)
{
    for (size_t i = 0; i < scenario->shocks; i++) {
        for (size_t j = 0; j < i; j++) {
            if (text_hash32(scenario->shock[i].name) ==
                text_hash32(scenario->shock[j].name))
                messages_add(problems, &scenario->shock[i].at, "shocks",
                             "%s would share its random draws with %s: rename one",
                             scenario->shock[i].name, scenario->shock[j].name);
        }
    }
}

static void check_correlations(const struct hr_scenario *scenario,
                               struct hr_messages *problems)
{
    const struct setting *first =
        settings_find(&scenario->settings, "prices.correlation.contract_pay");
    double factor[INDICES][INDICES];

    if (first != NULL && !correlation_factor(scenario, factor))
        messages_add(
            problems, &first->at, "prices.correlation",
            "the six correlations contradict each other: not positive definite");
}

void rules_check(const struct hr_scenario *scenario, struct hr_messages *problems)
{
    check_forms(scenario, problems);
    check_shocks(scenario, problems);
    check_settings(scenario, problems);
    check_table_year(scenario, problems);
    check_draws(scenario, problems);
    check_shock_names(scenario, problems);
    check_correlations(scenario, problems);
    store_keys_check(scenario, problems);
    ties_check(scenario, problems);
}
