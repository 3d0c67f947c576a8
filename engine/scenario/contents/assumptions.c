#include "assumptions.h"

#include "distribution_laws.h"
#include "stream.h"
#include "text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OWN_KEYS = 2 /* most that a variant has and its base has not */ };

static void print_number(FILE *out, const char *before, double number)
{
    char text[TEXT_NUMBER_SIZE];

    fprintf(out, "%s%s", before, text_from_number(number, text));
}

static void print_discrete(FILE *out, const struct distribution *d)
{
    for (int i = 0; i < d->count; i++) {
        print_number(out, " ", d->value[i]);
        print_number(out, ":", d->weight[i]);
    }
}

static void print_distribution(FILE *out, const struct distribution *d)
{
    const struct distribution_law *law = &distribution_laws[d->kind];
    const double number[] = {d->a, d->b, d->c};

    fputs(distribution_name(d->kind), out);
    if (law->lists) {
        print_discrete(out, d);
        return;
    }
    for (int i = 0; i < DISTRIBUTION_PARAMETERS && law->set[0].name[i] != NULL; i++) {
        fprintf(out, " %s ", law->set[0].name[i]);
        print_number(out, "", number[i]);
    }
}

static const char *words_of_distribution(struct store *store,
                                         const struct distribution *d)
{
    char *text = NULL;
    const char *kept = "";
    size_t size = 0;
    FILE *out = stream_to_memory(&text, &size);

    if (out != NULL)
        print_distribution(out, d);
    if (out != NULL && stream_close(out))
        kept = store_text(store, text);
    else
        store->failed = true;
    free(text);
    return kept;
}

/* A value in words: 0.8, or lognormal median 0.042 sigma 0.25. */
static const char *value_of(struct store *store, const struct setting *setting)
{
    char number[TEXT_NUMBER_SIZE];

    if (!setting_is_number(setting))
        return setting->text;
    if (setting->number.kind == FIXED)
        return store_text(store, text_from_number(setting->number.a, number));
    return words_of_distribution(store, &setting->number);
}

static double neutral_of(const struct setting *setting)
{
    return setting->field->has_neutral ? setting->field->neutral : NAN;
}

static void describe(struct hr_scenario *scenario, const struct setting *setting,
                     struct hr_assumption *assumption)
{
    const struct field *field = setting->field;
    const bool number = setting_is_number(setting);

    *assumption = (struct hr_assumption){
        .key = setting->key,
        .value = value_of(&scenario->store, setting),
        .low = number ? field->low : NAN,
        .high = number ? field->high : NAN,
        .uplift = number ? contents_uplift(scenario, setting) : NAN,
        .central = number ? contents_central(scenario, setting->key) : NAN,
        .neutral = neutral_of(setting),
        .unit = field->unit,
        .meaning = field->meaning,
        .evidence = setting->evidence,
        .source = setting->source,
        .owner = setting->owner,
        .date = setting->date,
        .year = setting->year,
        .number = number,
        .distributed = number && setting->number.kind != FIXED,
        .defaulted = setting->defaulted,
    };
}

/* The name and the numbers that say which run it is are not assumptions. */
static bool is_assumption(const struct field *field)
{
    return strchr(field->key, '.') != NULL && field->type != FIELD_PATH &&
           !field->told && !field->halts;
}

/* Whether a setting has the value of that of a variant's base. */
static bool is_as_in(const struct setting *base, const struct setting *setting)
{
    return base != NULL &&
           memcmp(&base->number, &setting->number, sizeof(setting->number)) == 0 &&
           base->text == setting->text && base->year == setting->year &&
           base->at.line == setting->at.line && base->at.number == setting->at.number;
}

/* What a variant's base says in place @p i, or some places before; NULL where that is
 * of another key. */
static const struct hr_assumption *in_base(const struct hr_scenario *base, size_t i,
                                           const char *key)
{
    for (size_t before = 0; before <= i && before <= OWN_KEYS; before++) {
        if (i - before < base->assumptions &&
            strcmp(base->assumption[i - before].key, key) == 0)
            return &base->assumption[i - before];
    }
    return NULL;
}

static void add(struct hr_scenario *scenario, const char *key)
{
    const struct setting *setting = settings_find(&scenario->settings, key);
    const struct hr_scenario *base = scenario->lent;
    const struct hr_assumption *known = NULL;

    if (setting == NULL || !is_assumption(setting->field))
        return;
    if (base != NULL && is_as_in(settings_find(&base->settings, key), setting))
        known = in_base(base, scenario->assumptions, key);
    if (known != NULL)
        scenario->assumption[scenario->assumptions++] = *known;
    else
        describe(scenario, setting, &scenario->assumption[scenario->assumptions++]);
}

static void add_group(struct hr_scenario *scenario, const char *group, const char *name)
{
    char key[LONGEST_PATH];
    const size_t length = strlen(group);

    for (size_t i = 0; i < schema_count(); i++) {
        if (strncmp(schema_at(i)->key, group, length) != 0)
            continue;
        snprintf(key, sizeof(key), "%s%s.%s", group, name, schema_leaf(schema_at(i)));
        add(scenario, key);
    }
}

/* That a form which employs its partners never gives up a practice is no term of it,
 * but is assumed all the same. */
static void add_exemption(struct hr_scenario *scenario, const char *form)
{
    const struct setting *converts =
        settings_findf(&scenario->settings, "forms.%s.convert_partners", form);
    char key[LONGEST_PATH];

    if (converts == NULL || converts->number.a == 0.0)
        return;
    snprintf(key, sizeof(key), "forms.%s.held_practices", form);
    scenario->assumption[scenario->assumptions++] = (struct hr_assumption){
        .key = store_text(&scenario->store, key),
        .value = "exempt from endings",
        .low = NAN,
        .high = NAN,
        .uplift = NAN,
        .central = NAN,
        .neutral = NAN,
        .unit = "",
        .meaning = "practices whose partners the form employs give no notice, in "
                   "distress or not",
        .evidence = "assumption",
        .source = "a rule of the model; how often such an organisation would hand one "
                  "back is not published",
        .owner = "",
        .date = "",
    };
}

/* Settings of a row with a star that belongs to no form or shock: by year. */
static void add_years(struct hr_scenario *scenario, const struct field *field)
{
    for (size_t i = 0; i < scenario->settings.count; i++) {
        if (scenario->settings.item[i]->field == field)
            add(scenario, scenario->settings.item[i]->key);
    }
}

static void add_model(struct hr_scenario *scenario)
{
    for (size_t i = 0; i < schema_count(); i++) {
        const struct field *field = schema_at(i);

        if (schema_is_term(field) || schema_is_shock(field))
            continue;
        if (strchr(field->key, '*') != NULL)
            add_years(scenario, field);
        else
            add(scenario, field->key);
    }
}

void assumptions_build(struct hr_scenario *scenario)
{
    free(scenario->assumption);
    scenario->assumptions = 0;
    scenario->assumption = calloc(scenario->settings.count + scenario->rows + 1,
                                  sizeof(*scenario->assumption));
    if (scenario->assumption == NULL) {
        scenario->store.failed = true;
        return;
    }
    add_model(scenario);
    for (size_t i = 0; i < scenario->rows; i++) {
        add_group(scenario, "forms.", scenario->row[i].name);
        add_exemption(scenario, scenario->row[i].name);
    }
    for (size_t i = 0; i < scenario->shocks; i++)
        add_group(scenario, "shocks.", scenario->shock[i].name);
}

size_t hr_scenario_assumption_count(const struct hr_scenario *scenario, size_t *of)
{
    size_t count = 0;

    *of = 0;
    for (size_t i = 0; i < scenario->assumptions; i++) {
        const char *evidence = scenario->assumption[i].evidence;

        *of += strcmp(evidence, "definition") != 0;
        count += strcmp(evidence, "assumption") == 0 || strcmp(evidence, "chosen") == 0;
    }
    return count;
}
