#include "overwrite.h"

#include "headroom/result.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_same(const char *kept, const char *ours)
{
    return kept != NULL && ours != NULL && strcmp(kept, ours) == 0;
}

/* The scenario as the result would hold it, of its own trials where they may differ. */
static char *resolved_for(const struct hr_scenario *scenario,
                          const struct hr_result *result, enum overwrite what)
{
    uint64_t trials = 0;

    const bool stopped = hr_result_text(result, "stop_rule") != NULL;

    if (what == OVERWRITE_EQUAL || (what == OVERWRITE_STOPPED && !stopped) ||
        !hr_result_integer(result, "trials", &trials))
        return hr_scenario_resolved(scenario);
    return hr_scenario_resolved_for(scenario, trials);
}

static bool has_neutral_runs(const struct hr_result *result)
{
    bool found = false;

    for (size_t i = 0; i < hr_result_count(result); i++)
        found |= strncmp(hr_result_path(result, i), "/neutral/", 9) == 0;
    return found;
}

/* What another version made of the same inputs, or with more beside it, would be lost
 * too. */
static enum hr_status compare_making(const struct hr_result *result, bool neutral,
                                     const char *path, struct hr_error *error)
{
    if (!hr_result_same_numbers(result))
        return hr_fail(error, HR_BAD_INPUT,
                       "%s was made by version %s of this program, which gives other "
                       "numbers: name another file, or replace it with --force",
                       path, hr_result_text(result, "engine_version"));
    if (has_neutral_runs(result) && !neutral)
        return hr_fail(
            error, HR_BAD_INPUT,
            "%s holds the same run with its neutral runs, which --no-neutral "
            "would drop: name another file, or replace it with --force",
            path);
    return HR_OK;
}

static enum hr_status compare(const struct hr_scenario *scenario, enum overwrite what,
                              const struct hr_result *result, const char *path,
                              struct hr_error *error)
{
    char *resolved = resolved_for(scenario, result, what);
    char *practices = hr_scenario_practices_csv(scenario);
    enum hr_status status = HR_OK;
    size_t points;

    if (hr_result_labels(result, "/points/id", &points) != NULL)
        status =
            hr_fail(error, HR_BAD_INPUT,
                    "%s holds a sweep of %zu points: name another file, or replace "
                    "it with --force",
                    path, points);
    else if (resolved == NULL || practices == NULL)
        status = hr_fail(error, HR_FAILED, "no memory to compare with %s", path);
    else if (!is_same(hr_result_text(result, "/inputs/scenario_resolved"), resolved) ||
             !is_same(hr_result_text(result, "/inputs/practices_csv"), practices))
        status = hr_fail(error, HR_BAD_INPUT,
                         "%s holds the result of another run, with other keys, trials, "
                         "seed or practices: name another file, or replace it with "
                         "--force",
                         path);
    free(practices);
    free(resolved);
    return status;
}

enum hr_status overwrite_check(const struct hr_scenario *scenario,
                               const struct overwrite_by *by, const char *path,
                               struct hr_error *error)
{
    struct hr_result *result = NULL;
    struct stat about;
    struct hr_error why;
    enum hr_status status;

    if (stat(path, &about) != 0 || (S_ISREG(about.st_mode) && about.st_size == 0))
        return HR_OK;
    status = hr_result_open(path, &result, &why);
    if (status == HR_FAILED) {
        *error = why;
        return status;
    }
    if (status != HR_OK)
        return hr_fail(error, HR_BAD_INPUT,
                       "%s is there already and is no whole result: name another file, "
                       "or replace it with --force",
                       path);
    status = compare(scenario, by->what, result, path, error);
    if (status == HR_OK)
        status = compare_making(result, by->neutral, path, error);
    hr_result_close(result);
    return status;
}
