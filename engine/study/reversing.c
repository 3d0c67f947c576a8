/* The mildest combination of assumptions that turns a difference round: found on a
 * quadratic through the trials, and run. */
#include "asking_choice.h"
#include "asking_draws.h"
#include "order.h"
#include "quadratic.h"
#include "sample.h"
#include "turning.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL_TRIALS = 2000, USUAL_DRAWS = 6, MOST_CHANGES = 256, LONGEST = 320 };

static const double furthest = 4.0;

enum number { VALUE, MIDDLE, SCORE, PATH, NUMBERS };

static const struct decision_column columns[NUMBERS] = {
    [VALUE] = {"value", "own", "of the draw in the mildest combination"},
    [MIDDLE] = {"middle", "own", "of the draw: half of the trials are below"},
    [SCORE] = {"score", "sd", "how far out the value is, as a normal score"},
    [PATH] = {"path_share", "share", "of the way from the middle that the draw takes"},
};

struct reversing {
    struct decision *decision;
    const struct hr_terms_options *options;
    struct choice_of_pair choice;
    struct decision_trials trials;
    struct draws draws;
    size_t chosen[QUADRATIC_DRAWS], count;
    double *scores; /* [draw][trial] */
    double *memory; /* [3 + QUADRATIC_DRAWS][trial] */
    double *difference;
    struct design_point point;
    double number[NUMBERS][QUADRATIC_DRAWS];
    struct ranged run; /* NaN where nothing was run */
};

/* --- which draws ------------------------------------------------------------------ */

/* Which of those chosen a draw moves with, step by step: itself, or one that is drawn
 * from the same number by another law; the count where it does with none. */
static size_t moves_with(const struct reversing *r, size_t k)
{
    const size_t n = r->draws.trials;
    size_t i = 0;

    while (i < r->count && memcmp(r->scores + r->chosen[i] * n, r->scores + k * n,
                                  n * sizeof(double)) != 0)
        i++;
    return i;
}

static void choose(struct reversing *r, size_t k)
{
    if (r->count < QUADRATIC_DRAWS && moves_with(r, k) == r->count)
        r->chosen[r->count++] = k;
}

static void choose_named(struct reversing *r, const char *name)
{
    for (size_t k = 0; k < r->draws.count; k++) {
        if (strcmp(r->draws.name[k], name) == 0)
            choose(r, k);
    }
}

/* Those with the largest shares of the spread, then what is drawn of shocks. */
static enum hr_status choose_usual(struct reversing *r, struct hr_error *error)
{
    struct hr_question question = r->decision->question;
    struct hr_result *sensed = NULL;
    struct hr_result_values share;
    size_t draws = 0, *place = NULL;
    const char *const *name;
    enum hr_status status =
        hr_sensitivity(r->decision->result, &question, &sensed, error);

    if (status != HR_OK)
        return status;
    name = hr_result_labels(sensed, "draw", &draws);
    if (draws > 0)
        status = hr_result_values(sensed, "/share", &share, error);
    if (draws > 0 && status == HR_OK)
        place = calloc(draws, sizeof(*place));
    if (place != NULL)
        order_falling(share.value, draws, place);
    for (size_t i = 0; place != NULL && i < draws && i < USUAL_DRAWS; i++)
        choose_named(r, name[place[i]]);
    free(place);
    hr_result_close(sensed);
    for (size_t k = 0; k < r->draws.count; k++) {
        if (strncmp(r->draws.name[k], "shocks.", 7) == 0)
            choose(r, k);
    }
    return status;
}

static enum hr_status choose_draws(struct reversing *r, struct hr_error *error)
{
    if (r->decision->question.keys == NULL)
        return choose_usual(r, error);
    for (size_t k = 0; k < r->draws.count; k++) {
        if (r->count == QUADRATIC_DRAWS && moves_with(r, k) == r->count)
            return hr_fail(error, HR_BAD_INPUT,
                           "a combination is of 1 to %d assumptions, not %zu: name "
                           "fewer",
                           QUADRATIC_DRAWS, r->draws.count);
        choose(r, k);
    }
    return HR_OK;
}

/* --- the surface ------------------------------------------------------------------ */

static size_t place_of(const struct reversing *r, const char *form)
{
    size_t i = 0;

    while (i < r->trials.ranked.count &&
           strcmp(pairs_name(r->decision, &r->trials, i), form) != 0)
        i++;
    return i;
}

static enum hr_status read_trials(struct reversing *r, struct hr_error *error)
{
    struct decision *d = r->decision;
    size_t a, b, n;

    if (decision_read(d, r->choice.trying.metric.name, DRAWS_TRIALS, &r->trials,
                      error) != HR_OK ||
        draws_read(d, &r->trials, &r->draws, error) != HR_OK)
        return error->status;
    r->scores = draws_scores(&r->draws);
    if (r->scores == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a combination");
    if (choose_draws(r, error) != HR_OK)
        return error->status;
    n = r->trials.ranked.trials;
    r->memory = malloc(((3 + QUADRATIC_DRAWS) * n + 1) * sizeof(double));
    if (r->memory == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a combination");
    r->difference = r->memory + (2 + QUADRATIC_DRAWS) * n;
    a = place_of(r, r->choice.form[0]);
    b = place_of(r, r->choice.form[1]);
    if (a == r->trials.ranked.count || b == r->trials.ranked.count)
        return hr_fail(error, HR_BAD_INPUT,
                       "the first %d trials hardly have both forms", DRAWS_TRIALS);
    decision_difference(&r->trials.ranked, a, b, r->difference);
    return HR_OK;
}

static enum hr_status find_point(struct reversing *r, struct hr_error *error)
{
    const size_t n = r->trials.ranked.trials;
    const struct scores scores = {r->memory, r->count, n};
    struct quadratic quadratic;
    enum hr_status status = HR_OK;

    for (size_t i = 0; i < r->count; i++)
        memcpy(r->memory + i * n, r->scores + r->chosen[i] * n, n * sizeof(double));
    status = quadratic_fit(&quadratic, &scores, r->difference, error);
    if (status == HR_OK)
        r->point = quadratic_nearest_zero(&quadratic, furthest);
    return status;
}

/* A draw's value so far out. */
static double value_at(const struct reversing *r, size_t k, double score)
{
    const struct sample sample =
        sample_sort(draws_of(&r->draws, k), r->trials.ranked.trials, r->memory);

    return sample_quantile(&sample, gsl_cdf_ugaussian_P(score)).value;
}

static void fill_numbers(struct reversing *r)
{
    const double length = r->point.distance * r->point.distance;

    for (size_t i = 0; i < r->count && r->point.found; i++) {
        const double w = r->point.w[i];

        r->number[VALUE][i] = value_at(r, r->chosen[i], w);
        r->number[MIDDLE][i] = value_at(r, r->chosen[i], 0.0);
        r->number[SCORE][i] = w;
        r->number[PATH][i] = length > 0.0 ? w * w / length : 0.0;
    }
}

/* --- its run ---------------------------------------------------------------------- */

static double uplift_of(const struct hr_scenario *scenario, const char *key)
{
    size_t count;
    const struct hr_assumption *list = hr_scenario_assumptions(scenario, &count);

    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].key, key) == 0 && list[i].number)
            return list[i].uplift;
    }
    return 1.0;
}

/* A change for every key of a draw. */
static size_t add_changes(struct reversing *r, size_t k, double value,
                          const struct hr_scenario *scenario, const char **change,
                          size_t changes)
{
    for (const char *at = r->draws.keys[k]; *at != '\0';) {
        const size_t length = strcspn(at, ",");
        char key[LONGEST];

        snprintf(key, sizeof(key), "%.*s", (int)length, at);
        if (changes < MOST_CHANGES)
            change[changes++] = result_set_name(&r->decision->set, "%s=%.17g", key,
                                                value / uplift_of(scenario, key));
        at += length + (at[length] == ',');
    }
    return changes;
}

/* All that moves with those chosen goes where they go. */
static size_t list_changes(struct reversing *r, const struct hr_scenario *scenario,
                           const char **change)
{
    size_t changes = 0;

    for (size_t k = 0; k < r->draws.count; k++) {
        const size_t i = moves_with(r, k);

        if (i < r->count)
            changes = add_changes(r, k, value_at(r, k, r->point.w[i]), scenario, change,
                                  changes);
    }
    return changes;
}

static enum hr_status run_there(struct reversing *r, const struct hr_scenario *scenario,
                                struct hr_error *error)
{
    const size_t n = (size_t)r->choice.trying.trials;
    const char *change[MOST_CHANGES];
    const size_t changes = list_changes(r, scenario, change);
    double *difference = malloc((n + 1) * sizeof(*difference));
    struct hr_scenario *variant = NULL;
    struct hr_base *base = NULL;
    enum hr_status status = difference != NULL
                                ? trying_hold(scenario, &base, error)
                                : hr_fail(error, HR_FAILED, "no memory for a run");

    choice_announce(&r->choice, 1);
    if (status == HR_OK)
        status = trying_vary(base, change, changes, &variant, error);
    if (status == HR_OK)
        status = trying_difference(&r->choice.trying, variant, difference, error);
    if (status == HR_OK)
        r->run = pairs_ahead(r->decision, difference, n);
    hr_scenario_free(variant);
    hr_base_close(base);
    free(difference);
    return status;
}

/* --- what is said ----------------------------------------------------------------- */

static void store(struct reversing *r)
{
    struct decision *d = r->decision;
    const char *name[QUADRATIC_DRAWS], *keys[QUADRATIC_DRAWS], *unit[QUADRATIC_DRAWS];
    int axis;

    for (size_t i = 0; i < r->count; i++) {
        name[i] = r->draws.name[r->chosen[i]];
        keys[i] = r->draws.keys[r->chosen[i]];
        unit[i] = r->draws.unit[r->chosen[i]];
    }
    choice_store(d, &r->choice);
    draws_say_trials(d, &r->trials);
    decision_number(d, "distance", r->point.found ? r->point.distance : NAN);
    decision_number(d, "distance_se", r->point.found ? r->point.se : NAN);
    decision_number(d, "run", r->run.value);
    decision_number(d, "run_low", r->run.low);
    decision_number(d, "run_high", r->run.high);
    axis = decision_axis(d, "draw", r->count, name);
    decision_words(d, "keys", axis, keys);
    decision_words(d, "key_unit", axis, unit);
    for (int i = 0; i < NUMBERS; i++) {
        double *to = decision_numbers(d, &columns[i], (int[]){axis, -1, -1, -1});

        if (to != NULL && r->point.found)
            memcpy(to, r->number[i], r->count * sizeof(*to));
    }
}

static char *tell(const struct reversing *r)
{
    size_t most = 0;

    for (size_t i = 1; i < r->count; i++)
        most = fabs(r->point.w[i]) > fabs(r->point.w[most]) ? i : most;
    return reverse_sentence(&(struct reverse_case){
        .leader = r->choice.label[0],
        .rival = r->choice.label[1],
        .draws = r->count,
        .found = r->point.found,
        .distance = r->point.distance,
        .furthest = furthest,
        .key = r->count > 0 ? r->draws.name[r->chosen[most]] : "",
        .path = r->number[PATH][most],
        .run = r->run,
        .unit = decision_unit(&r->choice.trying.metric),
    });
}

static enum hr_status reverse(struct reversing *r, const struct hr_scenario *scenario,
                              struct hr_error *error)
{
    r->run = (struct ranged){NAN, NAN, NAN};
    r->choice.trying.how = r->options->run;
    if (choice_make(r->decision,
                    &(struct choice_wanted){false, r->options->trials, USUAL_TRIALS},
                    &r->choice, error) != HR_OK ||
        read_trials(r, error) != HR_OK || find_point(r, error) != HR_OK)
        return error->status;
    fill_numbers(r);
    if (scenario == NULL || !r->point.found)
        return HR_OK;
    return run_there(r, scenario, error);
}

enum hr_status hr_reverse(struct hr_result *result, const struct hr_scenario *scenario,
                          const struct hr_question *question,
                          const struct hr_terms_options *options,
                          struct hr_result **analysis, struct hr_error *error)
{
    const struct hr_terms_options usual = {0};
    struct decision decision;
    struct reversing reversing = {.decision = &decision,
                                  .options = options != NULL ? options : &usual};
    enum hr_status status;

    *analysis = NULL;
    status = decision_open(&decision, result, question, "headroom.reverse/1", error);
    if (status != HR_OK)
        return status;
    status = reverse(&reversing, scenario, error);
    if (status == HR_OK) {
        store(&reversing);
        status = decision_finish(&decision, tell(&reversing), analysis, error);
    } else {
        decision_close(&decision);
    }
    decision_trials_free(&reversing.trials);
    draws_free(&reversing.draws);
    free(reversing.memory);
    free(reversing.scores);
    return status;
}
