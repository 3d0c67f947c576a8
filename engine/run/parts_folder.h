/** @file
 * The folder beside a result in which its parts lie: RESULT.h5.parts.
 *
 * Who works on a result holds the lock in it for as long as it works: alone, or with
 * other shards. The lock is all that counts; host and process are written into it for
 * a sentence only.
 */
#ifndef HEADROOM_PARTS_FOLDER_H
#define HEADROOM_PARTS_FOLDER_H

#include "headroom/error.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct parts_folder {
    char path[PATH_MAX];
    int lock;   /**< descriptor; -1: it is not open */
    bool alone; /**< nobody else has it */
};

enum parts_lock {
    PARTS_ALONE,
    PARTS_SHARED,  /**< with other shards */
    PARTS_NO_LOCK, /**< where there is no lock service and the user says so */
};

/** Of the result @p path; nothing is opened or made. */
HR_MUST_CHECK
enum hr_status parts_folder_of(struct parts_folder *folder, const char *path,
                               struct hr_error *error);

/** Whether the folder is there. */
bool parts_folder_exists(const struct parts_folder *folder);

/** Make the folder where it is not there and take the lock. HR_BAD_INPUT where somebody
 * has it, or there are no locks. */
HR_MUST_CHECK
enum hr_status parts_folder_open(struct parts_folder *folder, enum parts_lock lock,
                                 struct hr_error *error);

/** Let go of the lock; remove the folder where it holds nothing. That it cannot be
 * removed is no failure of the result: @p say is told, where it is not NULL. */
void parts_folder_close(struct parts_folder *folder,
                        void (*say)(void *context, const char *sentence),
                        void *context);

/** Names of the parts; freed by the caller with parts_folder_free_names(). */
HR_MUST_CHECK
enum hr_status parts_folder_names(const struct parts_folder *folder, char ***names,
                                  size_t *count, struct hr_error *error);
void parts_folder_free_names(char **names, size_t count);

/** Names of the files that hold finished points of a sweep; likewise. */
HR_MUST_CHECK
enum hr_status parts_folder_points(const struct parts_folder *folder, char ***names,
                                   size_t *count, struct hr_error *error);

/** HR_BAD_INPUT where points of a sweep lie in the folder. */
HR_MUST_CHECK
enum hr_status parts_folder_check_no_points(const struct parts_folder *folder,
                                            struct hr_error *error);

/** Rename a part out of the way: its name and @p suffix. */
HR_MUST_CHECK
enum hr_status parts_folder_set_aside(const struct parts_folder *folder,
                                      const char *name, const char *suffix,
                                      struct hr_error *error);

/** Remove all parts, of a sweep its points too, and what killed writers left; for who
 * has the lock alone. */
HR_MUST_CHECK
enum hr_status parts_folder_clear(const struct parts_folder *folder,
                                  struct hr_error *error);

/** Remove the parts of one point of a sweep, those with its number alone. */
HR_MUST_CHECK
enum hr_status parts_folder_clear_point(const struct parts_folder *folder,
                                        uint64_t point, struct hr_error *error);

/** The path of a file in the folder; HR_BAD_INPUT where it is too long. */
HR_MUST_CHECK
enum hr_status parts_folder_file(const struct parts_folder *folder, const char *name,
                                 char path[PATH_MAX], struct hr_error *error);

#endif
