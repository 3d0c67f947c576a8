#include "command.h"

#include "facts.h"
#include "json.h"

#include <stdio.h>

static const struct argp_option plan_list[] = {
    {"ranks", 'r', "N", 0, "of a run that so many ranks like this machine share (1)",
     0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct run_options *options = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = options;
        return 0;
    case 'r':
        options->run.planned_ranks =
            (unsigned)whole_number(state, "--ranks", argument, 1e6);
        if (options->run.planned_ranks == 0)
            argp_error(state, "a run has one rank or more");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void print_plan(const struct run_options *options,
                       const struct hr_scenario *scenario,
                       const struct hr_run_plan *plan)
{
    static const char *const units[] = {"seconds",     "s",          "memory_bytes",
                                        "B",           "file_bytes", "B",
                                        "parts_bytes", "B",          NULL};
    const unsigned ranks = options->run.planned_ranks;
    char time[TEXT_SECONDS_SIZE];
    struct json out;

    if (!options->scenario.json) {
        printf(
            "%zu practice%s, %zu quarters, %zu form%s, %llu trial%s on %d thread%s\n",
            plan->sites, plural((double)plan->sites), plan->quarters, plan->forms,
            plural((double)plan->forms), (unsigned long long)plan->trials,
            plural((double)plan->trials), plan->threads, plural(plan->threads));
        if (ranks > 1)
            printf("shared by %u ranks of as many threads\n", ranks);
        printf("time    about %s (from some of the trials, run just now)\n",
               text_from_seconds(plan->seconds, time));
        printf("memory  about %.0f MB%s\n", plan->memory_bytes / 1e6,
               ranks > 1 ? " each" : "");
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
    json_number(&out, "ranks", ranks);
    json_number(&out, "seconds", plan->seconds);
    json_number(&out, "memory_bytes", plan->memory_bytes);
    json_number(&out, "file_bytes", plan->file_bytes);
    json_number(&out, "parts_bytes", plan->parts_bytes);
    json_number(&out, "checkpoints", (double)plan->checkpoints);
    (void)print_text_and_free(json_end(&out));
}

int plan_main(int argc, char **argv)
{
    const struct argp_child children[] = {{&run_argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        .options = plan_list,
        .parser = parse,
        .children = children,
        .args_doc = "SCENARIO",
        .doc = "Say what a run would take - time, memory, file size - before it is "
               "started.",
    };
    struct run_options options = {
        .run = {.checkpoint_seconds = 300.0, .planned_ranks = 1}};
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
            print_plan(&options, scenario, &plan);
    }
    hr_scenario_free(scenario);
    return (int)status;
}
