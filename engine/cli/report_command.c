#include "command.h"

#include "installed.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* That which was installed, else that of the source tree. */
static bool find_script(const char *name, char path[4096])
{
    char place[64];

    snprintf(place, sizeof(place), "scripts/%s", name);
    if (installed_place(place, path, 4096))
        return true;
    return snprintf(path, 4096, "%s/%s", SOURCE_SCRIPTS, name) < 4096 &&
           access(path, F_OK) == 0;
}

static int report_main(int argc, char **argv)
{
    const char *name = strrchr(argv[0], ' ') + 1;
    char path[4096], program[4096];

    (void)argc;
    if (!find_script(name, path)) {
        fprintf(stderr,
                "%s: its script is neither installed beside this program nor in "
                "%s\n",
                argv[0], SOURCE_SCRIPTS);
        return HR_FAILED;
    }
    if (installed_program(program, sizeof(program)))
        setenv("HEADROOM", program, 1);
    argv[0] = path;
    execv(path, argv);
    fprintf(stderr, "headroom %s: %s: %s%s\n", name, path, strerror(errno),
            errno == ENOENT ? "; it needs /usr/bin/python3" : "");
    return HR_FAILED;
}

const struct command report_command = {"report",
                                       "make a page of a result that a board can read",
                                       report_main, BECOMES, 80};
