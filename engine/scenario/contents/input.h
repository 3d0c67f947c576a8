/** @file
 * A file of a scenario that is being read, and the pairs of its maps.
 */
#ifndef HEADROOM_INPUT_H
#define HEADROOM_INPUT_H

#include "contents.h"
#include "precedence.h"
#include "value.h"

/** A file being read, and the file that asked for it. */
struct input {
    struct reader reader;
    struct hr_scenario *scenario;
    const char *path; /**< NULL: not a file */
    const struct input *asked_by;
    struct precedence from;
    bool in_entry; /**< keys are those of an entry of a list */
};

/** A pair of a map, and where in it that key stands first: itself, but for a key that
 * is given twice. */
struct named_pair {
    const char *name; /**< "" where the key is no text */
    struct fy_node *key, *value;
    int number, first;
};

/** The pairs of a map in their order, owned by the store, and how many; NULL where
 * memory ran out. */
struct named_pair *input_pairs(const struct input *input, struct fy_node *map,
                               int *count);

/** Whether pair @p i has the key of an earlier one, which is then refused. */
bool input_is_repeated(const struct input *input, const struct named_pair *pair, int i,
                       const char *key, const struct place *at);

#endif
