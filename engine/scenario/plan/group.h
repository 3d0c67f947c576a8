/** @file
 * Which practices a form brings together.
 */
#ifndef HEADROOM_GROUP_H
#define HEADROOM_GROUP_H

#include "plan.h"

/** Number the organisation of each site. Groups follow start lists, whatever the rule
 * of joining, and never change. @p network_name has the site's network code ("" where
 * it has none). Returns the number of organisations, or -1 where memory ran out. */
int group_sites(const struct plan_site *site, size_t sites,
                const char *const *network_name, const struct form_choices *choices,
                int *organisation);

/** Number the networks of the sites in the order in which they first occur; a practice
 * without one is one of its own. Returns how many, or -1 where memory ran out. */
int group_networks(struct plan_site *site, size_t sites,
                   const char *const *network_name);

#endif
