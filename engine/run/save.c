#include "headroom/run.h"

#include "harvest.h"
#include "publish.h"
#include "variation.h"

#include <stdlib.h>

enum hr_status hr_run_save(const struct hr_runner *runner, const char *path,
                           struct hr_error *error)
{
    struct harvest harvest;
    enum hr_status status = variation_may_save(&runner->options, error);

    if (status == HR_OK)
        status = harvest_init(&harvest, runner, error);
    if (status != HR_OK)
        return status;
    harvest_beside(&harvest, runner, path);
    status = result_publish(path, &harvest.outcome, NULL, error);
    harvest_free(&harvest);
    return status;
}

static void release(void *held)
{
    harvest_free(held);
    free(held);
}

enum hr_status hr_run_result(const struct hr_runner *runner, struct hr_result **result,
                             struct hr_error *error)
{
    struct harvest *harvest = malloc(sizeof(*harvest));

    *result = NULL;
    if (harvest == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the result of a run");
    if (harvest_init(harvest, runner, error) != HR_OK) {
        free(harvest);
        return error->status;
    }
    return result_hold(&harvest->outcome, (struct result_owner){release, harvest},
                       result, error);
}
