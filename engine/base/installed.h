/** @file
 * Where what was installed beside the program is.
 */
#ifndef HEADROOM_INSTALLED_H
#define HEADROOM_INSTALLED_H

#include <stdbool.h>
#include <stddef.h>

/** The file that this process runs; false where the system does not say. */
bool installed_program(char *path, size_t size);

/** @p name below share/headroom/, beside the bin folder that the program runs from;
 * false where there is none, as in a build folder. */
bool installed_place(const char *name, char *path, size_t size);

#endif
