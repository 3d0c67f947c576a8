#include "place.h"

#include <sys/stat.h>

bool place_is_same(const char *path, const char *other)
{
    struct stat there, same;

    return stat(path, &there) == 0 && stat(other, &same) == 0 &&
           same.st_dev == there.st_dev && same.st_ino == there.st_ino;
}

enum hr_status place_check(const char *path, const char *const *read, size_t count,
                           struct hr_error *error)
{
    struct stat there;

    if (stat(path, &there) != 0)
        return HR_OK;
    for (size_t i = 0; i < count; i++) {
        if (place_is_same(path, read[i]))
            return hr_fail(error, HR_BAD_INPUT,
                           "%s is the result itself; name another file", path);
    }
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
