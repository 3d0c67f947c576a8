#include "reading.h"

#include "files.h"
#include "plan.h"
#include "stop_read.h"
#include "ties_read.h"

#include <stdio.h>
#include <string.h>

/* A history or a table of claims may stand in the text itself, as a result set keeps
 * it. */
static bool is_inline_table(const char *text)
{
    return strchr(text, '\n') != NULL;
}

/* From a path as written to one that opens. */
static bool find_path(const struct input *input, struct setting *setting)
{
    char path[LONGEST_FILE_NAME];

    if (is_inline_table(setting->text) ||
        (input->scenario->recipe.practices != NULL &&
         strcmp(setting->key, "patch.practices") == 0))
        return true;
    if (files_find(setting->text, input->path == NULL ? "" : input->path, path)) {
        setting->text = store_text(&input->scenario->store, path);
        return true;
    }
    messages_add(
        input->reader.problems, &setting->at, setting->key,
        "there is no file \"%s\" beside this one or among the shipped scenarios",
        setting->text);
    return false;
}

static bool is_twice(const struct input *input, const struct setting *setting)
{
    const struct setting *first =
        settings_find(&input->scenario->settings, setting->key);

    if (first == NULL || first->at.number != setting->at.number || first->defaulted)
        return false;
    messages_add(input->reader.problems, &setting->at, setting->key,
                 "is given twice; first on line %d", first->at.line);
    return true;
}

/* Whether a form of one's own was written as a mapping: forms.NAME.like */
static bool is_like(const char *key)
{
    const char *last = strrchr(key, '.');

    return strncmp(key, "forms.", 6) == 0 && strcmp(last, ".like") == 0;
}

/* YAML 1.1's way to take over the keys of another map */
static bool is_merge(const char *key)
{
    const char *last = strrchr(key, '.');

    return strcmp(last == NULL ? key : last + 1, "<<") == 0;
}

static void refuse_key(const struct input *input, const char *key,
                       const struct place *at, struct fy_node *value)
{
    const char *unread =
        yaml_is_map(value) ? "; what stands in it was not looked at" : "";
    char nearest[LONGEST_PATH];

    if (is_merge(key))
        messages_add(input->reader.problems, at, key,
                     "merge keys are not taken: write the keys out, or include a file");
    else if (is_like(key))
        messages_add(input->reader.problems, at, key,
                     "a form like another is an item of the list, as in forms: "
                     "[partnership, { like: federation, name: mine, levy: 2 }]");
    else if (messages_are_kept(input->reader.problems) && schema_nearest(key, nearest))
        messages_add(input->reader.problems, at, key, "no such key; did you mean %s?%s",
                     nearest, unread);
    else
        messages_add(input->reader.problems, at, key,
                     "no such key; `headroom keys` lists them all%s", unread);
}

static void put_value(const struct input *input, struct setting *setting)
{
    struct hr_scenario *scenario = input->scenario;

    if (!precedence_allows(scenario, setting, input->from))
        return;
    precedence_settle(scenario, setting, input->from);
    precedence_keep_year(scenario, setting, input->from);
    settings_put(&scenario->settings, &scenario->store, setting);
}

static void read_value(const struct input *input, const struct field *field,
                       const char *key, const struct place *at, struct fy_node *value)
{
    struct setting setting = {
        .key = key, .field = field, .at = *at, .keyed = !input->in_entry};

    if (strlen(key) >= LONGEST_KEY)
        messages_add(input->reader.problems, at, key, "is too long a key");
    else if (is_twice(input, &setting))
        return;
    else if (value_read(&input->reader, value, &setting) &&
             (field->type != FIELD_PATH || find_path(input, &setting)))
        put_value(input, &setting);
    else
        settings_put(&input->scenario->refused, &input->scenario->store, &setting);
}

/* A value where a group of keys is, or a list of entries. */
static void refuse_group(const struct input *input, const char *key,
                         const struct place *at)
{
    if (strcmp(key, "forms") == 0 || strcmp(key, "shocks") == 0)
        messages_add(input->reader.problems, at, key, "takes a list, as in %s: [%s]%s",
                     key, *key == 'f' ? "partnership, federation" : "unfunded_pay",
                     *key == 'f' ? "" : "; [] is none of them");
    else
        messages_add(input->reader.problems, at, key,
                     "is a group of keys and takes no value of its own");
}

/* It would leave all as it is, which who writes it may not mean. */
static void refuse_empty(const struct input *input, const char *key,
                         const struct place *at)
{
    messages_add(input->reader.problems, at, key,
                 "is an empty map, which changes nothing: leave it out%s",
                 strcmp(key, "shocks") == 0 ? "; [] is no shock at all" : "");
}

void reading_key(const struct input *input, const char *key, const struct place *at,
                 struct fy_node *value)
{
    const struct field *field = schema_find(key);
    char prefix[LONGEST_PATH];

    if (field != NULL) {
        read_value(input, field, key, at, value);
    } else if (!schema_is_group(key)) {
        refuse_key(input, key, at, value);
    } else if (!yaml_is_map(value)) {
        refuse_group(input, key, at);
    } else if (fy_node_mapping_item_count(value) == 0) {
        refuse_empty(input, key, at);
    } else if (snprintf(prefix, sizeof(prefix), "%s.", key) < LONGEST_PATH) {
        reading_map(input, value, prefix);
    }
}

/* What has names of its own, whatever the schema says; false where it is none. */
static bool read_sheet(const struct input *input, const char *key,
                       const struct place *at, struct fy_node *value)
{
    static const struct {
        const char *key;
        void (*read)(const struct input *input, struct fy_node *node,
                     const struct place *at);
    } sheets[] = {{"sweep", sweep_read},
                  {"correlation", ties_read},
                  {"stop.targets", stop_read_targets}};

    for (size_t i = 0; i < sizeof(sheets) / sizeof(*sheets); i++) {
        if (strcmp(key, sheets[i].key) == 0) {
            sheets[i].read(input, value, at);
            return true;
        }
    }
    return false;
}

static void read_pair(const struct input *input, const struct named_pair *pair, int i,
                      const char *prefix)
{
    struct fy_node *value = pair[i].value;
    const struct place at = yaml_place(
        input->reader.yaml, yaml_first_scalar(pair[i].key), input->reader.yaml->start);
    char key[LONGEST_PATH];

    if (yaml_text(pair[i].key) == NULL) {
        messages_add(input->reader.problems, &at, NULL, "a key must be plain text");
        return;
    }
    snprintf(key, sizeof(key), "%s%s", prefix, pair[i].name);
    if (input_is_repeated(input, pair, i, key, &at) || strcmp(key, "include") == 0)
        return; /* includes were read before all else */
    if (read_sheet(input, key, &at, value))
        return;
    if (strcmp(key, "forms") == 0 && yaml_is_list(value))
        reading_forms(input, value, &at);
    else if (strcmp(key, "shocks") == 0 && yaml_is_list(value))
        reading_shocks(input, value, &at);
    else
        reading_key(input, key, &at, value);
}

/* Lists of forms and shocks first, whatever the order of keys, so that a dotted key
 * may change one of them. */
void reading_map(const struct input *input, struct fy_node *map, const char *prefix)
{
    int count;
    const struct named_pair *pair = input_pairs(input, map, &count);

    for (int i = 0; i < count; i++) {
        if (yaml_is_list(pair[i].value))
            read_pair(input, pair, i, prefix);
    }
    for (int i = 0; i < count; i++) {
        if (!yaml_is_list(pair[i].value))
            read_pair(input, pair, i, prefix);
    }
}
