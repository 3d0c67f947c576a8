/** @file
 * Reading the files of a scenario into its settings.
 */
#ifndef HEADROOM_READING_H
#define HEADROOM_READING_H

#include "input.h"

enum { DEEPEST_INCLUDE = 32, MOST_INCLUDES = 1000, MOST_ENTRIES = 1000 };

/** Read the scenario file at @p path, its includes first. */
void reading_file(struct hr_scenario *scenario, const char *path,
                  const struct input *asked_by, struct hr_messages *problems);

/** Read a scenario from memory. */
void reading_text(struct hr_scenario *scenario, const char *text, const char *name,
                  struct hr_messages *problems);

/** Read override number @p i of the recipe, `key=value`. @p file is the number under
 * which keys given twice are refused. */
void reading_override(struct hr_scenario *scenario, size_t i, int file,
                      struct hr_messages *problems);

/** Read a document of YAML under a prefix: "", or one that ends in a dot. */
void reading_document(struct input *input, struct yaml *yaml, const char *text,
                      const char *prefix);

/** Read the tables that the settings name: practices, past prices, claims. */
void reading_tables(struct hr_scenario *scenario, struct hr_messages *problems);

/** The text of a file, read once however often it is asked for; NULL, with a message
 * at @p file, where it cannot be read. Owned by the scenario. */
const char *reading_text_of(struct hr_scenario *scenario, const char *path,
                            const struct place *file, struct hr_messages *problems);

/** A row or shock that is shipped, such as forms/federation.yaml. */
struct shipped {
    const char *folder, *name;
    const char *as;         /**< under which name it is read */
    const struct place *at; /**< where it is asked for */
};

/** Read it, its keys such as forms.super_100k.levy. False, with a message, where there
 * is no such file. */
bool reading_shipped(struct hr_scenario *scenario, const struct shipped *shipped,
                     struct hr_messages *problems);

/** All pairs of a map, under a prefix that is "" or ends in a dot. */
void reading_map(const struct input *input, struct fy_node *map, const char *prefix);

/** One key and its value. */
void reading_key(const struct input *input, const char *key, const struct place *at,
                 struct fy_node *value);

/** The lists of forms and of shocks. */
void reading_forms(const struct input *input, struct fy_node *list,
                   const struct place *at);
void reading_shocks(const struct input *input, struct fy_node *list,
                    const struct place *at);

#endif
