#include "fuzz.h"

#include "headroom/backtest.h"

#include <stdlib.h>

static enum hr_status read_observed(const char *path, struct hr_messages *problems)
{
    struct hr_scenario *scenario = NULL;
    struct hr_observed *observed;
    enum hr_status status = hr_scenario_read(TEST_DATA "/scenarios/six_practices.yaml",
                                             NULL, 0, &scenario, problems);

    if (status != HR_OK)
        abort();
    status = hr_observed_read(scenario, path, 0.0, &observed, problems);
    hr_observed_free(observed);
    hr_scenario_free(scenario);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_file(data, size, read_observed);
    return 0;
}
