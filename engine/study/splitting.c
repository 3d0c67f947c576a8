/* Assumptions against chance, and assumption against assumption, by runs that share
 * some of their draws. */
#include "asking_choice.h"
#include "asking_draws.h"
#include "made_of.h"
#include "order.h"
#include "sobol.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL_TRIALS = 10000, SALTELLI_TRIALS = 2000, MOST_INPUTS = 200 };

static const char chance_name[] = "chance";

struct splitting {
    struct decision *decision;
    const struct hr_scenario *scenario;
    struct choice_of_pair choice;
    size_t trials;     /* of each run */
    double *a, *b;     /* [trial] */
    double *ab;        /* [trial] of the input at hand */
    double *x, *y, *z; /* [trial]: those where all exist, packed */
};

static void splitting_free(struct splitting *s)
{
    free(s->a);
}

static enum hr_status make_room(struct splitting *s, struct hr_error *error)
{
    const size_t n = s->trials = (size_t)s->choice.trying.trials;

    s->a = malloc((6 * n + 1) * sizeof(double));
    if (s->a == NULL)
        return hr_fail(error, HR_FAILED, "no memory for runs of %zu trials", n);
    s->b = s->a + n;
    s->ab = s->b + n;
    s->x = s->ab + n;
    s->y = s->x + n;
    s->z = s->y + n;
    return n >= 2 ? HR_OK
                  : hr_fail(error, HR_BAD_INPUT,
                            "one trial has no spread to take apart: run more");
}

/* Trials in which the pair exists in every run; how many. */
static size_t pack(const struct splitting *s, bool three)
{
    size_t kept = 0;

    for (size_t t = 0; t < s->trials; t++) {
        if (isnan(s->a[t]) || isnan(s->b[t]) || (three && isnan(s->ab[t])))
            continue;
        s->x[kept] = s->a[t];
        s->y[kept] = s->b[t];
        s->z[kept++] = three ? s->ab[t] : 0.0;
    }
    return kept;
}

static enum hr_status run(struct splitting *s, unsigned chance, const char *redrawn,
                          double *value, struct hr_error *error)
{
    s->choice.trying.chance = chance;
    s->choice.trying.redrawn = redrawn;
    return trying_difference(&s->choice.trying, s->scenario, value, error);
}

static double reach(const struct splitting *s)
{
    return gsl_cdf_ugaussian_Qinv(0.5 * (1.0 - s->decision->question.confidence));
}

static enum hr_status begin(struct splitting *s, const struct hr_again *again,
                            uint64_t most, struct hr_error *error)
{
    s->scenario = again->scenario;
    if (choice_make(s->decision, &(struct choice_wanted){again, .most = most},
                    &s->choice, error) != HR_OK ||
        make_room(s, error) != HR_OK)
        return error->status;
    return choice_difference(s->decision, &s->choice, s->scenario, s->a, error);
}

/* --- assumptions and chance ------------------------------------------------------- */

static char *store_split(struct splitting *s)
{
    struct decision *d = s->decision;
    const size_t kept = pack(s, false);
    struct sobol_share common = {NAN, NAN};
    struct split_case split = {
        s->choice.label[0], s->choice.label[1], NAN, NAN, NAN, kept};

    if (kept > 1)
        common = sobol_common(s->x, s->y, kept);
    if (isfinite(common.share)) {
        split.share = fmin(fmax(common.share, 0.0), 1.0);
        split.low = fmax(common.share - reach(s) * common.se, 0.0);
        split.high = fmin(common.share + reach(s) * common.se, 1.0);
    }
    choice_store(d, &s->choice);
    decision_count(d, "trials_used", kept);
    decision_number(d, "assumptions", common.share);
    decision_number(d, "assumptions_se", common.se);
    decision_number(d, "assumptions_low", split.low);
    decision_number(d, "assumptions_high", split.high);
    decision_number(d, "chance", 1.0 - common.share);
    return split_sentence(&split);
}

enum hr_status hr_split(struct hr_result *result, const struct hr_question *question,
                        const struct hr_again *again, struct hr_result **analysis,
                        struct hr_error *error)
{
    struct decision decision;
    struct splitting splitting = {.decision = &decision};
    enum hr_status status;

    *analysis = NULL;
    status = decision_open(&decision, result, question, "headroom.split/1", error);
    if (status != HR_OK)
        return status;
    status = begin(&splitting, again, USUAL_TRIALS, error);
    if (status == HR_OK) {
        trying_announce(&splitting.choice.trying, again->scenario,
                        (struct trying_runs){.count = 1});
        status = run(&splitting, 1, NULL, splitting.b, error);
    }
    if (status == HR_OK)
        status = decision_finish(&decision, store_split(&splitting), analysis, error);
    else
        decision_close(&decision);
    splitting_free(&splitting);
    return status;
}

/* --- assumption by assumption ----------------------------------------------------- */

enum number { FIRST, FIRST_SE, TOTAL, TOTAL_SE, NUMBERS };

static const struct decision_column columns[NUMBERS] = {
    [FIRST] = {"first_order", "share", "of the variance that the input makes alone"},
    [FIRST_SE] = {"first_order_se", "share", "its standard error"},
    [TOTAL] = {"total", "share", "that it makes alone and with others"},
    [TOTAL_SE] = {"total_se", "share", "its standard error"},
};

/* Inputs: draws, and chance as the last. */
struct inputs {
    size_t count;
    const char *name[MOST_INPUTS + 1], *keys[MOST_INPUTS + 1], *tied[MOST_INPUTS + 1];
    double *number[NUMBERS]; /* [input] */
};

/* A draw that hangs together with one that is an input already is redrawn with it. */
static bool is_taken(const struct inputs *inputs, const char *name)
{
    for (size_t i = 0; i < inputs->count; i++) {
        if (strstr(inputs->tied[i], name) != NULL)
            return true;
    }
    return false;
}

/* The draws of a sensitivity analysis, those with the largest shares first. */
static void take_largest(struct splitting *s, const struct hr_result *sensed,
                         const double *share, size_t most, struct inputs *inputs)
{
    struct result_set *set = &s->decision->set;
    size_t draws = 0;
    const char *const *name = hr_result_labels(sensed, "draw", &draws);
    const char *const *key = hr_result_labels(sensed, "keys", &draws);
    const char *const *tied = hr_result_labels(sensed, "tied_to", &draws);
    size_t *place = calloc(draws + 1, sizeof(*place));

    set->failed = set->failed || place == NULL;
    if (place != NULL)
        order_falling(share, draws, place);
    for (size_t i = 0; place != NULL && i < draws && inputs->count < most; i++) {
        const size_t k = place[i];
        const bool alone = *tied[k] == '\0';

        if (is_taken(inputs, name[k]))
            continue;
        inputs->tied[inputs->count] = result_set_name(set, "%s", tied[k]);
        inputs->name[inputs->count] = result_set_name(
            set, alone ? "%s" : "%s and what is drawn with it", name[k]);
        inputs->keys[inputs->count++] = result_set_name(set, "%s", key[k]);
    }
    free(place);
}

/* The draws that are asked for; with "top:N" those with the largest shares. */
static enum hr_status find_inputs(struct splitting *s, struct inputs *inputs,
                                  struct hr_error *error)
{
    struct hr_question question = s->decision->question;
    const char *keys = question.keys != NULL ? question.keys : "top:8";
    struct hr_result *sensed = NULL;
    const bool top = strncmp(keys, "top:", 4) == 0;
    const size_t most = top ? (size_t)strtoul(keys + 4, NULL, 10) : MOST_INPUTS;
    struct hr_result_values share;

    question.keys = top ? NULL : keys;
    if (hr_sensitivity(s->decision->result, &question, &sensed, error) != HR_OK)
        return error->status;
    if (hr_result_values(sensed, "/share", &share, error) == HR_OK)
        take_largest(s, sensed, share.value, most < MOST_INPUTS ? most : MOST_INPUTS,
                     inputs);
    hr_result_close(sensed);
    inputs->name[inputs->count] = chance_name;
    inputs->tied[inputs->count] = "";
    inputs->keys[inputs->count++] = NULL;
    return HR_OK;
}

static void take_input(struct splitting *s, struct inputs *inputs, size_t k)
{
    const size_t kept = pack(s, true);
    const struct sobol_share none = {NAN, NAN};
    const struct sobol_share first =
        kept > 1 ? sobol_first(s->x, s->y, s->z, kept) : none;
    const struct sobol_share total =
        kept > 1 ? sobol_total(s->x, s->y, s->z, kept) : none;

    inputs->number[FIRST][k] = first.share;
    inputs->number[FIRST_SE][k] = first.se;
    inputs->number[TOTAL][k] = total.share;
    inputs->number[TOTAL_SE][k] = total.se;
}

static enum hr_status run_inputs(struct splitting *s, struct inputs *inputs,
                                 struct hr_error *error)
{
    trying_announce(&s->choice.trying, s->scenario,
                    (struct trying_runs){.count = inputs->count + 1});
    if (run(s, 1, "*", s->b, error) != HR_OK)
        return error->status;
    for (size_t k = 0; k < inputs->count; k++) {
        const bool chance = inputs->keys[k] == NULL;

        if (run(s, chance ? 1 : 0, inputs->keys[k], s->ab, error) != HR_OK)
            return error->status;
        take_input(s, inputs, k);
    }
    return HR_OK;
}

static char *store_inputs(struct splitting *s, struct inputs *inputs)
{
    struct decision *d = s->decision;
    size_t *place = calloc(inputs->count + 1, sizeof(*place));
    const char **word = calloc(inputs->count + 1, sizeof(*word));
    char *sentence = NULL;
    int axis;

    choice_store(d, &s->choice);
    if (place != NULL && word != NULL) {
        order_falling(inputs->number[TOTAL], inputs->count, place);
        for (size_t k = 0; k < inputs->count; k++)
            word[k] = inputs->name[place[k]];
        axis = decision_axis(d, "input", inputs->count, word);
        for (int i = 0; i < NUMBERS; i++) {
            double *to = decision_numbers(d, &columns[i], (int[]){axis, -1, -1, -1});

            for (size_t k = 0; to != NULL && k < inputs->count; k++)
                to[k] = inputs->number[i][place[k]];
        }
        sentence = inputs_sentence(&(struct inputs_case){
            .first = s->choice.label[0],
            .second = s->choice.label[1],
            .name = word[0],
            .alone = inputs->number[FIRST][place[0]],
            .total = inputs->number[TOTAL][place[0]],
            .inputs = inputs->count - 1,
            .chance = inputs->number[TOTAL][inputs->count - 1],
        });
    }
    free(place);
    free(word);
    return sentence;
}

enum hr_status hr_saltelli(struct hr_result *result, const struct hr_question *question,
                           const struct hr_again *again, struct hr_result **analysis,
                           struct hr_error *error)
{
    struct decision decision;
    struct splitting splitting = {.decision = &decision};
    struct inputs inputs = {0};
    double *memory = calloc(NUMBERS * (MOST_INPUTS + 1), sizeof(*memory));
    enum hr_status status;

    *analysis = NULL;
    status = decision_open(&decision, result, question, "headroom.saltelli/1", error);
    if (status != HR_OK) {
        free(memory);
        return status;
    }
    for (int i = 0; memory != NULL && i < NUMBERS; i++)
        inputs.number[i] = memory + (size_t)i * (MOST_INPUTS + 1);
    if (memory == NULL)
        status = hr_fail(error, HR_FAILED, "no memory for the shares of inputs");
    if (status == HR_OK)
        status = begin(&splitting, again, SALTELLI_TRIALS, error);
    if (status == HR_OK)
        status = find_inputs(&splitting, &inputs, error);
    if (status == HR_OK)
        status = run_inputs(&splitting, &inputs, error);
    if (status == HR_OK)
        status = decision_finish(&decision, store_inputs(&splitting, &inputs), analysis,
                                 error);
    else
        decision_close(&decision);
    splitting_free(&splitting);
    free(memory);
    return status;
}
