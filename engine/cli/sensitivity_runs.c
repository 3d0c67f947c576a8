#include "sensitivity_runs.h"

#include "wrapping.h"

#include <math.h>
#include <string.h>

enum { NAME = 26, VALUE = 12, USUAL_TOP = 12 };

/* A value as written, cut to a column. */
static const char *short_value(const char *value, char text[VALUE])
{
    return cut_name(value, VALUE, text);
}

static void print_term(const struct decision_run *run, size_t k,
                       const struct figure_unit *unit)
{
    size_t count;
    const char *const *term = decision_labels(run, "term", &count);
    const char *const *first = decision_labels(run, "in_first", &count);
    const char *const *second = decision_labels(run, "in_second", &count);
    const struct ranged made = {decision_values(run, "made")[k],
                                decision_values(run, "made_low")[k],
                                decision_values(run, "made_high")[k]};
    char name[NAME], one[VALUE], other[VALUE], range[3 * FIGURE_SIZE];

    printf("%-*s%-*s%-*s %s\n", NAME, cut_name(term[k], NAME, name), VALUE,
           short_value(first[k], one), VALUE, short_value(second[k], other),
           range_text(made, unit, true, range));
}

static size_t shown_of(const struct decision_run *run, size_t terms)
{
    size_t shown = run->options->top > 0 ? run->options->top : USUAL_TOP;

    return run->options->verbose || shown > terms ? terms : shown;
}

static void print_rest(const struct decision_run *run, size_t shown, size_t terms,
                       const struct figure_unit *unit)
{
    const double *made = decision_values(run, "made");
    const double rest = decision_attribute(run, "rest");
    char text[FIGURE_SIZE];
    double sum = 0.0;

    for (size_t k = shown; k < terms; k++)
        sum += made[k];
    if (shown < terms)
        printf("the other %zu together %27s%s\n", terms - shown, "",
               figure_write(sum, figure_to_digits(3), unit, FIGURE_SIGNED, text));
    if (rest != 0.0)
        printf("what is no term %35s%s\n", "",
               figure_write(rest, figure_to_digits(3), unit, FIGURE_SIGNED, text));
}

static void print_terms(const struct decision_run *run)
{
    size_t terms = 0;
    struct hr_metric metric;
    const struct figure_unit unit = analysis_unit(run, &metric);
    const char *first = hr_result_text(run->analysis, "first");
    const char *second = hr_result_text(run->analysis, "second");
    char words[FIGURE_SIZE], one[VALUE], other[VALUE], count[FIGURE_SIZE];

    (void)decision_labels(run, "term", &terms);
    printf("\n%s, %s%s, %s trials\n", metric.label, unit_words(&metric, words),
           metric.better < 0 ? " (turned: more is better)" : "",
           figure_whole(decision_attribute(run, "trials_run"), count));
    if (terms == 0)
        return;
    printf("%-*s%-*s%-*s %s\n", NAME, "term", VALUE, short_value(first, one), VALUE,
           short_value(second, other), "makes of the difference");
    for (size_t k = 0; k < shown_of(run, terms); k++)
        print_term(run, k, &unit);
    print_rest(run, shown_of(run, terms), terms, &unit);
}

static void print_split(const struct decision_run *run)
{
    struct hr_metric metric;
    char count[FIGURE_SIZE], line[512];

    (void)analysis_unit(run, &metric);
    if (isnan(decision_attribute(run, "assumptions")))
        return;
    snprintf(line, sizeof(line),
             "%s of %.64s less %.64s: %.1f +- %.1f %% assumptions, %.1f %% chance; %s "
             "trials",
             metric.label, hr_result_text(run->analysis, "first"),
             hr_result_text(run->analysis, "second"),
             100.0 * decision_attribute(run, "assumptions"),
             100.0 * decision_attribute(run, "assumptions_se"),
             100.0 * decision_attribute(run, "chance"),
             figure_whole(decision_attribute(run, "trials_used"), count));
    putchar('\n');
    print_wrapped(line, DECISION_WIDTH);
}

static void print_inputs(const struct decision_run *run)
{
    size_t inputs = 0;
    const char *const *input = decision_labels(run, "input", &inputs);
    const double *first = decision_values(run, "first_order"),
                 *first_se = decision_values(run, "first_order_se"),
                 *total = decision_values(run, "total"),
                 *total_se = decision_values(run, "total_se");
    char name[NAME + 14], count[FIGURE_SIZE];

    if (inputs == 0 || isnan(total[0]))
        return;
    printf("\n%-*s%18s%18s\n", NAME + 14, "share of the spread, %", "alone",
           "with others");
    for (size_t k = 0; k < inputs; k++)
        printf("%-*s%9.1f +- %4.1f %9.1f +- %4.1f\n", NAME + 14,
               cut_name(input[k], NAME + 14, name), 100.0 * first[k],
               100.0 * first_se[k], 100.0 * total[k], 100.0 * total_se[k]);
    printf("%zu runs of %s trials\n", inputs + 1,
           figure_whole(decision_attribute(run, "trials_run"), count));
}

static enum hr_status ask(struct decision_run *run, const struct hr_again *again,
                          void *context, struct hr_error *error)
{
    const struct sensitivity_options *options = context;
    const struct hr_question *question = &options->decision.question;
    struct hr_result *result = run->result[0];

    switch (options->kind) {
    case SENSITIVITY_SPLIT:
        return hr_split(result, question, again, &run->analysis, error);
    case SENSITIVITY_SALTELLI:
        return hr_saltelli(result, question, again, &run->analysis, error);
    default:
        return hr_terms(result, question, again, &run->analysis, error);
    }
}

enum hr_status sensitivity_run(struct decision_run *run,
                               struct sensitivity_options *options,
                               struct hr_error *error)
{
    static void (*const print[])(const struct decision_run *) = {
        [SENSITIVITY_TERMS] = print_terms,
        [SENSITIVITY_SPLIT] = print_split,
        [SENSITIVITY_SALTELLI] = print_inputs,
    };
    const enum hr_status status =
        decision_ask_again(run, options->again.trials, ask, options, error);

    return status == HR_OK ? decision_print(run, print[options->kind], error) : status;
}
