/* Compiled once for each instruction set, as CLAIMS_KERNEL. */
#include "claims_kernel.h"

#include "draw.h"
#include "gaussian.h"

#include <stdbool.h>

enum { BLOCK_PAIRS = 256, BLOCK_CLAIMS = 2 * BLOCK_PAIRS, SUMS = 16 };

#define EACH(i, n) _Pragma("omp simd") for (size_t i = 0; i < (n); i++)

/* a whole number below 2^52 as a double, without a conversion instruction */
HR_INLINE double number_of(uint64_t whole)
{
    return from_bits(0x4330000000000000ull | whole) - 0x1p52;
}

static void lognormal_excess(double mu, double sigma, double step, size_t n,
                             double *excess)
{
    const double mean = exp_of(mu + 0.5 * sigma * sigma);
    const double inverse = 1.0 / sigma;

    EACH(j, n)
    {
        const double x = larger(step * number_of(j), 1e-300);
        const double a = (log_of(x) - mu) * inverse;

        excess[j] = mean * normal_above(a - sigma) - x * normal_above(a);
    }
    if (n > 0)
        excess[0] = mean;
}

static void uniforms(uint64_t seed, uint64_t first, uint64_t address, size_t n,
                     double *even, double *odd)
{
    EACH(i, n)
    draw_two(seed, first + i, address, &even[i], &odd[i]);
}

/* normal_quantile() where |u - 1/2| <= 0.425, the same bits */
HR_INLINE double normal_centre(double u)
{
    const double q = u - 0.5;
    const struct quotient middle = quantile_center(0.180625 - q * q);

    return middle.n * q / middle.d;
}

static const double nearest_end = 1.5e-11; /* where r = sqrt(-ln tail) is below 5 */

/* The same beyond, for tails of nearest_end and more. */
HR_INLINE double normal_side(double u)
{
    const double tail = u < 0.5 ? u : 1.0 - u;
    const struct quotient side = quantile_tail(sqrt(-log_of(tail)) - 1.6);

    return (u < 0.5 ? -side.n : side.n) / side.d;
}

/* In place; the rare u beyond even that take the whole quantile. */
static void normals_of_sides(double *u, size_t n)
{
    uint64_t beyond = 0;

#pragma omp simd reduction(+ : beyond)
    for (size_t i = 0; i < n; i++)
        beyond += smaller(u[i], 1.0 - u[i]) < nearest_end;
    if (beyond > 0) {
        EACH(i, n)
        u[i] = normal_quantile(u[i]);
        return;
    }
    EACH(i, n)
    u[i] = normal_side(u[i]);
}

/* The cheap rational function for all, then the sixth that lies outside it gathered, so
 * that no lane idles. */
static void normals_of(const double *u, size_t n, double *z)
{
    double side[BLOCK_CLAIMS];
    uint32_t at[BLOCK_CLAIMS];
    size_t sides = 0;

    EACH(i, n)
    z[i] = normal_centre(u[i]);
    for (size_t i = 0; i < n; i++) {
        at[sides] = (uint32_t)i;
        sides += fabs(u[i] - 0.5) > 0.425;
    }
    for (size_t i = 0; i < sides; i++)
        side[i] = u[at[i]];
    normals_of_sides(side, sides);
    for (size_t i = 0; i < sides; i++)
        z[at[i]] = side[i];
}

/* above: the chance that a claim is larger than this one */
static void sizes_of(const struct claim_sizes *sizes, const double *above, size_t n,
                     double *size)
{
    const struct claim_sizes s = *sizes;

    normals_of(above, n, size);
    EACH(i, n)
    size[i] = exp_of(s.mu - s.sigma * size[i]);
    if (s.splice_share <= 0.0)
        return;
    EACH(i, n)
    {
        const double far =
            s.splice * power_of(above[i] / s.splice_share, -s.inverse_tail);

        size[i] = above[i] < s.splice_share ? far : size[i];
    }
}

/* Claims of pairs first .. first+pairs-1, the even ones before the odd ones. */
static void draw_above(const struct claim_stream *stream, double share, uint32_t first,
                       size_t pairs, double *above)
{
    const uint64_t trial = stream->trial + ((uint64_t)(first >> 16) << 48);
    const uint64_t address = stream->address + (first & 0xffffu);

    EACH(i, pairs)
    {
        double even, odd;

        draw_two(stream->seed, trial, address + i, &even, &odd);
        above[i] = share * (1.0 - even);
        above[pairs + i] = share * (1.0 - odd);
    }
}

/* Sums in SUMS fixed columns, so that their order is the same on every set. */
static void add_layers(const double *size, size_t n, double limit, double kept[SUMS],
                       double total[SUMS])
{
    size_t i = 0;

    for (; i + SUMS <= n; i += SUMS) {
        EACH(j, SUMS)
        {
            total[j] += size[i + j];
            kept[j] += smaller(size[i + j], limit);
        }
    }
    for (size_t j = 0; i < n; i++, j++) {
        total[j] += size[i];
        kept[j] += smaller(size[i], limit);
    }
}

static double sum_of(const double column[SUMS])
{
    double sum = 0.0;

    for (int j = 0; j < SUMS; j++)
        sum += column[j];
    return sum;
}

static struct claim_sum claims(const struct claim_sizes *sizes,
                               const struct claim_stream *stream, size_t count)
{
    double above[BLOCK_CLAIMS], size[BLOCK_CLAIMS];
    double kept[SUMS] = {0}, total[SUMS] = {0};
    uint32_t pair = stream->pair;
    double sum;

    for (size_t left = count; left > 0; pair += BLOCK_PAIRS) {
        const size_t n = left < BLOCK_CLAIMS ? left : BLOCK_CLAIMS;
        const size_t pairs = (n + 1) / 2;

        draw_above(stream, sizes->share_above, pair, pairs, above);
        sizes_of(sizes, above, n, size); /* an odd count drops the last odd claim */
        add_layers(size, n, sizes->limit, kept, total);
        left -= n;
    }
    sum = sum_of(kept);
    return (struct claim_sum){.kept = sum, .ceded = sum_of(total) - sum};
}

enum { MOST_COUNTED = 400 };

/* Inverse by adding masses: all lanes together until the last has crossed. */
static void counts(const double *mean, const double *u, size_t n, double *count)
{
    enum { WIDTH = 8 };

    for (size_t at = 0; at < n; at += WIDTH) {
        const size_t wide = n - at < WIDTH ? n - at : WIDTH;
        double mass[WIDTH] = {0}, below[WIDTH] = {0};
        uint64_t open = 1;

        EACH(i, wide)
        {
            mass[i] = exp_of(-mean[at + i]);
            below[i] = mass[i];
            count[at + i] = 0.0;
        }
        for (int k = 1; open != 0 && k < MOST_COUNTED; k++) {
            const double inverse = 1.0 / k;

            open = 0;
            for (size_t i = 0; i < wide; i++) {
                const uint64_t more = u[at + i] >= below[i];

                count[at + i] += more ? 1.0 : 0.0;
                mass[i] *= mean[at + i] * inverse;
                below[i] += mass[i];
                open |= more;
            }
        }
    }
}

/* Cornish and Fisher 1938: the quantile of a law with these cumulants,
 * w = z + g1 (z^2-1)/6 + g2 (z^3-3z)/24 - g1^2 (2z^3-5z)/36. Its mean and, to the
 * fourth order in g1, its variance are exact. */
static void small_layer(double *const cumulant[4], const double *u, size_t n,
                        double *total)
{
    EACH(i, n)
    {
        const double z = normal_quantile(u[i]);
        const double variance = cumulant[1][i];
        const double sd = sqrt(variance);
        const double safe = variance > 0.0 ? variance : 1.0;
        const double g1 = cumulant[2][i] / (safe * sqrt(safe));
        const double g2 = cumulant[3][i] / (safe * safe);
        const double w = z + g1 * (z * z - 1.0) / 6.0 + g2 * z * (z * z - 3.0) / 24.0 -
                         g1 * g1 * z * (2.0 * z * z - 5.0) / 36.0;

        total[i] = larger(cumulant[0][i] + sd * w, 0.0);
    }
}

/* Pairs of claims of several lanes, laid end to end; numbers as wide as a double, so
 * that loops over them are vectorised at full width. */
struct flat {
    size_t pairs;
    bool spliced; /* some lane has a tail of its own */
    uint64_t lane[BLOCK_PAIRS];
    uint64_t pair[BLOCK_PAIRS];
};

static void draw_flat(const struct claim_sizes *sizes,
                      const struct claim_stream *stream, const struct flat *flat,
                      double *above)
{
    const size_t n = flat->pairs;

    EACH(i, n)
    {
        const uint64_t pair = stream->pair + flat->pair[i];
        const uint64_t trial = stream->trial + flat->lane[i] + ((pair >> 16) << 48);
        const double share = sizes[flat->lane[i]].share_above;
        double even, odd;

        draw_two(stream->seed, trial, stream->address + (pair & 0xffffu), &even, &odd);
        above[i] = share * (1.0 - even);
        above[n + i] = share * (1.0 - odd);
    }
}

static void size_flat(const struct claim_sizes *sizes, const struct flat *flat,
                      const double *above, double *size)
{
    const size_t n = flat->pairs;

    normals_of(above, 2 * n, size);
    for (size_t side = 0; side < 2 * n; side += n) {
        EACH(i, n)
        {
            const struct claim_sizes *s = &sizes[flat->lane[i]];

            size[side + i] = exp_of(s->mu - s->sigma * size[side + i]);
        }
        for (size_t i = 0; flat->spliced && i < n; i++) {
            const struct claim_sizes *s = &sizes[flat->lane[i]];

            if (above[side + i] < s->splice_share)
                size[side + i] = s->splice * power_of(above[side + i] / s->splice_share,
                                                      -s->inverse_tail);
        }
    }
}

static void settle_flat(const struct claim_sizes *sizes,
                        const struct claim_stream *stream, const struct flat *flat,
                        const double *count, double *kept, double *ceded)
{
    double above[BLOCK_CLAIMS], size[BLOCK_CLAIMS];

    above[0] = 1.0; /* where there is no pair at all */
    draw_flat(sizes, stream, flat, above);
    size_flat(sizes, flat, above, size);
    for (size_t i = 0; i < flat->pairs;) {
        const uint64_t lane = flat->lane[i];
        const double limit = sizes[lane].limit;
        double own = kept[lane], beyond = ceded[lane];

        for (; i < flat->pairs && flat->lane[i] == lane; i++) {
            const int both = 2.0 * number_of(flat->pair[i]) + 1.0 < count[lane];
            const double odd = both ? size[flat->pairs + i] : 0.0;

            own += smaller(size[i], limit) + smaller(odd, limit);
            beyond += larger(size[i] - limit, 0.0) + larger(odd - limit, 0.0);
        }
        kept[lane] = own;
        ceded[lane] = beyond;
    }
}

/* The claims of all lanes laid end to end, so that few a lane still fill vectors. */
static void large_layer(const struct claim_sizes *sizes,
                        const struct claim_stream *stream, const double *count,
                        size_t n, double *kept, double *ceded)
{
    struct flat flat;

    flat.pairs = 0;
    flat.spliced = false;
    for (size_t i = 0; i < n; i++)
        flat.spliced |= sizes[i].splice_share > 0.0;
    for (size_t i = 0; i < n; i++) {
        const uint64_t pairs = (uint64_t)((count[i] + 1.0) * 0.5);

        for (uint64_t pair = 0; pair < pairs; pair++) {
            flat.lane[flat.pairs] = i;
            flat.pair[flat.pairs++] = pair;
            if (flat.pairs == BLOCK_PAIRS) {
                settle_flat(sizes, stream, &flat, count, kept, ceded);
                flat.pairs = 0;
            }
        }
    }
    settle_flat(sizes, stream, &flat, count, kept, ceded);
}

extern const struct claims_kernel CLAIMS_KERNEL;

const struct claims_kernel CLAIMS_KERNEL = {
    .name = CLAIMS_LEVEL,
    .lognormal_excess = lognormal_excess,
    .claims = claims,
    .uniforms = uniforms,
    .counts = counts,
    .small_layer = small_layer,
    .large_layer = large_layer,
};
