/** @file
 * Practices of one area share labour, organisations and networks.
 */
#ifndef HEADROOM_AREAS_H
#define HEADROOM_AREAS_H

#include "contents.h"
#include "plan.h"

/** Divide the compiled sites into the areas of the table, in the order of their codes,
 * and number each area's networks. @p network_name has each site's network code. False
 * where memory ran out. */
HR_MUST_CHECK
bool areas_compile(const struct hr_scenario *scenario, struct plan *plan,
                   const char *const *network_name);

/** Number the organisations of @p form, area by area; there is room for one of each
 * site. False where memory ran out. */
HR_MUST_CHECK
bool areas_group(const struct plan *plan, const char *const *network_name,
                 const struct form_choices *choices, struct plan_form *form);

#endif
