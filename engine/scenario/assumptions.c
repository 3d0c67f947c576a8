#include "assumptions.h"

#include "text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    static const char *const names[][3] = {
        [UNIFORM] = {" low ", " high "},
        [TRIANGULAR] = {" low ", " mode ", " high "},
        [PERT] = {" low ", " mode ", " high "},
        [NORMAL] = {" mean ", " sd "},
        [LOGNORMAL] = {" median ", " sigma "},
        [BETA] = {" alpha ", " beta "},
        [GAMMA] = {" shape ", " scale "},
    };
    const double number[] = {d->a, d->b, d->c};

    fputs(distribution_name(d->kind), out);
    if (d->kind == DISCRETE) {
        print_discrete(out, d);
        return;
    }
    for (int i = 0; i < 3 && names[d->kind][i] != NULL; i++)
        print_number(out, names[d->kind][i], number[i]);
}

/* A value in words: 0.8, or lognormal median 0.042 sigma 0.25. */
static const char *value_of(struct store *store, const struct setting *setting)
{
    char *text = NULL;
    const char *kept;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    if (out == NULL) {
        store->failed = true;
        return "";
    }
    if (!setting_is_number(setting))
        fputs(setting->text, out);
    else if (setting->number.kind == FIXED)
        print_number(out, "", setting->number.a);
    else
        print_distribution(out, &setting->number);
    kept = fclose(out) == 0 ? store_text(store, text) : "";
    free(text);
    return kept;
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
    return strchr(field->key, '.') != NULL && field->type != FIELD_PATH && !field->told;
}

static void add(struct hr_scenario *scenario, const char *key)
{
    const struct setting *setting = settings_find(&scenario->settings, key);

    if (setting != NULL && is_assumption(setting->field))
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

size_t hr_scenario_assumption_count(const struct hr_scenario *scenario)
{
    size_t count = 0;

    for (size_t i = 0; i < scenario->assumptions; i++)
        count += strcmp(scenario->assumption[i].evidence, "assumption") == 0;
    return count;
}
