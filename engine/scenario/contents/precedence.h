/** @file
 * What a key takes the place of beside an earlier value of its own: a shock's set year
 * of its chance a year, prices said by hand of past ones replayed.
 */
#ifndef HEADROOM_PRECEDENCE_H
#define HEADROOM_PRECEDENCE_H

#include "contents.h"

/** Where a setting comes from, and so what it may take the place of. */
struct precedence {
    bool shipped; /**< of a shipped row or shock: what is said by its key goes before */
    bool last;    /**< of the command line: takes the place of what any file says */
};

/** Whether @p setting may be put: false where it is a shipped one, and its own key or
 * one that excludes it has been said by its full key. */
bool precedence_allows(const struct hr_scenario *scenario,
                       const struct setting *setting, struct precedence from);

/** Remove what @p setting, about to be put, takes the place of; notes where that is
 * not plain. Two that exclude each other in one file stay, for rules_check(). */
void precedence_settle(struct hr_scenario *scenario, const struct setting *setting,
                       struct precedence from);

/** A bare number on the command line is money of the year of the value it replaces;
 * noted.
 */
void precedence_keep_year(struct hr_scenario *scenario, struct setting *setting,
                          struct precedence from);

#endif
