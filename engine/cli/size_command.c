#include "command.h"

#include "headroom/study.h"

#include "facts.h"
#include "interrupt.h"
#include "json.h"
#include "text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { OPTION_TARGET = 0x300, OPTION_FORM, OPTION_FROM, OPTION_TO, OPTION_DRAWS };

/* What size asks for beside what plan does too. */
struct size_options {
    struct run_options run;
    const char *target;
    const char *form;
    double from, to; /* 0: not said */
    uint64_t draws;
    bool says_draws;
};

/* clang-format off */
static const struct argp_option size_list[] = {
    {"risk", OPTION_TARGET, "TARGET", 0,
     "what a holder of the budget must meet: 'P(loss>2%)<=5%' or 'reserve(1%)<=12' (GBP a "
     "head against a year's loss of that chance); or, with --form, a metric of the full "
     "model: 'sites_closed<=5'", 0},
    {"target", 0, NULL, OPTION_ALIAS, NULL, 0},
    {"form", OPTION_FORM, "NAME", 0, "the form whose target_population is sought", 0},
    {"from", OPTION_FROM, "N", 0, "smallest size tried, with --form (10000)", 0},
    {"to", OPTION_TO, "N", 0, "largest size tried, with --form (300000)", 0},
    {"draws", OPTION_DRAWS, "N", 0,
     "draws of what the scenario leaves open, behind the interval (100); 0: none", 0},
    {0},
};
/* clang-format on */

static double read_people(const struct argp_state *state, const char *option,
                          const char *text)
{
    return (double)whole_number(state, option, text, 1e9);
}

static void check_options(const struct argp_state *state,
                          const struct size_options *options)
{
    if (options->target == NULL)
        argp_error(state, "big enough for what? Say --risk 'P(loss>2%%)<=5%%'");
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct size_options *options = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->run;
        return 0;
    case OPTION_TARGET:
        options->target = argument;
        return 0;
    case OPTION_FORM:
        options->form = argument;
        return 0;
    case OPTION_FROM:
        options->from = read_people(state, "--from", argument);
        return 0;
    case OPTION_TO:
        options->to = read_people(state, "--to", argument);
        return 0;
    case OPTION_DRAWS:
        options->draws = whole_number(state, "--draws", argument, 10000.0);
        options->says_draws = true;
        return 0;
    case ARGP_KEY_END:
        check_options(state, options);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void print_people(const char *before, double people)
{
    if (isfinite(people))
        printf("%s%.0f", before, people);
    else
        printf("%sno size at all", before);
}

/* Whether every size gave the same to the bit. */
static bool size_is_idle(const struct hr_size_answer *answer)
{
    for (size_t i = 1; i < answer->points; i++) {
        if (answer->curve[i].value != answer->curve[0].value)
            return false;
    }
    return answer->points > 1;
}

/* Why there may be no size, and what is behind the interval. */
static void print_reasons(const struct hr_size_target *target,
                          const struct hr_size_answer *answer)
{
    if (!target->of_model && !isfinite(answer->people))
        puts("What all claims share (delegated.theta_variance), the budget's loading "
             "and a premium's are\nthe same at any size; see the end of the curve.");
    if (target->of_model && size_is_idle(answer))
        puts("Every size gave the same to the bit: a form that groups no practices "
             "(group_by site) has no size.");
    if (answer->draws > 0)
        printf(
            "The interval is over %zu draws of what the scenario leaves open; for %zu "
            "of them no size is enough.\n",
            answer->draws, answer->open);
}

static void print_answer(const struct hr_size_target *target,
                         const struct hr_size_answer *answer, const char *text)
{
    if (isfinite(answer->people))
        printf("%.0f people are enough for %s", answer->people, text);
    else
        printf("No size tried is enough for %s", text);
    if (target->of_model || answer->draws > 0) {
        print_people(" (95 %: ", answer->low);
        print_people(" to ", answer->high);
        putchar(')');
    }
    puts(".");
    print_reasons(target, answer);
}

static void print_curve(const struct hr_size_target *target,
                        const struct hr_size_answer *answer)
{
    const char *what = target->of_model       ? target->metric
                       : target->pool.reserve ? "GBP a head"
                                              : "chance";

    printf("\n%12s  %22s\n", "people", what);
    for (size_t i = 0; i < answer->points; i++) {
        const struct hr_size_point *point = &answer->curve[i];
        char value[64];

        if (target->of_model)
            snprintf(value, sizeof(value), "%.5g ±%.2g", point->value,
                     point->standard_error);
        else
            snprintf(value, sizeof(value), "%.5g", point->value);
        /* ± is two bytes wide */
        printf("%12.0f  %*s%s\n", point->people, target->of_model ? 23 : 22, value,
               point->meets ? "  enough" : "");
    }
}

static enum hr_status write_answer(const struct hr_scenario *scenario,
                                   const struct hr_size_answer *answer,
                                   const char *target)
{
    struct json json;

    json_start(&json);
    facts_of_scenario(&json, scenario);
    facts_of_units(&json, (const char *const[]){"people", "people", "low", "people",
                                                "high", "people", NULL});
    json_text(&json, "target", target);
    json_number(&json, "people", answer->people);
    json_number(&json, "low", answer->low);
    json_number(&json, "high", answer->high);
    json_number(&json, "draws", (double)answer->draws);
    json_number(&json, "draws_without_a_size", (double)answer->open);
    json_open(&json, "curve", '[');
    for (size_t i = 0; i < answer->points; i++) {
        json_open(&json, NULL, '{');
        json_number(&json, "people", answer->curve[i].people);
        json_number(&json, "value", answer->curve[i].value);
        json_number(&json, "standard_error", answer->curve[i].standard_error);
        json_flag(&json, "meets", answer->curve[i].meets);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    return print_text_and_free(json_end(&json));
}

/* For hr_run_options.progress: many runs have no one bar. */
static bool go_on(void *context, uint64_t done, uint64_t trials)
{
    (void)context, (void)done, (void)trials;
    return !interrupt_came();
}

/* An option that would do nothing is a mistake somebody should hear of. */
static enum hr_status check_use_of_budget(const struct size_options *options,
                                          struct hr_error *error)
{
    if (options->form != NULL)
        return hr_fail(error, HR_BAD_INPUT,
                       "%s is a risk of the budget alone, whatever the form: leave out "
                       "--form",
                       options->target);
    if (options->from > 0.0 || options->to > 0.0)
        return hr_fail(error, HR_BAD_INPUT,
                       "--from and --to are for a form's size: %s is a risk of the "
                       "budget alone",
                       options->target);
    return HR_OK;
}

static enum hr_status check_use(const struct size_options *options,
                                const struct hr_size_target *target,
                                struct hr_error *error)
{
    if (!target->of_model)
        return check_use_of_budget(options, error);
    if (options->form == NULL)
        return hr_fail(error, HR_BAD_INPUT,
                       "%s is a metric of the full model: say --form, whose size is "
                       "sought",
                       target->metric);
    if (options->says_draws)
        return hr_fail(error, HR_BAD_INPUT,
                       "--draws is for a risk of the budget alone: trials are behind "
                       "%s",
                       target->metric);
    return HR_OK;
}

static enum hr_status search(const struct size_options *options,
                             struct hr_scenario *scenario,
                             const struct hr_size_target *target,
                             struct hr_size_answer *answer, struct hr_error *error)
{
    struct hr_run_options run = options->run.run;
    const struct hr_size_search wanted = {
        .form = options->form,
        .target = target,
        .low = options->from > 0.0 ? options->from : 10000.0,
        .high = options->to > 0.0 ? options->to : 300000.0,
    };
    const enum hr_status status = check_use(options, target, error);

    if (status != HR_OK)
        return status;
    if (!target->of_model)
        return hr_size_of_pool(scenario, target, options->draws, answer, error);
    run.progress = go_on;
    interrupt_hold(); /* a run cleans up after itself when asked to stop */
    return hr_size_of_form(scenario, &wanted, &run, answer, error);
}

static enum hr_status answer_all(const struct size_options *options,
                                 struct hr_scenario *scenario)
{
    struct hr_size_target target;
    struct hr_size_answer answer;
    struct hr_error error;
    enum hr_status status = hr_size_parse(options->target, &target, &error);

    if (status == HR_OK)
        status = search(options, scenario, &target, &answer, &error);
    if (status != HR_OK) {
        fprintf(stderr, "headroom size: %s\n", error.message);
        return status;
    }
    if (options->run.scenario.json)
        return write_answer(scenario, &answer, options->target);
    print_answer(&target, &answer, options->target);
    print_curve(&target, &answer);
    return HR_OK;
}

static int size_main(int argc, char **argv)
{
    const struct argp_child children[] = {{&run_argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        .options = size_list,
        .parser = parse,
        .children = children,
        .args_doc = "SCENARIO",
        .doc = "Find the smallest organisation that meets a target: a risk of the "
               "delegated budget by its exact law, or a metric of the full model by "
               "runs on the same trials; with the curve it came from.",
    };
    struct size_options options = {.draws = 100};
    struct hr_scenario *scenario = NULL;
    enum hr_status status;

    if (parse_arguments(&argp, argc, argv, &options) != 0)
        return HR_FAILED;
    status = scenario_open(&options.run.scenario, &scenario);
    if (status == HR_OK)
        status = answer_all(&options, scenario);
    hr_scenario_free(scenario);
    return (int)status;
}

const struct command size_command = {
    "size", "find the smallest organisation that meets a target", size_main, ANSWERS,
    170};
