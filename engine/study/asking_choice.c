#include "asking_choice.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void take_pair(const struct decision *d, const struct decision_trials *trials,
                      struct pair pair, struct choice_of_pair *choice)
{
    choice->form[0] = pairs_name(d, trials, pair.a);
    choice->form[1] = pairs_name(d, trials, pair.b);
    choice->label[0] = d->label[trials->which[pair.a]];
    choice->label[1] = d->label[trials->which[pair.b]];
    choice->trying.form = choice->form;
    choice->trying.forms = 2;
}

static enum hr_status look_ahead(struct decision *d,
                                 const struct decision_trials *trials, struct pair pair,
                                 struct choice_of_pair *choice, struct hr_error *error)
{
    double *difference = malloc((trials->ranked.trials + 1) * sizeof(*difference));

    if (difference == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a pair of forms");
    decision_difference(&trials->ranked, pair.a, pair.b, difference);
    choice->ahead = pairs_ahead(d, difference, trials->ranked.trials);
    free(difference);
    return HR_OK;
}

static uint64_t trials_of(const struct decision_trials *own,
                          const struct choice_wanted *wanted)
{
    if (wanted->again != NULL && wanted->again->trials > 0)
        return wanted->again->trials;
    return own->trials < wanted->most ? own->trials : wanted->most;
}

/* The pair among those of all ranked forms: against the reference where that is wanted
 * and it is ranked. */
static struct pair choose_pair(const struct decision *d,
                               const struct decision_trials *own,
                               const struct pair_list *pairs, bool held)
{
    size_t chosen = 0;

    for (size_t p = 0; held && p < pairs->count; p++)
        chosen = own->which[pairs->pair[p].b] == d->reference ? p : chosen;
    return pairs->pair[chosen];
}

enum hr_status choice_make(struct decision *d, const struct choice_wanted *wanted,
                           struct choice_of_pair *choice, struct hr_error *error)
{
    struct decision_trials own;
    struct pair_list pairs;
    struct pair chosen;
    enum hr_status status;

    if (pairs_read(d, 0, &own, &pairs, error) != HR_OK)
        return error->status;
    chosen = choose_pair(d, &own, &pairs, wanted->held);
    free(pairs.pair);
    choice->trying.metric = own.metric;
    take_pair(d, &own, chosen, choice);
    choice->trying.how = wanted->again != NULL ? wanted->again->run : NULL;
    choice->trying.trials = trials_of(&own, wanted);
    status = look_ahead(d, &own, chosen, choice, error);
    decision_trials_free(&own);
    return status;
}

/* False where the result does not hold those trials. */
static bool from_result(const struct decision *d, const struct choice_of_pair *choice,
                        double *difference)
{
    const double sign = choice->trying.metric.better < 0 ? -1.0 : 1.0;
    const size_t n = (size_t)choice->trying.trials;
    struct hr_result_values values;
    struct hr_error error;
    char path[160];
    size_t a = 0, b = 0, stored;

    snprintf(path, sizeof(path), "/trials/%s", choice->trying.metric.name);
    if (!hr_result_same_numbers(d->result) ||
        !hr_result_find(d->result, "form", choice->form[0], &a) ||
        !hr_result_find(d->result, "form", choice->form[1], &b) ||
        hr_result_values(d->result, path, &values, &error) != HR_OK)
        return false;
    stored = values.size[values.rank - 1];
    for (size_t t = 0; t < n && stored >= n; t++)
        difference[t] =
            sign * (values.value[a * stored + t] - values.value[b * stored + t]);
    hr_result_release(d->result, path);
    return stored >= n;
}

enum hr_status choice_difference(const struct decision *d,
                                 const struct choice_of_pair *choice,
                                 const struct hr_scenario *scenario, double *difference,
                                 struct hr_error *error)
{
    if (from_result(d, choice, difference))
        return HR_OK;
    return trying_difference(&choice->trying, scenario, difference, error);
}

void choice_store(struct decision *d, const struct choice_of_pair *choice)
{
    decision_text(d, "metric", choice->trying.metric.name);
    decision_text(d, "unit", choice->trying.metric.unit);
    decision_text(d, "first", choice->form[0]);
    decision_text(d, "second", choice->form[1]);
    decision_number(d, "difference", choice->ahead.value);
    decision_number(d, "difference_low", choice->ahead.low);
    decision_number(d, "difference_high", choice->ahead.high);
    decision_count(d, "trials_run", (size_t)choice->trying.trials);
}
