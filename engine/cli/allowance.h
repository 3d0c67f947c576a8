/** @file
 * What a process must be allowed in order to do anything: a stack, some open files.
 */
#ifndef HEADROOM_ALLOWANCE_H
#define HEADROOM_ALLOWANCE_H

#include <stdbool.h>

/** Raise what is too low and may be raised, also for threads started later. False,
 * having said which limit is too low, where it may not. */
bool allowance_suffices(void);

#endif
