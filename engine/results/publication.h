/** @file
 * A result set under its name, whole, or not at all.
 */
#ifndef HEADROOM_PUBLICATION_H
#define HEADROOM_PUBLICATION_H

#include "result_set.h"
#include "writer.h"

/** Whether a file could be put under @p path, before there is one; HR_BAD_INPUT where
 * not. Removes what killed writers left there. */
HR_MUST_CHECK
enum hr_status publication_try(const char *path, struct hr_error *error);

/** Write beside @p path, read back and compare, mark complete, sync, rename. */
HR_MUST_CHECK
enum hr_status publication_write(const char *path, const struct result_set *set,
                                 const struct writer_options *options,
                                 struct hr_error *error);

#endif
