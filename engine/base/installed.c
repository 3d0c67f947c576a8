#include "installed.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool installed_program(char *path, size_t size)
{
    const ssize_t length = readlink("/proc/self/exe", path, size);

    if (length <= 0 || (size_t)length >= size)
        return false;
    path[length] = '\0';
    return true;
}

bool installed_place(const char *name, char *path, size_t size)
{
    char program[4096];

    if (!installed_program(program, sizeof(program)))
        return false;
    for (int up = 0; up < 2; up++) {
        char *end = strrchr(program, '/');

        if (end == NULL)
            return false;
        *end = '\0';
    }
    return snprintf(path, size, "%s/share/headroom/%s", program, name) < (int)size &&
           access(path, F_OK) == 0;
}
