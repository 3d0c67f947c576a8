/* Compiled once for each instruction set, as CLAIMS_KERNEL. */
#include "claims_kernel.h"

#include "draw.h"
#include "gaussian.h"
#include "normals.h"

#include <string.h>

enum { BLOCK_PAIRS = 256, BLOCK_CLAIMS = 2 * BLOCK_PAIRS, SUMS = 16, WIDTH = 8 };

static void lognormal_excess(double mu, double sigma, double step, size_t n,
                             double *excess)
{
    const double mean = exp_of(mu + 0.5 * sigma * sigma);
    const double inverse = 1.0 / sigma;

    EACH(j, n)
    {
        const double x = larger(step * small_number(j), 1e-300);
        const double a = (log_of(x) - mu) * inverse;

        excess[j] = mean * normal_above(a - sigma) - x * normal_above(a);
    }
    if (n > 0)
        excess[0] = mean;
}

static void uniforms(uint64_t seed, const uint64_t *trial, uint64_t address, size_t n,
                     double *even, double *odd)
{
    EACH(i, n)
    draw_two(seed, trial[i], address, &even[i], &odd[i]);
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

enum { MOST_COUNTED = 399, STEPS = 7 /* a divisor of it */ };

/* Masses k .. k+STEPS-1 of WIDTH lanes; whether some u is not crossed yet. */
static bool add_masses(int k, const double *mean, const double *u, double *mass,
                       double *below, double *count)
{
    double inverse[STEPS];
    uint64_t open = 0;

    for (int step = 0; step < STEPS; step++)
        inverse[step] = 1.0 / (k + step);
#pragma omp simd reduction(| : open)
    for (int i = 0; i < WIDTH; i++) {
        double m = mass[i], sum = below[i], number = count[i];

        for (int step = 0; step < STEPS; step++) {
            number += u[i] >= sum ? 1.0 : 0.0;
            m *= mean[i] * inverse[step];
            sum += m;
        }
        open |= u[i] >= sum;
        mass[i] = m;
        below[i] = sum;
        count[i] = number;
    }
    return open;
}

/* Inverse by adding masses: WIDTH lanes together until the last has crossed. */
static void counts(const double *mean, const double *u, size_t n, double *count)
{
    for (size_t at = 0; at < n; at += WIDTH) {
        double mass[WIDTH], below[WIDTH];

        EACH(i, WIDTH)
        {
            below[i] = mass[i] = exp_of(-mean[at + i]);
            count[at + i] = 0.0;
        }
        for (int k = 1; k <= MOST_COUNTED; k += STEPS) {
            if (!add_masses(k, mean + at, u + at, mass, below, count + at))
                break;
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

/* Pairs of a trial laid end to end with those of others. */
struct piece {
    size_t year, years; /* that they may belong to, the first and how many */
    size_t at, pairs;
    size_t first; /* pair, counted from the trial's first */
};

enum { ROOM = BLOCK_PAIRS + 2 * WIDTH };

/* With each pair what it is drawn from, since a store costs less than a gather; behind
 * the last some more of the kind, so that loops take whole registers. */
struct flat {
    size_t pieces, pairs;
    struct piece piece[BLOCK_PAIRS];
    uint64_t trial[ROOM], pair[ROOM];
    double share[ROOM], mu[ROOM], sigma[ROOM], limit[ROOM];
};

static size_t whole_registers(size_t n)
{
    return (n + WIDTH - 1) / WIDTH * WIDTH;
}

static void draw_flat(const struct claim_stream *stream, const struct flat *flat,
                      size_t n, double *above)
{
    EACH(i, n)
    {
        const uint64_t pair = stream->pair + flat->pair[i];
        const uint64_t trial = flat->trial[i] + ((pair >> 16) << 48);
        double even, odd;

        draw_two(stream->seed, trial, stream->address + (pair & 0xffffu), &even, &odd);
        above[i] = flat->share[i] * (1.0 - even);
        above[n + i] = flat->share[i] * (1.0 - odd);
    }
}

static void splice(const struct claim_sizes *sizes, const double *above, size_t n,
                   double *size)
{
    for (size_t i = 0; i < n; i++) {
        if (above[i] < sizes->splice_share)
            size[i] = sizes->splice *
                      power_of(above[i] / sizes->splice_share, -sizes->inverse_tail);
    }
}

static void size_flat(const struct claim_sizes *sizes, const struct flat *flat,
                      const double *above, size_t n, double *size)
{
    if (normals_lie_aside(above, 2 * n)) {
        memcpy(size, above, 2 * n * sizeof(*size));
        normals_of_sides(size, 2 * n);
    } else {
        normals_of(above, 2 * n, size);
    }
    for (size_t side = 0; side < 2 * n; side += n) {
        EACH(i, n)
        size[side + i] = exp_of(flat->mu[i] - flat->sigma[i] * size[side + i]);
        for (size_t p = 0; p < flat->pieces; p++) {
            const struct piece *piece = &flat->piece[p];
            const size_t at = side + piece->at;

            if (sizes[piece->year].splice_share > 0.0)
                splice(&sizes[piece->year], above + at, piece->pairs, size + at);
        }
    }
}

/* Pairs, kept and ceded, and their even claims alone. */
struct layers {
    double kept[BLOCK_PAIRS], ceded[BLOCK_PAIRS];
    double even_kept[BLOCK_PAIRS], even_ceded[BLOCK_PAIRS];
};

static void layers_of(const struct flat *flat, const double *size, size_t n,
                      struct layers *layers)
{
    EACH(i, n)
    {
        const double limit = flat->limit[i], odd = size[n + i];
        const double kept = smaller(size[i], limit);
        const double ceded = larger(size[i] - limit, 0.0);

        layers->even_kept[i] = kept;
        layers->even_ceded[i] = ceded;
        layers->kept[i] = kept + smaller(odd, limit);
        layers->ceded[i] = ceded + larger(odd - limit, 0.0);
    }
}

/* The claims of a piece that are within a year's count; of its last pair, if that is
 * odd, the even one alone. */
static void add_piece(const struct piece *piece, const struct layers *layers,
                      double count, double *kept, double *ceded)
{
    const size_t before = 2 * piece->first, all = (size_t)count;
    const size_t claims = all > before ? all - before : 0;
    const size_t whole = claims / 2 < piece->pairs ? claims / 2 : piece->pairs;
    const size_t end = piece->at + whole;
    double own = *kept, beyond = *ceded;

    for (size_t i = piece->at; i < end; i++) {
        own += layers->kept[i];
        beyond += layers->ceded[i];
    }
    if (whole < piece->pairs && claims % 2 == 1) {
        own += layers->even_kept[end];
        beyond += layers->even_ceded[end];
    }
    *kept = own;
    *ceded = beyond;
}

static void settle_flat(const struct claim_sizes *sizes,
                        const struct claim_stream *stream, const struct flat *flat,
                        const double *count, double *kept, double *ceded)
{
    const size_t n = whole_registers(flat->pairs);
    double above[BLOCK_CLAIMS], size[BLOCK_CLAIMS];
    struct layers layers;

    above[0] = 1.0; /* where there is no pair at all */
    draw_flat(stream, flat, n, above);
    size_flat(sizes, flat, above, n, size);
    layers_of(flat, size, n, &layers);
    for (size_t p = 0; p < flat->pieces; p++) {
        const struct piece *piece = &flat->piece[p];

        for (size_t y = piece->year; y < piece->year + piece->years; y++)
            add_piece(piece, &layers, count[y], &kept[y], &ceded[y]);
    }
}

static void lay(const struct claim_sizes *sizes, uint64_t trial,
                const struct piece *piece, struct flat *flat)
{
    const struct claim_sizes s = *sizes;
    const uint64_t at = piece->at, first = piece->first;

    EACH(i, whole_registers(piece->pairs + WIDTH - 1))
    {
        flat->trial[at + i] = trial;
        flat->pair[at + i] = first + i;
        flat->share[at + i] = s.share_above;
        flat->mu[at + i] = s.mu;
        flat->sigma[at + i] = s.sigma;
        flat->limit[at + i] = s.limit;
    }
    flat->piece[flat->pieces++] = *piece;
    flat->pairs += piece->pairs;
}

/* The claims of all trials laid end to end, so that few a trial still fill vectors. */
static void large_layer(const struct claim_sizes *sizes,
                        const struct claim_stream *stream, const uint64_t *trial,
                        const double *count, size_t n, double *kept, double *ceded)
{
    struct flat flat;

    flat.pieces = flat.pairs = 0;
    for (size_t year = 0, next; year < n; year = next) {
        double most = count[year];
        struct piece piece = {.year = year};
        size_t pairs;

        for (next = year + 1; next < n && trial[next] == trial[year]; next++)
            most = larger(most, count[next]);
        piece.years = next - year;
        pairs = (size_t)((most + 1.0) * 0.5);
        for (; piece.first < pairs; piece.first += piece.pairs) {
            piece.at = flat.pairs;
            piece.pairs = pairs - piece.first;
            if (piece.pairs > BLOCK_PAIRS - flat.pairs)
                piece.pairs = BLOCK_PAIRS - flat.pairs;
            lay(&sizes[year], trial[year], &piece, &flat);
            if (flat.pairs == BLOCK_PAIRS) {
                settle_flat(sizes, stream, &flat, count, kept, ceded);
                flat.pieces = flat.pairs = 0;
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
