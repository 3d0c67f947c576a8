/** @file
 * What of an answer everybody needs: which draws, which file, in what units.
 *
 * Each prints an object of its own, for the envelope to join.
 */
#ifndef HEADROOM_FACTS_H
#define HEADROOM_FACTS_H

#include "headroom/result.h"
#include "headroom/scenario.h"

/** `seed`, `trials`, `content_hash` of a result. */
void facts_of_result(const struct hr_result *result);

/** `seed` and `content_hash`, where the answer says itself how many trials it is of. */
void facts_of_source(const struct hr_result *result);

/** Those of a result that was just written; nothing where it cannot be read again. */
void facts_of_file(const char *path);

/** The same of a run that has just written its result to @p path. */
void facts_of_run(const struct hr_scenario *scenario, uint64_t trials,
                  const char *path);

/** `seed`, `trials`, as a run would have them. */
void facts_of_scenario(const struct hr_scenario *scenario);

/** `units`: name after unit, then NULL. */
void facts_of_units(const char *const *pairs);

#endif
