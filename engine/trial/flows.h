/** @file
 * Who pays whom: the ledger's quarters added up by year, and over the horizon.
 *
 * Money comes from the commissioner to the providers - practices and their
 * organisations - and goes from them to the outside; what is left is the bearers'. What
 * goes into the providers comes out again.
 */
#ifndef HEADROOM_FLOWS_H
#define HEADROOM_FLOWS_H

#include "flow_row.h"
#include "ledger.h"

#include <stddef.h>

/** Sums of a form's flows in a trial: [year][flow] in nominal pounds, and after the
 * last year [flow] as present values at the public rate. */
static inline size_t flows_size(int quarters)
{
    return (size_t)(quarters / 4 + 1) * FLOWS;
}

/** Add a quarter, which is closed. */
void flows_add(const struct ledger *ledger, const struct drivers *drivers, int quarter,
               int quarters, struct lanes *sums);

#endif
