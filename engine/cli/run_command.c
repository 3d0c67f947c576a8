#include "run_command.h"

#include "headroom/sweep.h"

#include "facts.h"
#include "json.h"
#include "named.h"
#include "output.h"
#include "parts_options.h"
#include "place.h"
#include "progress.h"
#include "stop_options.h"
#include "sweep_run.h"
#include "text.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_REUSED = 64 /* files */ };

/* What run asks for beside what plan does too. */
struct output_options {
    struct run_options run;
    const char *output;
    char axes[AXES_TEXT]; /* as a change of the scenario */
    const char *reuse[MOST_REUSED];
    struct stop_options stop;
};

enum { OPTION_FORCE = 0x200, OPTION_NO_NEUTRAL, OPTION_AXIS, OPTION_REUSE };

static const struct argp_option output_list[] = {
    {"output", 'o', "FILE", 0,
     "write the result here (NAME.h5 after the scenario and what -s changes, in the "
     "results folder beside it if there is one, else in this folder)",
     0},
    {"axis", OPTION_AXIS, "KEY=FROM:TO:STEPS", 0,
     "a sweep over a key, evenly or at KEY=A,B,C; each more --axis crosses the others. "
     "It takes the place of the scenario's own sweep",
     0},
    {"reuse", OPTION_REUSE, "RESULT", 0,
     "of a sweep: take points and forms that read the same, of as many trials, from "
     "this "
     "result of a sweep or run; may be repeated",
     0},
    {"force", OPTION_FORCE, NULL, 0,
     "replace a file that is no result, or one of another run", 0},
    {"no-neutral", OPTION_NO_NEUTRAL, NULL, 0,
     "do not run the first 1,000 trials again with assumed numbers neutral", 0},
    {0},
};

static void add_reused(const struct argp_state *state, struct output_options *options,
                       const char *path)
{
    if (options->run.run.reuses == MOST_REUSED)
        argp_error(state, "--reuse: at most %d results", (int)MOST_REUSED);
    options->reuse[options->run.run.reuses++] = path;
    options->run.run.reuse = options->reuse;
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct output_options *options = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->run;
        state->child_inputs[1] = &options->run.run;
        options->stop.scenario = &options->run.scenario;
        state->child_inputs[2] = &options->stop;
        return 0;
    case 'o':
        check_name(state, argument, NAMED_RESULT);
        options->output = argument;
        return 0;
    case OPTION_NO_NEUTRAL:
        options->run.run.neutral = false;
        return 0;
    case OPTION_AXIS:
        sweep_add_axis(state, argument, options->axes);
        return 0;
    case OPTION_REUSE:
        add_reused(state, options, argument);
        return 0;
    case OPTION_FORCE:
        options->run.run.overwrite = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* The model is made for practices whose work and hands about fit. */
static void warn_of_workload(const struct hr_run_facts *facts)
{
    if (facts->least_workload < 0.8)
        printf(
            "note: workload averages %.2f under a form: below 0.8, far more capacity "
            "than demand\n",
            facts->least_workload);
    if (facts->most_workload > 1.3)
        printf("note: workload averages %.2f under a form: above 1.3, far more demand "
               "than capacity\n",
               facts->most_workload);
}

static void write_stop(struct json *out, const struct hr_run_stop *stop)
{
    json_open(out, "stop", '{');
    json_text(out, "reason", stop->reason);
    json_number(out, "looks", stop->looks);
    if (stop->objective != NULL) {
        json_text(out, "objective", stop->objective);
        json_flag(out, "resolved", stop->resolved);
        json_text(out, "leader", stop->leader);
        json_number(out, "lead", stop->lead);
        json_number(out, "lead_wanted", stop->wanted);
    }
    json_number(out, "targets", (double)stop->targets);
    json_number(out, "targets_met", (double)stop->targets_met);
    json_close(out, '}');
}

static enum hr_status print_facts(const struct hr_scenario *scenario,
                                  const char *output, const struct hr_run_facts *facts,
                                  bool json)
{
    static const char *const units[] = {"seconds",
                                        "s",
                                        "stage_seconds",
                                        "s",
                                        "imbalance",
                                        "share",
                                        "least_workload",
                                        "ratio",
                                        "most_workload",
                                        "ratio",
                                        "block_bytes",
                                        "B",
                                        NULL};
    char time[TEXT_SECONDS_SIZE], rate[PROGRESS_RATE];
    struct json out;

    if (!json) {
        printf("%s: %llu trial%s in %s on ", hr_scenario_text(scenario, "title"),
               (unsigned long long)facts->trials, plural((double)facts->trials),
               text_from_seconds(facts->seconds, time));
        if (facts->ranks > 1)
            printf("%d ranks of ", facts->ranks);
        printf("%d thread%s (%s), %s\n", facts->threads, plural(facts->threads),
               facts->instruction_set,
               progress_rate((double)facts->trials / facts->seconds, rate));
        printf("money balances to %.1e of what is paid; %llu trial%s came too close to "
               "call\n",
               facts->imbalance, (unsigned long long)facts->near_tie_trials,
               plural((double)facts->near_tie_trials));
        warn_of_workload(facts);
        stop_print(facts);
        printf("wrote %s\n", output);
        return HR_OK;
    }
    json_start(&out);
    facts_of_run(&out, scenario, facts->trials, output);
    facts_of_units(&out, units);
    json_text(&out, "output", output);
    json_number(&out, "seconds", facts->seconds);
    json_number(&out, "threads", facts->threads);
    json_number(&out, "ranks", facts->ranks);
    json_text(&out, "instruction_set", facts->instruction_set);
    json_number(&out, "near_tie_trials", (double)facts->near_tie_trials);
    json_number(&out, "imbalance", facts->imbalance);
    json_number(&out, "least_workload", facts->least_workload);
    json_number(&out, "most_workload", facts->most_workload);
    json_number(&out, "block_bytes", (double)facts->block_bytes);
    if (facts->stop.reason != NULL)
        write_stop(&out, &facts->stop);
    json_open(&out, "stage_seconds", '{');
    for (size_t s = 0; s < facts->stages; s++)
        json_number(&out, facts->stage_names[s], facts->stage_seconds[s]);
    json_close(&out, '}');
    return print_text_and_free(json_end(&out));
}

static enum hr_status print_shard(const char *output,
                                  const struct hr_run_options *options,
                                  const struct hr_run_facts *facts, bool json)
{
    struct json out;
    char word[LONGEST_WORD];

    if (json) {
        json_start(&out);
        json_text(&out, "output", output);
        json_number(&out, "shard", options->shard);
        json_number(&out, "shards", options->shards);
        json_whole(&out, "trials", facts->trials);
        return print_text_and_free(json_end(&out));
    }
    printf("shard %u of %u: %llu trial%s in %s.parts; `headroom merge %s%s` makes the "
           "result of all\n",
           options->shard, options->shards, (unsigned long long)facts->trials,
           plural((double)facts->trials), output, shell_word(output, word),
           options->neutral ? "" : " --no-neutral");
    return HR_OK;
}

static enum hr_status run(struct run_options *options,
                          const struct hr_scenario *scenario, const char *output)
{
    struct hr_run_facts facts = {0};
    struct hr_error error = {0};
    struct progress progress;
    enum hr_status status;

    progress_watch(&progress, &options->run, hr_ranks_own(options->run.ranks) > 0);
    options->run.stand = progress_stand;
    status = hr_run(scenario, &options->run, output, &facts, &error);
    progress_end(&progress);
    if (hr_ranks_own(options->run.ranks) > 0)
        return status; /* the first speaks for all */
    if (status != HR_OK)
        fprintf(stderr, "headroom run: %s\n", error.message);
    else if (options->run.shards > 0)
        status = print_shard(output, &options->run, &facts, options->scenario.json);
    else
        status = print_facts(scenario, output, &facts, options->scenario.json);
    return status;
}

static void name_output(const struct output_options *options, char path[LONGEST_PATH])
{
    char *dot;

    if (options->output != NULL) {
        snprintf(path, LONGEST_PATH, "%s", options->output);
        return;
    }
    output_default(&options->run.scenario, path);
    dot = strrchr(path, '.');
    if (*options->axes != '\0' && dot != NULL && strlen(path) + 8 < LONGEST_PATH)
        strcpy(dot, "+sweep.h5");
}

static enum hr_status run_or_sweep(struct run_options *options,
                                   const struct hr_scenario *scenario,
                                   const char *output, bool sweeps)
{
    if (hr_sweep_points(scenario) > 0)
        return sweep_run(options, scenario, output);
    if (!sweeps && options->run.reuses == 0)
        return run(options, scenario, output);
    if (!sweeps && hr_ranks_own(options->run.ranks) == 0)
        fputs("headroom run: --reuse is for the points of a sweep, and the scenario "
              "says none\n",
              stderr);
    if (sweeps && hr_ranks_own(options->run.ranks) == 0)
        fputs("headroom sweep: the scenario says no sweep: say --axis "
              "money.salary=90000:130000:5, or sweep: in the scenario\n",
              stderr);
    return HR_BAD_INPUT;
}

/* What a run reads it does not replace, whatever is forced. */
static enum hr_status spare_inputs(const struct hr_scenario *scenario,
                                   const struct hr_run_options *run, const char *output)
{
    size_t i = 0;

    while (i < run->reuses && !place_is_same(output, run->reuse[i]))
        i++;
    if (i == run->reuses && !hr_scenario_reads(scenario, output))
        return HR_OK;
    fprintf(stderr, "headroom run: %s is what the run reads: name another file\n",
            output);
    return HR_BAD_INPUT;
}

/* The first rank answers for all. */
static void hold_tongue(void)
{
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

    if (nowhere >= 0)
        dup2(nowhere, STDOUT_FILENO);
    if (nowhere >= 0)
        close(nowhere);
}

/* Ranks of a job read the scenario after the first one has, so that what is wrong with
 * it is said once. */
static enum hr_status open_together(struct run_options *options, const char *output,
                                    struct hr_scenario **scenario)
{
    struct hr_ranks **ranks = &options->run.ranks;
    struct hr_error error = {0};
    enum hr_status status = hr_ranks_open(ranks, &error);

    if (status != HR_OK) {
        fprintf(stderr, "headroom run: %s\n", error.message);
        return status;
    }
    if (hr_ranks_own(*ranks) == 0)
        status = scenario_open(&options->scenario, scenario);
    if (status == HR_OK && hr_ranks_own(*ranks) == 0)
        status = spare_inputs(*scenario, &options->run, output);
    status = hr_ranks_agree(*ranks, status, &error);
    if (status != HR_OK)
        return status;
    if (hr_ranks_own(*ranks) > 0) {
        options->scenario.says_doubts = true; /* the first has said them */
        hold_tongue();
        status = scenario_open(&options->scenario, scenario);
    }
    return hr_ranks_agree(*ranks, status, &error);
}

int run_start(int argc, char **argv, bool sweeps, const char *about)
{
    const struct argp_child children[] = {
        {&run_argp, 0, NULL, 0},
        {&parts_argp, 0, "Long runs:", 1},
        {&stop_argp, 0, "Runs that end once enough is known:", 2},
        {0}};
    const struct argp argp = {
        .options = output_list,
        .parser = parse,
        .args_doc = "SCENARIO",
        .doc = about,
        .children = children,
    };
    struct output_options options = {
        .run = {
            .run = {.checkpoint_seconds = 300.0, .neutral = true, .say = parts_say}}};
    struct hr_scenario *scenario = NULL;
    char output[LONGEST_PATH];
    char *changes, *command = parts_command(argc, argv);
    enum hr_status status;

    if (parse_arguments(&argp, argc, argv, &options) != 0)
        return HR_FAILED;
    name_output(&options, output);
    if (*options.axes != '\0' &&
        scenario_change(&options.run.scenario, options.axes) != 0)
        return (int)no_memory();
    changes = output_changes(&options.run.scenario);
    if (changes == NULL || command == NULL)
        return (int)no_memory();
    status = open_together(&options.run, output, &scenario);
    if (status == HR_OK) {
        options.run.run.command = command;
        options.run.run.scenario_text = hr_scenario_source_text(scenario);
        options.run.run.changes = *changes != '\0' ? changes : NULL;
        status = run_or_sweep(&options.run, scenario, output, sweeps);
    }
    free(changes);
    free(command);
    hr_scenario_free(scenario);
    hr_ranks_close(options.run.run.ranks);
    return (int)status;
}

static int run_main(int argc, char **argv)
{
    return run_start(
        argc, argv, false,
        "Run all trials of a scenario, under every form on the same draws, and "
        "write one result file: complete, or not at all.");
}

const struct command run_command = {"run", "run a scenario into a result file",
                                    run_main, REPORTS, 20};
