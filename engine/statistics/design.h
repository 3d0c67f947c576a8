/** @file
 * Where to look: points of a unit cube for sweeps.
 *
 * Every number is a draw addressed by axis and point, so a design is the same
 * everywhere.
 */
#ifndef HEADROOM_DESIGN_H
#define HEADROOM_DESIGN_H

#include "headroom/error.h"

#include <stddef.h>
#include <stdint.h>

enum { DESIGN_SOBOL_AXES = 40 /**< as many as the library's sequence has */ };

/** Latin hypercube: each axis cut into @p points equal parts, each met once, into
 * u[point * axes + axis]. */
HR_MUST_CHECK
enum hr_status design_latin(uint64_t seed, size_t points, size_t axes, double *u,
                            struct hr_error *error);

/** Sobol's sequence from its zero point on, scrambled as Owen (1995), the same shape.
 * Refused: more than DESIGN_SOBOL_AXES axes. Balanced where @p points is a power of 2.
 */
HR_MUST_CHECK
enum hr_status design_sobol(uint64_t seed, size_t points, size_t axes, double *u,
                            struct hr_error *error);

/** The sequence itself, before scrambling, as whole numbers of 30 bits. */
HR_MUST_CHECK
enum hr_status design_sobol_sequence(size_t points, size_t axes, uint32_t *x,
                                     struct hr_error *error);

#endif
