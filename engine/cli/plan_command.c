#include "command.h"

#include "facts.h"
#include "json.h"

#include <stdio.h>

static void print_plan(const struct hr_scenario *scenario,
                       const struct hr_run_plan *plan, bool json)
{
    static const char *const units[] = {"seconds",     "s",          "memory_bytes",
                                        "B",           "file_bytes", "B",
                                        "parts_bytes", "B",          NULL};
    char time[TEXT_SECONDS_SIZE];
    struct json out;

    if (!json) {
        printf(
            "%zu practice%s, %zu quarters, %zu form%s, %llu trial%s on %d thread%s\n",
            plan->sites, plural((double)plan->sites), plan->quarters, plan->forms,
            plural((double)plan->forms), (unsigned long long)plan->trials,
            plural((double)plan->trials), plan->threads, plural(plan->threads));
        printf("time    about %s (from some of the trials, run just now)\n",
               text_from_seconds(plan->seconds, time));
        printf("memory  about %.0f MB\n", plan->memory_bytes / 1e6);
        printf("file    about %.0f MB\n", plan->file_bytes / 1e6);
        if (plan->checkpoints > 0)
            printf("parts   about %.0f MB in %llu part%s, until the result is there\n",
                   plan->parts_bytes / 1e6, (unsigned long long)plan->checkpoints,
                   plural((double)plan->checkpoints));
        return;
    }
    facts_of_scenario(scenario);
    facts_of_units(units);
    json_start(&out);
    json_number(&out, "practices", (double)plan->sites);
    json_number(&out, "quarters", (double)plan->quarters);
    json_number(&out, "forms", (double)plan->forms);
    json_number(&out, "threads", plan->threads);
    json_number(&out, "seconds", plan->seconds);
    json_number(&out, "memory_bytes", plan->memory_bytes);
    json_number(&out, "file_bytes", plan->file_bytes);
    json_number(&out, "parts_bytes", plan->parts_bytes);
    json_number(&out, "checkpoints", (double)plan->checkpoints);
    (void)print_text_and_free(json_end(&out));
}

int plan_main(int argc, char **argv)
{
    const struct argp argp = {
        .options = run_argp.options,
        .parser = run_argp.parser,
        .children = run_argp.children,
        .args_doc = "SCENARIO",
        .doc = "Say what a run would take - time, memory, file size - before it is "
               "started.",
    };
    struct run_options options = {.run = {.checkpoint_seconds = 300.0}};
    struct hr_scenario *scenario = NULL;
    struct hr_run_plan plan;
    struct hr_error error;
    enum hr_status status;

    if (parse_arguments(&argp, argc, argv, &options) != 0)
        return HR_FAILED;
    status = scenario_open(&options.scenario, &scenario);
    if (status == HR_OK) {
        status = hr_run_plan(scenario, &options.run, &plan, &error);
        if (status != HR_OK)
            fprintf(stderr, "headroom plan: %s\n", error.message);
        else
            print_plan(scenario, &plan, options.scenario.json);
    }
    hr_scenario_free(scenario);
    return (int)status;
}
