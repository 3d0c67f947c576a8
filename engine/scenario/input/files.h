/** @file
 * Finding and reading files: beside the one that names them, or among the shipped.
 */
#ifndef HEADROOM_FILES_H
#define HEADROOM_FILES_H

#include "messages.h"
#include "store.h"

#include <stdbool.h>
#include <stddef.h>

enum { LONGEST_FILE_NAME = 4096 };

/** The path of @p name beside the file @p beside (NULL: nowhere) or else in the
 * shipped folder, into @p path of LONGEST_FILE_NAME bytes; false where it is neither.
 * One that may be there and cannot be come by is found: reading it says why. */
bool files_find(const char *name, const char *beside, char *path);

/** Whether two paths are one file. */
bool files_are_one(const char *a, const char *b);

/** All of a text file, to be freed; NULL where it cannot be read or is no UTF-8 text,
 * with a message at @p file that says why. */
char *files_read(const char *path, const struct place *file,
                 struct hr_messages *problems);

/** Names of the files in a shipped folder such as "forms", without their extension,
 * in alphabetical order, each ended by a line break; the caller frees it; or NULL. */
char *files_shipped(const char *folder);

/** The names of a shipped folder joined by commas, into @p list of @p size bytes; what
 * there is no room for is left out. "none" where there are none. */
void files_list(const char *folder, char *list, size_t size);

/** The shipped name nearest to @p name, into @p nearest of @p size bytes. */
bool files_nearest(const char *folder, const char *name, char *nearest, size_t size);

#endif
