/** @file
 * A patch in which everything happens: for tests of what must hold whatever happens.
 */
#ifndef HEADROOM_BUSY_PATCH_H
#define HEADROOM_BUSY_PATCH_H

#include "small_patch.h"

/** Forms of a busy patch: every join rule, pool, owner and liability occurs. */
enum busy_form {
    BUSY_ALONE,     /**< every site for itself */
    BUSY_JOINT,     /**< one organisation, residuals pooled, joint liability */
    BUSY_COMPANY,   /**< share of sites, limited, the pool stays in its account */
    BUSY_TRUST,     /**< held by a trust that may leave */
    BUSY_VOLUNTARY, /**< joined by those below a margin */
    BUSY_RESCUE,    /**< joined by the distressed, owned from outside, converts */
    BUSY_FORMS
};

/** @p sites unequal practices with noise, leaving, sickness, shocks, rising prices and
 * distress, under all busy forms. */
void busy_patch(struct plan *plan, int sites, int quarters);

#endif
