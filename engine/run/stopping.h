/** @file
 * Whether a run may end: the ranking is resolved, and numbers are known as well as was
 * asked for.
 */
#ifndef HEADROOM_STOPPING_H
#define HEADROOM_STOPPING_H

#include "runner.h"
#include "stop.h"

/** Look at the first @p trials of a run, all of which are there, for the @p look -th
 * time, and keep in runner->stop what was found; its reason stays NULL where the run
 * goes on. HR_BAD_INPUT where a target is a number that does not exist. */
HR_MUST_CHECK
enum hr_status stopping_look(struct hr_runner *runner, uint64_t trials, int look,
                             struct hr_error *error);

/** What stop asks for, in words, into @p text. */
void stopping_words(const struct stop *stop, char *text, size_t size);

#endif
