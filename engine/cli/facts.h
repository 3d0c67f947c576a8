/** @file
 * What of an answer everybody needs: which draws, which file, in what units.
 */
#ifndef HEADROOM_FACTS_H
#define HEADROOM_FACTS_H

#include "headroom/result.h"
#include "headroom/scenario.h"

struct json;

/** `seed`, `trials`, `content_hash` of a result, into the object that is open. */
void facts_of_result(struct json *json, const struct hr_result *result);

/** `seed` and `content_hash`, where the answer says itself how many trials it is of. */
void facts_of_source(struct json *json, const struct hr_result *result);

/** Those of a result that was just written; nothing where it cannot be read again. */
void facts_of_file(struct json *json, const char *path);

/** The same of a run that has just written its result to @p path. */
void facts_of_run(struct json *json, const struct hr_scenario *scenario,
                  uint64_t trials, const char *path);

/** `seed`, `trials`, as a run would have them. */
void facts_of_scenario(struct json *json, const struct hr_scenario *scenario);

/** `units`: name after unit, then NULL. */
void facts_of_units(struct json *json, const char *const *pairs);

/** Print what @p result says of itself by @p facts as an object of its own, for the
 * envelope to join to an answer that another layer writes. */
HR_MUST_CHECK
enum hr_status facts_print(void (*facts)(struct json *json,
                                         const struct hr_result *result),
                           const struct hr_result *result);

#endif
