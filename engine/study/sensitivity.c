#include "asking_draws.h"
#include "asking_pairs.h"
#include "information.h"
#include "order.h"
#include "spline.h"
#include "turning.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum number {
    LOW,
    LOW_SE,
    HIGH,
    HIGH_SE,
    EFFECT,
    SHARE,
    SHARE_SE,
    CHANCE,
    SEEN,
    DRAW_LOW,
    DRAW_HIGH,
    NUMBERS
};

static const struct decision_column columns[NUMBERS] = {
    [LOW] = {"difference_at_10", "own",
             "mean difference where the draw is at its 10 %"},
    [LOW_SE] = {"difference_at_10_se", "own", "its standard error"},
    [HIGH] = {"difference_at_90", "own",
              "mean difference where the draw is at its 90 %"},
    [HIGH_SE] = {"difference_at_90_se", "own", "its standard error"},
    [EFFECT] = {"effect", "own", "the second less the first"},
    [SHARE] = {"share", "share", "of the variance of the difference, first order"},
    [SHARE_SE] = {"share_se", "share", "its standard error"},
    [CHANCE] = {"p_value", "share", "of the F test of the curve"},
    [SEEN] = {"seen", "0 or 1",
              "1 where that is below 0.001; else the share is not seen"},
    [DRAW_LOW] = {"draw_at_10", "own", "10 % of the draw"},
    [DRAW_HIGH] = {"draw_at_90", "own", "90 % of the draw"},
};

static const double tail = 0.1, seen_below = 0.001;

struct sensing {
    struct decision *decision;
    struct decision_trials trials;
    struct draws draws;
    struct pair pair;
    double *difference; /* [trial], in the metric's own sign */
    struct ranged mean; /* of it */
    double *number[NUMBERS];
    double *memory; /* [3 * trials] */
    double *scores; /* [draw][trial] */
    size_t *place;
    double explained;
};

static void sensing_free(struct sensing *s)
{
    decision_trials_free(&s->trials);
    draws_free(&s->draws);
    free(s->difference);
    free(s->number[0]);
    free(s->memory);
    free(s->scores);
    free(s->place);
}

static enum hr_status make_room(struct sensing *s, struct hr_error *error)
{
    const size_t n = s->draws.trials, count = s->draws.count + 1;

    s->difference = malloc((n + 1) * sizeof(double));
    s->memory = malloc((3 * n + 1) * sizeof(double));
    s->scores = malloc(count * n * sizeof(double));
    s->number[0] = malloc(NUMBERS * count * sizeof(double));
    s->place = calloc(count, sizeof(*s->place));
    if (s->difference == NULL || s->memory == NULL || s->scores == NULL ||
        s->number[0] == NULL || s->place == NULL)
        return hr_fail(error, HR_FAILED, "no memory to see what a difference hangs on");
    for (int i = 1; i < NUMBERS; i++)
        s->number[i] = s->number[0] + (size_t)i * count;
    return HR_OK;
}

static enum hr_status look_at_draw(struct sensing *s, size_t k, struct hr_error *error)
{
    struct spline spline;
    struct spline_fit fit;
    struct spline_share share;
    struct spline_value low, high;
    struct sample sample;
    const double score = gsl_cdf_ugaussian_Pinv(tail);

    if (spline_init(&spline, draws_of(&s->draws, k), s->draws.trials, error) != HR_OK)
        return error->status;
    memcpy(s->scores + k * spline.n, spline.score, spline.n * sizeof(double));
    spline_fit(&spline, s->difference, &fit);
    spline_fitted(&spline, &fit, s->memory);
    share = spline_share(&spline, &fit, s->difference, s->memory);
    low = spline_at(&spline, &fit, score);
    high = spline_at(&spline, &fit, -score);
    sample = sample_sort(draws_of(&s->draws, k), s->draws.trials, s->memory);
    s->number[LOW][k] = low.value;
    s->number[LOW_SE][k] = low.se;
    s->number[HIGH][k] = high.value;
    s->number[HIGH_SE][k] = high.se;
    s->number[EFFECT][k] = high.value - low.value;
    s->number[SHARE][k] = share.share;
    s->number[SHARE_SE][k] = share.se;
    s->number[CHANCE][k] = share.p;
    s->number[SEEN][k] = share.p < seen_below;
    s->number[DRAW_LOW][k] = sample_quantile(&sample, tail).value;
    s->number[DRAW_HIGH][k] = sample_quantile(&sample, 1.0 - tail).value;
    spline_free(&spline);
    return HR_OK;
}

static void put_explained(struct sensing *s, size_t k,
                          const struct explained *explained)
{
    s->number[SHARE][k] = explained->share;
    s->number[SHARE_SE][k] = explained->se;
    s->number[CHANCE][k] = explained->p;
    s->number[SEEN][k] = explained->p < seen_below;
}

/* The share of draws that hang together is of all of them, and each is given it. */
static void share_together(struct sensing *s, size_t k, bool *wanted, double *chosen)
{
    const size_t count = draws_together(&s->draws, k, wanted);
    struct explained explained;
    struct scores together;
    struct hr_error error;

    if (count < 2)
        return;
    draws_choose_scores(&s->draws, s->scores, wanted, chosen, &together);
    if (information_explained(&together, s->difference, &explained, &error) != HR_OK)
        explained = (struct explained){NAN, NAN, NAN};
    for (size_t j = 0; j < s->draws.count; j++) {
        if (wanted[j])
            put_explained(s, j, &explained);
    }
}

/* Too few trials for a surface leave it unsaid. */
static void explain(struct sensing *s)
{
    const struct scores all = {s->scores, s->draws.count, s->draws.trials};
    struct explained explained = {NAN, NAN, NAN};
    struct hr_error error;

    if (s->draws.count == 0 ||
        information_explained(&all, s->difference, &explained, &error) != HR_OK)
        explained.share = NAN;
    s->explained = explained.share;
}

static enum hr_status explain_all(struct sensing *s, struct hr_error *error)
{
    const size_t count = s->draws.count;
    double *chosen = malloc((count * s->draws.trials + 1) * sizeof(*chosen));
    bool *wanted = calloc(count + 1, sizeof(*wanted));
    const bool ready = chosen != NULL && wanted != NULL;

    if (ready)
        explain(s);
    for (size_t k = 0; ready && k < count; k++) {
        if (draws_is_first(&s->draws, k))
            share_together(s, k, wanted, chosen);
    }
    free(chosen);
    free(wanted);
    return ready ? HR_OK
                 : hr_fail(error, HR_FAILED,
                           "no memory to see what a difference hangs on");
}

/* In the metric's own sign. */
static void take_difference(struct sensing *s)
{
    decision_difference(&s->trials.ranked, s->pair.a, s->pair.b, s->difference);
    for (size_t t = 0; s->trials.metric.better < 0 && t < s->draws.trials; t++)
        s->difference[t] = -s->difference[t];
}

static enum hr_status order_draws(struct sensing *s, struct hr_error *error)
{
    double *key = malloc((s->draws.count + 1) * sizeof(*key));

    if (key == NULL)
        return hr_fail(error, HR_FAILED, "no memory to order the draws");
    for (size_t k = 0; k < s->draws.count; k++)
        key[k] = fabs(s->number[EFFECT][k]);
    order_falling(key, s->draws.count, s->place);
    free(key);
    return HR_OK;
}

/* Those that are asked for, else those that can move it. */
static enum hr_status read_draws(struct sensing *s, struct hr_error *error)
{
    const char *const form[] = {pairs_name(s->decision, &s->trials, s->pair.a),
                                pairs_name(s->decision, &s->trials, s->pair.b)};
    const enum hr_status status = draws_read(s->decision, &s->trials, &s->draws, error);

    if (status == HR_OK && s->decision->question.keys == NULL)
        draws_keep_concerning(s->decision, &s->draws, form);
    return status;
}

static enum hr_status sense(struct sensing *s, struct hr_error *error)
{
    struct pair_list pairs;

    if (pairs_read(s->decision, DRAWS_TRIALS, &s->trials, &pairs, error) != HR_OK)
        return error->status;
    s->pair = pairs.pair[0];
    free(pairs.pair);
    if (read_draws(s, error) != HR_OK || make_room(s, error) != HR_OK)
        return error->status;
    take_difference(s);
    for (size_t k = 0; k < s->draws.count; k++) {
        if (look_at_draw(s, k, error) != HR_OK)
            return error->status;
    }
    if (explain_all(s, error) != HR_OK)
        return error->status;
    return order_draws(s, error);
}

/* The first that is seen at all, in the order of their effects. */
static size_t first_seen(const struct sensing *s)
{
    size_t i = 0;

    while (i < s->draws.count && !(s->number[SEEN][s->place[i]] > 0.0))
        i++;
    return i;
}

static char *tell(struct sensing *s)
{
    const size_t i = first_seen(s);
    const size_t k = i < s->draws.count ? s->place[i] : 0;

    return hanging_sentence(&(struct hanging_case){
        .first = decision_spoken(s->decision,
                                 pairs_name(s->decision, &s->trials, s->pair.a)),
        .second = decision_spoken(s->decision,
                                  pairs_name(s->decision, &s->trials, s->pair.b)),
        .behind = !(s->trials.metric.better * s->mean.value > 0.0),
        .key = i < s->draws.count ? draws_spoken(s->decision, &s->draws, k) : NULL,
        .low = i < s->draws.count ? s->number[LOW][k] : NAN,
        .high = i < s->draws.count ? s->number[HIGH][k] : NAN,
        .share = i < s->draws.count ? s->number[SHARE][k] : NAN,
        .explained = s->explained,
        .unit = decision_unit(&s->trials.metric),
        .each = decision_each(s->decision, &s->trials.metric),
        .draws = s->draws.count,
    });
}

static void store(struct sensing *s)
{
    struct decision *d = s->decision;

    s->mean = pairs_ahead(d, s->difference, s->draws.trials);
    draws_say_trials(d, &s->trials);
    decision_text(d, "metric", s->trials.metric.name);
    decision_text(d, "unit", s->trials.metric.unit);
    decision_text(d, "first", pairs_name(d, &s->trials, s->pair.a));
    decision_text(d, "second", pairs_name(d, &s->trials, s->pair.b));
    decision_number(d, "difference", s->mean.value);
    decision_number(d, "difference_low", s->mean.low);
    decision_number(d, "difference_high", s->mean.high);
    decision_number(d, "explained_at_least", s->explained);
    draws_put(
        d, &s->draws,
        &(struct draw_table){s->place, s->draws.count, columns, s->number, NUMBERS});
}

enum hr_status hr_sensitivity(struct hr_result *result,
                              const struct hr_question *question,
                              struct hr_result **analysis, struct hr_error *error)
{
    struct decision decision;
    struct sensing sensing = {.decision = &decision};
    enum hr_status status;

    *analysis = NULL;
    status =
        decision_open(&decision, result, question, "headroom.sensitivity/1", error);
    if (status != HR_OK)
        return status;
    status = sense(&sensing, error);
    if (status == HR_OK) {
        store(&sensing);
        status = decision_finish(&decision, tell(&sensing), analysis, error);
    } else {
        decision_close(&decision);
    }
    sensing_free(&sensing);
    return status;
}
