/** @file
 * Keeping of every practice what a quarter of a block came to: site_quarters.h.
 */
#ifndef HEADROOM_SITE_KEEPING_H
#define HEADROOM_SITE_KEEPING_H

#include "block.h"

/** Keep @p quarter of a form's practices in the area at hand. */
void site_keeping_quarter(const struct block *block, size_t form, int quarter);

#endif
