#include "memory.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static void lower(struct memory_limit *limit, double bytes, const char *whose)
{
    if (bytes < limit->bytes)
        *limit = (struct memory_limit){bytes, whose};
}

/* A file that holds one number; "max" is none. */
static void lower_to_file(struct memory_limit *limit, const char *path)
{
    FILE *file = fopen(path, "r");
    double bytes;

    if (file == NULL)
        return;
    if (fscanf(file, "%lf", &bytes) == 1)
        lower(limit, bytes, "this job or container");
    fclose(file);
}

/* A group is bound by every group above it. Inside a container its path may be told as
 * seen from outside: what is not there is passed over, and the top is the container. */
static void lower_to_group(struct memory_limit *limit, const char *folder,
                           const char *file, char *group)
{
    char path[PATH_MAX];

    for (;;) {
        char *slash = strrchr(group, '/');

        if (snprintf(path, sizeof(path), "%s%s/%s", folder, group, file) < PATH_MAX)
            lower_to_file(limit, path);
        if (slash == NULL)
            return;
        *slash = '\0';
    }
}

/* A line of /proc/self/cgroup is number:controllers:path; version 2 names none. */
static void lower_to_line(struct memory_limit *limit, const char *root, char *line)
{
    char *controllers = strchr(line, ':');
    char *group = controllers == NULL ? NULL : strchr(controllers + 1, ':');
    char folder[PATH_MAX];

    if (group == NULL)
        return;
    *group++ = '\0';
    group[strcspn(group, "\n")] = '\0';
    if (controllers[1] == '\0') {
        snprintf(folder, sizeof(folder), "%s/sys/fs/cgroup", root);
        lower_to_group(limit, folder, "memory.max", group);
    } else if (strstr(controllers, "memory") != NULL) {
        snprintf(folder, sizeof(folder), "%s/sys/fs/cgroup/memory", root);
        lower_to_group(limit, folder, "memory.limit_in_bytes", group);
    }
}

static void lower_to_groups(struct memory_limit *limit, const char *root)
{
    char path[PATH_MAX], *line = NULL;
    size_t size = 0;
    FILE *file;

    snprintf(path, sizeof(path), "%s/proc/self/cgroup", root);
    file = fopen(path, "r");
    if (file == NULL)
        return;
    while (getline(&line, &size, file) > 0)
        lower_to_line(limit, root, line);
    free(line);
    fclose(file);
}

static void lower_to_resource(struct memory_limit *limit, __rlimit_resource_t resource)
{
    struct rlimit set;

    if (getrlimit(resource, &set) == 0 && set.rlim_cur != RLIM_INFINITY)
        lower(limit, (double)set.rlim_cur, "this process (ulimit)");
}

struct memory_limit memory_limit(const char *root)
{
    struct memory_limit limit = {(double)sysconf(_SC_PHYS_PAGES) *
                                     (double)sysconf(_SC_PAGE_SIZE),
                                 "this machine"};

    lower_to_groups(&limit, root);
    lower_to_resource(&limit, RLIMIT_AS);
    lower_to_resource(&limit, RLIMIT_DATA);
    return limit;
}
