#include "reading.h"

#include <stdio.h>
#include <string.h>

/* What an entry of a list says about itself. */
struct entry {
    struct fy_node *map; /* NULL where it is only a name */
    const char *name;
    const char *like; /* the shipped row or shock it starts from; NULL: none */
    bool simulated;
    struct place at;
};

static struct fy_node *find(struct fy_node *map, const char *name)
{
    void *iterator = NULL;
    struct fy_node_pair *pair;

    while ((pair = fy_node_mapping_iterate(map, &iterator)) != NULL) {
        const char *key = yaml_text(fy_node_pair_key(pair));

        if (key != NULL && strcmp(key, name) == 0)
            return fy_node_pair_value(pair);
    }
    return NULL;
}

static const char *text_in(struct fy_node *map, const char *name)
{
    struct fy_node *node = map == NULL ? NULL : find(map, name);

    return node == NULL ? NULL : yaml_text(node);
}

/* Place of an entry: its own, or that of its first key. */
static struct place place_of(const struct input *input, struct fy_node *node,
                             const struct place *otherwise)
{
    if (yaml_is_map(node) && fy_node_mapping_item_count(node) > 0)
        node = fy_node_pair_key(fy_node_mapping_get_by_index(node, 0));
    return yaml_place(input->reader.yaml, node, *otherwise);
}

static struct entry entry_of(const struct input *input, struct fy_node *node,
                             const char *like, const struct place *at)
{
    struct entry entry = {.simulated = true, .at = place_of(input, node, at)};

    if (!yaml_is_map(node)) {
        entry.name = entry.like = yaml_text(node);
        return entry;
    }
    entry.map = node;
    entry.like = text_in(node, like);
    entry.name = text_in(node, "name") == NULL ? entry.like : text_in(node, "name");
    entry.simulated = text_in(node, "simulated") == NULL ||
                      strcmp(text_in(node, "simulated"), "false") != 0;
    return entry;
}

static bool check_name(const struct input *input, const struct entry *entry,
                       const char *group)
{
    if (entry->name == NULL || *entry->name == '\0') {
        messages_add(input->reader.problems, &entry->at, group,
                     "an entry is a name, or a map with a name");
        return false;
    }
    if (!value_is_name(entry->name)) {
        messages_add(input->reader.problems, &entry->at, group,
                     "\"%s\" is not a name: up to 31 letters, digits, _ and -",
                     entry->name);
        return false;
    }
    return true;
}

/* Give a new form the terms of one that the scenario already has. */
static void copy_terms(struct hr_scenario *scenario, const char *from, const char *to)
{
    char prefix[LONGEST_PATH], key[LONGEST_PATH];
    const size_t count = scenario->settings.count;
    const int length = snprintf(prefix, sizeof(prefix), "forms.%s.", from);

    for (size_t i = 0; i < count; i++) {
        struct setting setting = *scenario->settings.item[i];

        if (strncmp(setting.key, prefix, (size_t)length) != 0)
            continue;
        snprintf(key, sizeof(key), "forms.%s.%s", to, setting.key + length);
        setting.key = key;
        setting.at.number = 0; /* not given twice where the entry changes it */
        settings_put(&scenario->settings, &scenario->store, &setting);
    }
}

static bool start_from(const struct input *input, const struct entry *entry)
{
    char prefix[LONGEST_PATH];

    snprintf(prefix, sizeof(prefix), "forms.%s", entry->name);
    if (entry->like == NULL)
        return true;
    if (contents_row(input->scenario, entry->like) != NULL) {
        copy_terms(input->scenario, entry->like, entry->name);
        return true;
    }
    return reading_shipped(input->scenario, "forms", entry->like, prefix, &entry->at,
                           input->reader.problems);
}

static bool is_naming(const char *name, const char *like)
{
    return strcmp(name, "name") == 0 || strcmp(name, like) == 0 ||
           (strcmp(name, "simulated") == 0 && strcmp(like, "like") == 0);
}

/* The keys of an entry except those that name it. */
static void read_entry(const struct input *input, const struct entry *entry,
                       const char *group, const char *like)
{
    const int count = entry->map == NULL ? 0 : fy_node_mapping_item_count(entry->map);

    for (int i = 0; i < count; i++) {
        struct fy_node_pair *pair = fy_node_mapping_get_by_index(entry->map, i);
        const char *name = yaml_text(fy_node_pair_key(pair));
        const struct place at =
            yaml_place(input->reader.yaml, fy_node_pair_key(pair), entry->at);
        char key[LONGEST_PATH];

        name = name == NULL ? "" : name;
        snprintf(key, sizeof(key), "%s.%s.%s", group, entry->name, name);
        if (!reading_is_repeated(input, entry->map, i, key, &at) &&
            !is_naming(name, like))
            reading_key(input, key, &at, fy_node_pair_value(pair));
    }
}

static void read_form(const struct input *input, struct fy_node *node,
                      const struct place *at)
{
    const struct entry entry = entry_of(input, node, "like", at);
    struct row *row;

    if (!check_name(input, &entry, "forms"))
        return;
    if (contents_row(input->scenario, entry.name) != NULL) {
        messages_add(input->reader.problems, &entry.at, "forms",
                     "there are two forms called \"%s\": give one another name",
                     entry.name);
        return;
    }
    if (!start_from(input, &entry))
        return;
    row = contents_add_row(input->scenario, entry.name, &entry.at);
    if (row != NULL)
        row->simulated = entry.simulated;
    read_entry(input, &entry, "forms", "like");
}

/* A later list of forms takes the place of an earlier one. */
void reading_forms(const struct input *input, struct fy_node *list,
                   const struct place *at)
{
    void *iterator = NULL;
    struct fy_node *node;

    input->scenario->rows = 0;
    settings_remove(&input->scenario->settings, "forms.");
    while ((node = fy_node_sequence_iterate(list, &iterator)) != NULL)
        read_form(input, node, at);
}

static void read_shock(const struct input *input, struct fy_node *node,
                       const struct place *at)
{
    const struct entry entry = entry_of(input, node, "use", at);
    struct hr_scenario *scenario = input->scenario;
    struct named_shock *shock;
    char prefix[LONGEST_PATH];

    if (!check_name(input, &entry, "shocks"))
        return;
    snprintf(prefix, sizeof(prefix), "shocks.%s", entry.name);
    shock = contents_shock(scenario, entry.name);
    if (shock != NULL && shock->at.number == entry.at.number) {
        messages_add(input->reader.problems, &entry.at, "shocks",
                     "there are two shocks called \"%s\": give one another name",
                     entry.name);
        return;
    }
    if (shock == NULL && entry.like != NULL &&
        !reading_shipped(scenario, "shocks", entry.like, prefix, &entry.at,
                         input->reader.problems))
        return;
    shock = contents_add_shock(scenario, entry.name, &entry.at);
    if (shock != NULL)
        shock->at = entry.at;
    read_entry(input, &entry, "shocks", "use");
}

void reading_shocks(const struct input *input, struct fy_node *list,
                    const struct place *at)
{
    void *iterator = NULL;
    struct fy_node *node;

    while ((node = fy_node_sequence_iterate(list, &iterator)) != NULL)
        read_shock(input, node, at);
}
