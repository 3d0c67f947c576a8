#include "reading.h"

#include "files.h"
#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    const struct named_pair *pair = input_pairs(input, root, &count);

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
    if (scenario->recipe.text != NULL) {
        messages_add(problems, file, NULL,
                     "is not read: what is kept with a result is whole, and names no "
                     "other file");
        return NULL;
    }
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

bool reading_shipped(struct hr_scenario *scenario, const struct shipped *shipped,
                     struct hr_messages *problems)
{
    const char *folder = shipped->folder, *name = shipped->name;
    char relative[LONGEST_PATH], path[LONGEST_FILE_NAME] = "", dotted[LONGEST_PATH];
    struct input input = input_of(scenario, path, NULL, problems);

    input.from.shipped = input.in_entry = true;
    snprintf(relative, sizeof(relative), "%s/%s.yaml", folder, name);
    snprintf(dotted, sizeof(dotted), "%s.%s.", folder, shipped->as);
    if (strchr(name, '/') == NULL && files_find(relative, NULL, path)) {
        read_file(&input, dotted);
        return true;
    }
    refuse_shipped(folder, name, shipped->at, problems);
    return false;
}
