/** @file
 * What may reach a terminal: everything that any command prints goes through here.
 */
#ifndef HEADROOM_TERMINAL_H
#define HEADROOM_TERMINAL_H

#include <stdbool.h>

/** Show the characters that a terminal obeys, or that turn the direction of writing, as
 * their codes (\\u001b) in all that goes to standard output and standard error: a title
 * or the name of a practice is somebody else's. What is JSON stays so. False where
 * memory ran out. */
bool terminal_guard(void);

#endif
