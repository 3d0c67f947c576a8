#include "distribution_laws.h"
#include "fields.h"

#include "headroom/scenario.h"

#include "json.h"
#include "value.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

size_t hr_key_count(void)
{
    return schema_count();
}

struct hr_key hr_key_at(size_t i)
{
    const struct field *field = schema_at(i);

    return (struct hr_key){
        .key = field->key,
        .type = field_type_name(field->type),
        .unit = field->unit,
        .meaning = field->meaning,
        .fallback = field->fallback,
        .uplift = uplift_name(field->uplift),
        .low = field->low,
        .high = field->high,
        .neutral = field->has_neutral ? field->neutral : NAN,
        .required = !field->optional && field->fallback == NULL,
        .structural = field->structural,
    };
}

const char *hr_key_choice(size_t i, size_t choice)
{
    const struct choice *choices = schema_at(i)->choices;

    return choices == NULL ? NULL : choices[choice].word;
}

static bool is_number(const struct field *field)
{
    return field->type == FIELD_NUMBER || field->type == FIELD_INTEGER;
}

static void write_reference(struct json *json, const char *name, const char *definition)
{
    char pointer[64];

    snprintf(pointer, sizeof(pointer), "#/definitions/%s", definition);
    json_open(json, name, '{');
    json_text(json, "$ref", pointer);
    json_close(json, '}');
}

static void write_type(struct json *json, const char *name, const char *type)
{
    json_open(json, name, '{');
    json_text(json, "type", type);
    json_close(json, '}');
}

/* A name or a list of names. */
static void write_names(struct json *json)
{
    json_open(json, "type", '[');
    json_text(json, NULL, "string");
    json_text(json, NULL, "array");
    json_close(json, ']');
    write_type(json, "items", "string");
}

/* The bare value: a number in its range, or words. */
static void write_plain(struct json *json, const char *name, const struct field *field)
{
    json_open(json, name, '{');
    if (is_number(field)) {
        json_text(json, "type", field->type == FIELD_NUMBER ? "number" : "integer");
        json_number(json, "minimum", field->low);
        json_number(json, "maximum", field->high);
    } else if (field->type == FIELD_CHOICE) {
        json_open(json, "enum", '[');
        for (const struct choice *choice = field->choices; choice->word != NULL;
             choice++)
            json_text(json, NULL, choice->word);
        json_close(json, ']');
    } else if (field->type == FIELD_NAMES) {
        write_names(json);
    } else {
        json_text(json, "type", field->type == FIELD_FLAG ? "boolean" : "string");
    }
    json_close(json, '}');
}

static void write_notes(struct json *json, const struct field *field)
{
    static const char *const evidence[] = {"published",  "derived",    "survey",
                                           "assumption", "definition", "chosen"};

    write_type(json, "source", "string");
    write_type(json, "owner", "string");
    json_open(json, "date", '{');
    json_close(json, '}');
    json_open(json, "evidence", '{');
    json_open(json, "enum", '[');
    for (size_t i = 0; i < sizeof(evidence) / sizeof(*evidence); i++)
        json_text(json, NULL, evidence[i]);
    json_close(json, ']');
    json_close(json, '}');
    if (field->uplift != UPLIFT_NONE)
        write_type(json, "year", "integer");
    if (is_number(field) && !field->structural)
        write_type(json, "independent", "boolean");
    write_type(json, "defaulted", "boolean");
}

/* {value: ..., source: ...} or {lognormal: {...}, source: ...} */
static void write_noted(struct json *json, const struct field *field)
{
    json_open(json, NULL, '{');
    json_text(json, "type", "object");
    json_open(json, "properties", '{');
    write_plain(json, "value", field);
    for (int kind = 0; is_number(field) && !field->structural && kind < DISTRIBUTIONS;
         kind++)
        write_reference(json, distribution_name((enum distribution_kind)kind),
                        distribution_name((enum distribution_kind)kind));
    write_notes(json, field);
    json_close(json, '}');
    json_flag(json, "additionalProperties", false);
    json_close(json, '}');
}

static void write_value(struct json *json, const char *name, const struct field *field)
{
    char words[512];

    json_open(json, name, '{');
    snprintf(words, sizeof(words), "%s%s%s%s", field->meaning,
             *field->unit == '\0' ? "" : " (", field->unit,
             *field->unit == '\0' ? "" : ")");
    json_text(json, "description", words);
    json_open(json, "oneOf", '[');
    write_plain(json, NULL, field);
    write_noted(json, field);
    json_close(json, ']');
    json_close(json, '}');
}

static const char forms_group[] = "forms.*.", shocks_group[] = "shocks.*.";

/* Whether an earlier row begins with the same characters. */
static bool is_repeated(size_t i, size_t length)
{
    for (size_t j = 0; j < i; j++) {
        if (strncmp(schema_at(j)->key, schema_at(i)->key, length) == 0)
            return true;
    }
    return false;
}

static void write_group(struct json *json, const char *name, const char *prefix);

/* A group named by each leading part of the key's rest: leave_rate, and for
 * workforce.leave_rate.partner also workforce and workforce.leave_rate. */
static void write_groups_of(struct json *json, size_t i, size_t length)
{
    const char *key = schema_at(i)->key;

    for (const char *dot = strchr(key + length, '.'); dot != NULL;
         dot = strchr(dot + 1, '.')) {
        char prefix[LONGEST_PATH], name[LONGEST_PATH];

        snprintf(prefix, sizeof(prefix), "%.*s", (int)(dot + 1 - key), key);
        snprintf(name, sizeof(name), "%.*s", (int)(dot - key - (ptrdiff_t)length),
                 key + length);
        if (!is_repeated(i, strlen(prefix)))
            write_group(json, name, prefix);
    }
}

/* What a target holds is checked when it is read. */
static void write_targets(struct json *json, const char *prefix)
{
    json_open(json, *prefix == '\0' ? "stop.targets" : "targets", '{');
    json_text(json, "type", "array");
    json_text(json, "description",
              "numbers that are to be known so well before the run ends: metric, "
              "statistic, form, difference_from, half_width or relative");
    json_close(json, '}');
}

/* All ways to write what stands below a prefix: keys dotted, nested, or both. */
static void write_properties(struct json *json, const char *prefix)
{
    const size_t length = strlen(prefix);

    for (size_t i = 0; i < schema_count(); i++) {
        const char *key = schema_at(i)->key;

        if (strncmp(key, prefix, length) != 0 || strchr(key + length, '*') != NULL)
            continue;
        write_groups_of(json, i, length);
        write_value(json, key + length, schema_at(i));
    }
    if (*prefix == '\0' || strcmp(prefix, "stop.") == 0)
        write_targets(json, prefix);
}

/* Keys with a star in them, below a prefix: a year of an index, or a map of years; and
 * terms of a form or shock that some list names. */
static void write_patterns(struct json *json, const char *prefix)
{
    static const struct {
        const char *prefix, *years, *year;
    } uplift[] = {
        {"", "^money\\.uplift\\.(contract|pay|prices)$",
         "^money\\.uplift\\.(contract|pay|prices)\\.[0-9]{4}$"},
        {"money.", "^uplift\\.(contract|pay|prices)$",
         "^uplift\\.(contract|pay|prices)\\.[0-9]{4}$"},
        {"money.uplift.", "^(contract|pay|prices)$",
         "^(contract|pay|prices)\\.[0-9]{4}$"},
    };

    json_open(json, "patternProperties", '{');
    for (size_t i = 0; i < sizeof(uplift) / sizeof(*uplift); i++) {
        if (strcmp(prefix, uplift[i].prefix) != 0)
            continue;
        write_reference(json, uplift[i].years, "by_year");
        write_value(json, uplift[i].year, schema_find("money.uplift.pay.2022"));
    }
    if (*prefix == '\0')
        json_flag(json, "^(forms|shocks)\\.", true);
    json_close(json, '}');
}

static void write_group(struct json *json, const char *name, const char *prefix)
{
    json_open(json, name, '{');
    json_text(json, "type", "object");
    json_open(json, "properties", '{');
    write_properties(json, prefix);
    if (strcmp(prefix, "money.") == 0)
        write_group(json, "uplift", "money.uplift.");
    json_close(json, '}');
    write_patterns(json, prefix);
    json_flag(json, "additionalProperties", false);
    json_close(json, '}');
}

/* An entry of forms or shocks: a name, or an object that starts from a shipped one. */
static void write_list(struct json *json, const char *name, const char *group,
                       const char *like)
{
    json_open(json, name, '{');
    json_text(json, "type", "array");
    json_open(json, "items", '{');
    json_open(json, "oneOf", '[');
    write_type(json, NULL, "string");
    json_open(json, NULL, '{');
    json_text(json, "type", "object");
    json_open(json, "properties", '{');
    write_type(json, "name", "string");
    write_type(json, like, "string");
    if (strcmp(like, "like") == 0)
        write_type(json, "simulated", "boolean");
    write_properties(json, group);
    json_close(json, '}');
    json_flag(json, "additionalProperties", false);
    json_close(json, '}');
    json_close(json, ']');
    json_close(json, '}');
    json_close(json, '}');
}

static void write_numbers(struct json *json, const char *name,
                          const char *const *parameter)
{
    json_open(json, NULL, '{');
    json_text(json, "type", "object");
    json_open(json, "properties", '{');
    for (int i = 0; i < DISTRIBUTION_PARAMETERS && parameter[i] != NULL; i++)
        write_type(json, parameter[i], name);
    json_close(json, '}');
    json_open(json, "required", '[');
    for (int i = 0; i < DISTRIBUTION_PARAMETERS && parameter[i] != NULL; i++)
        json_text(json, NULL, parameter[i]);
    json_close(json, ']');
    json_flag(json, "additionalProperties", false);
    json_close(json, '}');
}

static void write_distribution(struct json *json, enum distribution_kind kind)
{
    const char *const *parameter;

    json_open(json, distribution_name(kind), '{');
    json_open(json, "oneOf", '[');
    for (int i = 0; (parameter = value_parameters(kind, i)) != NULL; i++)
        write_numbers(json, distribution_laws[kind].lists ? "array" : "number",
                      parameter);
    json_close(json, ']');
    json_close(json, '}');
}

static void write_by_year(struct json *json)
{
    json_open(json, "by_year", '{');
    json_text(json, "type", "object");
    json_open(json, "patternProperties", '{');
    write_value(json, "^[0-9]{4}$", schema_find("money.uplift.pay.2022"));
    json_close(json, '}');
    json_flag(json, "additionalProperties", false);
    json_close(json, '}');
}

static void write_definitions(struct json *json)
{
    json_open(json, "definitions", '{');
    for (int kind = 0; kind < DISTRIBUTIONS; kind++)
        write_distribution(json, (enum distribution_kind)kind);
    write_by_year(json);
    json_close(json, '}');
}

static void write_include(struct json *json)
{
    json_open(json, "include", '{');
    json_open(json, "oneOf", '[');
    write_type(json, NULL, "string");
    json_open(json, NULL, '{');
    json_text(json, "type", "array");
    write_type(json, "items", "string");
    json_close(json, '}');
    json_close(json, ']');
    json_close(json, '}');
}

/* A list of axes, or a map; what either holds is checked when it is read. */
static void write_sweep(struct json *json)
{
    json_open(json, "sweep", '{');
    json_open(json, "type", '[');
    json_text(json, NULL, "array");
    json_text(json, NULL, "object");
    json_close(json, ']');
    json_text(json, "description", "axes that are varied together: README, What if?");
    json_close(json, '}');
}

static void write_ties(struct json *json)
{
    json_open(json, "correlation", '{');
    json_text(json, "type", "array");
    json_text(json, "description",
              "draws that go together: { keys: [A, B], rank: Spearman's }");
    json_close(json, '}');
}

char *hr_scenario_schema(void)
{
    struct json json;

    json_start(&json);
    json_text(&json, "$schema", "http://json-schema.org/draft-07/schema#");
    json_text(&json, "title", "Headroom scenario");
    json_text(&json, "type", "object");
    json_open(&json, "properties", '{');
    write_include(&json);
    write_sweep(&json);
    write_ties(&json);
    write_list(&json, "forms", forms_group, "like");
    write_list(&json, "shocks", shocks_group, "use");
    write_properties(&json, "");
    json_close(&json, '}');
    write_patterns(&json, "");
    json_flag(&json, "additionalProperties", false);
    write_definitions(&json);
    return json_end(&json);
}
