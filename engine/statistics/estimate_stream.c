#include "estimate_stream.h"

#include "estimate_points.h"

#include <math.h>
#include <stdbool.h>

void stream_of(const struct moments *moments, const struct histogram *histogram,
               struct stream *stream)
{
    stream->moments = moments;
    stream->histogram = histogram;
    stream->runs = histogram_runs(histogram, stream->run);
}

static struct binned_quantile rank_in(const struct stream *stream, double rank)
{
    return histogram_rank(stream->run, stream->histogram->count, rank);
}

/* --- mean ------------------------------------------------------------------------- */

/* Runs that are not yet taken from the two ends of a stream. */
struct ends {
    const struct histogram_run *low, *high;
    double median;
};

/* The run that is farthest from the median, and how far it is. */
static const struct histogram_run *take_farthest(struct ends *ends, double *distance)
{
    const double below = ends->median - ends->low->value;
    const double above = ends->high->value - ends->median;

    *distance = fmax(below, above);
    return below > above ? ends->low++ : ends->high--;
}

/* As estimate_hill(). */
static double hill_of(const struct stream *stream)
{
    const double n = (double)stream->histogram->count;
    const double k = fmax(10.0, floor(sqrt(n)));
    struct ends ends = {stream->run, stream->run + stream->runs - 1, NAN};
    double sum = 0.0, edge = 0.0, left = k;

    if (n <= k)
        return INFINITY;
    ends.median = rank_in(stream, 0.5 * (n - 1.0)).value;
    for (;;) {
        const double count = take_farthest(&ends, &edge)->count;

        if (!(edge > estimate_rounding(ends.median)))
            return INFINITY;
        sum += fmin(count, left) * log(edge);
        if (count > left)
            return estimate_hill_index(sum / k - log(edge));
        left -= count;
    }
}

/* As unlike_the_rest() of a stored sample, but only where the rest is zero: another bin
 * holds more than one number. */
static double other_than_zero(const struct stream *stream)
{
    double count = (double)stream->histogram->count, sum = 0.0, squares = 0.0;

    for (size_t i = 0; i < stream->runs; i++) {
        const struct histogram_run *run = &stream->run[i];
        const bool is_zero = fabs(run->value) <= run->error;
        const double away = is_zero ? 0.0 : fabs(run->value);

        count -= is_zero ? run->count : 0.0;
        sum += run->count * away;
        squares += run->count * away * away;
    }
    if (2.0 * count > (double)stream->histogram->count)
        return count;
    return squares > 0.0 ? sum * sum / squares : 0.0;
}

struct interval_estimate stream_mean(const struct stream *stream, double confidence)
{
    struct interval_estimate e = estimate_mean_of(stream->moments, confidence);

    if (hill_of(stream) < 2.0)
        e.flags |= ESTIMATE_HEAVY;
    if (stream->runs > 0)
        e.flags |= estimate_rare_flags((double)stream->histogram->count,
                                       other_than_zero(stream));
    return e;
}

/* --- quantiles -------------------------------------------------------------------- */

struct interval_estimate stream_quantile(const struct stream *stream, double p,
                                         struct estimate_ranks ends)
{
    const struct histogram *histogram = stream->histogram;
    const double n = (double)histogram->count;
    struct interval_estimate e = {NAN, NAN, NAN, NAN,
                                  estimate_tail_flags(n, n * fmin(p, 1.0 - p))};
    struct binned_quantile at, low, high;
    struct rank_interval ranks;

    if (histogram->count == 0)
        return e;
    ranks = sample_rank_interval(histogram->count, p);
    at = rank_in(stream, ranks.rank);
    low = rank_in(stream, ranks.low);
    high = rank_in(stream, ranks.high);
    e.value = at.value;
    if (n > 1.0)
        e.error = (high.value - low.value) / ranks.sds + at.error;
    if (ends.low < 1.0 || ends.high > n)
        e.flags |= ESTIMATE_OPEN;
    low = rank_in(stream, floor(ends.low) - 1.0);
    high = rank_in(stream, ceil(ends.high) - 1.0);
    e.low = ends.low < 1.0 ? NAN : low.value - low.error;
    e.high = ends.high > n ? NAN : high.value + high.error;
    return estimate_if_enough(e);
}

/* --- tail means ------------------------------------------------------------------- */

/* The outermost run of a tail, number @p i counted inwards. */
static const struct histogram_run *from_outside(const struct stream *stream,
                                                double sign, size_t i)
{
    return &stream->run[sign > 0.0 ? stream->runs - 1 - i : i];
}

/* Where a tail of @p size numbers begins. */
static double edge_of(const struct stream *stream, double size, double sign)
{
    double passed = 0.0;
    size_t i = 0;

    while (i + 1 < stream->runs && passed + from_outside(stream, sign, i)->count < size)
        passed += from_outside(stream, sign, i++)->count;
    return from_outside(stream, sign, i)->value;
}

/* As of a stored sample; @p blur is how far bins may move it. */
static struct estimate tail_mean(const struct stream *stream, double size, double sign,
                                 double *blur)
{
    const double edge = edge_of(stream, size, sign);
    const double rest = 1.0 - size / (double)stream->histogram->count;
    double sum = 0.0, squares = 0.0, left = size, beyond, variance;

    *blur = 0.0;
    for (size_t i = 0; i < stream->runs && left > 0.0; i++) {
        const struct histogram_run *run = from_outside(stream, sign, i);
        const double count = fmin(run->count, left), away = run->value - edge;

        sum += count * away;
        squares += count * away * away;
        *blur += count * run->error / size;
        left -= count;
    }
    beyond = sum / size;
    variance = fmax(squares - sum * beyond, 0.0) / (size - 1.0);
    return (struct estimate){
        edge + beyond,
        size < 2.0 ? NAN : sqrt((variance + rest * beyond * beyond) / size)};
}

/* Shape of what lies beyond the quantile, as of a stored sample. */
static struct estimate_shape shape_of_tail(const struct stream *stream, double level,
                                           double sign)
{
    const double n = (double)stream->histogram->count;
    const double p = sign > 0.0 ? level : 1.0 - level;
    const double quantile = rank_in(stream, p * (n - 1.0)).value;
    struct estimate_powers sum = {.n = n};

    for (size_t i = 0; i < stream->runs; i++) {
        const struct histogram_run *run = &stream->run[i];

        sum.mean += run->count * fmax(sign * (run->value - quantile), 0.0) / n;
    }
    for (size_t i = 0; i < stream->runs; i++) {
        const struct histogram_run *run = &stream->run[i];

        estimate_add_power(&sum, fmax(sign * (run->value - quantile), 0.0), run->count);
    }
    return estimate_shape_of(&sum);
}

struct interval_estimate stream_tail(const struct stream *stream, double level,
                                     double sign, double confidence)
{
    const double n = (double)stream->histogram->count;
    const double size = estimate_tail_size(n, level);
    struct interval_estimate e = {NAN, NAN, NAN, NAN, ESTIMATE_FEW};
    const int flags = estimate_tail_flags(n, size);
    struct estimate_shape shape;
    double blur;

    if (stream->runs == 0)
        return e;
    shape = shape_of_tail(stream, level, sign);
    e = estimate_tail_interval(tail_mean(stream, size, sign, &blur), shape.skew, sign,
                               estimate_tail_point(flags, &shape, confidence));
    e.error += blur;
    e.low -= blur;
    e.high += blur;
    e.flags = flags == 0 ? estimate_rare_flags(n, other_than_zero(stream)) : flags;
    return estimate_if_enough(e);
}

/* --- shares ----------------------------------------------------------------------- */

struct interval_estimate stream_positive(const struct stream *stream, double confidence)
{
    return estimate_share((double)histogram_positive(stream->histogram),
                          (double)stream->histogram->count, confidence);
}
