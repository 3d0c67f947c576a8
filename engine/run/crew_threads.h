/** @file
 * Threads for work that lower layers may do by several at once.
 */
#ifndef HEADROOM_CREW_THREADS_H
#define HEADROOM_CREW_THREADS_H

#include "crew.h"

/** At most @p workers threads. */
struct crew crew_of_threads(size_t workers);

#endif
