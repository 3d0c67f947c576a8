#include "place.h"

#include <sys/stat.h>

bool place_is_read(const char *path, const char *const *read, size_t count)
{
    struct stat there, other;

    if (stat(path, &there) != 0)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (read[i] != NULL && stat(read[i], &other) == 0 &&
            other.st_dev == there.st_dev && other.st_ino == there.st_ino)
            return true;
    }
    return false;
}

enum hr_status place_check(const char *path, const char *const *read, size_t count,
                           struct hr_error *error)
{
    struct stat there;

    if (stat(path, &there) != 0)
        return HR_OK;
    if (place_is_read(path, read, count))
        return hr_fail(error, HR_BAD_INPUT,
                       "%s is the result itself; name another file", path);
    if (!S_ISREG(there.st_mode))
        return hr_fail(error, HR_BAD_INPUT,
                       "%s is there already and is %s; name another file", path,
                       S_ISDIR(there.st_mode) ? "a folder" : "no ordinary file");
    return HR_OK;
}

bool place_is_free(const char *path)
{
    struct stat there;

    return stat(path, &there) != 0 || (S_ISREG(there.st_mode) && there.st_size == 0);
}
