#include "voi_prices.h"

#include "text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 44, USUAL_TOP = 12 };
enum {
    OPTION_GROUP = 0x3a0,
    OPTION_PRICE,
    OPTION_DECISIONS,
    OPTION_PER_YEAR,
    OPTION_YEARS,
    OPTION_DISCOUNT,
    OPTION_LIST
};

static const struct argp_option voi_list[] = {
    {"group", OPTION_GROUP, "NAME=KEY,KEY[;NAME=..]", 0,
     "assumptions known together: keys, sections or patterns", 0},
    {"price", OPTION_PRICE, "unmet=FROM:TO:STEP", 0,
     "instead: who is best for the public purse at each price of an appointment not "
     "given",
     0},
    {"top", OPTION_LIST, "12", 0, "list so many assumptions", 0},
    {"decisions", OPTION_DECISIONS, "1", 0, "patches that decide alike now", 0},
    {"per-year", OPTION_PER_YEAR, "0", 0, "and in each year", 0},
    {"years", OPTION_YEARS, "0", 0, "for so many years", 0},
    {"discount", OPTION_DISCOUNT, "0.035", 0, "a year", 0},
    {0},
};

struct voi_options {
    struct decision_options decision;
    struct hr_voi_options voi;
    char *groups; /* the text of --group, cut at its semicolons */
    const char **group;
};

static error_t read_groups(struct voi_options *options, const char *text)
{
    size_t most = 1;

    for (const char *at = text; *at != '\0'; at++)
        most += *at == ';';
    options->groups = strdup(text);
    options->group = calloc(most, sizeof(*options->group));
    if (options->groups == NULL || options->group == NULL)
        return ENOMEM;
    for (char *at = options->groups; at != NULL;) {
        char *next = strchr(at, ';');

        if (next != NULL)
            *next++ = '\0';
        options->group[options->voi.groups++] = at;
        at = next;
    }
    options->voi.group = options->group;
    return 0;
}

static error_t parse_population(struct hr_voi_options *voi, int key,
                                const char *argument, const struct argp_state *state)
{
    switch (key) {
    case OPTION_DECISIONS:
        voi->decisions = option_number(state, "--decisions", argument, 0.0, 1e9);
        return 0;
    case OPTION_PER_YEAR:
        voi->per_year = option_number(state, "--per-year", argument, 0.0, 1e9);
        return 0;
    case OPTION_YEARS:
        voi->years = (double)whole_number(state, "--years", argument, 200.0);
        return 0;
    case OPTION_DISCOUNT:
        voi->discount = option_number(state, "--discount", argument, 0.0, 1.0);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct voi_options *options = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->decision;
        return 0;
    case OPTION_GROUP:
        return read_groups(options, text_tight_list(argument));
    case OPTION_PRICE:
        options->decision.prices = prices_parse(state, argument);
        return 0;
    case OPTION_LIST:
        options->decision.top = (size_t)whole_number(state, "--top", argument, 1e5);
        return 0;
    default:
        return parse_population(&options->voi, key, argument, state);
    }
}

static struct figure_unit unit_of(const struct decision_run *run,
                                  char words[FIGURE_SIZE])
{
    const char *unit = hr_result_text(run->analysis, "unit");
    struct hr_metric metric;
    struct figure_unit found = analysis_unit(run, &metric);

    unit_words(&metric, words);
    found.decimals += 2; /* what is worth little is told apart too */
    if (strcmp(unit, metric.unit) != 0) {
        found = (struct figure_unit){1e6, false, "", 3};
        snprintf(words, FIGURE_SIZE, "GBP m");
    }
    return found;
}

static void print_draws(const struct decision_run *run, const struct figure_unit *unit)
{
    size_t draws, shown = 0;
    const char *const *draw = decision_labels(run, "draw", &draws);
    const double *value = decision_values(run, "evppi"),
                 *low = decision_values(run, "evppi_low"),
                 *high = decision_values(run, "evppi_high"),
                 *seen = decision_values(run, "evppi_seen");
    const size_t top = run->options->top > 0 ? run->options->top : USUAL_TOP;
    char name[NAME], text[3 * FIGURE_SIZE];
    double most = 0.0;

    for (size_t k = 0; k < draws; k++) {
        const struct ranged range = {value[k], low[k], high[k]};

        if (!run->options->verbose && (shown >= top || !(seen[k] > 0.0))) {
            most = fmax(most, high[k]);
            continue;
        }
        printf("%-*s%s\n", NAME, cut_name(draw[k], NAME, name),
               range_text(range, unit, false, text));
        shown++;
    }
    if (shown < draws)
        printf("%s %zu draw%s%-*s below %s each\n", shown > 0 ? "the other" : "all",
               draws - shown, plural((double)(draws - shown)), 0, "",
               figure_write(most, figure_to_digits(2), unit, FIGURE_PLAIN, text));
}

static void print_groups(const struct decision_run *run, const struct figure_unit *unit)
{
    size_t groups;
    const char *const *group = decision_labels(run, "group", &groups);
    char name[NAME], title[NAME + 16], text[3 * FIGURE_SIZE], upper[FIGURE_SIZE];

    for (size_t g = 0; g < groups; g++) {
        const struct ranged range = {decision_values(run, "group_evppi")[g],
                                     decision_values(run, "group_evppi_low")[g],
                                     decision_values(run, "group_evppi_high")[g]};

        snprintf(title, sizeof(title), "%s together, at least",
                 cut_name(group[g], NAME - 20, name));
        if (isnan(range.value))
            printf("%-*stoo few trials to say\n", NAME, title);
        else if (range.high <= 0.0)
            printf("%-*s0\n", NAME, title);
        else
            printf("%-*s%s%s%s\n", NAME, title, range_text(range, unit, false, text),
                   decision_values(run, "group_surface_fails")[g] > 0.0 ? "" : " to ",
                   decision_values(run, "group_surface_fails")[g] > 0.0
                       ? ""
                       : figure_write(decision_values(run, "group_evppi_upper")[g],
                                      figure_to_digits(3), unit, FIGURE_PLAIN, upper));
    }
}

static void print_forms(const struct decision_run *run)
{
    size_t forms;
    const char *const *form = decision_labels(run, "form", &forms);
    char name[NAME], expected[FIGURE_SIZE], future[FIGURE_SIZE];

    printf("\n%-*s%18s%14s\n", NAME, "best form", "given assumptions", "in futures");
    for (size_t f = 0; f < forms; f++)
        printf("%-*s%18s%14s\n", NAME, cut_name(form[f], NAME, name),
               percent(decision_values(run, "p_best_expected")[f], expected),
               percent(decision_values(run, "p_best_future")[f], future));
}

static void print_worth(const struct decision_run *run)
{
    char words[FIGURE_SIZE], head[NAME + FIGURE_SIZE], text[FIGURE_SIZE];
    const struct figure_unit unit = unit_of(run, words);
    const double patients = decision_attribute(run, "patients");
    const double decisions = decision_attribute(run, "population");

    print_trials_used(run);
    snprintf(head, sizeof(head), "worth %s", words);
    printf("\n%-*s%s\n", NAME, "What to find out first", head);
    print_draws(run, &unit);
    print_groups(run, &unit);
    print_tied(run,
               "the first stands for all, known together, and is worth at least so "
               "much");
    if (strncmp(words, "GBP", 3) == 0 && patients > 0.0)
        printf("everything is GBP %.2f a patient of %s\n",
               decision_attribute(run, "population_value") / decisions / patients,
               figure_whole(patients, text));
    if (decisions != 1.0)
        printf("for %g decisions like this one: %s %s\n", decisions,
               figure_write(decision_attribute(run, "population_value"),
                            figure_to_digits(3), &unit, FIGURE_PLAIN, text),
               words);
    print_forms(run);
}

static enum hr_status value(struct decision_run *run, const struct voi_options *options,
                            struct hr_error *error)
{
    const struct hr_question *question = &run->options->question;

    if (decision_results(run, error) != HR_OK)
        return error->status;
    if (run->options->prices.step > 0.0) {
        if (hr_acceptability(run->result[0], question, &run->options->prices,
                             &run->analysis, error) != HR_OK)
            return error->status;
        return decision_print(run, print_prices, error);
    }
    if (hr_voi(run->result[0], question, &options->voi, &run->analysis, error) != HR_OK)
        return error->status;
    return decision_print(run, print_worth, error);
}

static int voi_main(int argc, char **argv)
{
    const struct argp_child children[] = {{&decision_argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        .children = children,
        .options = voi_list,
        .parser = parse,
        .args_doc = "RESULT",
        .doc =
            "What it is worth to know assumptions before choosing (expected value of "
            "partial perfect information), each and together, beside foresight of "
            "chance, which nobody can buy. By the public purse unless --objective or "
            "--metric says otherwise. The lower figure of a group is what a rule "
            "earns that was found on other trials; the upper one fits itself.",
    };
    struct voi_options options = {.decision = {.most_files = 1},
                                  .voi = {.discount = 0.035}};
    struct decision_run run = {.command = argv[0], .options = &options.decision};
    struct hr_error error = {0};
    int status;

    if (parse_arguments(&argp, argc, argv, &options) != 0)
        return HR_FAILED;
    status = decision_end(&run, value(&run, &options, &error), &error);
    free(options.groups);
    free(options.group);
    return status;
}

const struct command voi_command = {
    "voi", "value what could be found out before choosing", voi_main, ANSWERS, 120};
