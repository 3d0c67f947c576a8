/** @file
 * All practices of the patch under one form.
 */
#ifndef HEADROOM_PATCH_H
#define HEADROOM_PATCH_H

#include "decisions.h"
#include "organisation.h"
#include "workforce.h"

/** Sites that a pass takes side by side. A patch has room for whole numbers of them;
 * where there is no site, there are zeros. */
enum { SITES_AT_ONCE = 4 };

/** Words that hold a bit a site. */
static inline int patch_words(int sites)
{
    return (sites + 63) / 64;
}

/** How often something happened in a trial so far. */
struct events {
    struct lanes closed, taken_over;
    struct lanes caretaker; /**< not those that were taken over before */
    struct lanes patients_dispersed;
    struct lanes members_left;
    struct lanes dissolved, exited;
    struct lanes largest_cascade; /**< last: areas do not add up to it */
};

struct patch {
    int sites, networks, organisations;
    struct activity activity;
    const int *network_of; /**< of each site */
    const int *next_of;    /**< of each site: the next one of its network, in a ring */
    const int *first_of;   /**< of each network: its first site */
    const int *organisation_of; /**< of each site */
    int *next_member;           /**< of each site: the next one of its organisation */
    int *first_member;          /**< of each organisation: its first site */
    const struct site *site;
    struct practice *practice;
    struct organisation *organisation;
    struct network *network;
    struct payments payments;            /**< of the site at hand */
    struct shares shares[SITES_AT_ONCE]; /**< of the sites at hand, in turn */
    struct ledger ledger;
    struct lanes wanted, filled; /**< posts of all sites, after the workforce stage */
    struct events events;
    double *scratch;  /**< three numbers a site, 0 between uses */
    uint64_t *due;    /**< of each site: set of lanes to look at in stage 2 */
    uint64_t *marked; /**< the sites among them that are to be looked at, a bit each */
    int *decided;     /**< sites that decided what is yet to take effect, some twice */
    int decided_count;
    int *looked; /**< sites to look at in some lane, ascending */
    int looked_count;
    int *leaving; /**< sites of which some lane may leave its organisation */
    int leaving_count;
    uint64_t organisations_due; /**< lanes in which organisations exit or dissolve */
};

#endif
