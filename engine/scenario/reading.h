/** @file
 * Reading the files of a scenario into its settings.
 */
#ifndef HEADROOM_READING_H
#define HEADROOM_READING_H

#include "contents.h"
#include "value.h"

/** A file being read, and the file that asked for it. */
struct input {
    struct reader reader;
    struct hr_scenario *scenario;
    const char *path; /**< NULL: not a file */
    const struct input *asked_by;
};

/** Read the scenario file at @p path, its includes first. */
void reading_file(struct hr_scenario *scenario, const char *path,
                  const struct input *asked_by, struct hr_messages *problems);

/** Read a scenario from memory. */
void reading_text(struct hr_scenario *scenario, const char *text, const char *name,
                  struct hr_messages *problems);

/** Read one override `key=value`; @p number counts them from 1. */
void reading_override(struct hr_scenario *scenario, const char *text, int number,
                      struct hr_messages *problems);

/** Read a shipped row or shock, such as forms/federation.yaml, under @p prefix, such
 * as forms.super_100k. False, with a message at @p at, where there is no such file. */
bool reading_shipped(struct hr_scenario *scenario, const char *folder, const char *name,
                     const char *prefix, const struct place *at,
                     struct hr_messages *problems);

/** All pairs of a map, under a prefix that is "" or ends in a dot. */
void reading_map(const struct input *input, struct fy_node *map, const char *prefix);

/** One key and its value. */
void reading_key(const struct input *input, const char *key, const struct place *at,
                 struct fy_node *value);

/** Whether pair @p i of a map has the key of an earlier one, which is then refused. */
bool reading_is_repeated(const struct input *input, struct fy_node *map, int i,
                         const char *key, const struct place *at);

/** The lists of forms and of shocks. */
void reading_forms(const struct input *input, struct fy_node *list,
                   const struct place *at);
void reading_shocks(const struct input *input, struct fy_node *list,
                    const struct place *at);

#endif
