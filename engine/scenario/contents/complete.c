#include "complete.h"

#include "files.h"
#include "reading.h"

#include "plan.h"

#include <stdio.h>
#include <string.h>

static const struct setting *exit_of(const struct hr_scenario *scenario,
                                     const struct row *row)
{
    return settings_findf(&scenario->settings, "forms.%s.exit_form", row->name);
}

static void load_row(struct hr_scenario *scenario, const struct setting *exit,
                     struct hr_messages *problems)
{
    const struct shipped shipped = {"forms", exit->text, exit->text, &exit->at};
    struct row *row;

    if (!reading_shipped(scenario, &shipped, problems))
        return;
    row = contents_add_row(scenario, exit->text, &exit->at);
    if (row != NULL)
        row->simulated = false;
}

void complete_rows(struct hr_scenario *scenario, struct hr_messages *problems)
{
    const size_t rows = scenario->rows;

    for (size_t i = 0; i < rows; i++) {
        const struct setting *exit = exit_of(scenario, &scenario->row[i]);

        if (scenario->row[i].simulated && exit != NULL &&
            contents_row(scenario, exit->text) == NULL)
            load_row(scenario, exit, problems);
    }
}

static bool is_fallen_back_on(const struct hr_scenario *scenario, const char *name)
{
    for (size_t i = 0; i < scenario->rows; i++) {
        const struct setting *exit = exit_of(scenario, &scenario->row[i]);

        if (scenario->row[i].simulated && exit != NULL && strcmp(exit->text, name) == 0)
            return true;
    }
    return false;
}

static void drop_idle_rows(struct hr_scenario *scenario)
{
    size_t kept = 0;

    for (size_t i = 0; i < scenario->rows; i++) {
        const struct row row = scenario->row[i];
        char prefix[LONGEST_PATH];

        if (row.simulated || is_fallen_back_on(scenario, row.name)) {
            scenario->row[kept++] = row;
            continue;
        }
        snprintf(prefix, sizeof(prefix), "forms.%s.", row.name);
        settings_remove(&scenario->settings, prefix);
    }
    scenario->rows = kept;
}

/* Simulated rows first; otherwise the order stays. */
static void sort_rows(struct hr_scenario *scenario)
{
    size_t place = 0;

    for (size_t i = 0; i < scenario->rows; i++) {
        const struct row row = scenario->row[i];

        if (!row.simulated)
            continue;
        memmove(&scenario->row[place + 1], &scenario->row[place],
                (i - place) * sizeof(row));
        scenario->row[place++] = row;
    }
}

/* Whether a term of a form, or a field of a shock, is of none the scenario has, and
 * only because a file that includes another lists fewer than there are. */
static bool is_left_out(const struct hr_scenario *scenario,
                        const struct setting *setting)
{
    const bool term = schema_is_term(setting->field);
    const char *name = strchr(setting->key, '.');
    char owner[LONGEST_PATH], relative[LONGEST_PATH + 16], path[LONGEST_FILE_NAME];

    if (!(term || schema_is_shock(setting->field)) || setting->at.number <= 1 ||
        setting->at.number == scenario->command_line)
        return false;
    snprintf(owner, sizeof(owner), "%.*s", (int)strcspn(name + 1, "."), name + 1);
    if (term ? contents_row(scenario, owner) != NULL
             : contents_shock(scenario, owner) != NULL)
        return false;
    snprintf(relative, sizeof(relative), "%s/%s.yaml", term ? "forms" : "shocks",
             owner);
    return files_find(relative, NULL, path);
}

static void drop_left_out(struct hr_scenario *scenario)
{
    for (size_t i = scenario->settings.count; i-- > 0;) {
        const struct setting *setting = scenario->settings.item[i];

        if (!is_left_out(scenario, setting))
            continue;
        messages_add(&scenario->warnings, &setting->at, setting->key,
                     "says nothing: this scenario does not list it");
        settings_drop(&scenario->settings, setting->key);
    }
}

static const struct setting *of_shock(const struct hr_scenario *scenario,
                                      const struct named_shock *shock, const char *leaf)
{
    return settings_findf(&scenario->settings, "shocks.%s.%s", shock->name, leaf);
}

static bool is_number(const struct setting *setting, double number)
{
    return setting == NULL ||
           (setting->number.kind == FIXED && setting->number.a == number);
}

/* Two ways to say when it strikes, or for how long, in one file. */
static void check_timing(struct hr_scenario *scenario, const struct named_shock *shock,
                         struct hr_messages *problems)
{
    const struct setting *at = of_shock(scenario, shock, "at");
    const struct setting *lasting = of_shock(scenario, shock, "lasting");

    if (at != NULL && !is_number(of_shock(scenario, shock, "rate"), 0.0))
        messages_add(problems, &at->at, at->key,
                     "has a set year as well as a rate: give at or rate, not both");
    if (lasting != NULL && lasting->choice != 0 &&
        !(is_number(of_shock(scenario, shock, "duration"), 1.0) &&
          is_number(of_shock(scenario, shock, "fade"), 0.0)))
        messages_add(&scenario->warnings, &lasting->at, lasting->key,
                     "it stays for ever, so that duration and fade say nothing");
}

void complete_default(struct hr_scenario *scenario, const char *key,
                      const struct field *field, struct hr_messages *problems)
{
    struct setting setting = {
        .key = key, .field = field, .defaulted = true, .at = scenario->start};

    if (!value_from_text(&scenario->store, field->fallback, &setting, problems))
        return;
    setting.evidence = "definition";
    setting.source = "default";
    settings_put(&scenario->settings, &scenario->store, &setting);
}

static bool is_required(const struct field *field)
{
    return !field->optional && field->fallback == NULL;
}

/* False where a required key is missing. */
static bool complete_key(struct hr_scenario *scenario, const char *key,
                         const struct field *field, struct hr_messages *problems)
{
    if (settings_find(&scenario->settings, key) != NULL || field->optional ||
        settings_find(&scenario->refused, key) != NULL)
        return true;
    if (field->fallback != NULL)
        complete_default(scenario, key, field, problems);
    return !is_required(field);
}

/* What is missing of a form: a few terms by name, or how many and the first. */
static void say_missing_terms(const char *owner, const struct place *at,
                              const struct field *const *missing, size_t count,
                              struct hr_messages *problems)
{
    static const char hint[] = "a form states every term, or says like: another form";

    if (count > 3) {
        messages_add(problems, at, owner, "%zu terms are missing, %s the first; %s",
                     count, schema_leaf(missing[0]), hint);
        return;
    }
    for (size_t i = 0; i < count; i++)
        messages_add(problems, at, owner, "%s is missing; %s", schema_leaf(missing[i]),
                     hint);
}

/* The keys of one form or shock. */
static void complete_named(struct hr_scenario *scenario, const char *group,
                           const char *name, const struct place *at,
                           struct hr_messages *problems)
{
    const struct field *missing[128];
    const size_t length = strlen(group);
    char key[LONGEST_PATH];
    size_t count = 0;

    for (size_t i = 0; i < schema_count(); i++) {
        const struct field *field = schema_at(i);

        if (strncmp(field->key, group, length) != 0 || field->key[length] != '.')
            continue;
        snprintf(key, sizeof(key), "%s.%s.%s", group, name, schema_leaf(field));
        if (!complete_key(scenario, key, field, problems))
            missing[count++] = field;
    }
    snprintf(key, sizeof(key), "%s.%s", group, name);
    say_missing_terms(key, at, missing, count, problems);
}

/* How many required keys of a group are missing, and how many there are. */
static void count_group(const struct hr_scenario *scenario, const char *group,
                        size_t length, size_t *missing, size_t *required)
{
    *missing = *required = 0;
    for (size_t i = 0; i < schema_count(); i++) {
        const struct field *field = schema_at(i);

        if (strncmp(field->key, group, length) != 0 || !is_required(field))
            continue;
        *required += 1;
        *missing += settings_find(&scenario->settings, field->key) == NULL &&
                    settings_find(&scenario->refused, field->key) == NULL;
    }
}

/* A group of which nothing is there is one message, not thirty; said at its first key.
 */
static bool say_missing_group(const struct hr_scenario *scenario,
                              const struct field *field, struct hr_messages *problems)
{
    const size_t length = strcspn(field->key, ".") + 1;
    size_t missing, required;

    if (strchr(field->key, '.') == NULL)
        return false;
    count_group(scenario, field->key, length, &missing, &required);
    if (missing < required || required < 3)
        return false;
    messages_add(
        problems, &scenario->start, NULL,
        "%.*s: all %zu keys are missing; include: [assumptions/england_2026.yaml] "
        "has them",
        (int)length - 1, field->key, required);
    return true;
}

static void complete_model(struct hr_scenario *scenario, struct hr_messages *problems)
{
    for (size_t i = 0; i < schema_count(); i++) {
        const struct field *field = schema_at(i);

        if (strchr(field->key, '*') != NULL ||
            complete_key(scenario, field->key, field, problems) ||
            say_missing_group(scenario, field, problems))
            continue;
        messages_add(problems, &scenario->start, field->key, "is missing");
    }
}

void complete(struct hr_scenario *scenario, struct hr_messages *problems)
{
    complete_rows(scenario, problems);
    drop_idle_rows(scenario);
    drop_left_out(scenario);
    sort_rows(scenario);
    for (size_t i = 0; i < scenario->shocks; i++)
        check_timing(scenario, &scenario->shock[i], problems);
    complete_model(scenario, problems);
    for (size_t i = 0; i < scenario->rows; i++)
        complete_named(scenario, "forms", scenario->row[i].name, &scenario->row[i].at,
                       problems);
    for (size_t i = 0; i < scenario->shocks; i++)
        complete_named(scenario, "shocks", scenario->shock[i].name,
                       &scenario->shock[i].at, problems);
}
