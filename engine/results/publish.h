/** @file
 * A run's outcome becomes a result file, or nothing does.
 *
 * The file is written beside its place as `<path>.partial.<random digits>`, read again
 * and compared with memory, marked complete, synced and renamed. It gets the
 * permissions of the file that it replaces. Whatever fails, nothing stands under the
 * path that did not stand there before, and the partial file is gone.
 */
#ifndef HEADROOM_PUBLISH_H
#define HEADROOM_PUBLISH_H

#include "headroom/error.h"
#include "outcome.h"

#include <stdbool.h>

struct hr_result;

struct publish_options {
    bool compress; /**< shuffle and deflate; smaller, slower, the same content hash */
};

/** Whether something could be published under @p path: for asking before a long run.
 * HR_BAD_INPUT with a sentence where not. */
HR_MUST_CHECK
enum hr_status result_may_publish(const char *path, struct hr_error *error);

/** Write @p outcome to @p path, replacing a file of that name. @p options may be NULL.
 * One thread at a time: HDF5 may not be thread-safe. A program that wants a sentence
 * rather than its end where a file size limit is met ignores SIGXFSZ. */
HR_MUST_CHECK
enum hr_status result_publish(const char *path, const struct outcome *outcome,
                              const struct publish_options *options,
                              struct hr_error *error);

/** What a result in memory borrows from, and how it is let go. */
struct result_owner {
    void (*release)(void *held);
    void *held;
};

/** Make a result of @p outcome that reads like the file it would be published as. It
 * borrows from the outcome, and releases its owner when it is closed; so does this
 * function where it fails. */
HR_MUST_CHECK
enum hr_status result_hold(const struct outcome *outcome, struct result_owner owner,
                           struct hr_result **result, struct hr_error *error);

#endif
