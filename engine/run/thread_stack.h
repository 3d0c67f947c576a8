/** @file
 * Whether threads have the stack that a trial takes: OMP_STACKSIZE may say otherwise.
 */
#ifndef HEADROOM_THREAD_STACK_H
#define HEADROOM_THREAD_STACK_H

#include "headroom/error.h"

/** Refuse a team of @p threads one of which has too small a stack; the caller's own
 * thread is not asked. */
enum hr_status thread_stack_check(int threads, struct hr_error *error);

#endif
