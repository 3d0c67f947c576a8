/* Share a run out: one half stopped and resumed, the other run elsewhere, then merged,
 * and the result extended. */
#include <headroom/result.h>
#include <headroom/run.h>
#include <headroom/scenario.h>

#include <stdio.h>

/* Stops the run it is called of once some of it is done. */
static bool stop_early(void *context, uint64_t done, uint64_t trials)
{
    (void)context;
    return 4 * done < trials;
}

static void say(void *context, const char *sentence)
{
    (void)context;
    fprintf(stderr, "%s\n", sentence);
}

/* One of two shards of the trials, into parts beside the result. */
static enum hr_status run_shard(const struct hr_scenario *scenario, const char *path,
                                unsigned shard, bool stopped, struct hr_error *error)
{
    const struct hr_run_options options = {
        .shard = shard,
        .shards = 2,
        .memory_bytes = 1e5, /* little, so that what is stopped has left a part */
        .progress = stopped ? stop_early : NULL,
        .say = say,
    };
    struct hr_run_facts facts;

    return hr_run(scenario, &options, path, &facts, error);
}

/* Some more trials of the result that is there. */
static enum hr_status extend(const char *from, const char *path, struct hr_error *error)
{
    const char *changes[] = {"trials=300", "patch.horizon_years=1"};
    const struct hr_run_options options = {.extend = true, .say = say};
    struct hr_messages problems = {0};
    struct hr_scenario *scenario = NULL;
    struct hr_run_facts facts;
    enum hr_status status = hr_scenario_read(from, changes, 2, &scenario, &problems);

    if (status == HR_OK)
        status = hr_run(scenario, &options, path, &facts, error);
    if (status == HR_OK)
        printf("extended to %llu trials\n", (unsigned long long)facts.trials);
    hr_scenario_free(scenario);
    return status;
}

int main(int argc, char **argv)
{
    const char *changes[] = {"trials=256", "patch.horizon_years=1"};
    const struct hr_merge_options merge = {.say = say};
    struct hr_messages problems = {0};
    struct hr_scenario *scenario = NULL;
    struct hr_run_facts facts;
    struct hr_error error = {0};
    enum hr_status status;

    if (argc != 3 ||
        hr_scenario_read(argv[1], changes, 2, &scenario, &problems) != HR_OK)
        return fputs("which scenario, and into which file?\n", stderr) < 0 ? 1 : 2;
    status = run_shard(scenario, argv[2], 1, true, &error);
    if (status == HR_STOPPED) {
        printf("first shard: %s\n", error.message);
        status = run_shard(scenario, argv[2], 1, false, &error);
    }
    if (status == HR_OK)
        status = run_shard(scenario, argv[2], 2, false, &error);
    if (status == HR_OK)
        status = hr_merge(argv[2], &merge, &facts, &error);
    if (status == HR_OK)
        printf("merged %llu trials\n", (unsigned long long)facts.trials);
    if (status == HR_OK)
        status = extend(argv[1], argv[2], &error);
    if (status != HR_OK)
        fprintf(stderr, "%s\n", error.message);
    hr_scenario_free(scenario);
    return (int)status;
}
