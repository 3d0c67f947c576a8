/** @file
 * A YAML text with places: a thin layer over libfyaml.
 */
#ifndef HEADROOM_YAML_H
#define HEADROOM_YAML_H

#include "messages.h"

#include <libfyaml.h>

struct yaml {
    struct place start; /**< its name and number; a line is added to those within */
    int shift;          /**< taken from columns: what was put before the user's text */
    const char *text;
    size_t size;
    struct fy_parser *parser;
    struct fy_document *document;
    struct fy_node *root;
};

/** Parse a text that must stay in memory until yaml_close(). False, with a message,
 * where it is not YAML, not a map of keys, or more than one document. start and shift
 * are set by the caller. */
bool yaml_open(struct yaml *yaml, const char *text, size_t size,
               struct hr_messages *problems);
void yaml_close(struct yaml *yaml);

/** Where a scalar is written; @p otherwise for what has no place of its own. */
struct place yaml_place(const struct yaml *yaml, struct fy_node *node,
                        struct place otherwise);

/** Text of a scalar, "" where it is empty; NULL for anything else. */
const char *yaml_text(struct fy_node *node);

/** A scalar without quotes, which may be a number. */
bool yaml_is_plain(struct fy_node *node);

/** A reference to something written elsewhere, which scenarios do without. */
bool yaml_is_alias(struct fy_node *node);

/** The value of a key of a map; NULL where it is not there, or @p map is NULL. */
struct fy_node *yaml_find(struct fy_node *map, const char *name);

/** Text of the scalar under a key of a map; NULL where there is none. */
const char *yaml_text_in(struct fy_node *map, const char *name);

/** How many items a list has; 0 for anything else. */
int yaml_count(struct fy_node *list);

/** The scalar that a node begins with; NULL where it has none. */
struct fy_node *yaml_first_scalar(struct fy_node *node);

bool yaml_is_map(struct fy_node *node);
bool yaml_is_list(struct fy_node *node);

#endif
