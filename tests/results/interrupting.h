/** @file
 * Publishing a small outcome while something goes wrong.
 */
#ifndef HEADROOM_INTERRUPTING_H
#define HEADROOM_INTERRUPTING_H

#include "headroom/error.h"

#include <stddef.h>

/** What came of it, seen from outside. */
struct interruption {
    enum hr_status status; /**< of result_publish() */
    int signal;            /**< that ended the writer, or 0 */
    int files;             /**< whose names begin with the result's, left afterwards */
    struct hr_error error; /**< its sentence */
};

/** In a process of its own whose files may not exceed @p bytes: as on a full disk. */
struct interruption publish_on_full_disk(const char *path, size_t bytes);

/** In a process of its own that gets SIGKILL as it writes beyond @p bytes. */
struct interruption publish_and_be_killed(const char *path, size_t bytes);

/** The bytes that a whole result takes. */
size_t whole_size(const char *path);

/** Files here whose names begin with @p path. */
int files_of(const char *path);

int exists(const char *path);

/** Remove every file whose name begins with @p path. */
void remove_all(const char *path);

#endif
