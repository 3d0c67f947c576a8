/** @file
 * The same estimates of a stream of which moments and a histogram were kept. Numbers
 * are then known to half a bin, by which errors are larger and intervals wider.
 */
#ifndef HEADROOM_ESTIMATE_STREAM_H
#define HEADROOM_ESTIMATE_STREAM_H

#include "estimate.h"
#include "histogram.h"

/** A stream; borrows both. About 84 KiB. */
struct stream {
    const struct moments *moments;
    const struct histogram *histogram;
    size_t runs;
    struct histogram_run run[HISTOGRAM_BINS]; /**< ascending */
};

void stream_of(const struct moments *moments, const struct histogram *histogram,
               struct stream *stream);

struct interval_estimate stream_mean(const struct stream *stream, double confidence);

struct interval_estimate stream_quantile(const struct stream *stream, double p,
                                         struct estimate_ranks ranks);

/** Mean of the highest 1 - level or, where @p sign is -1, of the lowest. */
struct interval_estimate stream_tail(const struct stream *stream, double level,
                                     double sign, double confidence);

/** How much of the stream is above zero. */
struct interval_estimate stream_positive(const struct stream *stream,
                                         double confidence);

#endif
