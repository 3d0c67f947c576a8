/** @file
 * All practices of the patch under one form.
 */
#ifndef HEADROOM_PATCH_H
#define HEADROOM_PATCH_H

#include "decisions.h"
#include "organisation.h"
#include "workforce.h"

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
    const int *organisation_of; /**< of each site */
    const struct site_posts *site;
    struct practice *practice;
    struct organisation *organisation;
    struct network *network;
    struct ledger ledger;
    struct events events;
    double *scratch; /**< three numbers a site */
    uint64_t *due;   /**< of each site: set of lanes to look at in stage 2 */
    int *looked;     /**< sites to look at in some lane, ascending */
    int looked_count;
    uint64_t organisations_due; /**< lanes in which organisations exit or dissolve */
};

#endif
