/* Claims from a table: pieces of mass spread evenly over [low, high], a single
 * value being a piece without width. With m the mass of the pieces above x,
 *   pi(x) = E[X; above] - x m + (piece that holds x) mass (high-x)^2/(2 (high-low)).
 * A claim is `scale` times what the pieces say, and is compared with them only after
 * that product, so that a quantile lies at, never beside, the value it was made from.
 */
#include "severity.h"

#include "elementary.h"

#include <stdlib.h>

static struct severity_piece scaled(const struct severity *severity, size_t i)
{
    struct severity_piece piece = severity->piece[i];

    piece.low *= severity->scale;
    piece.high *= severity->scale;
    return piece;
}

/* the first piece that reaches above x; pieces if there is none */
static size_t piece_at(const struct severity *severity, double x)
{
    size_t low = 0, high = severity->pieces;

    while (low < high) {
        const size_t middle = (low + high) / 2;

        if (severity->scale * severity->piece[middle].high > x)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* share of a piece that lies above x */
static double part_above(const struct severity_piece *piece, double x)
{
    if (x < piece->low)
        return 1.0;
    if (x >= piece->high)
        return 0.0;
    return (piece->high - x) / (piece->high - piece->low);
}

static double table_above(const struct severity *severity, double x)
{
    const size_t at = piece_at(severity, x);
    struct severity_piece piece;

    if (at == severity->pieces)
        return 0.0;
    piece = scaled(severity, at);
    return piece.mass_from - piece.mass * (1.0 - part_above(&piece, x));
}

static double table_excess(const struct severity *severity, double x)
{
    const size_t at = piece_at(severity, x);
    struct severity_piece piece;
    double below;

    if (at == severity->pieces)
        return 0.0;
    piece = scaled(severity, at);
    below = x > piece.low ? x - piece.low : 0.0;
    if (below > 0.0) /* E[(x-X)+] of the piece put back */
        below = piece.mass * below * below / (2.0 * (piece.high - piece.low));
    return severity->scale * piece.first_from - x * piece.mass_from + below;
}

static double piece_moment(const struct severity_piece *piece, int r, double x)
{
    const double high = smaller(x, piece->high);
    const double share = 1.0 - part_above(piece, x);
    double sum = 0.0;

    if (x < piece->low)
        return 0.0;
    /* (high^(r+1) - low^(r+1))/(high - low), in a form that needs no width */
    for (int i = 0; i <= r; i++)
        sum += severity_power(high, i) * severity_power(piece->low, r - i);
    return piece->mass * share * sum / (r + 1.0);
}

static double table_partial(const struct severity *severity, int r, double x)
{
    double sum = 0.0;

    for (size_t i = 0; i < severity->pieces; i++) {
        const struct severity_piece piece = scaled(severity, i);

        sum += piece_moment(&piece, r, x);
    }
    return sum;
}

static double table_quantile(const struct severity *severity, double above)
{
    size_t low = 0, high = severity->pieces - 1;
    struct severity_piece piece;

    while (low < high) { /* the last piece with mass_from >= above */
        const size_t middle = (low + high + 1) / 2;

        if (severity->piece[middle].mass_from >= above)
            low = middle;
        else
            high = middle - 1;
    }
    piece = scaled(severity, low);
    return piece.low +
           (piece.high - piece.low) * (piece.mass_from - above) / piece.mass;
}

const struct severity_law severity_table_law = {
    table_above,
    table_excess,
    table_partial,
    table_quantile,
};

static void sum_from_above(struct severity *severity)
{
    double mass = 0.0, first = 0.0;

    for (size_t i = severity->pieces; i-- > 0;) {
        struct severity_piece *piece = &severity->piece[i];

        mass += piece->mass;
        first += piece->mass * 0.5 * (piece->low + piece->high);
        piece->mass_from = mass;
        piece->first_from = first;
    }
}

static enum hr_status start_table(struct severity *severity, size_t pieces,
                                  struct hr_error *error)
{
    *severity =
        (struct severity){.kind = SEVERITY_TABLE, .scale = 1.0, .pieces = pieces};
    severity->piece = calloc(pieces, sizeof(*severity->piece));
    if (severity->piece == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a table of %zu rows", pieces);
    return HR_OK;
}

static int by_low(const void *left, const void *right)
{
    const struct severity_piece *a = left, *b = right;

    return (a->low > b->low) - (a->low < b->low);
}

enum hr_status severity_values(struct severity *severity, const double *value, size_t n,
                               struct hr_error *error)
{
    enum hr_status status;

    if (n == 0)
        return hr_fail(error, HR_BAD_INPUT, "a table of claims is empty");
    for (size_t i = 0; i < n; i++) {
        if (!(value[i] >= 0.0 && isfinite(value[i])))
            return hr_fail(error, HR_BAD_INPUT,
                           "row %zu of the table of claims: %g is not a cost of 0 or "
                           "more",
                           i + 1, value[i]);
    }
    status = start_table(severity, n, error);
    if (status != HR_OK)
        return status;
    for (size_t i = 0; i < n; i++) {
        severity->piece[i].low = severity->piece[i].high = value[i];
        severity->piece[i].mass = 1.0 / (double)n;
    }
    qsort(severity->piece, n, sizeof(*severity->piece), by_low);
    sum_from_above(severity);
    return HR_OK;
}

static enum hr_status check_quantiles(const double *probability, const double *value,
                                      size_t n, struct hr_error *error)
{
    if (n < 2 || probability[0] != 0.0 || probability[n - 1] != 1.0)
        return hr_fail(error, HR_BAD_INPUT,
                       "a quantile table must run from probability 0 to 1");
    if (!(value[0] >= 0.0))
        return hr_fail(error, HR_BAD_INPUT, "the quantile table starts at %g, below 0",
                       value[0]);
    for (size_t i = 1; i < n; i++) {
        if (!(probability[i] > probability[i - 1]))
            return hr_fail(
                error, HR_BAD_INPUT,
                "the quantile table is not monotone: row %zu has probability "
                "%g after %g",
                i + 1, probability[i], probability[i - 1]);
        if (!(value[i] >= value[i - 1] && isfinite(value[i])))
            return hr_fail(error, HR_BAD_INPUT,
                           "the quantile table is not monotone: row %zu has cost %g "
                           "after %g",
                           i + 1, value[i], value[i - 1]);
    }
    return HR_OK;
}

enum hr_status severity_quantiles(struct severity *severity, const double *probability,
                                  const double *value, size_t n, struct hr_error *error)
{
    enum hr_status status = check_quantiles(probability, value, n, error);

    if (status == HR_OK)
        status = start_table(severity, n - 1, error);
    if (status != HR_OK)
        return status;
    for (size_t i = 0; i + 1 < n; i++) {
        severity->piece[i].low = value[i];
        severity->piece[i].high = value[i + 1];
        severity->piece[i].mass = probability[i + 1] - probability[i];
    }
    sum_from_above(severity);
    return HR_OK;
}

void severity_free(struct severity *severity)
{
    free(severity->piece);
    *severity = (struct severity){0};
}
