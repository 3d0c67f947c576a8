#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Of the system's large pages, where it has such: a sort deals to everywhere. */
enum { LARGE_PAGE = 2 << 20 };

static double *take_memory(size_t bytes)
{
    const size_t whole = (bytes + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
    double *number;

    if (bytes < LARGE_PAGE)
        return malloc(bytes + 1);
    number = aligned_alloc(LARGE_PAGE, whole);
    if (number != NULL)
        (void)madvise(number, whole, MADV_HUGEPAGE); /* or as it is */
    return number;
}

/* A file without a name; where the file system has no such, one that loses it. */
static int open_nameless(const char *folder)
{
    char path[PATH_MAX];
    int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

    if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT))
        return file;
    if (snprintf(path, sizeof(path), "%s/.headroom-XXXXXX", folder) >= PATH_MAX)
        return -1;
    file = mkostemp(path, O_CLOEXEC);
    if (file >= 0 && unlink(path) != 0) {
        const int reason = errno;

        close(file);
        errno = reason;
        return -1;
    }
    return file;
}

/* With all of its room, since a disk that fills up later would end the program. */
static double *map_file(int file, size_t bytes)
{
    void *mapped;

    errno = posix_fallocate(file, 0, (off_t)bytes);
    if (errno != 0)
        return NULL;
    mapped = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    return mapped == MAP_FAILED ? NULL : mapped;
}

static enum hr_status take_file(struct scratch *scratch, const char *folder,
                                struct hr_error *error)
{
    const int file = open_nameless(folder);
    int reason = errno;

    if (file >= 0) {
        scratch->number = map_file(file, scratch->bytes);
        reason = errno;
        close(file);
    }
    if (scratch->number != NULL)
        return HR_OK;
    return hr_fail(error, HR_FAILED, "cannot make room for %.2g GB in %s: %s",
                   (double)scratch->bytes / 1e9, folder, strerror(reason));
}

enum hr_status scratch_take(struct scratch *scratch, size_t numbers,
                            const struct scratch_home *home, struct hr_error *error)
{
    *scratch = (struct scratch){.bytes = (numbers + 1) * sizeof(double)};
    scratch->is_file = home->folder != NULL && (double)scratch->bytes > home->memory;
    if (scratch->is_file)
        return take_file(scratch, home->folder, error);
    scratch->number = take_memory(scratch->bytes);
    if (scratch->number != NULL)
        return HR_OK;
    return hr_fail(error, HR_FAILED, "no memory for %zu numbers", numbers);
}

void scratch_free(struct scratch *scratch)
{
    if (scratch->is_file && scratch->number != NULL)
        munmap(scratch->number, scratch->bytes);
    else
        free(scratch->number);
    *scratch = (struct scratch){0};
}
