#include "named.h"

#include <string.h>
#include <strings.h>

static const char *const hdf5[] = {".h5", ".hdf5", ".hdf", ".he5", ".nc", NULL};
static const char *const xlsx[] = {".xlsx", NULL};

static const struct {
    const char *what, *format, *instead;
    const char *const *ending; /* the first is the usual one */
} kinds[] = {
    [NAMED_RESULT] = {"a result", "an HDF5 file", "`headroom show` makes tables of it",
                      hdf5},
    [NAMED_ANALYSIS] = {"an analysis", "an HDF5 file",
                        "--json prints it as text, and `headroom report` takes it into "
                        "the page",
                        hdf5},
    [NAMED_WORKBOOK] = {"a workbook", "an .xlsx file",
                        "--csv FOLDER writes tables of text", xlsx},
};

void check_name(const struct argp_state *state, const char *path, enum named named)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash == NULL ? path : slash, '.');
    const char *const *ending = kinds[named].ending;

    if (dot == NULL)
        return;
    while (*ending != NULL && strcasecmp(dot, *ending) != 0)
        ending++;
    if (*ending == NULL)
        argp_error(state, "%s is %s, not a %s: let the name of \"%s\" end in %s (%s)",
                   kinds[named].what, kinds[named].format, dot, path,
                   kinds[named].ending[0], kinds[named].instead);
}
