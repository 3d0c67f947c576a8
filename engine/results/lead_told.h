/** @file
 * Alternatives told as a lead: what the sentence of a comparison says of them.
 */
#ifndef HEADROOM_LEAD_TOLD_H
#define HEADROOM_LEAD_TOLD_H

#include "alternatives.h"
#include "lead.h"

/** Forms as they are ranked, larger being better. Borrowed. */
struct lead_of {
    const struct alternatives *all;
    const char *const *name; /**< [all->count] */
    size_t reference;        /**< among them; all->count where it is not ranked */
    double confidence;
    const double *best; /**< [all->count]: share of trials in which each is best */
    double *memory;     /**< room for 2 numbers a trial */
};

/** Fill what a lead says of the leader and its rivals; of two forms or more. */
void lead_told(const struct lead_of *of, const struct leading *leading,
               struct lead_case *lead);

#endif
