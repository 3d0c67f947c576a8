/** @file
 * From what the files say to a whole scenario: rows that are fallen back on,
 * defaults, and the rules that join several keys.
 */
#ifndef HEADROOM_COMPLETE_H
#define HEADROOM_COMPLETE_H

#include "contents.h"

/** Load the rows that forms fall back on and that the scenario does not have. */
void complete_rows(struct hr_scenario *scenario, struct hr_messages *problems);

/** Say defaults and what is missing; drop rows nobody falls back on. */
void complete(struct hr_scenario *scenario, struct hr_messages *problems);

/** Add one setting with its default. */
void complete_default(struct hr_scenario *scenario, const char *key,
                      const struct field *field, struct hr_messages *problems);

/** Everything that no key can check alone. */
void rules_check(const struct hr_scenario *scenario, struct hr_messages *problems);

#endif
