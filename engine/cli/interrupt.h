/** @file
 * Being asked to stop: by Ctrl-C, by a time limit, by a terminal that closes.
 *
 * Signals wait until someone looks, so that work stops between two pieces and cleans up
 * after itself, and no variable is shared with a handler.
 */
#ifndef HEADROOM_INTERRUPT_H
#define HEADROOM_INTERRUPT_H

#include <stdbool.h>

/** From here on SIGINT, SIGTERM and SIGHUP wait; also in threads started later. */
void interrupt_hold(void);

/** Whether one has come since it was last asked. */
bool interrupt_came(void);

#endif
