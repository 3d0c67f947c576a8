/* Which terms of a form make how much of its difference from another: one term after
 * the other is exchanged, in the table's order and against it. */
#include "terms_apart.h"
#include "clock.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL_TRIALS = 2000, LONGEST = 512 };

static enum hr_status run_exchanged(struct apart *a, size_t begin, size_t end,
                                    double *value, struct hr_error *error)
{
    const size_t first = a->group[begin].begin;
    const struct hr_exchange some = {a->moved, a->taken, a->term + first,
                                     a->group[end - 1].end - first};
    struct hr_scenario *variant = NULL;
    struct hr_messages problems = {0};
    enum hr_status status = hr_base_exchange(a->base, &some, &variant, &problems);

    if (trying_fail(status, &problems, error) == HR_OK)
        status = trying_run(&a->trying, variant, value, error);
    hr_scenario_free(variant);
    return status;
}

/* Half of what a step moves is the group's: the other half is found the other way. */
static double credit(struct apart *a, size_t group, const double *before,
                     const double *after)
{
    const double sign = a->moved == a->first ? 0.5 : -0.5;
    double sum = 0.0;

    for (size_t t = 0; t < a->trials; t++) {
        const double step = sign * (before[t] - after[t]);

        a->made[group * a->trials + t] += step;
        sum += 2.0 * step;
    }
    return sum / (double)a->trials;
}

static void swap(double **a, double **b)
{
    double *kept = *a;

    *a = *b;
    *b = kept;
}

static enum hr_status run_in_order(struct apart *a, struct hr_error *error)
{
    memcpy(a->before, a->start, a->trials * sizeof(double));
    for (size_t g = 0; g < a->groups; g++) {
        if (run_exchanged(a, 0, g + 1, a->after, error) != HR_OK)
            return error->status;
        a->gap[g] = credit(a, g, a->before, a->after);
        swap(&a->before, &a->after);
    }
    memcpy(a->end, a->before, a->trials * sizeof(double));
    return HR_OK;
}

/* All exchanged is what the other order ended with. */
static enum hr_status run_against_order(struct apart *a, struct hr_error *error)
{
    memcpy(a->before, a->start, a->trials * sizeof(double));
    for (size_t g = a->groups; g-- > 0;) {
        if (g == 0)
            memcpy(a->after, a->end, a->trials * sizeof(double));
        else if (run_exchanged(a, g, a->groups, a->after, error) != HR_OK)
            return error->status;
        a->gap[g] -= credit(a, g, a->before, a->after);
        swap(&a->before, &a->after);
    }
    return HR_OK;
}

/* The run that was timed has both forms, those that follow one. */
static void announce(const struct apart *a, double seconds)
{
    const struct hr_run_options *how = a->again->run;
    char text[LONGEST], time[TEXT_SECONDS_SIZE];

    if (how == NULL || how->say == NULL || a->groups == 0)
        return;
    text_from_seconds(seconds * (double)(2 * a->groups - 1), time);
    snprintf(text, sizeof(text),
             "%zu runs of %zu trials for %zu terms that differ: at most about %s",
             2 * a->groups - 1, a->trials, a->terms, time);
    how->say(how->progress_context, text);
}

static enum hr_status run_all(struct apart *a, const struct hr_scenario *scenario,
                              struct hr_error *error)
{
    const char *const both[] = {a->moved, a->taken};
    const double begun = clock_seconds();

    a->trying.form = both;
    a->trying.forms = 2;
    if (trying_run(&a->trying, scenario, a->start, error) != HR_OK)
        return error->status;
    memcpy(a->other, a->start + a->trials, a->trials * sizeof(double));
    announce(a, clock_seconds() - begun);
    a->trying.forms = 1;
    if (run_in_order(a, error) != HR_OK)
        return error->status;
    return run_against_order(a, error);
}

static enum hr_status know_pair(struct apart *a, struct hr_error *error)
{
    struct choice_of_pair *choice = &a->choice;

    if (choice_make(a->decision,
                    &(struct choice_wanted){a->again, USUAL_TRIALS, .held = true},
                    choice, error) != HR_OK)
        return error->status;
    a->trying = choice->trying;
    a->first = choice->form[0];
    a->second = choice->form[1];
    a->label[0] = choice->label[0];
    a->label[1] = choice->label[1];
    a->trials = (size_t)choice->trying.trials;
    return HR_OK;
}

/* The reference is what others are compared with: the other form gets the terms. */
static void choose_moved(struct apart *a)
{
    const bool turned =
        strcmp(a->first, a->decision->name[a->decision->reference]) == 0;

    a->moved = turned ? a->second : a->first;
    a->taken = turned ? a->first : a->second;
}

static enum hr_status make_room(struct apart *a, struct hr_error *error)
{
    const size_t n = a->trials;

    a->memory = calloc((6 + a->groups) * n + a->groups + 1, sizeof(double));
    if (a->memory == NULL)
        return hr_fail(error, HR_FAILED, "no memory for %zu runs", 2 * a->groups);
    a->start = a->memory; /* room for two forms */
    a->end = a->memory + 2 * n;
    a->other = a->memory + 3 * n;
    a->before = a->memory + 4 * n;
    a->after = a->memory + 5 * n;
    a->made = a->memory + 6 * n;
    a->gap = a->made + a->groups * n;
    return HR_OK;
}

static enum hr_status take_apart(struct apart *a, struct hr_error *error)
{
    const struct hr_scenario *scenario = a->again->scenario;
    struct hr_base *base = NULL;
    enum hr_status status = know_pair(a, error);

    if (status != HR_OK)
        return status;
    choose_moved(a);
    status = terms_find(a, scenario, error);
    if (status == HR_OK)
        status = trying_hold(scenario, &base, error);
    a->base = base;
    if (status == HR_OK) {
        terms_group(a);
        status = make_room(a, error);
    }
    if (status == HR_OK)
        status = run_all(a, scenario, error);
    hr_base_close(base);
    return status;
}

enum hr_status hr_terms(struct hr_result *result, const struct hr_question *question,
                        const struct hr_again *again, struct hr_result **analysis,
                        struct hr_error *error)
{
    struct decision decision;
    struct apart apart = {.decision = &decision, .again = again};
    enum hr_status status;

    *analysis = NULL;
    status = decision_open(&decision, result, question, "headroom.terms/1", error);
    if (status != HR_OK)
        return status;
    status = take_apart(&apart, error);
    if (status == HR_OK)
        status = decision_finish(&decision, terms_store(&apart), analysis, error);
    else
        decision_close(&decision);
    free(apart.term);
    free(apart.group);
    free(apart.memory);
    return status;
}
