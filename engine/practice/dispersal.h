/** @file
 * Practices that close without a successor: their lists go to their neighbours.
 */
#ifndef HEADROOM_DISPERSAL_H
#define HEADROOM_DISPERSAL_H

#include "structure_inputs.h"

/** What becomes of a site that is handed back. */
enum fate { FATE_NONE, FATE_TAKEOVER, FATE_CARETAKER, FATE_DISPERSAL };

/** Close the sites whose @p fate it is in one lane: all of a network at once, every
 * network on the lists as they were; caretakers' where nobody can take their lists. */
void dispersal_step(const struct structure_inputs *in, const double *fate, int lane,
                    struct patch *patch);

#endif
