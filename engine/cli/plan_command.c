#include "command.h"

#include "facts.h"
#include "headroom/sweep.h"
#include "json.h"
#include "sweep_run.h"

#include <stdio.h>

enum { OPTION_AXIS = 0x200 };

struct plan_options {
    struct run_options run;
    char axes[AXES_TEXT]; /* as a change of the scenario */
};

static const struct argp_option plan_list[] = {
    {"axis", OPTION_AXIS, "KEY=FROM:TO:STEPS", 0,
     "of a sweep over a key, as `headroom sweep` takes it", 0},
    {"ranks", 'r', "N", 0, "of a run that so many ranks like this machine share (1)",
     0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct plan_options *options = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->run;
        return 0;
    case OPTION_AXIS:
        sweep_add_axis(state, argument, options->axes);
        return 0;
    case 'r':
        options->run.run.planned_ranks =
            (unsigned)whole_number(state, "--ranks", argument, 1e6);
        if (options->run.run.planned_ranks == 0)
            argp_error(state, "a run has one rank or more");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static enum hr_status print_plan(const struct run_options *options,
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
        return HR_OK;
    }
    json_start(&out);
    facts_of_scenario(&out, scenario);
    facts_of_units(&out, units);
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
    return print_text_and_free(json_end(&out));
}

static enum hr_status print_sweep(const struct run_options *options,
                                  const struct hr_scenario *scenario,
                                  const struct hr_sweep_plan *plan)
{
    static const char *const units[] = {
        "seconds", "s", "memory_bytes", "B", "file_bytes", "B", NULL};
    char time[TEXT_SECONDS_SIZE];
    struct json out;

    if (!options->scenario.json) {
        printf("%zu points, %zu of them refused, of %llu trials and %zu forms on %d "
               "thread%s\n",
               plan->points, plan->refused, (unsigned long long)plan->point.trials,
               plan->point.forms, plan->point.threads, plural(plan->point.threads));
        printf("forms   %zu of points to be run; %zu are as at an earlier point\n",
               plan->forms_run, plan->forms_taken);
        printf("time    about %s (from some of the trials, run just now)\n",
               text_from_seconds(plan->seconds, time));
        printf("memory  about %.0f MB\n", plan->memory_bytes / 1e6);
        printf("file    about %.0f MB\n", plan->file_bytes / 1e6);
        return HR_OK;
    }
    json_start(&out);
    facts_of_scenario(&out, scenario);
    facts_of_units(&out, units);
    json_number(&out, "points", (double)plan->points);
    json_number(&out, "refused", (double)plan->refused);
    json_number(&out, "forms_run", (double)plan->forms_run);
    json_number(&out, "forms_taken", (double)plan->forms_taken);
    json_number(&out, "threads", plan->point.threads);
    json_number(&out, "seconds", plan->seconds);
    json_number(&out, "memory_bytes", plan->memory_bytes);
    json_number(&out, "file_bytes", plan->file_bytes);
    return print_text_and_free(json_end(&out));
}

static enum hr_status plan(const struct run_options *options,
                           const struct hr_scenario *scenario, struct hr_error *error)
{
    struct hr_run_plan run;
    struct hr_sweep_plan sweep;
    enum hr_status status;

    if (hr_sweep_points(scenario) > 0) {
        struct hr_run_options points = options->run;

        if (points.planned_ranks > 1)
            return hr_fail(error, HR_BAD_INPUT,
                           "a sweep is planned for one rank: leave out --ranks, or "
                           "plan one point of it");
        points.neutral = false; /* those of a sweep have nothing run beside them */
        status = hr_sweep_plan(scenario, &points, &sweep, error);
        if (status == HR_OK)
            status = print_sweep(options, scenario, &sweep);
        return status;
    }
    status = hr_run_plan(scenario, &options->run, &run, error);
    if (status == HR_OK)
        status = print_plan(options, scenario, &run);
    return status;
}

static int plan_main(int argc, char **argv)
{
    const struct argp_child children[] = {{&run_argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        .options = plan_list,
        .parser = parse,
        .children = children,
        .args_doc = "SCENARIO",
        .doc =
            "Say what a run or a sweep would take - time, memory, file size - before "
            "it is started.",
    };
    struct plan_options options = {
        .run = {
            .run = {.checkpoint_seconds = 300.0, .neutral = true, .planned_ranks = 1}}};
    struct hr_scenario *scenario = NULL;
    struct hr_error error;
    enum hr_status status;

    if (parse_arguments(&argp, argc, argv, &options) != 0)
        return HR_FAILED;
    if (*options.axes != '\0' &&
        scenario_change(&options.run.scenario, options.axes) != 0)
        return (int)no_memory();
    status = scenario_open(&options.run.scenario, &scenario);
    if (status == HR_OK) {
        status = plan(&options.run, scenario, &error);
        if (status != HR_OK)
            fprintf(stderr, "headroom plan: %s\n", error.message);
    }
    hr_scenario_free(scenario);
    return (int)status;
}

const struct command plan_command = {
    "plan", "say what a run would take before it starts", plan_main, ANSWERS, 60};
