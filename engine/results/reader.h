/** @file
 * An HDF5 file back into a result set; numbers stay in the file until asked for.
 */
#ifndef HEADROOM_READER_H
#define HEADROOM_READER_H

#include "headroom/result.h"

#include "content_hash.h"
#include "guard.h"
#include "result_set.h"

struct reader {
    char *path;
    hid_t file;
    hid_t table; /**< of parameters, once asked for; else negative */
    struct result_set set;
    struct result_set marks; /**< what enters no hash: the hashes, whether complete */
};

/** Read all but the numbers of data sets, and check that it is laid out as a result
 * is. On failure nothing is open. */
HR_MUST_CHECK
enum hr_status reader_open(struct reader *reader, const char *path,
                           struct hr_error *error);
void reader_close(struct reader *reader);

/** The content hash that a file bears into @p hash; false where it bears none. */
bool reader_hash_of(const char *path, char hash[HR_RESULT_HASH]);

/** Read the numbers of @p data into @p value. HR_NOT_HELD where a checksum fails. */
HR_MUST_CHECK
enum hr_status reader_read(struct reader *reader, const struct result_data *data,
                           double *value, struct hr_error *error);

/** Read all numbers and forget them. */
HR_MUST_CHECK
enum hr_status reader_touch(struct reader *reader, struct hr_error *error);

/** Compute the hashes of what is in the file. */
HR_MUST_CHECK
enum hr_status reader_hash(struct reader *reader, struct content_hash *hash,
                           struct hr_error *error);

#endif
