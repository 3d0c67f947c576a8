#include "stop_options.h"

#include <stdio.h>
#include <string.h>

enum {
    OPTION_STOP = 0x500,
    OPTION_OBJECTIVE,
    OPTION_MAX_TRIALS,
    OPTION_MAX_SECONDS,
};

static const struct argp_option stop_list[] = {
    {"stop", OPTION_STOP, "CONFIDENCE", 0,
     "run until it is resolved, at this confidence over all looks, such as 0.95, which "
     "form is best; the run is looked at after 512 trials, and each time it has twice "
     "as many. It takes the place of `trials`",
     1},
    {"objective", OPTION_OBJECTIVE, "NAME", 0,
     "... by whose eyes: public, gp, patient or economic (decision.objective)", 1},
    {"max-trials", OPTION_MAX_TRIALS, "N", 0,
     "... but look at no more trials (1,000,000)", 1},
    {"max-seconds", OPTION_MAX_SECONDS, "S", 0,
     "... and go on from no look after so long", 1},
    {0},
};

static error_t change(struct stop_options *options, const char *key, const char *text)
{
    char *into = options->change[options->changes++];

    snprintf(into, sizeof(options->change[0]), "stop.%s=%.60s", key, text);
    return scenario_change(options->scenario, into);
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
    switch (key) {
    case OPTION_STOP:
        return change(state->input, "rank_confidence", argument);
    case OPTION_OBJECTIVE:
        return change(state->input, "objective", argument);
    case OPTION_MAX_TRIALS:
        return change(state->input, "max_trials", argument);
    case OPTION_MAX_SECONDS:
        return change(state->input, "max_seconds", argument);
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp stop_argp = {.options = stop_list, .parser = parse};

static void print_ranking(const struct hr_run_stop *stop, uint64_t trials)
{
    printf("the %s ranking is %s after %llu trials, at look %d: %s leads\n",
           stop->objective, stop->resolved ? "resolved" : "not resolved",
           (unsigned long long)trials, stop->looks, stop->leader);
    if (stop->lead < 1e6)
        printf("%s is above %s by %.1f standard errors, where this look takes %.1f\n",
               stop->ahead, stop->behind, stop->lead, stop->wanted);
}

static void print_end(const struct hr_run_stop *stop)
{
    if (strcmp(stop->reason, "trials") == 0)
        puts("the run ended at the last look that stop.max_trials allows");
    else if (strcmp(stop->reason, "seconds") == 0)
        puts("the run ended at the first look after stop.max_seconds");
}

void stop_print(const struct hr_run_facts *facts)
{
    const struct hr_run_stop *stop = &facts->stop;

    if (stop->reason == NULL)
        return;
    if (stop->objective != NULL)
        print_ranking(stop, facts->trials);
    if (stop->targets > 0)
        printf("%zu of %zu target%s %s met after %llu trials\n", stop->targets_met,
               stop->targets, stop->targets == 1 ? "" : "s",
               stop->targets == 1 ? "is" : "are", (unsigned long long)facts->trials);
    print_end(stop);
}
