/** @file
 * What a result decides by its scenario's own objective, as a table.
 */
#ifndef HEADROOM_SHOW_DECISION_H
#define HEADROOM_SHOW_DECISION_H

#include "headroom/answer.h"

/** How often each form is best, its mean rank and what choosing it costs; nothing where
 * the result does not say. */
void show_decision(struct hr_result *result, const struct hr_answer *answer, int width);

#endif
