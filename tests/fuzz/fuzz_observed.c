#include "fuzz.h"

#include "headroom/backtest.h"

#include <stdlib.h>

/* Read once: it is the table that changes. */
static const struct hr_scenario *scenario_of_tests(void)
{
    static struct hr_scenario *scenario;
    struct hr_messages problems = {0};

    if (scenario == NULL && hr_scenario_read(TEST_DATA "/scenarios/six_practices.yaml",
                                             NULL, 0, &scenario, &problems) != HR_OK)
        abort();
    return scenario;
}

static enum hr_status read_observed(const char *path, struct hr_messages *problems)
{
    struct hr_observed *observed;
    const enum hr_status status =
        hr_observed_read(scenario_of_tests(), path, 0.0, &observed, problems);

    hr_observed_free(observed);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_file(data, size, read_observed);
    return 0;
}
