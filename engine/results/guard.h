/** @file
 * HDF5 calls, each checked: the first that fails is told as a sentence, and counts.
 */
#ifndef HEADROOM_GUARD_H
#define HEADROOM_GUARD_H

#include "headroom/error.h"

#include <hdf5.h>

#include <stdbool.h>

struct guard {
    const char *path;        /**< of the file, as the user knows it */
    enum hr_status if_fails; /**< HR_FAILED when writing, HR_NOT_HELD when reading */
    enum hr_status status;
    struct hr_error *error;
    const int *failure; /**< a system error met beneath HDF5, or 0; may be NULL */
};

/** Pass on an id or a status, having taken note of a negative one; @p doing completes
 * "cannot ...", such as "write /trials/vacancy". */
hid_t guard_id(struct guard *guard, hid_t id, const char *doing, const char *what);
void guard_done(struct guard *guard, herr_t status, const char *doing,
                const char *what);

/** Refuse what HDF5 allows but a result does not have: a sentence that follows the
 * file's name. The first counts. */
HR_PRINTF(3, 4)
void guard_refuse(struct guard *guard, enum hr_status status, const char *format, ...);

#ifdef __clang_analyzer__ /* as in headroom/error.h */
#define guard_refuse(guard, state, ...)                                                \
    (guard_refuse(guard, state, __VA_ARGS__), (void)((guard)->status = (state)))
#endif

static inline bool guard_holds(const struct guard *guard)
{
    return guard->status == HR_OK;
}

/** What ran out since quiet_begin(), memory or open files, as the error number of it:
 * whatever HDF5 then says of a file is no word about the file. 0 where nothing did. */
int guard_ran_out(void);

/** HDF5 prints what goes wrong; we say it in our own words. */
struct quiet {
    H5E_auto2_t print;
    void *context;
};

struct quiet quiet_begin(void);
void quiet_end(struct quiet quiet);

/** An access list for reading: without a lock, which a result that is whole does not
 * need and not every file system has. */
hid_t guard_read_access(struct guard *guard);

/** Variable-length UTF-8, the only text that every reader reads as text. */
hid_t guard_text_type(struct guard *guard);

/** How texts go from and to a file: some hundred at a time, for which HDF5 would clear
 * a mebibyte. */
hid_t guard_text_transfer(struct guard *guard);

/** Rows in memory that lie as they do in a file, or HDF5 goes number by number. */
hid_t guard_rows(struct guard *guard, hsize_t rows, hsize_t count);

#endif
