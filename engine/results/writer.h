/** @file
 * A result set into an HDF5 file that netCDF-4 readers understand too.
 *
 * Every axis is a dimension scale; texts are variable-length UTF-8; numbers are doubles
 * in chunks of about a mebibyte with a Fletcher checksum each, filled with NaN.
 */
#ifndef HEADROOM_WRITER_H
#define HEADROOM_WRITER_H

#include "content_hash.h"
#include "crew.h"
#include "descriptor.h"
#include "result_set.h"

#include <stdbool.h>

struct writer_options {
    bool compress; /**< shuffle and deflate */
    struct crew
        crew; /**< who hashes while another writes, and seals while one checks */
};

/** The version of the format that is written. */
const char *writer_version(void);

/** A file that is open for reading and writing. */
struct writer_file {
    struct descriptor *descriptor;
    const char *name; /**< what its sentences call it */
};

/** Hash and write @p set into an empty file. It is whole then, but not yet marked
 * complete. */
HR_MUST_CHECK
enum hr_status writer_write(const struct writer_file *file,
                            const struct result_set *set,
                            const struct writer_options *options,
                            struct content_hash *hash, struct hr_error *error);

/** Mark a file complete: the last thing written into it. */
HR_MUST_CHECK
enum hr_status writer_complete(const struct writer_file *file, struct hr_error *error);

#endif
