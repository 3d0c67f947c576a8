/** @file
 * What the endings of a form's practices depend on beside its patch.
 */
#ifndef HEADROOM_STRUCTURE_INPUTS_H
#define HEADROOM_STRUCTURE_INPUTS_H

#include "patch.h"

struct structure_inputs {
    const struct settlement_rules *rules;
    const struct form_terms *terms; /**< of the form */
    const struct draw_source *source;
    const struct nature *nature; /**< of each site */
};

#endif
