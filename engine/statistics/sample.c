#include "sample.h"

#include <math.h>

/* Linear between order statistics; @p rank lies in [0, count - 1]. */
double sample_at_rank(const struct sample *sample, double rank)
{
    const size_t below = (size_t)rank;
    const double part = rank - (double)below;

    if (below + 1 >= sample->count)
        return sample->value[sample->count - 1];
    return sample->value[below] +
           part * (sample->value[below + 1] - sample->value[below]);
}

struct rank_interval sample_rank_interval(size_t count, double p)
{
    const double n = (double)count, rank = p * (n - 1.0);
    const double sd = sqrt(n * p * (1.0 - p));
    const double low = fmax(rank - 2.0 * sd, 0.0);
    const double high = fmin(rank + 2.0 * sd, n - 1.0);

    return (struct rank_interval){rank, low, high, (high - low) / sd};
}

struct estimate sample_quantile(const struct sample *sample, double p)
{
    struct rank_interval ranks;
    double width;

    if (sample->count == 0)
        return (struct estimate){NAN, NAN};
    ranks = sample_rank_interval(sample->count, p);
    width = sample_at_rank(sample, ranks.high) - sample_at_rank(sample, ranks.low);
    return (struct estimate){
        sample_at_rank(sample, ranks.rank),
        sample->count > 1 ? width / ranks.sds : NAN,
    };
}

/* The outermost numbers of a sample: so many, the innermost perhaps in part. */
struct tail {
    ptrdiff_t outermost, step; /* place of the first, and from there inwards */
    double size;
};

/* How many of a tail's numbers its part number @p i is: one, or what is left of it. */
static double weight_of(const struct tail *tail, size_t i)
{
    const double left = tail->size - (double)i;

    return left < 1.0 ? left : 1.0;
}

static double at_place(const struct sample *sample, const struct tail *tail, size_t i)
{
    return sample->value[tail->outermost + tail->step * (ptrdiff_t)i];
}

/* The error is that of Manistre and Hancock (2005): the spread within the tail, and
 * how uncertain the quantile is at which it starts. */
static struct estimate tail_mean(const struct sample *sample, struct tail tail)
{
    const size_t parts = (size_t)ceil(tail.size);
    const double edge = at_place(sample, &tail, parts - 1);
    const double rest = 1.0 - tail.size / (double)sample->count;
    double sum = 0.0, squares = 0.0, beyond, variance;

    for (size_t i = 0; i < parts; i++) {
        const double distance = at_place(sample, &tail, i) - edge;

        sum += weight_of(&tail, i) * distance;
        squares += weight_of(&tail, i) * distance * distance;
    }
    beyond = sum / tail.size;
    variance = (squares - sum * beyond) / (tail.size - 1.0);
    return (struct estimate){
        edge + beyond,
        tail.size < 2.0 ? NAN : sqrt((variance + rest * beyond * beyond) / tail.size),
    };
}

struct estimate sample_upper_tail(const struct sample *sample, double share)
{
    const double n = (double)sample->count;

    if (sample->count == 0)
        return (struct estimate){NAN, NAN};
    return tail_mean(sample,
                     (struct tail){(ptrdiff_t)sample->count - 1, -1, share * n});
}

struct estimate sample_lower_tail(const struct sample *sample, double share)
{
    const double n = (double)sample->count;

    if (sample->count == 0)
        return (struct estimate){NAN, NAN};
    return tail_mean(sample, (struct tail){0, 1, share * n});
}
