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

static int by_name(const void *a, const void *b)
{
    const struct named_pair *x = a, *y = b;
    const int order = strcmp(x->name, y->name);

    return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

static int by_number(const void *a, const void *b)
{
    const struct named_pair *x = a, *y = b;

    return (x->number > y->number) - (x->number < y->number);
}

struct named_pair *reading_pairs(const struct input *input, struct fy_node *map,
                                 int *count)
{
    const int items = fy_node_mapping_item_count(map);
    struct named_pair *pair =
        store_take(input->reader.store, ((size_t)items + 1) * sizeof(*pair));
    void *iterator = NULL;
    struct fy_node_pair *node;

    *count = 0;
    while (pair != NULL && (node = fy_node_mapping_iterate(map, &iterator)) != NULL) {
        const char *name = yaml_text(fy_node_pair_key(node));

        pair[*count] =
            (struct named_pair){name == NULL ? "" : name, fy_node_pair_key(node),
                                fy_node_pair_value(node), *count, *count};
        *count += 1;
    }
    if (pair == NULL)
        return NULL;
    qsort(pair, (size_t)*count, sizeof(*pair), by_name);
    for (int i = 1; i < *count; i++) {
        if (strcmp(pair[i].name, pair[i - 1].name) == 0)
            pair[i].first = pair[i - 1].first;
    }
    qsort(pair, (size_t)*count, sizeof(*pair), by_number);
    return pair;
}

bool reading_is_repeated(const struct input *input, const struct named_pair *pair,
                         int i, const char *key, const struct place *at)
{
    struct place before;

    if (pair[i].first == i)
        return false;
    before = yaml_place(input->reader.yaml, pair[pair[i].first].key, *at);
    messages_add(input->reader.problems, at, key, "is given twice; first on line %d",
                 before.line);
    return true;
}

static void read_pair(const struct input *input, const struct named_pair *pair, int i,
                      const char *prefix)
{
    struct fy_node *value = pair[i].value;
    const struct place at =
        yaml_place(input->reader.yaml, pair[i].key, input->reader.yaml->start);
    char key[LONGEST_PATH];

    if (yaml_text(pair[i].key) == NULL) {
        messages_add(input->reader.problems, &at, NULL, "a key must be plain text");
        return;
    }
    snprintf(key, sizeof(key), "%s%s", prefix, pair[i].name);
    if (reading_is_repeated(input, pair, i, key, &at) || strcmp(key, "include") == 0)
        return; /* includes were read before all else */
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
    const struct named_pair *pair = reading_pairs(input, map, &count);

    for (int i = 0; i < count; i++) {
        if (yaml_is_list(pair[i].value))
            read_pair(input, pair, i, prefix);
    }
    for (int i = 0; i < count; i++) {
        if (!yaml_is_list(pair[i].value))
            read_pair(input, pair, i, prefix);
    }
}

/* Whether a file is being read already, by itself or by one that asked for it; how
 * deep that goes is counted. */
static bool is_being_read(const struct input *input, const char *path, int *depth)
{
    for (*depth = 0; input != NULL; input = input->asked_by, ++*depth) {
        if (input->path != NULL && files_are_one(input->path, path))
            return true;
    }
    return false;
}

/* What was said by a file that two others include goes before neither of them. */
static bool was_included(const struct hr_scenario *scenario, const char *path)
{
    for (const struct included *one = scenario->included; one != NULL;
         one = one->next) {
        if (files_are_one(one->path, path))
            return true;
    }
    return false;
}

static bool has_too_many(const struct input *input, int depth, const struct place *at)
{
    struct hr_scenario *scenario = input->scenario;

    if (depth > DEEPEST_INCLUDE)
        messages_add(input->reader.problems, at, "include",
                     "files include each other more than %d deep",
                     (int)DEEPEST_INCLUDE);
    else if (++scenario->includes > MOST_INCLUDES)
        messages_add(input->reader.problems, at, "include",
                     "more than %d files are included", (int)MOST_INCLUDES);
    else
        return false;
    return true;
}

static void include_file(const struct input *input, const char *name, const char *path,
                         const struct place *at)
{
    struct hr_scenario *scenario = input->scenario;
    struct included *one;
    int depth;

    if (is_being_read(input, path, &depth)) {
        messages_add(input->reader.problems, at, "include",
                     "\"%s\" includes itself, by way of this line", name);
    } else if (was_included(scenario, path)) {
        return;
    } else if (!has_too_many(input, depth, at)) {
        one = store_take(&scenario->store, sizeof(*one));
        if (one != NULL) {
            *one = (struct included){scenario->included,
                                     store_text(&scenario->store, path)};
            scenario->included = one;
        }
        reading_file(scenario, path, input, input->reader.problems);
        return;
    }
    scenario->partly_read = true;
}

static void include(const struct input *input, struct fy_node *node,
                    const struct place *otherwise)
{
    const struct place at = yaml_place(input->reader.yaml, node, *otherwise);
    const char *name = yaml_text(node);
    char path[LONGEST_FILE_NAME];

    if (name != NULL && *name != '\0' &&
        files_find(name, input->path == NULL ? "" : input->path, path)) {
        include_file(input, name, path, &at);
        return;
    }
    messages_add(input->reader.problems, &at, "include",
                 "there is no file \"%s\" beside this one or among the shipped "
                 "scenarios",
                 name == NULL ? "" : name);
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
    int count;
    const struct named_pair *pair = reading_pairs(input, root, &count);

    for (int i = 0; i < count; i++) {
        const struct place at =
            yaml_place(input->reader.yaml, pair[i].key, input->reader.yaml->start);

        if (strcmp(pair[i].name, "include") == 0)
            include_all(input, pair[i].value, &at);
    }
}

void reading_document(struct input *input, struct yaml *yaml, const char *text,
                      const char *prefix)
{
    input->reader.yaml = yaml;
    if (yaml_open(yaml, text, strlen(text), input->reader.problems)) {
        if (*prefix == '\0')
            read_includes(input, yaml->root);
        reading_map(input, yaml->root, prefix);
    } else {
        input->scenario->partly_read = true;
    }
    yaml_close(yaml);
}

const char *reading_text_of(struct hr_scenario *scenario, const char *path,
                            const struct place *file, struct hr_messages *problems)
{
    struct kept_file *kept = scenario->recipe.kept;
    char *text;

    while (kept != NULL && strcmp(kept->path, path) != 0)
        kept = kept->next;
    if (kept != NULL)
        return kept->text;
    text = files_read(path, file, problems);
    kept = text == NULL ? NULL : store_take(&scenario->store, sizeof(*kept));
    if (kept != NULL) {
        *kept = (struct kept_file){scenario->recipe.kept,
                                   store_text(&scenario->store, path),
                                   store_text(&scenario->store, text)};
        scenario->recipe.kept = kept;
    }
    free(text);
    return kept == NULL ? NULL : kept->text;
}

static void read_file(struct input *input, const char *prefix)
{
    struct hr_scenario *scenario = input->scenario;
    struct yaml yaml = {.start = {.file = store_text(&scenario->store, input->path),
                                  .number = ++scenario->files}};
    const char *text =
        reading_text_of(scenario, input->path, &yaml.start, input->reader.problems);

    if (text != NULL)
        reading_document(input, &yaml, text, prefix);
    else
        scenario->partly_read = true;
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

    reading_document(&input, &yaml, text, "");
}

/* Names that are none, with those there are. */
static void refuse_shipped(const char *folder, const char *name, const struct place *at,
                           struct hr_messages *problems)
{
    char nearest[LONGEST_NAME], all[512];

    files_list(folder, all, sizeof(all));
    if (files_nearest(folder, name, nearest, sizeof(nearest)))
        messages_add(problems, at, folder,
                     "none shipped is called \"%s\"; did you mean %s? There are: %s",
                     name, nearest, all);
    else
        messages_add(problems, at, folder,
                     "none shipped is called \"%s\"; there are: %s", name, all);
}

bool reading_shipped(struct hr_scenario *scenario, const char *folder, const char *name,
                     const char *prefix, const struct place *at,
                     struct hr_messages *problems)
{
    char relative[LONGEST_PATH], path[LONGEST_FILE_NAME] = "", dotted[LONGEST_PATH];
    struct input input = input_of(scenario, path, NULL, problems);

    input.from.shipped = input.in_entry = true;
    snprintf(relative, sizeof(relative), "%s/%s.yaml", folder, name);
    snprintf(dotted, sizeof(dotted), "%s.", prefix);
    if (strchr(name, '/') == NULL && files_find(relative, NULL, path)) {
        read_file(&input, dotted);
        return true;
    }
    refuse_shipped(folder, name, at, problems);
    return false;
}
