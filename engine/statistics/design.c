#include "design.h"

#include "draw.h"

#include <gsl/gsl_qrng.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>

enum { BITS = 30, ORDER = 0, WITHIN = 1, WITHIN_SOBOL = 31 };

static uint64_t word_at(uint64_t seed, uint64_t trial, size_t axis, uint32_t index)
{
    const uint64_t address =
        draw_address((uint32_t)axis + 1, DRAW_DESIGN, ONCE_PER_TRIAL, index / 2);

    return threefry(trial, address, seed, 0).word[index % 2];
}

static double uniform_at(uint64_t seed, uint64_t trial, size_t axis, uint32_t index)
{
    return uniform_of(word_at(seed, trial, axis, index));
}

/* The part of a point is the rank of its key among all points' keys. */
static void latin_axis(uint64_t seed, size_t points, size_t axis, double *key,
                       size_t *order)
{
    for (size_t j = 0; j < points; j++)
        key[j] = uniform_at(seed, j, axis, ORDER);
    gsl_sort_index(order, key, 1, points);
}

enum hr_status design_latin(uint64_t seed, size_t points, size_t axes, double *u,
                            struct hr_error *error)
{
    double *key = malloc(points * sizeof(*key));
    size_t *order = malloc(points * sizeof(*order));
    const int ready = key != NULL && order != NULL;

    for (size_t k = 0; ready && k < axes; k++) {
        latin_axis(seed, points, k, key, order);
        for (size_t part = 0; part < points; part++) {
            const size_t j = order[part];

            u[j * axes + k] =
                ((double)part + uniform_at(seed, j, k, WITHIN)) / (double)points;
        }
    }
    free(key);
    free(order);
    return ready ? HR_OK : hr_fail(error, HR_FAILED, "no memory for a design");
}

/* The library's sequence starts after the zero point, without which a power of two of
 * points is not balanced. */
enum hr_status design_sobol_sequence(size_t points, size_t axes, uint32_t *x,
                                     struct hr_error *error)
{
    double at[DESIGN_SOBOL_AXES];
    gsl_qrng *sequence;

    if (axes > DESIGN_SOBOL_AXES)
        return hr_fail(error, HR_BAD_INPUT,
                       "a Sobol design has at most %d axes, not %zu: use lhs",
                       DESIGN_SOBOL_AXES, axes);
    sequence = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)axes);
    if (sequence == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a design");
    for (size_t k = 0; points > 0 && k < axes; k++)
        x[k] = 0;
    for (size_t j = 1; j < points; j++) {
        gsl_qrng_get(sequence, at);
        for (size_t k = 0; k < axes; k++)
            x[j * axes + k] = (uint32_t)(at[k] * 0x1p30 + 0.5);
    }
    gsl_qrng_free(sequence);
    return HR_OK;
}

/* Each bit is flipped by chance, but alike for all points that agree in the bits above.
 */
static uint32_t scrambled(uint64_t seed, size_t axis, uint32_t x)
{
    uint32_t flips = 0;

    for (uint32_t b = 0; b < BITS; b++) {
        const uint64_t above = x >> (BITS - b);
        const uint32_t flip = (uint32_t)(word_at(seed, above, axis, b) >> 63);

        flips |= flip << (BITS - 1 - b);
    }
    return x ^ flips;
}

enum hr_status design_sobol(uint64_t seed, size_t points, size_t axes, double *u,
                            struct hr_error *error)
{
    uint32_t *x = malloc(points * axes * sizeof(*x));

    if (x == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a design");
    if (design_sobol_sequence(points, axes, x, error) != HR_OK) {
        free(x);
        return error->status;
    }
    for (size_t j = 0; j < points; j++) {
        for (size_t k = 0; k < axes; k++) {
            const double within = uniform_at(seed, j, k, WITHIN_SOBOL);

            u[j * axes + k] =
                ((double)scrambled(seed, k, x[j * axes + k]) + within) * 0x1p-30;
        }
    }
    free(x);
    return HR_OK;
}
