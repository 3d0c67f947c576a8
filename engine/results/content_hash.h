/** @file
 * Two hashes that name a result set.
 *
 * The content hash says what was computed from what: seed, resolved input, axis
 * labels, numbers. Two runs that mean the same have the same, on any machine, in any
 * number of threads, and whatever the order of the practices, because whatever lies
 * along the axis of sites is taken in ascending order of their codes. The file hash
 * covers the rest: attributes, the scenario as written, who made the file and when.
 *
 * Each is the SHA-256 of records in ascending order of their paths, as described in
 * results/README.md. Every NaN counts as the same number.
 */
#ifndef HEADROOM_CONTENT_HASH_H
#define HEADROOM_CONTENT_HASH_H

#include "digest.h"
#include "result_set.h"
#include "slices.h"

struct content_hash {
    char content[DIGEST_TEXT];
    char file[DIGEST_TEXT];
};

/** Where the numbers of a data set come from: @p read puts a slice of them into
 * @p value, or all where @p slice is NULL. */
struct number_source {
    enum hr_status (*read)(void *context, const struct result_data *data,
                           const struct slice *slice, double *value,
                           struct hr_error *error);
    void *context;
};

/** Hash @p set. Numbers that it neither holds nor has rows of are asked of @p source,
 * one data set, or slice of one, at a time; @p source may be NULL where there are none.
 */
HR_MUST_CHECK
enum hr_status content_hash_of(const struct result_set *set,
                               const struct number_source *source,
                               struct content_hash *hash, struct hr_error *error);

#endif
