/** @file
 * Collecting what is wrong, with places.
 */
#ifndef HEADROOM_MESSAGES_H
#define HEADROOM_MESSAGES_H

#include "headroom/scenario.h"

#include <stdbool.h>

enum { PLACE_ROW = -1 /**< as a column: the line is a row of a table */ };
enum { MOST_MESSAGES = 1000 /**< kept; more are counted */ };

/** Where something is written. Line 0: the file as a whole. */
struct place {
    const char *file; /**< as shown to the user */
    int number;       /**< of the file, in the order they were read */
    int line;
    int column; /**< 0: not shown */
};

/** Add `file:line:column: key: sentence`, or `file:row N: key: sentence`; @p key may
 * be NULL. Where a request for memory has just been refused, which errno tells, what
 * was found wrong is not what is wrong: the messages are incomplete instead. */
HR_PRINTF(4, 5)
void messages_add(struct hr_messages *messages, const struct place *at, const char *key,
                  const char *format, ...);

/** A copy of its own in @p to, incomplete where memory ran out. */
void messages_copy(const struct hr_messages *from, struct hr_messages *to);

/** Whether the next one is kept: what takes long to word is not worth it if not. */
bool messages_are_kept(const struct hr_messages *messages);

/** How many were said, kept or not. */
size_t messages_total(const struct hr_messages *messages);

/** By file, line and column; repetitions are dropped. */
void messages_sort(struct hr_messages *messages);

/** HR_OK, or why not: HR_BAD_INPUT, or HR_FAILED where memory ran out. */
enum hr_status messages_status(const struct hr_messages *messages);

#endif
