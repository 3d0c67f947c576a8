/** @file
 * Whom a form makes better or worse off, practice by practice.
 */
#ifndef HEADROOM_GAINS_H
#define HEADROOM_GAINS_H

#include "block.h"

/** Hold what the partners of the start have under each form against what they have
 * under the reference in the same trial: site metrics and counts of practices. Of the
 * reference itself, and of practices that had no partner, the site metrics are NaN and
 * nothing is counted. After all other site metrics. */
void gains_and_losses(struct block *block);

#endif
