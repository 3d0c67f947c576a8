#include "reading.h"

#include "files.h"
#include "plan.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
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

static void refuse_key(const struct input *input, const char *key,
                       const struct place *at)
{
    char nearest[LONGEST_PATH];

    if (is_like(key))
        messages_add(input->reader.problems, at, key,
                     "a form like another is an item of the list, as in forms: "
                     "[partnership, { like: federation, name: mine, levy: 2 }]");
    else if (schema_nearest(key, nearest))
        messages_add(input->reader.problems, at, key, "no such key; did you mean %s?",
                     nearest);
    else
        messages_add(input->reader.problems, at, key,
                     "no such key; `headroom keys` lists them all");
}

static void read_value(const struct input *input, const struct field *field,
                       const char *key, const struct place *at, struct fy_node *value)
{
    struct setting setting = {.key = key, .field = field, .at = *at};

    if (strlen(key) >= LONGEST_KEY) {
        messages_add(input->reader.problems, at, key, "is too long a key");
        return;
    }
    if (is_twice(input, &setting) || !value_read(&input->reader, value, &setting))
        return;
    if (field->type == FIELD_PATH && !find_path(input, &setting))
        return;
    settings_put(&input->scenario->settings, &input->scenario->store, &setting);
}

void reading_key(const struct input *input, const char *key, const struct place *at,
                 struct fy_node *value)
{
    const struct field *field = schema_find(key);
    char prefix[LONGEST_PATH];

    if (field != NULL) {
        read_value(input, field, key, at, value);
    } else if (!schema_is_group(key)) {
        refuse_key(input, key, at);
    } else if (!yaml_is_map(value)) {
        messages_add(input->reader.problems, at, key,
                     "is a group of keys and takes no value of its own");
    } else if (snprintf(prefix, sizeof(prefix), "%s.", key) < LONGEST_PATH) {
        reading_map(input, value, prefix);
    }
}

static const char *name_of_pair(struct fy_node *map, int i)
{
    const char *name =
        yaml_text(fy_node_pair_key(fy_node_mapping_get_by_index(map, i)));

    return name == NULL ? "" : name;
}

bool reading_is_repeated(const struct input *input, struct fy_node *map, int i,
                         const char *key, const struct place *at)
{
    struct place before;
    int first = 0;

    while (strcmp(name_of_pair(map, first), name_of_pair(map, i)) != 0)
        first++;
    if (first == i)
        return false;
    before =
        yaml_place(input->reader.yaml,
                   fy_node_pair_key(fy_node_mapping_get_by_index(map, first)), *at);
    messages_add(input->reader.problems, at, key, "is given twice; first on line %d",
                 before.line);
    return true;
}

static void read_pair(const struct input *input, struct fy_node *map, int i,
                      const char *prefix)
{
    struct fy_node_pair *pair = fy_node_mapping_get_by_index(map, i);
    struct fy_node *name = fy_node_pair_key(pair), *value = fy_node_pair_value(pair);
    const struct place at =
        yaml_place(input->reader.yaml, name, input->reader.yaml->start);
    char key[LONGEST_PATH];

    if (yaml_text(name) == NULL) {
        messages_add(input->reader.problems, &at, NULL, "a key must be plain text");
        return;
    }
    snprintf(key, sizeof(key), "%s%s", prefix, yaml_text(name));
    if (reading_is_repeated(input, map, i, key, &at) || strcmp(key, "include") == 0)
        return; /* includes were read before all else */
    if (strcmp(key, "forms") == 0 && yaml_is_list(value))
        reading_forms(input, value, &at);
    else if (strcmp(key, "shocks") == 0 && yaml_is_list(value))
        reading_shocks(input, value, &at);
    else
        reading_key(input, key, &at, value);
}

static bool is_list_of(struct fy_node *map, int i)
{
    return yaml_is_list(fy_node_pair_value(fy_node_mapping_get_by_index(map, i)));
}

/* Lists of forms and shocks first, whatever the order of keys, so that a dotted key
 * may change one of them. */
void reading_map(const struct input *input, struct fy_node *map, const char *prefix)
{
    const int count = fy_node_mapping_item_count(map);

    for (int i = 0; i < count; i++) {
        if (is_list_of(map, i))
            read_pair(input, map, i, prefix);
    }
    for (int i = 0; i < count; i++) {
        if (!is_list_of(map, i))
            read_pair(input, map, i, prefix);
    }
}

/* Whether a file is being read already, by itself or by one that asked for it. */
static bool is_being_read(const struct input *input, const char *path)
{
    for (; input != NULL; input = input->asked_by) {
        if (input->path != NULL && files_are_one(input->path, path))
            return true;
    }
    return false;
}

static void include(const struct input *input, struct fy_node *node,
                    const struct place *otherwise)
{
    const struct place at = yaml_place(input->reader.yaml, node, *otherwise);
    const char *name = yaml_text(node);
    char path[LONGEST_FILE_NAME];

    if (name != NULL && *name != '\0' &&
        files_find(name, input->path == NULL ? "" : input->path, path)) {
        if (!is_being_read(input, path)) {
            reading_file(input->scenario, path, input, input->reader.problems);
            return;
        }
        messages_add(input->reader.problems, &at, "include",
                     "\"%s\" includes itself, by way of this line", name);
    } else {
        messages_add(input->reader.problems, &at, "include",
                     "there is no file \"%s\" beside this one or among the shipped "
                     "scenarios",
                     name == NULL ? "" : name);
    }
    input->scenario->partly_read = true;
}

static void include_all(const struct input *input, struct fy_node *node,
                        const struct place *at)
{
    void *iterator = NULL;
    struct fy_node *one;

    if (!yaml_is_list(node)) {
        include(input, node, at);
        return;
    }
    while ((one = fy_node_sequence_iterate(node, &iterator)) != NULL)
        include(input, one, at);
}

static void read_includes(const struct input *input, struct fy_node *root)
{
    const int count = fy_node_mapping_item_count(root);

    for (int i = 0; i < count; i++) {
        struct fy_node_pair *pair = fy_node_mapping_get_by_index(root, i);
        const struct place at = yaml_place(input->reader.yaml, fy_node_pair_key(pair),
                                           input->reader.yaml->start);

        if (strcmp(name_of_pair(root, i), "include") == 0)
            include_all(input, fy_node_pair_value(pair), &at);
    }
}

/* Parse a text and read it under a prefix. */
static void read_document(struct input *input, struct yaml *yaml, const char *text,
                          size_t size, const char *prefix)
{
    input->reader.yaml = yaml;
    if (yaml_open(yaml, text, size, input->reader.problems)) {
        if (*prefix == '\0')
            read_includes(input, yaml->root);
        reading_map(input, yaml->root, prefix);
    } else {
        input->scenario->partly_read = true;
    }
    yaml_close(yaml);
}

static void read_file(struct input *input, const char *prefix)
{
    struct hr_scenario *scenario = input->scenario;
    struct yaml yaml = {.start = {.file = store_text(&scenario->store, input->path),
                                  .number = ++scenario->files}};
    char *text = files_read(input->path, &yaml.start, input->reader.problems);

    if (text != NULL)
        read_document(input, &yaml, text, strlen(text), prefix);
    else
        scenario->partly_read = true;
    free(text);
}

static struct input input_of(struct hr_scenario *scenario, const char *path,
                             const struct input *asked_by, struct hr_messages *problems)
{
    return (struct input){
        .reader = {.store = &scenario->store, .problems = problems},
        .scenario = scenario,
        .path = path,
        .asked_by = asked_by,
    };
}

void reading_file(struct hr_scenario *scenario, const char *path,
                  const struct input *asked_by, struct hr_messages *problems)
{
    struct input input = input_of(scenario, path, asked_by, problems);

    read_file(&input, "");
}

void reading_text(struct hr_scenario *scenario, const char *text, const char *name,
                  struct hr_messages *problems)
{
    struct input input = input_of(scenario, NULL, NULL, problems);
    struct yaml yaml = {.start = {.file = name, .number = ++scenario->files}};

    read_document(&input, &yaml, text, strlen(text), "");
}

void reading_override(struct hr_scenario *scenario, const char *text, int number,
                      struct hr_messages *problems)
{
    struct input input = input_of(scenario, NULL, NULL, problems);
    struct yaml yaml = {.start = {.file = "command line",
                                  .number = ++scenario->files,
                                  .line = number - 1},
                        .shift = 4};
    const char *equals = strchr(text, '=');
    char *flow = NULL;
    const struct place at = {"command line", yaml.start.number, number, 1};

    if (equals == NULL || equals == text) {
        messages_add(problems, &at, NULL, "\"%s\" is not key=value", text);
        return;
    }
    /* "key=value" becomes {"key" : value}, which needs no indentation. */
    if (asprintf(&flow, "{\"%.*s\": %s\n}", (int)(equals - text), text, equals + 1) <
        0) {
        scenario->store.failed = true;
        return;
    }
    read_document(&input, &yaml, flow, strlen(flow), "");
    free(flow);
}

bool reading_shipped(struct hr_scenario *scenario, const char *folder, const char *name,
                     const char *prefix, const struct place *at,
                     struct hr_messages *problems)
{
    char relative[LONGEST_PATH], path[LONGEST_FILE_NAME] = "", dotted[LONGEST_PATH];
    struct input input = input_of(scenario, path, NULL, problems);
    char nearest[LONGEST_NAME];

    snprintf(relative, sizeof(relative), "%s/%s.yaml", folder, name);
    snprintf(dotted, sizeof(dotted), "%s.", prefix);
    if (strchr(name, '/') == NULL && files_find(relative, NULL, path)) {
        read_file(&input, dotted);
        return true;
    }
    if (files_nearest(folder, name, nearest, sizeof(nearest)))
        messages_add(problems, at, folder,
                     "none shipped is called \"%s\"; did you mean %s?", name, nearest);
    else if (strcmp(folder, "forms") == 0)
        messages_add(problems, at, folder,
                     "none shipped is called \"%s\"; `headroom forms` lists the forms",
                     name);
    else
        messages_add(problems, at, folder,
                     "none shipped is called \"%s\"; scenarios/%s has them all", name,
                     folder);
    return false;
}
