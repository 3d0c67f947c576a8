/** @file
 * The last words of a program that falls over.
 *
 * Libraries come down where memory runs out, or over a fault of theirs or ours; a stack
 * that is full brings down whatever runs. Whoever started the program then hears what
 * fell over and what that means, with exit status 1, and gets with --json an object.
 * Where core files are asked for (ulimit -c) the signal then ends the program as it
 * would have. A result is never half there: it comes to its name whole.
 */
#ifndef HEADROOM_CRASH_H
#define HEADROOM_CRASH_H

#include <stdbool.h>

/** What the last words are about; it must stay where it is. */
struct crash_context {
    const char *command; /**< "run"; NULL before it is known */
    bool json;
    int heard; /**< the file on which standard error is heard, whatever stands on it */
};

/** From here on the signals of a crash are told, but for those that somebody handles
 * already, such as a sanitizer. What is told of is set through the pointer; NULL where
 * memory ran out. */
struct crash_context *crash_guard(void);

#endif
