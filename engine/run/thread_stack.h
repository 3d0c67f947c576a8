/** @file
 * Whether threads can be started, and have the stack that a trial takes: OMP_STACKSIZE
 * may say otherwise. OpenMP's library ends the whole program where it cannot start one.
 */
#ifndef HEADROOM_THREAD_STACK_H
#define HEADROOM_THREAD_STACK_H

#include "headroom/error.h"

/** Refuse a team of @p threads that cannot be there at once, with those of this process
 * that are there already, or one of which has too small a stack; the caller's own
 * thread is not asked for its own. */
enum hr_status thread_stack_check(int threads, struct hr_error *error);

#endif
