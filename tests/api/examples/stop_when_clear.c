/* Run until the ranking of the forms is clear, as the scenario says it, into a file. */
#include <headroom/run.h>
#include <headroom/scenario.h>

#include <stdio.h>

int main(int argc, char **argv)
{
    const char *changes[] = {"patch.horizon_years=1", "stop.first=64",
                             "stop.max_trials=256"};
    const struct hr_run_options options = {0};
    struct hr_messages problems = {0};
    struct hr_scenario *scenario = NULL;
    struct hr_run_facts facts;
    struct hr_error error = {0};
    enum hr_status status;

    if (argc != 3 ||
        hr_scenario_read(argv[1], changes, 3, &scenario, &problems) != HR_OK)
        return fputs("which scenario, and into which file?\n", stderr) < 0 ? 1 : 2;
    status = hr_run(scenario, &options, argv[2], &facts, &error);
    if (status == HR_OK)
        printf("%llu trials after %d looks: %s, %s leads\n",
               (unsigned long long)facts.trials, facts.stop.looks,
               facts.stop.resolved ? "resolved" : "not resolved", facts.stop.leader);
    else
        fprintf(stderr, "%s\n", error.message);
    hr_scenario_free(scenario);
    return (int)status;
}
