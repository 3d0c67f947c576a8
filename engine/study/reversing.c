/* The mildest combination of assumptions that turns a difference round: found on a
 * quadratic through the trials, and run. */
#include "reversing.h"

#include "order.h"
#include "sample.h"
#include "turning.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL_TRIALS = 2000, USUAL_DRAWS = 6 };

enum number { VALUE, MIDDLE, SCORE, PATH, NUMBERS };

static const struct decision_column columns[NUMBERS] = {
    [VALUE] = {"value", "own", "in the mildest combination"},
    [MIDDLE] = {"middle", "own", "half of the trials are below; of a size: as shipped"},
    [SCORE] = {"score", "sd",
               "how far out the value is, as a normal score; of a size: in "
               "sizes as shipped"},
    [PATH] = {"path_share", "share", "of the way from the middle that it takes"},
};

/* --- which draws ------------------------------------------------------------------ */

/* The same number by another law, or by a correlation of one. */
static double alike(const struct reversing *r, size_t a, size_t b)
{
    const size_t n = r->draws.trials;
    const double rank = draws_rank(r->decision, &r->draws, a, b);

    if (memcmp(r->scores + a * n, r->scores + b * n, n * sizeof(double)) == 0)
        return 1.0;
    return fabs(rank) == 1.0 ? rank : 0.0;
}

size_t reversing_moves_with(const struct reversing *r, size_t k, double *sign)
{
    *sign = 0.0;
    for (size_t i = 0; i < r->count; i++) {
        if (r->ingredient[i].shock == NULL)
            *sign = alike(r, r->ingredient[i].draw, k);
        if (*sign != 0.0)
            return i;
    }
    return r->count;
}

static bool is_new(const struct reversing *r, size_t k)
{
    double sign;

    return reversing_moves_with(r, k, &sign) == r->count;
}

static void choose_one(struct reversing *r, size_t k)
{
    if (r->count < QUADRATIC_DRAWS && is_new(r, k))
        r->ingredient[r->count++] = (struct ingredient){.name = r->draws.name[k],
                                                        .keys = r->draws.keys[k],
                                                        .unit = r->draws.unit[k],
                                                        .draw = k};
}

/* What a correlation ties to it would else be what goes with it in the trials, and
 * anything in the run. */
static void choose(struct reversing *r, size_t k)
{
    choose_one(r, k);
    for (size_t j = 0; j < r->draws.count; j++) {
        if (r->draws.cluster[j] == r->draws.cluster[k])
            choose_one(r, j);
    }
}

static void choose_named(struct reversing *r, const char *name)
{
    for (size_t k = 0; k < r->draws.count; k++) {
        if (strcmp(r->draws.name[k], name) == 0)
            choose(r, k);
    }
}

static enum hr_status choose_largest(struct reversing *r, struct hr_result *sensed,
                                     struct hr_error *error)
{
    struct hr_result_values share;
    size_t draws = 0, *place;
    const char *const *name = hr_result_labels(sensed, "draw", &draws);

    if (draws == 0)
        return HR_OK;
    if (hr_result_values(sensed, "/share", &share, error) != HR_OK)
        return error->status;
    place = calloc(draws, sizeof(*place));
    if (place == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a combination");
    order_falling(share.value, draws, place);
    for (size_t i = 0; i < draws && i < USUAL_DRAWS; i++)
        choose_named(r, name[place[i]]);
    free(place);
    return HR_OK;
}

/* Those with the largest shares of the spread, then what is drawn of shocks, then the
 * shocks of which nothing is. */
static enum hr_status choose_usual(struct reversing *r, struct hr_error *error)
{
    struct hr_result *sensed = NULL;
    enum hr_status status =
        hr_sensitivity(r->decision->result, &r->decision->question, &sensed, error);

    if (status == HR_OK)
        status = choose_largest(r, sensed, error);
    hr_result_close(sensed);
    for (size_t k = 0; status == HR_OK && k < r->draws.count; k++) {
        if (strncmp(r->draws.name[k], "shocks.", 7) == 0)
            choose(r, k);
    }
    if (status == HR_OK && r->again != NULL)
        reversing_choose_sizes(r);
    return status;
}

static enum hr_status choose_draws(struct reversing *r, struct hr_error *error)
{
    size_t named = 0;

    if (r->decision->question.keys == NULL)
        return choose_usual(r, error);
    for (size_t k = 0; k < r->draws.count; k++) {
        if (!draws_are_asked(r->decision, &r->draws, k))
            continue;
        named++;
        if (r->count == QUADRATIC_DRAWS && is_new(r, k))
            return hr_fail(error, HR_BAD_INPUT,
                           "a combination is of 1 to %d assumptions, not %zu: name "
                           "fewer",
                           QUADRATIC_DRAWS, named);
        choose(r, k);
    }
    return HR_OK;
}

/* --- the trials ------------------------------------------------------------------- */

static size_t place_of(const struct reversing *r, const char *form)
{
    size_t i = 0;

    while (i < r->trials.ranked.count &&
           strcmp(pairs_name(r->decision, &r->trials, i), form) != 0)
        i++;
    return i;
}

static enum hr_status take_difference(struct reversing *r, struct hr_error *error)
{
    const size_t n = r->trials.ranked.trials, ranked = r->trials.ranked.count;
    const size_t a = place_of(r, r->choice.form[0]), b = place_of(r, r->choice.form[1]);

    r->memory = malloc((3 * n + 1) * sizeof(double));
    if (r->memory == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a combination");
    if (a == ranked || b == ranked)
        return hr_fail(error, HR_BAD_INPUT,
                       "the first %d trials hardly have both forms", DRAWS_TRIALS);
    r->difference = r->memory + 2 * n;
    decision_difference(&r->trials.ranked, a, b, r->difference);
    return HR_OK;
}

static enum hr_status read_trials(struct reversing *r, struct hr_error *error)
{
    struct decision *d = r->decision;

    if (decision_read(d, r->choice.trying.metric.name, DRAWS_TRIALS, &r->trials,
                      error) != HR_OK ||
        draws_read_all(d, &r->trials, &r->draws, error) != HR_OK)
        return error->status;
    r->scores = draws_scores(&r->draws);
    if (r->scores == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a combination");
    return choose_draws(r, error) == HR_OK ? take_difference(r, error) : error->status;
}

double reversing_value(const struct reversing *r, size_t k, double score)
{
    const struct sample sample =
        sample_sort(draws_of(&r->draws, k), r->trials.ranked.trials, r->memory);

    return sample_quantile(&sample, gsl_cdf_ugaussian_P(score)).value;
}

/* --- what is said ----------------------------------------------------------------- */

static void take_numbers(const struct reversing *r, size_t i, const double *share,
                         double number[NUMBERS])
{
    const struct ingredient *own = &r->ingredient[i];
    const double w = r->point.w[i];

    number[VALUE] = own->shock != NULL ? 1.0 + w : reversing_value(r, own->draw, w);
    number[MIDDLE] = own->shock != NULL ? 1.0 : reversing_value(r, own->draw, 0.0);
    number[SCORE] = w;
    number[PATH] = share[i];
}

static void store_ingredients(struct reversing *r, const double *share)
{
    struct decision *d = r->decision;
    const char *name[QUADRATIC_DRAWS], *keys[QUADRATIC_DRAWS], *unit[QUADRATIC_DRAWS];
    double *to[NUMBERS], number[NUMBERS];
    int axis;

    for (size_t i = 0; i < r->count; i++) {
        name[i] = r->ingredient[i].name;
        keys[i] = r->ingredient[i].keys;
        unit[i] = r->ingredient[i].unit;
    }
    axis = decision_axis(d, "draw", r->count, name);
    decision_words(d, "keys", axis, keys);
    decision_words(d, "key_unit", axis, unit);
    for (int c = 0; c < NUMBERS; c++)
        to[c] = decision_numbers(d, &columns[c], (int[]){axis, -1, -1, -1});
    for (size_t i = 0; axis >= 0 && r->point.found && i < r->count; i++) {
        take_numbers(r, i, share, number);
        for (int c = 0; c < NUMBERS && to[c] != NULL; c++)
            to[c][i] = number[c];
    }
}

static void store(struct reversing *r, const double *share)
{
    struct decision *d = r->decision;

    choice_store(d, &r->choice);
    draws_say_trials(d, &r->trials);
    decision_number(d, "distance", r->point.found ? r->point.distance : NAN);
    decision_number(d, "distance_se", r->point.found ? r->point.se : NAN);
    decision_number(d, "runs", r->runs);
    decision_number(d, "run", r->run.value);
    decision_number(d, "run_low", r->run.low);
    decision_number(d, "run_high", r->run.high);
    store_ingredients(r, share);
}

static char *tell(const struct reversing *r, const double *share)
{
    size_t most = 0;

    for (size_t i = 1; i < r->count; i++)
        most = fabs(r->point.w[i]) > fabs(r->point.w[most]) ? i : most;
    return reverse_sentence(&(struct reverse_case){
        .first = r->choice.label[0],
        .second = r->choice.label[1],
        .ahead = r->choice.ahead,
        .draws = r->count,
        .found = r->point.found,
        .distance = r->point.distance,
        .furthest = REVERSING_FURTHEST,
        .key = r->count > 0 ? r->ingredient[most].name : "",
        .path = r->count > 0 ? share[most] : NAN,
        .run = r->run,
        .unit = decision_unit(&r->choice.trying.metric),
        .each = decision_each(r->decision, &r->choice.trying.metric),
    });
}

/* --- all of it -------------------------------------------------------------------- */

static enum hr_status find(struct reversing *r, struct hr_error *error)
{
    const struct choice_wanted wanted = {r->again, .most = USUAL_TRIALS};
    size_t sizes = 0;

    if (choice_make(r->decision, &wanted, &r->choice, error) != HR_OK ||
        read_trials(r, error) != HR_OK)
        return error->status;
    for (size_t i = 0; i < r->count; i++)
        sizes += r->ingredient[i].shock != NULL;
    if (r->again != NULL)
        trying_announce(
            &r->choice.trying, r->again->scenario,
            (struct trying_runs){2 * sizes + REVERSING_RUNS, .at_most = true});
    if (sizes > 0 && reversing_run_sizes(r, error) != HR_OK)
        return error->status;
    if (reversing_find(r, error) != HR_OK)
        return error->status;
    return r->again != NULL && r->point.found ? reversing_run_there(r, error) : HR_OK;
}

static enum hr_status reverse(struct reversing *r, struct hr_error *error)
{
    struct hr_base *base = NULL;
    enum hr_status status = HR_OK;

    r->run = (struct ranged){NAN, NAN, NAN};
    if (r->again != NULL)
        status = trying_hold(r->again->scenario, &base, error);
    r->base = base;
    if (status == HR_OK)
        status = find(r, error);
    hr_base_close(base);
    return status;
}

static void reversing_free(struct reversing *r)
{
    decision_trials_free(&r->trials);
    draws_free(&r->draws);
    free(r->memory);
    free(r->scores);
    free(r->sized);
}

enum hr_status hr_reverse(struct hr_result *result, const struct hr_question *question,
                          const struct hr_again *again, struct hr_result **analysis,
                          struct hr_error *error)
{
    struct decision decision;
    struct reversing reversing = {.decision = &decision, .again = again};
    double share[QUADRATIC_DRAWS] = {0.0};
    enum hr_status status;

    *analysis = NULL;
    status = decision_open(&decision, result, question, "headroom.reverse/1", error);
    if (status != HR_OK)
        return status;
    status = reverse(&reversing, error);
    if (status == HR_OK) {
        reversing_shares(&reversing, share);
        store(&reversing, share);
        status = decision_finish(&decision, tell(&reversing, share), analysis, error);
    } else {
        decision_close(&decision);
    }
    reversing_free(&reversing);
    return status;
}
