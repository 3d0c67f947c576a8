#include "temporary.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum hr_status temporary_file(const char *what, char path[PATH_MAX],
                              struct hr_error *error)
{
    const char *folder = getenv("TMPDIR");
    int file;

    if (folder == NULL || *folder == '\0')
        folder = "/tmp";
    snprintf(path, PATH_MAX, "%s/headroom-%s-XXXXXX", folder, what);
    file = mkstemp(path);
    if (file < 0)
        return hr_fail(error, HR_FAILED, "cannot make a temporary file in %s: %s",
                       folder, strerror(errno));
    close(file);
    return HR_OK;
}
