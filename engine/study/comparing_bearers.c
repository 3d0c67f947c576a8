#include "comparing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum bearer_number {
    NET,
    NET_LOW,
    NET_HIGH,
    TAIL,
    TAIL_LOW,
    TAIL_HIGH,
    WORSE,
    NUMBERS
};

static const struct decision_column columns[NUMBERS] = {
    [NET] = {"bearer_difference", "GBP", "mean gain against the reference, by bearer"},
    [NET_LOW] = {"bearer_difference_low", "GBP", "low end of its interval"},
    [NET_HIGH] = {"bearer_difference_high", "GBP", "high end of its interval"},
    [TAIL] = {"bearer_tail", "GBP", "mean of the worst 1 in 20 of those differences"},
    [TAIL_LOW] = {"bearer_tail_low", "GBP", "low end of its interval"},
    [TAIL_HIGH] = {"bearer_tail_high", "GBP", "high end of its interval"},
    [WORSE] = {"bearer_worse", "share", "trials in which the bearer is worse off"},
};

struct bearing {
    struct decision *decision;
    size_t bearers;
    double *number[NUMBERS]; /* [form][bearer] */
    double *memory;
};

static double share_below(const struct sample *sample)
{
    size_t below = 0;

    while (below < sample->count && sample->value[below] < 0.0)
        below++;
    return sample->count > 0 ? (double)below / (double)sample->count : NAN;
}

static void fill_cell(const struct bearing *bearing, size_t form, size_t bearer,
                      const struct decision_trials *trials)
{
    const double confidence = bearing->decision->question.confidence;
    const size_t n = trials->trials, at = form * bearing->bearers + bearer;
    const struct estimate_pair pair = estimate_pair_of(
        trials->value + form * n, trials->value + bearing->decision->reference * n, n,
        bearing->memory);
    const struct interval_estimate mean = estimate_mean_difference(&pair, confidence);
    const struct interval_estimate tail =
        estimate_lower_tail(&pair.sorted_difference, 0.95, confidence);
    const double values[NUMBERS] = {mean.value,
                                    mean.low,
                                    mean.high,
                                    tail.value,
                                    tail.low,
                                    tail.high,
                                    share_below(&pair.sorted_difference)};

    for (int i = 0; i < NUMBERS; i++)
        bearing->number[i][at] = values[i];
}

static enum hr_status fill_bearer(const struct bearing *bearing, size_t bearer,
                                  const char *name, struct hr_error *error)
{
    struct decision_trials trials;

    if (decision_read(bearing->decision, name, 0, &trials, error) != HR_OK)
        return error->status;
    for (size_t f = 0; f < trials.forms; f++) {
        if (f != bearing->decision->reference)
            fill_cell(bearing, f, bearer, &trials);
    }
    decision_trials_free(&trials);
    return HR_OK;
}

static enum hr_status fill_bearers(const struct bearing *bearing,
                                   const char *const *label, struct hr_error *error)
{
    char name[160], path[192];

    for (size_t b = 0; b < bearing->bearers; b++) {
        snprintf(name, sizeof(name), "npv_%s", label[b]);
        snprintf(path, sizeof(path), "/trials/%s", name);
        if (decision_has(bearing->decision->result, path) &&
            fill_bearer(bearing, b, name, error) != HR_OK)
            return error->status;
    }
    return HR_OK;
}

enum hr_status compare_bearers(struct decision *decision, struct hr_error *error)
{
    struct bearing bearing = {.decision = decision};
    const char *const *label =
        hr_result_labels(decision->result, "bearer", &bearing.bearers);
    uint64_t trials = 0;
    enum hr_status status;
    int axis;

    if (label == NULL)
        return HR_OK;
    axis = decision_axis(decision, "bearer", bearing.bearers, label);
    for (int i = 0; i < NUMBERS; i++)
        bearing.number[i] = decision_numbers(
            decision, &columns[i], (int[]){decision->form_axis, axis, -1, -1});
    if (result_set_status(&decision->set, error) != HR_OK)
        return error->status;
    (void)hr_result_integer(decision->result, "trials", &trials);
    bearing.memory = malloc((8 * (size_t)trials + 1) * sizeof(double));
    if (bearing.memory == NULL)
        return hr_fail(error, HR_FAILED, "no memory to compare bearers");
    status = fill_bearers(&bearing, label, error);
    free(bearing.memory);
    return status;
}
