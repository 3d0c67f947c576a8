/** @file
 * What a sweep, or the targets of a stop, are read from: maps of YAML with known names.
 */
#ifndef HEADROOM_SWEEP_SHEET_H
#define HEADROOM_SWEEP_SHEET_H

#include "input.h"
#include "sweep_axes.h"

/** Where the parts of a sweep are read into. */
struct sheet {
    const struct input *input;
    struct sweep *sweep;
    struct place at;   /**< of what is being read */
    const char *key;   /**< under which problems are said */
    const char *whose; /**< names are, such as "a sweep" */
};

HR_PRINTF(2, 3)
void sweep_sheet_refuse(const struct sheet *sheet, const char *format, ...);

struct place sweep_sheet_place(const struct sheet *sheet, struct fy_node *node);

/** Memory of the scenario: room for one more than @p count; a copy of a text. */
void *sweep_sheet_take(const struct sheet *sheet, size_t count, size_t size);
const char *sweep_sheet_keep(const struct sheet *sheet, const char *text);

/** Refuse keys of a map that are not among @p known, which NULL ends, or there twice.
 */
void sweep_sheet_check_names(const struct sheet *sheet, struct fy_node *map,
                             const char *const *known);

/** A number of a map; @p otherwise where it is not there. */
double sweep_sheet_number(const struct sheet *sheet, struct fy_node *map,
                          const char *name, double otherwise);

/** A word of a map, one of @p words, which NULL ends; the first where it is not there.
 */
const char *sweep_sheet_word(const struct sheet *sheet, struct fy_node *map,
                             const char *name, const char *const *words);

/** A whole number from 1 on; 0 where it is not there. */
size_t sweep_sheet_count(const struct sheet *sheet, struct fy_node *map,
                         const char *name);

#endif
