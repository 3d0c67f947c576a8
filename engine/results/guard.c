#include "guard.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { SENTENCE = 768 };

/* HDF5 keeps the system's error number in the words of its innermost message; that
 * memory ran out it says by the kind of an error alone. */
static herr_t find_system_error(unsigned level, const H5E_error2_t *entry, void *found)
{
    const char *at = entry->desc != NULL ? strstr(entry->desc, "errno = ") : NULL;
    int *system_error = found;

    (void)level;
    if (at != NULL)
        sscanf(at, "errno = %d", system_error);
    else if (entry->maj_num == H5E_RESOURCE && *system_error == 0)
        *system_error = ENOMEM;
    return 0;
}

int guard_ran_out(void)
{
    return errno == ENOMEM || errno == EMFILE || errno == ENFILE ? errno : 0;
}

static void take_note(struct guard *guard, const char *doing, const char *what)
{
    int system_error = guard->failure == NULL ? 0 : *guard->failure;

    if (system_error == 0)
        system_error = guard_ran_out();

    if (!guard_holds(guard))
        return;
    if (system_error == 0)
        H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, find_system_error, &system_error);
    if (system_error != 0)
        guard->status = hr_fail(guard->error, HR_FAILED, "%s: cannot %s %s: %s",
                                guard->path, doing, what, strerror(system_error));
    else
        guard->status = hr_fail(
            guard->error, guard->if_fails, "%s: cannot %s %s%s", guard->path, doing,
            what, guard->if_fails == HR_NOT_HELD ? ": the file is damaged" : "");
}

hid_t guard_id(struct guard *guard, hid_t id, const char *doing, const char *what)
{
    if (id < 0)
        take_note(guard, doing, what);
    return id;
}

void guard_done(struct guard *guard, herr_t status, const char *doing, const char *what)
{
    if (status < 0)
        take_note(guard, doing, what);
}

void(guard_refuse)(struct guard *guard, enum hr_status status, const char *format, ...)
{
    char sentence[SENTENCE];
    va_list arguments;

    if (!guard_holds(guard))
        return;
    if (guard_ran_out() != 0) {
        take_note(guard, "read", "all of it");
        return;
    }
    va_start(arguments, format);
    vsnprintf(sentence, sizeof(sentence), format, arguments);
    va_end(arguments);
    guard->status = hr_fail(guard->error, status, "%s: %s", guard->path, sentence);
}

struct quiet quiet_begin(void)
{
    struct quiet quiet = {NULL, NULL};

    /* HDF5 closes at exit what is open, and comes down over a file that a full disk
     * would not let it close. We close what we open. */
    H5dont_atexit();
    /* Nor need it keep what it frees: that is a tenth of what a run takes. */
    H5set_free_list_limits(0, 0, 0, 0, 0, 0);
    errno = 0;
    H5Eget_auto2(H5E_DEFAULT, &quiet.print, &quiet.context);
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    return quiet;
}

void quiet_end(struct quiet quiet)
{
    H5Eset_auto2(H5E_DEFAULT, quiet.print, quiet.context);
}

hid_t guard_read_access(struct guard *guard)
{
    const hid_t access =
        guard_id(guard, H5Pcreate(H5P_FILE_ACCESS), "read", "the file");

    guard_done(guard, H5Pset_file_locking(access, false, true), "read", "the file");
    return access;
}

hid_t guard_text_type(struct guard *guard)
{
    const hid_t type = guard_id(guard, H5Tcopy(H5T_C_S1), "make", "a type of text");

    guard_done(guard, H5Tset_size(type, H5T_VARIABLE), "make", "a type of text");
    guard_done(guard, H5Tset_cset(type, H5T_CSET_UTF8), "make", "a type of text");
    return type;
}

hid_t guard_text_transfer(struct guard *guard)
{
    static const size_t bytes = 1 << 14;
    const hid_t list =
        guard_id(guard, H5Pcreate(H5P_DATASET_XFER), "make", "a way for texts");

    guard_done(guard, H5Pset_buffer(list, bytes, NULL, NULL), "make",
               "a way for texts");
    return list;
}

hid_t guard_rows(struct guard *guard, hsize_t rows, hsize_t count)
{
    const hsize_t size[2] = {rows, count};

    return guard_id(guard, H5Screate_simple(2, size, NULL), "make", "rows in memory");
}
