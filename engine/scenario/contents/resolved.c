#include "contents.h"
#include "distribution_laws.h"
#include "json.h"
#include "parameters.h"
#include "stream.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_list(struct json *json, const char *name, const double *number, int n)
{
    json_open(json, name, '[');
    for (int i = 0; i < n; i++)
        json_number(json, NULL, number[i]);
    json_close(json, ']');
}

static void write_distribution(struct json *json, const struct distribution *d)
{
    const double number[] = {d->a, d->b, d->c};
    const struct distribution_law *law = &distribution_laws[d->kind];
    const char *const *name = law->set[0].name;

    json_open(json, distribution_name(d->kind), '{');
    if (law->lists) {
        write_list(json, name[0], d->value, d->count);
        write_list(json, name[1], d->weight, d->count);
    }
    for (int i = 0; !law->lists && i < DISTRIBUTION_PARAMETERS && name[i] != NULL; i++)
        json_number(json, name[i], number[i]);
    json_close(json, '}');
}

static void write_history(struct json *json, const struct hr_scenario *scenario)
{
    static const char *const names[INDICES] = {"contract", "pay", "prices", "locum"};
    char text[TEXT_NUMBER_SIZE], *table = NULL;
    size_t size = 0;
    FILE *out;

    out = stream_to_memory(&table, &size);
    if (out == NULL) {
        json->failed = true;
        return;
    }
    fputs("year", out);
    for (int k = 0; k < INDICES; k++)
        fprintf(out, ",%s", names[k]);
    for (int k = 0; k < PASTS; k++) {
        if (scenario->past[k] != NULL)
            fprintf(out, ",%s", past_columns[k].name);
    }
    for (int year = 0; year < scenario->history_years; year++) {
        fprintf(out, "\n%d", scenario->history_start + year);
        for (int k = 0; k < INDICES; k++)
            fprintf(out, ",%s",
                    text_from_number(scenario->history[year * INDICES + k], text));
        for (int k = 0; k < PASTS; k++) {
            if (scenario->past[k] != NULL)
                fprintf(out, ",%s", text_from_number(scenario->past[k][year], text));
        }
    }
    fputc('\n', out);
    json->failed |= !stream_close(out);
    json_text(json, "value", table);
    free(table);
}

/* "practices.csv": that table is kept beside the text, wherever it came from; other
 * tables within it. */
static void write_path(struct json *json, const struct hr_scenario *scenario,
                       const struct setting *setting)
{
    if (strcmp(setting->key, "prices.history") == 0)
        write_history(json, scenario);
    else if (strcmp(setting->key, "delegated.table") == 0)
        json_text(json, "value", scenario->claims_text);
    else
        json_text(json, "value", "practices.csv");
}

static void write_words(struct json *json, const struct hr_scenario *scenario,
                        const struct setting *setting)
{
    if (setting->field->type == FIELD_PATH)
        write_path(json, scenario, setting);
    else if (setting->field->type == FIELD_FLAG)
        json_flag(json, "value", setting->choice != 0);
    else
        json_text(json, "value", setting->text);
}

/* What is written: everything, or all of which numbers depend. */
struct resolving {
    struct json json;
    const struct hr_scenario *scenario;
    bool in_full;
};

static bool is_left_out(const struct resolving *resolving, const struct field *field)
{
    return field->halts || (field->told && !resolving->in_full);
}

static void write_setting(struct json *json, const struct hr_scenario *scenario,
                          const char *name, const struct setting *setting)
{
    json_open(json, name, '{');
    if (!setting_is_number(setting))
        write_words(json, scenario, setting);
    else if (setting->number.kind == FIXED)
        json_number(json, "value", setting->number.a);
    else
        write_distribution(json, &setting->number);
    if (setting->year != 0)
        json_number(json, "year", setting->year);
    if (setting->independent)
        json_flag(json, "independent", true);
    if (setting->defaulted)
        json_flag(json, "defaulted", true);
    json_text(json, "evidence", setting->evidence);
    json_text_if(json, "source", setting->source);
    json_text_if(json, "owner", setting->owner);
    json_text_if(json, "date", setting->date);
    json_close(json, '}');
}

/* The settings of a row of the schema within a group: one, or one a year. */
static void write_field(struct resolving *resolving, const struct field *field,
                        size_t group)
{
    const struct settings *settings = &resolving->scenario->settings;

    for (size_t i = 0; i < settings->count; i++) {
        if (settings->item[i]->field == field)
            write_setting(&resolving->json, resolving->scenario,
                          settings->item[i]->key + group, settings->item[i]);
    }
}

static bool has_any(const struct hr_scenario *scenario, const char *key, size_t length)
{
    for (size_t i = 0; i < scenario->settings.count; i++) {
        if (strncmp(scenario->settings.item[i]->key, key, length) == 0)
            return true;
    }
    return false;
}

/* Of a group of the model: not one key, a term of a form or a field of a shock. */
static bool is_grouped(const struct field *field)
{
    return strchr(field->key, '.') != NULL && !schema_is_term(field) &&
           !schema_is_shock(field);
}

/* Keys of one group stand together in the schema. */
static void write_groups(struct resolving *resolving)
{
    struct json *json = &resolving->json;
    const char *open = NULL;

    for (size_t i = 0; i < schema_count(); i++) {
        const struct field *field = schema_at(i);
        const size_t length = strcspn(field->key, ".") + 1;
        char name[LONGEST_PATH];

        if (!is_grouped(field) || is_left_out(resolving, field) ||
            !has_any(resolving->scenario, field->key, length))
            continue;
        if (open == NULL || strncmp(field->key, open, length) != 0) {
            if (open != NULL)
                json_close(json, '}');
            snprintf(name, sizeof(name), "%.*s", (int)length - 1, field->key);
            json_open(json, name, '{');
            open = field->key;
        }
        write_field(resolving, field, length);
    }
    json_close(json, '}');
}

static void write_named(struct resolving *resolving, const char *group,
                        const char *name)
{
    const struct hr_scenario *scenario = resolving->scenario;

    for (size_t i = 0; i < schema_count(); i++) {
        const struct field *field = schema_at(i);
        const struct setting *setting;

        if (strncmp(field->key, group, strlen(group)) != 0 ||
            is_left_out(resolving, field))
            continue;
        setting = settings_findf(&scenario->settings, "%s.%s.%s", group, name,
                                 schema_leaf(field));
        if (setting != NULL)
            write_setting(&resolving->json, scenario, schema_leaf(field), setting);
    }
}

static void write_ties(struct resolving *resolving)
{
    const struct hr_scenario *scenario = resolving->scenario;
    const struct ties *ties = &scenario->ties;
    const struct setting *dependence = settings_find(&scenario->settings, "dependence");
    struct json *json = &resolving->json;

    if (dependence != NULL)
        write_setting(json, scenario, dependence->key, dependence);
    if (ties->count == 0)
        return;
    json_open(json, "correlation", '[');
    for (size_t t = 0; t < ties->count; t++) {
        const struct tie *tie = &ties->tie[t];

        json_open(json, NULL, '{');
        json_open(json, "keys", '[');
        for (size_t k = 0; k < tie->keys; k++)
            json_text(json, NULL, tie->key[k]);
        json_close(json, ']');
        json_number(json, "rank", tie->rank);
        if (tie->source != NULL)
            json_text(json, "source", tie->source);
        if (tie->evidence != NULL)
            json_text(json, "evidence", tie->evidence);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_lists(struct resolving *resolving)
{
    const struct hr_scenario *scenario = resolving->scenario;
    struct json *json = &resolving->json;

    json_open(json, "shocks", '[');
    for (size_t i = 0; i < scenario->shocks; i++) {
        json_open(json, NULL, '{');
        json_text(json, "name", scenario->shock[i].name);
        write_named(resolving, "shocks", scenario->shock[i].name);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_open(json, "forms", '[');
    for (size_t i = 0; i < scenario->rows; i++) {
        json_open(json, NULL, '{');
        json_text(json, "name", scenario->row[i].name);
        json_flag(json, "simulated", scenario->row[i].simulated);
        write_named(resolving, "forms", scenario->row[i].name);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static char *resolve(const struct hr_scenario *scenario, uint64_t trials, bool in_full)
{
    struct resolving resolving = {.scenario = scenario, .in_full = in_full};
    struct json *json = &resolving.json;

    json_start(json);
    json_text(json, "title", hr_scenario_text(scenario, "title"));
    if (in_full && hr_scenario_text(scenario, "question") != NULL)
        json_text(json, "question", hr_scenario_text(scenario, "question"));
    json_number(json, "trials", (double)trials);
    json_number(json, "seed", hr_scenario_number(scenario, "seed"));
    json_text(json, "reference", hr_scenario_text(scenario, "reference"));
    write_groups(&resolving);
    write_ties(&resolving);
    write_lists(&resolving);
    return json_end(json);
}

char *hr_scenario_resolved_for(const struct hr_scenario *scenario, uint64_t trials)
{
    return resolve(scenario, trials, false);
}

char *hr_scenario_resolved_in_full(const struct hr_scenario *scenario, uint64_t trials)
{
    return resolve(scenario, trials, true);
}

char *hr_scenario_resolved(const struct hr_scenario *scenario)
{
    return hr_scenario_resolved_for(scenario,
                                    (uint64_t)hr_scenario_number(scenario, "trials"));
}
