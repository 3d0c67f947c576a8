#include "estimate_side.h"

#include "estimate_points.h"

#include <math.h>

enum { FEWEST_DISTINCT = 10, FEWEST_APART = 10 };

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

struct beside beside_of(const double *a, const double *b, size_t left_out,
                        const struct sample *difference)
{
    const size_t n = difference->count;

    return (struct beside){
        .a = a,
        .b = b,
        .n = n,
        .left_out = left_out,
        .least = n > 0 ? difference->value[0] : NAN,
        .most = n > 0 ? difference->value[n - 1] : NAN,
    };
}

static bool are_equal(const struct beside *beside)
{
    return beside->least >= 0.0 && beside->most <= 0.0;
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
    side.few = (double)distinct(sample, &ranks) <
               fmax(FEWEST_DISTINCT, 0.5 * (ranks.high - ranks.low));
    side.each = estimate_quantile_between(sample, p, each);
    return side;
}

/* Trials in which a, b, or both are at most their quantiles. */
struct at_most {
    size_t a, b, both;
};

/* Inlined, so that the counts of so many quantiles stay in registers. */
static inline void count_at_most(const struct beside *beside,
                                 const struct quantile_side *a,
                                 const struct quantile_side *b, size_t quantiles,
                                 struct at_most *found)
{
    struct at_most count[BESIDE_QUANTILES] = {{0}};
    double q_a[BESIDE_QUANTILES], q_b[BESIDE_QUANTILES];

    for (size_t k = 0; k < quantiles; k++) {
        q_a[k] = a[k].value;
        q_b[k] = b[k].value;
    }
    for (size_t i = 0; i < beside->n; i++) {
        const double of_a = beside->a[i], of_b = beside->b[i];

        for (size_t k = 0; k < quantiles; k++) {
            const size_t is_a = of_a <= q_a[k], is_b = of_b <= q_b[k];

            count[k].a += is_a;
            count[k].b += is_b;
            count[k].both += is_a & is_b;
        }
    }
    for (size_t k = 0; k < quantiles; k++)
        found[k] = count[k];
}

/* Trials in which one of the two is at most its quantile and the other is not. */
static double told_apart(const struct at_most *count)
{
    return (double)(count->a + count->b - 2 * count->both);
}

/* Each influences the difference by its own, (p - [at most the quantile]) times the
 * rise; what the two make together, squared and added up. */
static double squares_of(const struct quantile_side *a, const struct quantile_side *b,
                         const struct at_most *count, double n)
{
    const double both = (double)count->both;
    const double only_a = (double)count->a - both, only_b = (double)count->b - both;
    const double below_a = (a->p - 1.0) * a->rise, above_a = a->p * a->rise;
    const double below_b = (b->p - 1.0) * b->rise, above_b = b->p * b->rise;

    return both * (below_a - below_b) * (below_a - below_b) +
           only_a * (below_a - above_b) * (below_a - above_b) +
           only_b * (above_a - below_b) * (above_a - below_b) +
           (n - both - only_a - only_b) * (above_a - above_b) * (above_a - above_b);
}

/* Each quantile within its own interval at half the chance of missing; a quantile of a
 * is no further from that of b than any trial's a from its b. */
static struct interval_estimate of_discrete(const struct beside *beside,
                                            const struct quantile_side *a,
                                            const struct quantile_side *b)
{
    struct interval_estimate e = {
        .value = a->each.value - b->each.value,
        .error = NAN,
        .low = a->each.low - b->each.high,
        .high = a->each.high - b->each.low,
        .flags =
            a->each.flags | b->each.flags | ESTIMATE_DISCRETE | beside_flags(beside),
    };

    e.low = e.low < beside->least ? beside->least : e.low;
    e.high = e.high > beside->most ? beside->most : e.high;
    return e;
}

/* The rise is known from as many numbers as lie around the quantile. */
static double quantile_point(const struct quantile_side *side, double n, int flags,
                             double confidence)
{
    const double around = 4.0 * sqrt(n * side->p * (1.0 - side->p));

    return flags & ESTIMATE_THIN ? estimate_normal_point(confidence)
                                 : estimate_t_point(confidence, around);
}

static struct interval_estimate between(const struct beside *beside,
                                        const struct quantile_side *a,
                                        const struct quantile_side *b,
                                        const struct at_most *count, double confidence)
{
    const double n = (double)beside->n, p = a->p, apart = told_apart(count);
    const int flags =
        estimate_tail_flags(n, n * fmin(p, 1.0 - p)) | beside_flags(beside);

    if (beside->n < 2)
        return about(a->value - b->value, NAN, NAN, flags);
    if (are_equal(beside))
        return about(0.0, 0.0, 0.0, flags | ESTIMATE_THIN);
    if (a->few || b->few || apart < FEWEST_APART)
        return of_discrete(beside, a, b);
    return about(a->value - b->value,
                 sqrt(squares_of(a, b, count, n) / (n * (n - 1.0))),
                 quantile_point(a, n, flags, confidence), flags);
}

void beside_quantiles(const struct beside *beside,
                      const struct quantile_side *const side[2], size_t count,
                      double confidence, struct interval_estimate *difference)
{
    struct at_most at_most[BESIDE_QUANTILES] = {{0}};

    if (!are_equal(beside) && count == BESIDE_QUANTILES)
        count_at_most(beside, side[0], side[1], BESIDE_QUANTILES, at_most);
    else if (!are_equal(beside))
        count_at_most(beside, side[0], side[1], 1, at_most);
    for (size_t k = 0; k < count; k++)
        difference[k] =
            between(beside, &side[0][k], &side[1][k], &at_most[k], confidence);
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

/* Powers of how far a is in its tail less how far b is, how far one of the two alone
 * makes the third, 1 where all of it has one sign, and in how many trials they are
 * equally far. */
struct tail_powers {
    struct estimate_powers about_mean;
    double one_sided, zeros;
};

static struct tail_powers tail_powers_of(const struct beside *beside,
                                         const struct tail_side *a,
                                         const struct tail_side *b)
{
    struct tail_powers sum = {.about_mean = {.n = (double)beside->n}};
    double cubes = 0.0, all = 0.0;

    for (size_t i = 0; i < beside->n; i++) {
        const double d = in_tail(beside, i, a->sign, a->start, b->start);

        if (d < 0.0 || d > 0.0)
            sum.about_mean.mean += d / sum.about_mean.n;
    }
    for (size_t i = 0; i < beside->n; i++) {
        const double d = in_tail(beside, i, a->sign, a->start, b->start);

        if (d < 0.0 || d > 0.0) {
            estimate_add_power(&sum.about_mean, d, 1.0);
            cubes += d * d * d;
            all += d * d * fabs(d);
        } else {
            sum.zeros += 1.0;
        }
    }
    estimate_add_power(&sum.about_mean, 0.0, sum.zeros);
    sum.one_sided = all > 0.0 ? fabs(cubes) / all : 0.0;
    return sum;
}

static struct interval_estimate tails_between(const struct beside *beside,
                                              const struct tail_side *a,
                                              const struct tail_side *b,
                                              double confidence)
{
    const double n = (double)beside->n, size = estimate_tail_size(n, a->level);
    const struct tail_powers sum = tail_powers_of(beside, a, b);
    struct estimate_shape shape = estimate_shape_of(&sum.about_mean);
    const struct estimate difference = {
        a->value - b->value,
        sqrt(sum.about_mean.second / (n - 1.0)) / (1.0 - a->level),
    };
    const int flags = estimate_tail_flags(n, size);
    struct interval_estimate e;

    if (flags != 0) /* too few to know a shape by */
        shape = (struct estimate_shape){0.0, fmax(floor(size) - 1.0, 1.0)};
    shape.skew *= sum.one_sided * sum.one_sided;
    e = estimate_tail_interval(difference, shape.skew, a->sign,
                               estimate_t_point(confidence, shape.freedom));
    e.flags = flags | estimate_rare_flags(n, n - sum.zeros) | beside_flags(beside);
    return estimate_if_enough(e);
}

void beside_tails(const struct beside *beside, const struct tail_side *const side[2],
                  size_t count, double confidence, struct interval_estimate *difference)
{
    for (size_t k = 0; k < count; k++)
        difference[k] = tails_between(beside, &side[0][k], &side[1][k], confidence);
}
