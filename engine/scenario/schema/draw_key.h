/** @file
 * Where the draw of an uncertain value is: by its key, not by its place.
 */
#ifndef HEADROOM_DRAW_KEY_H
#define HEADROOM_DRAW_KEY_H

#include "settings.h"

#include <stdint.h>

/** Entity of the draw. The name that is hashed is the key with a form's own name
 * replaced by a star, so that equal terms of two forms draw equal values; a value
 * that is independent keeps the name. Written into @p name of LONGEST_KEY bytes. */
uint32_t draw_key_entity(const struct setting *setting, char *name);

#endif
