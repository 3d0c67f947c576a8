/** @file
 * What the processor can run.
 */
#ifndef HEADROOM_PROCESSOR_H
#define HEADROOM_PROCESSOR_H

#include <stdbool.h>

/** Whether code compiled for x86-64-@p level ("v2", "v3" or "v4") runs here. */
bool processor_runs(const char *level);

#endif
