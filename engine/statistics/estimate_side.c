#include "estimate_side.h"

#include "estimate_points.h"

#include <math.h>

enum { FEWEST_DISTINCT = 10 };

static const double complete = 0.95; /* of trials, under which they are selected */

double beside_confidence(double confidence)
{
    return 0.5 * (1.0 + confidence);
}

int beside_flags(const struct beside *beside)
{
    const double all = (double)(beside->n + beside->left_out);

    return (double)beside->n < complete * all ? ESTIMATE_SELECTED : 0;
}

static struct interval_estimate about(double value, double error, double times,
                                      int flags)
{
    const double reach = flags & ESTIMATE_FEW ? NAN : times * error;

    return (struct interval_estimate){value, error, value - reach, value + reach,
                                      flags};
}

/* --- quantiles ------------------------------------------------------------------- */

static size_t distinct(const struct sample *sample, const struct rank_interval *ranks)
{
    size_t count = 1;

    for (size_t i = (size_t)ranks->low; i < (size_t)ceil(ranks->high); i++)
        count += sample->value[i + 1] > sample->value[i];
    return count;
}

/* How fast the quantile rises with its probability, two standard deviations of its rank
 * to either side. */
static double slope_at(const struct sample *sample, double p)
{
    const double n = (double)sample->count, reach = 2.0 * sqrt(p * (1.0 - p) / n);
    const double low = fmax(p - reach, 0.0), high = fmin(p + reach, 1.0);

    return (sample_at_rank(sample, high * (n - 1.0)) -
            sample_at_rank(sample, low * (n - 1.0))) /
           (high - low);
}

struct quantile_side quantile_side_of(const struct sample *sample, double p,
                                      struct estimate_ranks each)
{
    struct quantile_side side = {.p = p, .value = sample_quantile(sample, p).value};
    struct rank_interval ranks;

    if (sample->count < 2)
        return side;
    ranks = sample_rank_interval(sample->count, p);
    side.rise = slope_at(sample, p);
    side.few = distinct(sample, &ranks) < FEWEST_DISTINCT;
    side.each = estimate_quantile_between(sample, p, each);
    return side;
}

/* What a trial adds to the square of the error, by whether a, then b, is at most its
 * quantile. */
static void influences(const struct quantile_side *a, const struct quantile_side *b,
                       double square[4])
{
    for (int at_most = 0; at_most < 4; at_most++) {
        const double of_a = (a->p - (at_most >> 1)) * a->rise;
        const double of_b = (b->p - (at_most & 1)) * b->rise;

        square[at_most] = (of_a - of_b) * (of_a - of_b);
    }
}

/* Inlined, so that the sums of so many quantiles stay in registers. */
static inline void add_influences(const struct beside *beside,
                                  const struct quantile_side *a,
                                  const struct quantile_side *b, size_t count,
                                  double *squares)
{
    double square[BESIDE_QUANTILES][4], sum[BESIDE_QUANTILES] = {0};
    double q_a[BESIDE_QUANTILES], q_b[BESIDE_QUANTILES];

    for (size_t k = 0; k < count; k++) {
        influences(&a[k], &b[k], square[k]);
        q_a[k] = a[k].value;
        q_b[k] = b[k].value;
    }
    for (size_t i = 0; i < beside->n; i++) {
        const double of_a = beside->a[i], of_b = beside->b[i];

        for (size_t k = 0; k < count; k++)
            sum[k] += square[k][2 * (of_a <= q_a[k]) + (of_b <= q_b[k])];
    }
    for (size_t k = 0; k < count; k++)
        squares[k] = sum[k];
}

/* Each quantile within its own interval at half the chance of missing. */
static struct interval_estimate of_discrete(const struct beside *beside,
                                            const struct quantile_side *a,
                                            const struct quantile_side *b)
{
    return (struct interval_estimate){
        .value = a->each.value - b->each.value,
        .error = NAN,
        .low = a->each.low - b->each.high,
        .high = a->each.high - b->each.low,
        .flags =
            a->each.flags | b->each.flags | ESTIMATE_DISCRETE | beside_flags(beside),
    };
}

static struct interval_estimate between(const struct beside *beside,
                                        const struct quantile_side *a,
                                        const struct quantile_side *b, double squares,
                                        double confidence)
{
    const double n = (double)beside->n, p = a->p;
    const int flags =
        estimate_tail_flags(n, n * fmin(p, 1.0 - p)) | beside_flags(beside);

    if (beside->n < 2)
        return about(a->value - b->value, NAN, NAN, flags);
    if (beside->equal)
        return about(0.0, 0.0, 0.0, flags);
    if (a->few || b->few)
        return of_discrete(beside, a, b);
    return about(a->value - b->value, sqrt(squares / (n * (n - 1.0))),
                 estimate_normal_point(confidence), flags);
}

void beside_quantiles(const struct beside *beside,
                      const struct quantile_side *const side[2], size_t count,
                      double confidence, struct interval_estimate *difference)
{
    double squares[BESIDE_QUANTILES] = {0};

    if (!beside->equal && count == BESIDE_QUANTILES)
        add_influences(beside, side[0], side[1], BESIDE_QUANTILES, squares);
    else if (!beside->equal)
        add_influences(beside, side[0], side[1], 1, squares);
    for (size_t k = 0; k < count; k++)
        difference[k] =
            between(beside, &side[0][k], &side[1][k], squares[k], confidence);
}

/* --- tail means ------------------------------------------------------------------ */

struct tail_side tail_side_of(const struct sample *sample, double level, double sign)
{
    struct estimate (*const of)(const struct sample *, double) =
        sign < 0.0 ? sample_lower_tail : sample_upper_tail;
    const double n = (double)sample->count;

    return (struct tail_side){
        .level = level,
        .sign = sign,
        .value = of(sample, estimate_tail_size(n, level) / n).value,
        .start = sample_quantile(sample, sign > 0.0 ? level : 1.0 - level).value,
    };
}

static double above_zero(double x)
{
    return x > 0.0 ? x : 0.0;
}

/* How far a is in its tail less how far b is. */
static double in_tail(const struct beside *beside, size_t i, double sign, double q_a,
                      double q_b)
{
    return above_zero(sign * (beside->a[i] - q_a)) -
           above_zero(sign * (beside->b[i] - q_b));
}

/* Sums over the trials of all tails, made in one walk. */
struct tail_sums {
    double mean, squares;
};

/* Inlined, so that the sums of so many tails stay in registers. */
static inline void add_tails(const struct beside *beside,
                             const struct tail_side *const side[2], size_t count,
                             struct tail_sums *sums)
{
    const double n = (double)beside->n;
    double mean[BESIDE_TAILS] = {0}, squares[BESIDE_TAILS] = {0};

    for (size_t i = 0; i < beside->n; i++) {
        for (size_t k = 0; k < count; k++) {
            const double d =
                in_tail(beside, i, side[0][k].sign, side[0][k].start, side[1][k].start);

            if (d < 0.0 || d > 0.0)
                mean[k] += d / n;
        }
    }
    for (size_t i = 0; i < beside->n; i++) {
        for (size_t k = 0; k < count; k++) {
            const double away = in_tail(beside, i, side[0][k].sign, side[0][k].start,
                                        side[1][k].start) -
                                mean[k];

            squares[k] += away * away;
        }
    }
    for (size_t k = 0; k < count; k++)
        sums[k] = (struct tail_sums){mean[k], squares[k]};
}

/* Error of a difference of tail means: of max(0, x - q)/(1 - level), paired. */
static double tail_error(const struct tail_sums *sums, double n, double level)
{
    return sqrt(sums->squares / (n * (n - 1.0))) / (1.0 - level);
}

void beside_tails(const struct beside *beside, const struct tail_side *const side[2],
                  size_t count, double confidence, struct interval_estimate *difference)
{
    const double n = (double)beside->n;
    struct tail_sums sums[BESIDE_TAILS] = {0};

    if (!beside->equal && count == BESIDE_TAILS)
        add_tails(beside, side, BESIDE_TAILS, sums);
    else if (!beside->equal)
        add_tails(beside, side, 1, sums);
    for (size_t k = 0; k < count; k++) {
        const struct tail_side *a = &side[0][k], *b = &side[1][k];
        const double size = estimate_tail_size(n, a->level), beyond = floor(size);
        const double freedom = beyond > 2.0 ? beyond - 1.0 : 1.0;

        difference[k] = about(a->value - b->value, tail_error(&sums[k], n, a->level),
                              estimate_t_point(confidence, freedom),
                              estimate_tail_flags(n, size) | beside_flags(beside));
    }
}
