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
    entry.like = yaml_text_in(node, like);
    entry.name =
        yaml_text_in(node, "name") == NULL ? entry.like : yaml_text_in(node, "name");
    entry.simulated = yaml_text_in(node, "simulated") == NULL ||
                      strcmp(yaml_text_in(node, "simulated"), "false") != 0;
    return entry;
}

static bool is_flag(const char *text)
{
    return text != NULL && (strcmp(text, "true") == 0 || strcmp(text, "false") == 0);
}

/* What names an entry is a word, and simulated a flag; false, with a message. */
static bool check_words(const struct input *input, const struct entry *entry,
                        const char *group, const char *like)
{
    const char *const words[] = {"name", like, "simulated"};
    bool good = true;

    for (size_t i = 0; entry->map != NULL && i < sizeof(words) / sizeof(*words); i++) {
        struct fy_node *node = yaml_find(entry->map, words[i]);
        const char *text = node == NULL ? "true" : yaml_text(node);
        const struct place at = yaml_place(input->reader.yaml, node, entry->at);

        if (i < 2 ? text != NULL && *text != '\0'
                  : strcmp(group, "forms") != 0 || is_flag(text))
            continue;
        messages_add(input->reader.problems, &at, group, "%s must be %s", words[i],
                     i < 2 ? "a name" : "true or false");
        good = false;
    }
    return good;
}

static bool check_name(const struct input *input, const struct entry *entry,
                       const char *group, const char *like)
{
    if (!check_words(input, entry, group, like))
        return false;
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

/* What a form began from is its kin, whose label is not its own. */
static void name_kin(const struct input *input, const struct entry *entry)
{
    struct hr_scenario *scenario = input->scenario;
    char key[LONGEST_PATH];
    const struct setting *label =
        settings_findf(&scenario->settings, "forms.%s.label", entry->name);
    struct setting kin = {.key = key, .text = entry->like, .at = entry->at};

    if (strcmp(entry->name, entry->like) == 0)
        return;
    if (label != NULL && !label->keyed)
        settings_drop(&scenario->settings, label->key);
    snprintf(key, sizeof(key), "forms.%s.kin", entry->name);
    kin.field = schema_find(key);
    kin.text = store_text(&scenario->store, entry->like);
    kin.evidence = "definition";
    kin.source = "";
    kin.at.number = 0; /* not given twice where the entry says it */
    settings_put(&scenario->settings, &scenario->store, &kin);
}

static bool start_from(const struct input *input, const struct entry *entry)
{
    const struct shipped shipped = {"forms", entry->like, entry->name, &entry->at};

    if (entry->like == NULL)
        return true;
    if (contents_row(input->scenario, entry->like) != NULL) {
        copy_terms(input->scenario, entry->like, entry->name);
    } else if (!reading_shipped(input->scenario, &shipped, input->reader.problems)) {
        return false;
    }
    name_kin(input, entry);
    return true;
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
    struct input own = *input;
    int count = 0;
    const struct named_pair *pair =
        entry->map == NULL ? NULL : input_pairs(input, entry->map, &count);

    own.in_entry = true;
    for (int i = 0; i < count; i++) {
        const struct place at = yaml_place(input->reader.yaml, pair[i].key, entry->at);
        char key[LONGEST_PATH];

        snprintf(key, sizeof(key), "%s.%s.%s", group, entry->name, pair[i].name);
        if (!input_is_repeated(input, pair, i, key, &at) &&
            !is_naming(pair[i].name, like))
            reading_key(&own, key, &at, pair[i].value);
    }
}

/* False where it is refused. */
static bool read_form(const struct input *input, struct fy_node *node,
                      const struct place *at)
{
    const struct entry entry = entry_of(input, node, "like", at);
    struct row *row;

    if (!check_name(input, &entry, "forms", "like"))
        return false;
    if (contents_row(input->scenario, entry.name) != NULL) {
        messages_add(input->reader.problems, &entry.at, "forms",
                     "there are two forms called \"%s\": give one another name",
                     entry.name);
        return false;
    }
    if (!start_from(input, &entry))
        return false;
    row = contents_add_row(input->scenario, entry.name, &entry.at);
    if (row != NULL)
        row->simulated = entry.simulated;
    read_entry(input, &entry, "forms", "like");
    return true;
}

static bool was_keyed(const struct setting *setting)
{
    return setting->keyed;
}

/* False, with a message, where a list names more than can be. */
static bool check_length(const struct input *input, struct fy_node *list,
                         const char *group, const struct place *at)
{
    if (fy_node_sequence_item_count(list) <= MOST_ENTRIES)
        return true;
    messages_add(input->reader.problems, at, group, "%d are too many: at most %d",
                 fy_node_sequence_item_count(list), (int)MOST_ENTRIES);
    input->scenario->partly_read = true;
    return false;
}

/* A later list of forms takes the place of an earlier one. What was said of a form by
 * its full key stays. */
void reading_forms(const struct input *input, struct fy_node *list,
                   const struct place *at)
{
    struct hr_scenario *scenario = input->scenario;
    void *iterator = NULL;
    struct fy_node *node;

    if (scenario->forms_at.number == at->number) {
        messages_add(input->reader.problems, at, "forms",
                     "is given twice; first on line %d", scenario->forms_at.line);
        return;
    }
    scenario->forms_at = *at;
    scenario->rows = 0;
    scenario->forms_refused = false;
    settings_keep(&scenario->settings, "forms.", was_keyed);
    if (!check_length(input, list, "forms", at))
        return;
    while ((node = fy_node_sequence_iterate(list, &iterator)) != NULL)
        scenario->forms_refused |= !read_form(input, node, at);
}

/* Another shipped shock under a name that is taken: the earlier is forgotten. A name
 * alone, and that of the shock itself, is the one there is. */
static bool starts_anew(const struct entry *entry, const struct named_shock *shock)
{
    if (shock == NULL)
        return true;
    return entry->like != NULL && strcmp(entry->like, entry->name) != 0 &&
           (shock->use == NULL || strcmp(entry->like, shock->use) != 0);
}

static bool start_shock(const struct input *input, const struct entry *entry,
                        const struct named_shock *shock)
{
    struct hr_scenario *scenario = input->scenario;
    const struct shipped shipped = {"shocks", entry->like, entry->name, &entry->at};
    char prefix[LONGEST_PATH];

    if (!starts_anew(entry, shock))
        return true;
    snprintf(prefix, sizeof(prefix), "shocks.%s.", entry->name);
    settings_keep(&scenario->settings, prefix, shock == NULL ? was_keyed : NULL);
    return entry->like == NULL ||
           reading_shipped(scenario, &shipped, input->reader.problems);
}

static void read_shock(const struct input *input, struct fy_node *node,
                       const struct place *at)
{
    const struct entry entry = entry_of(input, node, "use", at);
    struct hr_scenario *scenario = input->scenario;
    struct named_shock *shock;
    bool anew;

    if (!check_name(input, &entry, "shocks", "use"))
        return;
    shock = contents_shock(scenario, entry.name);
    if (shock != NULL && shock->at.number == entry.at.number) {
        messages_add(input->reader.problems, &entry.at, "shocks",
                     "there are two shocks called \"%s\": give one another name",
                     entry.name);
        return;
    }
    anew = starts_anew(&entry, shock);
    if (!start_shock(input, &entry, shock))
        return;
    shock = contents_add_shock(scenario, entry.name, &entry.at);
    if (shock != NULL) {
        shock->at = entry.at;
        if (anew)
            shock->use =
                entry.like == NULL ? NULL : store_text(&scenario->store, entry.like);
    }
    read_entry(input, &entry, "shocks", "use");
}

/* A later list of shocks adds to an earlier one and changes what it names; an empty
 * one ends them all. */
void reading_shocks(const struct input *input, struct fy_node *list,
                    const struct place *at)
{
    void *iterator = NULL;
    struct fy_node *node;

    if (!check_length(input, list, "shocks", at))
        return;
    if (fy_node_sequence_item_count(list) == 0) {
        input->scenario->shocks = 0;
        settings_remove(&input->scenario->settings, "shocks.");
    }
    while ((node = fy_node_sequence_iterate(list, &iterator)) != NULL)
        read_shock(input, node, at);
}
