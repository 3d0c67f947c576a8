#include "asking.h"
#include "lead.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum number { MEAN_A, MEAN_B, DIFFERENCE, LOW, HIGH, BETTER, EQUAL, WORSE, NUMBERS };

static const struct decision_column columns[NUMBERS] = {
    [MEAN_A] = {"mean_a", "own", "mean of the first result"},
    [MEAN_B] = {"mean_b", "own", "mean of the second"},
    [DIFFERENCE] = {"difference", "own", "mean of the second less the first"},
    [LOW] = {"difference_low", "own", "low end of its interval"},
    [HIGH] = {"difference_high", "own", "high end of its interval"},
    [BETTER] = {"better", "share", "trials in which the second is better; if paired"},
    [EQUAL] = {"equal", "share", "trials in which they are equal"},
    [WORSE] = {"worse", "share", "trials in which the second is worse"},
};

/* Two results of which form is compared with form of the same name. */
struct two {
    struct decision *a, b;
    struct hr_metric metric;
    bool paired;
    double *number[NUMBERS];
    double *memory;
};

/* The interval of Welch, for trials that have nothing in common. */
static struct interval_estimate apart(struct sample a, struct sample b,
                                      double confidence)
{
    const struct interval_estimate x = estimate_mean(&a, confidence);
    const struct interval_estimate y = estimate_mean(&b, confidence);
    const double vx = x.error * x.error, vy = y.error * y.error;
    const double freedom =
        (vx + vy) * (vx + vy) /
        (vx * vx / ((double)a.count - 1.0) + vy * vy / ((double)b.count - 1.0));
    struct interval_estimate d = {y.value - x.value, sqrt(vx + vy), NAN, NAN,
                                  x.flags | y.flags};
    double reach;

    if (d.flags & ESTIMATE_FEW || !(freedom > 0.0))
        return d;
    reach = gsl_cdf_tdist_Pinv(0.5 * (1.0 + confidence), freedom) * d.error;
    d.low = d.value - reach;
    d.high = d.value + reach;
    return d;
}

static void count_odds(const struct two *two, size_t form,
                       const struct estimate_pair *pair)
{
    const bool lower = two->metric.better == HR_BETTER_LOWER;
    const struct versus versus =
        alternatives_versus(lower ? pair->b : pair->a, lower ? pair->a : pair->b,
                            pair->n, two->a->question.indifference);
    const double n = (double)pair->n;

    if (pair->n == 0)
        return;
    two->number[BETTER][form] = (double)versus.better / n;
    two->number[EQUAL][form] = (double)versus.equal / n;
    two->number[WORSE][form] = (double)versus.worse / n;
}

static void fill_form(const struct two *two, size_t form,
                      const struct decision_trials *a, const struct decision_trials *b)
{
    const double confidence = two->a->question.confidence;
    const double *x = a->value + form * a->trials, *y = b->value + form * b->trials;
    const struct sample first = sample_sort(x, a->trials, two->memory);
    const struct sample second = sample_sort(y, b->trials, two->memory + 2 * a->trials);
    struct interval_estimate difference = apart(first, second, confidence);

    two->number[MEAN_A][form] = estimate_mean(&first, confidence).value;
    two->number[MEAN_B][form] = estimate_mean(&second, confidence).value;
    if (two->paired) {
        const struct estimate_pair pair =
            estimate_pair_of(y, x, a->trials, two->memory);

        difference = estimate_mean_difference(&pair, confidence);
        count_odds(two, form, &pair);
    }
    two->number[DIFFERENCE][form] = difference.value;
    two->number[LOW][form] = difference.low;
    two->number[HIGH][form] = difference.high;
}

static bool same_trials(const struct hr_result *a, const struct hr_result *b)
{
    uint64_t trials[2] = {0}, seed[2] = {0};

    return hr_result_integer(a, "trials", &trials[0]) &&
           hr_result_integer(b, "trials", &trials[1]) &&
           hr_result_integer(a, "seed", &seed[0]) &&
           hr_result_integer(b, "seed", &seed[1]) && trials[0] == trials[1] &&
           seed[0] == seed[1];
}

/* Forms that both have, in the order of the first. */
static void match_forms(struct two *two)
{
    struct decision *a = two->a, *b = &two->b;
    size_t kept = 0, place;

    for (size_t f = 0; f < a->forms; f++) {
        if (!hr_result_find(b->result, "form", a->name[f], &place))
            continue;
        a->form[kept] = a->form[f];
        a->name[kept] = a->name[f];
        b->form[kept] = place;
        kept++;
    }
    a->forms = b->forms = kept;
}

static enum hr_status open_two(struct two *two, struct hr_result *a,
                               struct hr_result *b, const struct hr_question *question,
                               struct hr_error *error)
{
    if (decision_open(two->a, a, question, "headroom.compare_results/1", error) !=
        HR_OK)
        return error->status;
    two->b = (struct decision){.result = b, .question = two->a->question};
    two->b.form = calloc(two->a->forms + 1, sizeof(*two->b.form));
    if (two->b.form == NULL)
        return hr_fail(error, HR_FAILED, "no memory to compare results");
    match_forms(two);
    if (two->a->forms == 0)
        return hr_fail(error, HR_BAD_INPUT,
                       "the two results have no form of the same name");
    two->paired = same_trials(a, b);
    return decision_metric(two->a, &two->metric, error);
}

static enum hr_status fill_two(struct two *two, struct hr_error *error)
{
    struct decision_trials a, b = {0};
    struct decision *d = two->a;
    const int axis = decision_axis(d, "both", d->forms, d->name);

    for (int i = 0; i < NUMBERS; i++)
        two->number[i] = decision_numbers(d, &columns[i], (int[]){axis, -1, -1, -1});
    if (result_set_status(&d->set, error) != HR_OK ||
        decision_read(d, two->metric.name, 0, &a, error) != HR_OK)
        return error->status;
    if (decision_read(&two->b, two->metric.name, 0, &b, error) == HR_OK) {
        two->memory = malloc((8 * (a.trials + b.trials) + 1) * sizeof(double));
        if (two->memory == NULL)
            (void)hr_fail(error, HR_FAILED, "no memory to compare results");
    }
    for (size_t f = 0; two->memory != NULL && f < d->forms; f++)
        fill_form(two, f, &a, &b);
    decision_trials_free(&a);
    decision_trials_free(&b);
    return two->memory != NULL ? HR_OK : error->status;
}

static char *tell(const struct two *two)
{
    size_t most = 0;
    const double *difference = two->number[DIFFERENCE];

    for (size_t f = 1; f < two->a->forms; f++) {
        if (fabs(difference[f]) > fabs(difference[most]))
            most = f;
    }
    return lead_of_results(&(struct results_case){
        .label = two->metric.label,
        .form = two->a->label[most],
        .difference = {difference[most], two->number[LOW][most],
                       two->number[HIGH][most]},
        .unit = decision_unit(&two->metric),
        .paired = two->paired,
    });
}

enum hr_status hr_compare_results(struct hr_result *a, struct hr_result *b,
                                  const struct hr_question *question,
                                  struct hr_result **analysis, struct hr_error *error)
{
    struct decision first = {0};
    struct two two = {.a = &first};
    enum hr_status status = open_two(&two, a, b, question, error);

    *analysis = NULL;
    if (status == HR_OK) {
        decision_text(&first, "other_hash", hr_result_text(b, "content_hash"));
        decision_text(&first, "metric", two.metric.name);
        decision_text(&first, "unit", two.metric.unit);
        decision_count(&first, "paired", two.paired);
        status = fill_two(&two, error);
    }
    if (status == HR_OK)
        status = decision_finish(&first, tell(&two), analysis, error);
    else
        decision_close(&first);
    free(two.b.form);
    free(two.memory);
    return status;
}
