/** @file
 * The file beside a result's place in which it is written.
 *
 * Its name is the result's and ".partial." and sixteen random digits. It is open
 * through one descriptor from its making to its renaming, readable by nobody else, and
 * locked as long as that is open: who can lock a partial file knows that its writer is
 * no more, wherever that ran, and removes it. Where a file system has no locks the name
 * says
 * ".unlocked." instead, and nobody else removes it.
 */
#ifndef HEADROOM_PARTIAL_H
#define HEADROOM_PARTIAL_H

#include "headroom/error.h"

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

struct partial {
    int file;             /**< the descriptor */
    mode_t mode;          /**< permissions of the result */
    uid_t owner;          /**< of a file that is replaced, else our own */
    gid_t group;          /**< likewise */
    char place[PATH_MAX]; /**< where the result is to be, links followed */
    char name[PATH_MAX];
};

/** Make the partial file of the result @p path, empty, having removed those that killed
 * writers left. HR_BAD_INPUT where no file can be put under @p path, whatever its
 * content. On success it must be put in place or discarded. */
HR_MUST_CHECK
enum hr_status partial_create(const char *path, struct partial *partial,
                              struct hr_error *error);

/** Give the file the permissions of the one that it replaces, or those that any new
 * file gets; sync it, rename it and let it go. On failure it is discarded. */
HR_MUST_CHECK
enum hr_status partial_put_in_place(struct partial *partial, struct hr_error *error);

/** Remove the file. False, with errno set, where it stays. */
bool partial_discard(struct partial *partial);

#endif
