#include "command.h"

#include "headroom/backtest.h"

#include "facts.h"
#include "interrupt.h"
#include "json.h"
#include "text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPTION_FROM = 0x300, OPTION_MEASURES };

/* What backtest asks for beside what plan does too. */
struct backtest_options {
    struct run_options run;
    const char *observed;
    double from; /* 0: not said */
    bool measures;
};

/* clang-format off */
static const struct argp_option backtest_list[] = {
    {"from", OPTION_FROM, "YEAR", 0,
     "score rows of this financial year or later; what came before is known to the "
     "forecasts without a model (the scenario's second year)", 0},
    {"measures", OPTION_MEASURES, NULL, 0, "list the measures a table may have", 0},
    {0},
};
/* clang-format on */

static void read_from(const struct argp_state *state, struct backtest_options *options,
                      const char *text)
{
    if (text_to_number(text, &options->from) != TEXT_NUMBER ||
        !(options->from >= 1000.0 && options->from < 10000.0))
        argp_error(state, "--from takes a financial year, such as 2017, not \"%s\"",
                   text);
}

/* The first argument is the scenario, which the child would take both of. */
static error_t take_argument(struct backtest_options *options, char *argument,
                             const struct argp_state *state)
{
    if (options->run.scenario.path == NULL)
        options->run.scenario.path = argument;
    else if (options->observed == NULL)
        options->observed = argument;
    else
        argp_error(state, "one scenario and one table: \"%s\" is a third", argument);
    return 0;
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct backtest_options *options = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->run;
        return 0;
    case OPTION_FROM:
        read_from(state, options, argument);
        return 0;
    case OPTION_MEASURES:
        options->measures = true;
        options->run.scenario.path = ""; /* none is missing */
        return 0;
    case ARGP_KEY_ARG:
        return take_argument(options, argument, state);
    case ARGP_KEY_END:
        if (!options->measures && options->observed == NULL)
            argp_error(state, "against what? Name a scenario and then a table of what "
                              "was seen; --measures lists what that may be");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void print_measures(void)
{
    for (size_t i = 0; i < hr_observable_count(); i++) {
        const struct hr_observable measure = hr_observable_at(i);

        printf("%-15s %-13s %-10s %s\n", measure.name, measure.unit,
               measure.at_a_time ? "at a time" : "over years", measure.meaning);
    }
}

static void print_number(const char *before, double number)
{
    char text[64];

    snprintf(text, sizeof(text), fabs(number) >= 1000.0 ? "%.0f" : "%.3g", number);
    printf("%s%10s", before, isnan(number) ? "-" : text);
}

/* Practices are many: their sum is said in a sentence, each of them in JSON. */
static void print_rows(const struct hr_backtest *backtest,
                       const struct hr_forecast_group *group)
{
    if (strcmp(group->kind, "by practice") == 0)
        return;
    printf("\n%-24s%-14s%11s%11s%11s%11s%7s%11s%11s\n", group->measure,
           *group->kind == '\0' ? "" : "list", "seen", "forecast", "from (90%)", "to",
           "PIT", "CRPS", "naive");
    for (size_t i = 0; i < group->rows; i++) {
        const struct hr_forecast *row = &backtest->forecast[group->first + i];

        printf("  %-22s%-14s", row->year, row->list);
        print_number(" ", row->value);
        print_number(" ", row->mean);
        print_number(" ", row->low_90);
        print_number(" ", row->high_90);
        printf("%7.2f", row->pit);
        print_number(" ", row->crps);
        print_number(" ", row->naive_crps);
        putchar('\n');
    }
}

static void print_answer(const struct hr_backtest *backtest)
{
    for (size_t i = 0; i < backtest->groups; i++)
        print_rows(backtest, &backtest->group[i]);
    putchar('\n');
    for (size_t i = 0; i < backtest->groups; i++)
        printf("%s\n", backtest->group[i].sentence);
    printf("\n%s\n", backtest->verdict);
}

static void write_row(struct json *json, const struct hr_forecast *row)
{
    const struct {
        const char *name;
        double number;
    } numbers[] = {
        {"trials", (double)row->trials},
        {"value", row->value},
        {"standard_error", row->standard_error},
        {"mean", row->mean},
        {"sd", row->sd},
        {"error", row->error},
        {"low_50", row->low_50},
        {"high_50", row->high_50},
        {"low_90", row->low_90},
        {"high_90", row->high_90},
        {"pit", row->pit},
        {"crps", row->crps},
        {"naive_mean", row->naive_mean},
        {"naive_sd", row->naive_sd},
        {"naive_crps", row->naive_crps},
    };

    json_open(json, NULL, '{');
    json_text(json, "measure", row->measure);
    json_text(json, "year", row->year);
    json_text_if(json, "site", row->site);
    json_text_if(json, "list", row->list);
    for (size_t k = 0; k < sizeof(numbers) / sizeof(*numbers); k++)
        json_number(json, numbers[k].name, numbers[k].number);
    json_flag(json, "fitted", row->fitted);
    json_close(json, '}');
}

static void write_group(struct json *json, const struct hr_forecast_group *group)
{
    json_open(json, NULL, '{');
    json_text(json, "measure", group->measure);
    json_text_if(json, "kind", group->kind);
    json_number(json, "rows", (double)group->rows);
    json_number(json, "in_50", (double)group->in_50);
    json_number(json, "in_90", (double)group->in_90);
    json_number(json, "bias", group->bias);
    json_number(json, "bias_error", group->bias_error);
    json_number(json, "crps", group->crps);
    json_number(json, "naive_crps", group->naive_crps);
    json_text_if(json, "naive", group->naive == NULL ? "" : group->naive);
    json_flag(json, "fitted", group->fitted);
    json_flag(json, "calibrated", group->calibrated);
    json_flag(json, "skilled", group->skilled);
    json_text(json, "sentence", group->sentence);
    json_close(json, '}');
}

static void write_units(struct json *json)
{
    json_open(json, "units", '{');
    for (size_t i = 0; i < hr_observable_count(); i++)
        json_text(json, hr_observable_at(i).name, hr_observable_at(i).unit);
    json_close(json, '}');
}

static enum hr_status write_answer(const struct hr_scenario *scenario,
                                   const struct hr_backtest *backtest)
{
    struct json json;

    json_start(&json);
    facts_of_scenario(&json, scenario);
    write_units(&json);
    json_flag(&json, "holds", backtest->holds);
    json_text(&json, "verdict", backtest->verdict);
    json_open(&json, "groups", '[');
    for (size_t i = 0; i < backtest->groups; i++)
        write_group(&json, &backtest->group[i]);
    json_close(&json, ']');
    json_open(&json, "rows", '[');
    for (size_t i = 0; i < backtest->forecasts; i++)
        write_row(&json, &backtest->forecast[i]);
    json_close(&json, ']');
    return print_text_and_free(json_end(&json));
}

static bool go_on(void *context, uint64_t done, uint64_t trials)
{
    (void)context, (void)done, (void)trials;
    return !interrupt_came();
}

/* People have read it above. */
static enum hr_status not_held(const struct hr_backtest *backtest, bool json)
{
    if (json)
        fprintf(stderr, "headroom backtest: %s\n", backtest->verdict);
    return HR_NOT_HELD;
}

static enum hr_status run_and_answer(const struct backtest_options *options,
                                     struct hr_scenario *scenario,
                                     const struct hr_observed *observed)
{
    struct hr_run_options run = options->run.run;
    struct hr_backtest *backtest;
    struct hr_error error;
    enum hr_status status;

    run.progress = go_on;
    interrupt_hold(); /* a run cleans up after itself when asked to stop */
    status = hr_backtest_run(scenario, observed, &run, &backtest, &error);
    if (status != HR_OK) {
        fprintf(stderr, "headroom backtest: %s\n", error.message);
        return status;
    }
    if (!options->run.scenario.json)
        print_answer(backtest);
    else
        status = write_answer(scenario, backtest);
    if (status == HR_OK && !backtest->holds)
        status = not_held(backtest, options->run.scenario.json);
    hr_backtest_free(backtest);
    return status;
}

static enum hr_status answer(const struct backtest_options *options,
                             struct hr_scenario *scenario)
{
    struct hr_messages problems = {0};
    struct hr_observed *observed;
    enum hr_status status = hr_observed_read(scenario, options->observed, options->from,
                                             &observed, &problems);

    if (status != HR_OK)
        print_problems(&problems, options->run.scenario.json);
    else
        status = run_and_answer(options, scenario, observed);
    hr_messages_free(&problems);
    hr_observed_free(observed);
    return status;
}

static int backtest_main(int argc, char **argv)
{
    const struct argp_child children[] = {{&run_argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        .options = backtest_list,
        .parser = parse,
        .children = children,
        .args_doc = "SCENARIO OBSERVED",
        .doc =
            "Run a scenario from its base year and score what it forecasts against a "
            "table of what was seen (measure, year, value; site or list, "
            "standard_error, fitted where needed): where the truth fell, how often "
            "intervals hold it, CRPS and bias beside those of forecasts that know no "
            "model. A year is financial, 2015 or 2015-2018; what is counted at a "
            "time is at the end of the quarter that ends then, 2018.75 for December "
            "2018. Exit status 4 where a forecast does not hold.",
    };
    struct backtest_options options = {0};
    struct hr_scenario *scenario = NULL;
    enum hr_status status;

    if (parse_arguments(&argp, argc, argv, &options) != 0)
        return HR_FAILED;
    if (options.measures) {
        print_measures();
        return HR_OK;
    }
    status = scenario_open(&options.run.scenario, &scenario);
    if (status == HR_OK)
        status = answer(&options, scenario);
    hr_scenario_free(scenario);
    return (int)status;
}

const struct command backtest_command = {
    "backtest", "score a scenario against what happened", backtest_main, ANSWERS, 180};
