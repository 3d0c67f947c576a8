#include "command.h"

#include "headroom/claims.h"
#include "pool_table.h"
#include "text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SIZES = 32, FIRST_NUMBER = 0x200 };

enum {
    OPTION_TRIALS = 0x100,
    OPTION_SEED,
    OPTION_JSON,
    OPTION_TWO_PART,
    OPTION_GAMMA,
    OPTION_EACH,
    OPTION_PEOPLE,
    OPTION_VALUES,
    OPTION_QUANTILES,
    OPTION_SET = 's',
};

struct pool_options {
    struct hr_pool_terms terms;
    struct hr_pool_options run;
    double people[MOST_SIZES];
    int sizes;
    struct scenario_options scenario; /**< its path NULL: terms are the options' */
    const char *term;                 /**< an option that states one, or NULL */
    bool corridor;                    /**< an option of the corridor is given */
    const char *simulates;            /**< an option of the simulation, or NULL */
};

/* Headings of the help; what is not of the run a scenario says itself. */
enum group { CLAIMS = 1, SHARED, CONTRACT, BUDGET, RUN };

/* An option that is one number of the options; its key is its place from FIRST_NUMBER.
 */
struct number {
    const char *name;
    size_t offset;
    const char *meaning;
    enum group group;
};

#define AT(member) offsetof(struct pool_options, member)

/* clang-format off */
static const struct number numbers[] = {
    {"rate", AT(terms.cell[0].rate), "claims a person and year; two-part: share of users (0.25)", CLAIMS},
    {"mean", AT(terms.cell[0].mean), "GBP a claim; two-part: a user's year (2400)", CLAIMS},
    {"cv", AT(terms.cell[0].cv), "coefficient of variation of a claim (2); 0: a fixed price", CLAIMS},
    {"splice", AT(terms.cell[0].splice), "GBP where a Pareto tail takes over (none)", CLAIMS},
    {"tail", AT(terms.cell[0].tail), "index of the Pareto tail; with --splice", CLAIMS},
    {"k", AT(terms.normal_k), "normal mode: coefficient of variation of a person's year (none: claims)", CLAIMS},
    {"cost", AT(terms.normal_mean), "normal mode: GBP a person and year (600)", CLAIMS},
    {"factor-variance", AT(terms.factor_variance), "of a factor common to all in a year (0)", SHARED},
    {"persistence-sd", AT(terms.persistence_sd), "of the list's own cost, in logs (0)", SHARED},
    {"persistence-phi", AT(terms.persistence_phi), "its correlation from year to year (0)", SHARED},
    {"limit", AT(terms.limit), "individual stop-loss, GBP a claim (none)", CONTRACT},
    {"premium-loading", AT(terms.premium_loading), "over the expected cost ceded (0.1)", CONTRACT},
    {"kept-share", AT(terms.kept_share), "quota share kept (1)", CONTRACT},
    {"corridor-free", AT(terms.corridor_free), "deviation, share of the budget, up to which all is kept (0 with another corridor option, else no corridor)", CONTRACT},
    {"corridor-share", AT(terms.corridor_share), "share kept from there to the end (1)", CONTRACT},
    {"corridor-end", AT(terms.corridor_end), "deviation beyond which nothing more is the holder's (none)", CONTRACT},
    {"carry-forward", AT(terms.carry_forward), "share of the corridor's relief due next year (0)", CONTRACT},
    {"cap", AT(terms.cap), "most that can be lost, share of the budget (none)", CONTRACT},
    {"loading", AT(terms.loading), "of the budget over expected cost (0)", BUDGET},
    {"error-sd", AT(terms.error_sd), "of the risk adjustment, in logs (0)", BUDGET},
    {"error-wide-share", AT(terms.error_wide_share), "of holders with a wider error (0)", BUDGET},
    {"error-wide-sd", AT(terms.error_wide_sd), "of the wider error (0)", BUDGET},
    {"reserve", AT(terms.reserve), "GBP a head, for the chance that it is spent (12)", RUN},
};
/* clang-format on */

enum { NUMBERS = sizeof(numbers) / sizeof(*numbers) };

static const struct argp_option flags[] = {
    {NULL, 0, NULL, 0, "What claims are:", CLAIMS},
    {NULL, 0, NULL, 0, "What people share, and what stays with a list:", SHARED},
    {NULL, 0, NULL, 0, "The contract (none, where not said otherwise):", CONTRACT},
    {NULL, 0, NULL, 0, "The budget:", BUDGET},
    {NULL, 0, NULL, 0, "What is asked:", RUN},
    {"set", OPTION_SET, "KEY=VALUE", 0,
     "change one key of the scenario; may be repeated", RUN},
    {"people", OPTION_PEOPLE, "N,...", 0, "list sizes (8000,30000,...,1000000)", RUN},
    {"two-part", OPTION_TWO_PART, NULL, 0, "at most one cost a person and year",
     CLAIMS},
    {"factor-gamma", OPTION_GAMMA, NULL, 0, "the common factor is gamma, not lognormal",
     SHARED},
    {"values", OPTION_VALUES, "CSV", 0, "observed costs of claims, column cost",
     CLAIMS},
    {"quantiles", OPTION_QUANTILES, "CSV", 0, "columns probability and cost", CLAIMS},
    {"each", OPTION_EACH, NULL, 0, "simulate every claim, whatever it costs", RUN},
    {"trials", OPTION_TRIALS, "N", 0,
     "simulated beside the exact answer; 0: none (100000)", RUN},
    {"seed", OPTION_SEED, "N", 0, "of the simulation (1)", RUN},
    {"json", OPTION_JSON, NULL, 0, "write JSON", RUN},
};

enum { FLAGS = sizeof(flags) / sizeof(*flags) };

static void read_number(struct argp_state *state, const char *name, const char *text,
                        double *number)
{
    if (text_to_number(text, number) != TEXT_NUMBER)
        argp_error(state, "--%s: \"%s\" is not a plain number", name, text);
}

/* Whether a comma may be a separator of thousands: three digits follow, and no more. */
static bool may_be_thousands(const char *size, const char *next)
{
    return strlen(size) <= 3 && next != NULL && strspn(next, "0123456789") == 3 &&
           (next[3] == '\0' || next[3] == ',');
}

static void read_people(struct argp_state *state, struct pool_options *options,
                        char *list)
{
    char *rest = NULL;

    options->sizes = 0;
    for (char *one = strtok_r(list, ",", &rest); one != NULL;
         one = strtok_r(NULL, ",", &rest)) {
        if (options->sizes == MOST_SIZES)
            argp_error(state, "--people: more than %d sizes", (int)MOST_SIZES);
        if (may_be_thousands(one, rest))
            argp_error(state,
                       "--people: \"%s,%.3s\" may be two sizes or one of thousands: "
                       "write a size without a separator, or two as \"%s, %.3s\"",
                       one, rest, one, rest);
        one += *one == ' ';
        read_number(state, "people", one, &options->people[options->sizes++]);
    }
    if (options->sizes == 0)
        argp_error(state, "--people: no size is named");
}

static error_t parse_flag(int key, char *argument, struct pool_options *options)
{
    struct hr_pool_cell *cell = &options->terms.cell[0];

    for (size_t i = 0; i < FLAGS; i++) {
        if (flags[i].name != NULL && flags[i].key == key && flags[i].group != RUN)
            options->term = flags[i].name;
    }
    switch (key) {
    case OPTION_SET:
        return scenario_change(&options->scenario, argument);
    case OPTION_TWO_PART:
        cell->two_part = true;
        return 0;
    case OPTION_GAMMA:
        options->terms.factor_gamma = true;
        return 0;
    case OPTION_VALUES:
        cell->values = argument;
        return 0;
    case OPTION_QUANTILES:
        cell->quantiles = argument;
        return 0;
    case OPTION_EACH:
        options->run.each_claim = true;
        options->simulates = "each";
        return 0;
    case OPTION_JSON:
        options->scenario.json = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse_whole(int key, char *argument, struct argp_state *state)
{
    struct pool_options *options = state->input;

    if (key == OPTION_SEED) {
        options->simulates = "seed";
        options->run.seed = whole_number(state, "--seed", argument, 9007199254740991.0);
        return 0;
    }
    options->run.trials = (int64_t)whole_number(state, "--trials", argument, 1e8);
    if (options->run.trials == 1)
        argp_error(state, "--trials: one trial has no error; simulate none, or more");
    return 0;
}

static error_t parse_number(const struct number *number, char *argument,
                            struct argp_state *state)
{
    struct pool_options *options = state->input;

    read_number(state, number->name, argument,
                (double *)(void *)((char *)options + number->offset));
    if (number->group != RUN)
        options->term = number->name;
    if (strcmp(number->name, "k") == 0)
        options->terms.cells = 0;
    options->corridor |= strncmp(number->name, "corridor-", 9) == 0;
    return 0;
}

static error_t take_scenario(struct pool_options *options, char *path,
                             const struct argp_state *state)
{
    if (options->scenario.path != NULL)
        argp_error(state, "one scenario at a time: \"%s\" is a second", path);
    options->scenario.path = path;
    return 0;
}

/* Said of a part, a corridor has the scenario's defaults for the rest: it starts at 0.
 */
static void complete_corridor(struct pool_options *options)
{
    double *free = &options->terms.corridor_free;

    if (isnan(*free))
        *free = options->corridor ? 0.0 : INFINITY;
}

static error_t check_all(const struct pool_options *options,
                         const struct argp_state *state)
{
    if (options->scenario.path != NULL && options->term != NULL)
        argp_error(state,
                   "--%s is the scenario's to say: change it there or with -s "
                   "delegated.KEY=VALUE",
                   options->term);
    if (options->scenario.path == NULL && options->scenario.overrides > 0)
        argp_error(state, "--set %s changes a scenario, and none is named",
                   options->scenario.override[0]);
    if (options->run.trials == 0 && options->simulates != NULL)
        argp_error(state, "--%s is of the simulation, and --trials 0 is none",
                   options->simulates);
    return 0;
}

static error_t parse_pool(int key, char *argument, struct argp_state *state)
{
    struct pool_options *options = state->input;

    switch (key) {
    case ARGP_KEY_ARG:
        return take_scenario(options, argument, state);
    case ARGP_KEY_END:
        complete_corridor(options);
        return check_all(options, state);
    case OPTION_PEOPLE:
        read_people(state, options, argument);
        return 0;
    case OPTION_TRIALS:
    case OPTION_SEED:
        return parse_whole(key, argument, state);
    default:
        break;
    }
    if (key >= FIRST_NUMBER && key < FIRST_NUMBER + NUMBERS)
        return parse_number(&numbers[key - FIRST_NUMBER], argument, state);
    return parse_flag(key, argument, options);
}

static void list_options(struct argp_option *list)
{
    for (int i = 0; i < NUMBERS; i++)
        list[i] = (struct argp_option){numbers[i].name,    FIRST_NUMBER + i,     "X", 0,
                                       numbers[i].meaning, (int)numbers[i].group};
    memcpy(list + NUMBERS, flags, sizeof(flags));
}

static enum hr_status reckon(const struct pool_options *options,
                             struct hr_pool_report report[MOST_SIZES])
{
    for (int i = 0; i < options->sizes; i++) {
        struct hr_error error;
        const enum hr_status status = hr_pool(&options->terms, options->people[i],
                                              &options->run, &report[i], &error);

        if (status != HR_OK) {
            fprintf(stderr, "headroom pool: %s\n", error.message);
            return status;
        }
    }
    return HR_OK;
}

static void start_options(struct pool_options *options)
{
    static const double sizes[] = {8000, 30000, 50000, 100000, 300000, 1000000};

    *options = (struct pool_options){.terms = hr_pool_terms_default(),
                                     .run = {.trials = 100000, .seed = 1}};
    options->terms.corridor_free = NAN; /* not said */
    options->sizes = sizeof(sizes) / sizeof(*sizes);
    memcpy(options->people, sizes, sizeof(sizes));
}

/* The terms of a scenario's delegated budget; a reserve stays as the options say. */
static enum hr_status terms_of_scenario(struct pool_options *options,
                                        struct hr_scenario **scenario)
{
    const double reserve = options->terms.reserve;
    struct hr_error error;
    enum hr_status status = scenario_open(&options->scenario, scenario);

    if (status != HR_OK)
        return status;
    status = hr_scenario_budget(*scenario, NULL, &options->terms, &error);
    if (status != HR_OK)
        fprintf(stderr, "headroom pool: %s\n", error.message);
    options->terms.reserve = reserve;
    return status;
}

static enum hr_status print_reports(const struct pool_options *options,
                                    const struct hr_pool_report *report)
{
    const struct pool_question question = {.reserve = options->terms.reserve,
                                           .trials = options->run.trials,
                                           .seed = options->run.seed,
                                           .error =
                                               options->terms.error_sd > 0.0 ||
                                               options->terms.error_wide_share > 0.0};

    if (options->scenario.json)
        return pool_json_print(&question, report, options->sizes);
    pool_table_print(&question, report, options->sizes);
    return HR_OK;
}

static enum hr_status report(const struct pool_options *options)
{
    struct hr_pool_report report[MOST_SIZES];
    enum hr_status status = reckon(options, report);

    if (status == HR_OK)
        status = print_reports(options, report);
    if (status == HR_OK)
        status = pool_table_agrees(report, options->sizes);
    return status;
}

static int pool_main(int argc, char **argv)
{
    struct argp_option list[NUMBERS + FLAGS + 1] = {{0}};
    const struct argp argp = {
        .options = list,
        .parser = parse_pool,
        .args_doc = "[SCENARIO]",
        .doc =
            "Show the risk of holding a capitation budget by list size, exact beside "
            "simulated, before and after the contract's terms. Losses are shares of "
            "the budget. With a scenario the terms are those of its delegated budget "
            "at "
            "central values; a holder of many practices bears the mean of their "
            "risk-adjustment errors.",
    };
    struct hr_scenario *scenario = NULL;
    struct pool_options options;
    enum hr_status status = HR_OK;

    start_options(&options);
    list_options(list);
    if (parse_arguments(&argp, argc, argv, &options) != 0)
        return HR_FAILED;
    if (options.scenario.path != NULL)
        status = terms_of_scenario(&options, &scenario);
    if (status == HR_OK)
        status = report(&options);
    hr_scenario_free(scenario);
    return (int)status;
}

const struct command pool_command = {
    "pool", "show the delegated budget's risk by list size, exact beside simulated",
    pool_main, ANSWERS, 160};
