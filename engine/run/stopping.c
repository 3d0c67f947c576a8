#include "stopping.h"

#include "estimate_pair.h"
#include "headroom/metrics.h"
#include "looks.h"
#include "objective.h"
#include "whole.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double target_confidence = 0.95;

/* A look under way: numbers of the first trials, and room to reckon with them. */
struct look {
    const struct hr_runner *runner;
    const struct stop *stop;
    size_t trials;
    double *value, *memory; /* [form][trial]; ten times as much as of one form */
    struct hr_error *error;
};

static size_t metric_named(const char *name)
{
    size_t m = 0;

    while (strcmp(metric_columns[m].name, name) != 0)
        m++;
    return m;
}

static enum hr_status read_form(const struct look *look, size_t metric, size_t form,
                                double *value)
{
    struct whole whole = {.part = &look->runner->part, .tail = &look->runner->tail};
    const struct row_stretch stretch = {
        .row = shape_metric(&look->runner->shape, metric, form),
        .count = look->trials,
    };

    return whole_read(&whole, &stretch, value, look->error);
}

/* The objective, larger being better. */
static enum hr_status read_objective(const struct look *look, size_t forms)
{
    enum view view = VIEW_PUBLIC;
    size_t metric;

    (void)objective_find(look->stop->view, &view);
    metric = metric_named(objectives[view].metric);
    for (size_t f = 0; f < forms; f++) {
        double *value = look->value + f * look->trials;

        if (read_form(look, metric, f, value) != HR_OK)
            return look->error->status;
        for (size_t t = 0;
             metric_columns[metric].shown.better == HR_BETTER_LOWER && t < look->trials;
             t++)
            value[t] = -value[t];
    }
    return HR_OK;
}

static enum hr_status rank(const struct look *look, struct hr_run_stop *found)
{
    const struct hr_scenario *scenario = look->runner->scenario;
    const struct stop *stop = look->stop;
    const size_t forms = look->runner->plan.forms;
    const struct alternatives all = {look->value, forms, look->trials};
    const struct looks_rule rule = {stop->confidence, stop->indifference, stop->order};
    struct alternatives complete;
    struct looks_ranking ranking;

    if (read_objective(look, forms) != HR_OK)
        return look->error->status;
    complete = alternatives_complete(&all, look->memory);
    ranking = looks_rank(&complete, &rule, found->looks);
    found->objective = stop->view;
    found->resolved = ranking.resolved;
    found->lead = ranking.lead;
    found->wanted = ranking.wanted;
    found->leader = hr_scenario_form(scenario, ranking.leader);
    found->ahead = hr_scenario_form(scenario, ranking.ahead);
    found->behind = hr_scenario_form(scenario, ranking.behind);
    return HR_OK;
}

static double count_above(const double *value, size_t n, double limit)
{
    double count = 0.0;

    for (size_t t = 0; t < n; t++)
        count += value[t] > limit;
    return count;
}

static struct interval_estimate estimate_own(const struct stop_target *target,
                                             const struct sample *sample)
{
    switch (target->statistic) {
    case STOP_QUANTILE:
        return estimate_quantile(sample, target->at, target_confidence);
    case STOP_LOWER_TAIL:
        return estimate_lower_tail(sample, target->at, target_confidence);
    case STOP_UPPER_TAIL:
        return estimate_upper_tail(sample, target->at, target_confidence);
    case STOP_ABOVE:
        return estimate_share(count_above(sample->value, sample->count, target->at),
                              (double)sample->count, target_confidence);
    case STOP_MEAN:
        break;
    }
    return estimate_mean(sample, target_confidence);
}

static struct interval_estimate share_difference(const struct stop_target *target,
                                                 const struct estimate_pair *pair)
{
    double first = 0.0, second = 0.0;

    for (size_t t = 0; t < pair->n; t++) {
        const bool a = pair->a[t] > target->at, b = pair->b[t] > target->at;

        first += a && !b;
        second += b && !a;
    }
    return estimate_share_difference(first, second, (double)pair->n, target_confidence);
}

static struct interval_estimate estimate_against(const struct stop_target *target,
                                                 const struct estimate_pair *pair)
{
    switch (target->statistic) {
    case STOP_QUANTILE:
        return estimate_quantile_difference(pair, target->at, target_confidence);
    case STOP_LOWER_TAIL:
    case STOP_UPPER_TAIL:
        return estimate_tail_difference(
            pair, target->at, target->statistic == STOP_LOWER_TAIL, target_confidence);
    case STOP_ABOVE:
        return share_difference(target, pair);
    case STOP_MEAN:
        break;
    }
    return estimate_mean_difference(pair, target_confidence);
}

static bool is_constant(const double *value, size_t n)
{
    size_t i = 1;

    while (i < n && value[i] == value[0])
        i++;
    return i >= n;
}

static bool is_known(const struct stop_target *target,
                     const struct interval_estimate *estimate)
{
    const double half = (estimate->high - estimate->low) / 2.0;
    const double most =
        target->relative ? target->width * fabs(estimate->value) : target->width;

    return half <= most &&
           (estimate->flags & (ESTIMATE_FEW | ESTIMATE_THIN | ESTIMATE_HEAVY)) == 0;
}

static size_t form_named(const struct hr_scenario *scenario, const char *name)
{
    size_t f = 0;

    while (strcmp(hr_scenario_form(scenario, f), name) != 0)
        f++;
    return f;
}

static enum hr_status tell_missing(const struct look *look,
                                   const struct stop_target *target)
{
    return hr_fail(look->error, HR_BAD_INPUT,
                   "stop.targets: %s of %s does not exist in any of the first %zu "
                   "trials: a run cannot wait until it is known",
                   target->metric, target->form, look->trials);
}

static enum hr_status meet(const struct look *look, const struct stop_target *target,
                           bool *met)
{
    const struct hr_scenario *scenario = look->runner->scenario;
    const size_t metric = metric_named(target->metric), n = look->trials;
    double *own = look->value, *other = look->memory + 8 * n;
    struct sample sample;

    if (read_form(look, metric, form_named(scenario, target->form), own) != HR_OK)
        return look->error->status;
    if (target->against == NULL) {
        sample = sample_sort(own, n, look->memory);
    } else {
        if (read_form(look, metric, form_named(scenario, target->against), other) !=
            HR_OK)
            return look->error->status;
        sample = sample_sort_difference(own, other, n, look->memory);
    }
    if (sample.count == 0)
        return tell_missing(look, target);
    *met = is_constant(sample.value, sample.count);
    if (!*met && target->against == NULL) {
        const struct interval_estimate estimate = estimate_own(target, &sample);

        *met = is_known(target, &estimate);
    } else if (!*met) {
        const struct estimate_pair pair = estimate_pair_of(own, other, n, look->memory);
        const struct interval_estimate estimate = estimate_against(target, &pair);

        *met = is_known(target, &estimate);
    }
    return HR_OK;
}

static enum hr_status meet_all(const struct look *look, struct hr_run_stop *found)
{
    enum hr_status status = HR_OK;

    found->targets = look->stop->targets;
    found->targets_met = 0;
    for (size_t i = 0; i < look->stop->targets && status == HR_OK; i++) {
        bool met = false;

        status = meet(look, &look->stop->target[i], &met);
        found->targets_met += met;
    }
    return status;
}

static enum hr_status look_at(const struct look *look, struct hr_run_stop *found)
{
    const struct stop *stop = look->stop;
    enum hr_status status = meet_all(look, found);

    if (status == HR_OK && stop->ranks)
        status = rank(look, found);
    if (status == HR_OK && (!stop->ranks || found->resolved) &&
        found->targets_met == found->targets)
        found->reason = stop->ranks ? "ranking" : "targets";
    return status;
}

enum hr_status stopping_look(struct hr_runner *runner, uint64_t trials, int number,
                             struct hr_error *error)
{
    struct look look = {
        .runner = runner,
        .stop = scenario_stop(runner->scenario),
        .trials = (size_t)trials,
        .error = error,
    };
    const size_t forms = runner->plan.forms;
    const size_t room =
        forms > 9 ? forms : 9; /* that complete trials, or pairs, take */
    enum hr_status status;

    runner->stop = (struct hr_run_stop){.looks = number};
    look.value = malloc((forms * look.trials + 1) * sizeof(double));
    look.memory = malloc((room * look.trials + 1) * sizeof(double));
    if (look.value == NULL || look.memory == NULL)
        status =
            hr_fail(error, HR_FAILED, "no memory to look at %zu trials", look.trials);
    else
        status = look_at(&look, &runner->stop);
    free(look.value);
    free(look.memory);
    return status;
}

static size_t add_target(const struct stop_target *target, char *text, size_t size)
{
    return (size_t)snprintf(text, size, "; %s of %s of %s%s%s within %g%s",
                            target->words, target->metric, target->form,
                            target->against == NULL ? "" : " less ",
                            target->against == NULL ? "" : target->against,
                            target->width, target->relative ? " of itself" : "");
}

void stopping_words(const struct stop *stop, char *text, size_t size)
{
    size_t used = 0;

    text[0] = '\0';
    if (stop->ranks)
        used = (size_t)snprintf(
            text, size, "; %s by %s at %g, within %g, first look at %.0f trials",
            stop->order ? "whole ranking" : "best", stop->view, stop->confidence,
            stop->indifference, (double)stop->first);
    for (size_t i = 0; i < stop->targets && used < size; i++)
        used += add_target(&stop->target[i], text + used, size - used);
    memmove(text, text + 2, strlen(text) - 1);
}
