/** @file
 * Being asked to stop: by Ctrl-C, by a time limit, by a queue, by a terminal that
 * closes; and what is no such request.
 *
 * Signals wait until someone looks, so that work stops between two pieces and cleans up
 * after itself, and no variable is shared with a handler. One that whoever started the
 * program had it ignore (nohup, a job in the background) stays ignored.
 */
#ifndef HEADROOM_INTERRUPT_H
#define HEADROOM_INTERRUPT_H

#include <stdbool.h>

/** A reader that goes away and a file that may not grow become failed writes, which are
 * told, instead of the program's end. For every command, before anything else. */
void interrupt_survive_writing(void);

/** From here on SIGINT, SIGTERM, SIGHUP, SIGUSR1 and SIGXCPU wait; also in threads
 * started later. */
void interrupt_hold(void);

/** Whether one has come since it was last asked. The next one after that no longer
 * waits: it ends the program. */
bool interrupt_came(void);

#endif
