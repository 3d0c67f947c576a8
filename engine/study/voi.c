#include "asking_pairs.h"
#include "information.h"
#include "order.h"
#include "turning.h"
#include "valuing.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct decision_column draw_columns[DRAW_NUMBERS] = {
    [DRAW_WORTH] = {"evppi", "own", "worth of knowing the draw alone before choosing"},
    [DRAW_WORTH_SE] = {"evppi_se", "own", "its standard error"},
    [DRAW_WORTH_LOW] = {"evppi_low", "own", "low end of its interval"},
    [DRAW_WORTH_HIGH] = {"evppi_high", "own", "high end of its interval"},
    [DRAW_PLUG] = {"evppi_plug_in", "own", "of the curve as fitted: too high"},
    [DRAW_SEEN] = {"evppi_seen", "0 or 1", "1 where it is above two standard errors"},
};

static const struct decision_column form_columns[] = {
    {"p_best_expected", "share",
     "trials in which the assumptions, chance averaged out, have the form best"},
    {"p_best_future", "share", "trials in which the form is best"},
};

static const double skewed_ses = 3.0, one_sided = 1.645;

static void valuing_free(struct valuing *v)
{
    decision_trials_free(&v->trials);
    draws_free(&v->draws);
    free(v->scores);
    free(v->number[0]);
    free(v->place);
    free(v->group[0]);
    free(v->share);
}

static enum hr_status make_room(struct valuing *v, struct hr_error *error)
{
    const size_t draws = v->draws.count + 1;

    v->groups = 2 + (v->options != NULL ? v->options->groups : 0);
    v->number[0] = malloc(DRAW_NUMBERS * draws * sizeof(double));
    v->group[0] = malloc(GROUP_NUMBERS * v->groups * sizeof(double));
    v->place = calloc(draws, sizeof(*v->place));
    v->share = calloc(v->trials.ranked.count + 1, sizeof(double));
    if (v->number[0] == NULL || v->group[0] == NULL || v->place == NULL ||
        v->share == NULL)
        return hr_fail(error, HR_FAILED, "no memory to value information");
    for (int i = 1; i < DRAW_NUMBERS; i++)
        v->number[i] = v->number[0] + (size_t)i * draws;
    for (size_t i = 0; i < DRAW_NUMBERS * draws; i++)
        v->number[0][i] = NAN;
    for (int i = 1; i < GROUP_NUMBERS; i++)
        v->group[i] = v->group[0] + (size_t)i * v->groups;
    return HR_OK;
}

/* Small values are skewed: they reach down to nothing. */
static void put_worth(struct valuing *v, size_t k, const struct information *found)
{
    const double z =
        gsl_cdf_ugaussian_Pinv(0.5 * (1.0 + v->decision->question.confidence));
    const double value = v->scale * found->value, se = v->scale * found->se;
    const bool small = value < skewed_ses * se;

    v->number[DRAW_WORTH][k] = value;
    v->number[DRAW_WORTH_SE][k] = se;
    v->number[DRAW_WORTH_LOW][k] = small ? 0.0 : value - z * se;
    v->number[DRAW_WORTH_HIGH][k] = value + (small ? one_sided : z) * se;
    v->number[DRAW_PLUG][k] = v->scale * found->plug;
    v->number[DRAW_SEEN][k] = value > valuing_seen * se;
}

static enum hr_status value_alone(struct valuing *v, size_t k,
                                  const struct spline *spline, struct hr_error *error)
{
    struct information found;
    const enum hr_status status =
        information_of_draw(spline, &v->trials.ranked, v->seed, &found, error);

    if (status == HR_OK)
        put_worth(v, k, &found);
    return status;
}

/* Draws that hang together: a rule that knows them all. */
static enum hr_status value_together(struct valuing *v, size_t k, const bool *wanted,
                                     struct hr_error *error)
{
    double *scores = malloc((v->draws.count * v->draws.trials + 1) * sizeof(*scores));
    struct scores chosen;
    struct policy policy;
    enum hr_status status;

    if (scores == NULL)
        return hr_fail(error, HR_FAILED, "no memory to value information");
    draws_choose_scores(&v->draws, v->scores, wanted, scores, &chosen);
    status = information_of_group(&chosen, &v->trials.ranked, &policy, NULL, error);
    free(scores);
    if (status == HR_BAD_INPUT) /* too few trials: left unsaid */
        return HR_OK;
    if (status == HR_OK)
        put_worth(
            v, k,
            &(struct information){policy.plug, fmax(policy.gain, 0.0), policy.gain_se});
    return status;
}

static enum hr_status value_lines(struct valuing *v, struct hr_error *error)
{
    bool *wanted = calloc(v->draws.count + 1, sizeof(*wanted));
    enum hr_status status = HR_OK;

    if (wanted == NULL)
        return hr_fail(error, HR_FAILED, "no memory to value information");
    for (size_t k = 0; k < v->draws.count && status == HR_OK; k++) {
        if (draws_is_first(&v->draws, k) && draws_together(&v->draws, k, wanted) > 1)
            status = value_together(v, k, wanted, error);
    }
    free(wanted);
    return status;
}

static bool is_alone(const struct valuing *v, size_t k)
{
    return *v->draws.tied[k] == '\0';
}

static enum hr_status look_at_draw(struct valuing *v, size_t k, struct hr_error *error)
{
    const size_t n = v->draws.trials;
    struct spline spline;
    enum hr_status status = HR_OK;

    if (spline_init(&spline, draws_of(&v->draws, k), n, error) != HR_OK)
        return error->status;
    memcpy(v->scores + k * n, spline.score, n * sizeof(double));
    if (is_alone(v, k))
        status = value_alone(v, k, &spline, error);
    spline_free(&spline);
    return status;
}

/* Each draw that is alone, and the first of those that hang together for them all. */
static enum hr_status order_lines(struct valuing *v, struct hr_error *error)
{
    const size_t count = v->draws.count;
    double *key = malloc((count + 1) * sizeof(*key));
    size_t *first = malloc((count + 1) * sizeof(*first));
    const bool complete = key != NULL && first != NULL;

    if (complete) {
        for (size_t k = 0; k < count; k++) {
            if (!draws_is_first(&v->draws, k))
                continue;
            key[v->lines] = v->number[DRAW_WORTH][k];
            first[v->lines++] = k;
        }
        order_falling(key, v->lines, v->place);
        for (size_t i = 0; i < v->lines; i++)
            v->place[i] = first[v->place[i]];
    }
    free(key);
    free(first);
    return complete ? HR_OK
                    : hr_fail(error, HR_FAILED, "no memory to value information");
}

static enum hr_status value_draws(struct valuing *v, struct hr_error *error)
{
    v->scores = malloc((v->draws.count * v->draws.trials + 1) * sizeof(double));
    if (v->scores == NULL)
        return hr_fail(error, HR_FAILED, "no memory to value information");
    for (size_t k = 0; k < v->draws.count; k++) {
        if (look_at_draw(v, k, error) != HR_OK)
            return error->status;
    }
    return value_lines(v, error) == HR_OK ? order_lines(v, error) : error->status;
}

static enum hr_status foresee(struct valuing *v, struct hr_error *error)
{
    const struct alternatives *all = &v->trials.ranked;
    double *regret = malloc((3 * all->trials + 1) * sizeof(*regret));
    struct interval_estimate mean;
    struct sample sample;

    if (regret == NULL)
        return hr_fail(error, HR_FAILED, "no memory to value information");
    v->leader = alternatives_leader(all);
    alternatives_regret(all, v->leader, regret);
    sample = sample_sort(regret, all->trials, regret + all->trials);
    mean = estimate_mean(&sample, v->decision->question.confidence);
    v->foresight = (struct ranged){v->scale * mean.value, v->scale * mean.low,
                                   v->scale * mean.high};
    free(regret);
    return HR_OK;
}

/* What is a head's is printed for all patients. */
static double scale_of(const struct decision *d, const struct hr_metric *metric)
{
    return strcmp(metric->unit, "GBP/patient") == 0 && d->people > 0.0 ? d->people
                                                                       : 1.0;
}

static enum hr_status value(struct valuing *v, struct hr_error *error)
{
    struct decision *d = v->decision;
    struct pair_list pairs;

    if (pairs_read(d, DRAWS_TRIALS, &v->trials, &pairs, error) != HR_OK)
        return error->status;
    free(pairs.pair);
    if (draws_read(d, &v->trials, &v->draws, error) != HR_OK)
        return error->status;
    v->scale = scale_of(d, &v->trials.metric);
    (void)hr_result_integer(d->result, "seed", &v->seed);
    if (make_room(v, error) != HR_OK || foresee(v, error) != HR_OK ||
        value_draws(v, error) != HR_OK)
        return error->status;
    return valuing_groups(v, error);
}

/* Decisions like this one, those of later years discounted. */
static double population(const struct hr_voi_options *options)
{
    double sum =
        options == NULL || options->decisions == 0.0 ? 1.0 : options->decisions;

    for (int t = 0; options != NULL && t < options->years; t++)
        sum += options->per_year * pow(1.0 + options->discount, -t);
    return sum;
}

static void store_forms(struct valuing *v)
{
    struct decision *d = v->decision;
    const size_t count = v->trials.ranked.count;
    double *expected =
        decision_numbers(d, &form_columns[0], (int[]){d->form_axis, -1, -1, -1});
    double *future =
        decision_numbers(d, &form_columns[1], (int[]){d->form_axis, -1, -1, -1});
    double *rank = malloc((count * count + 1) * sizeof(*rank));

    d->set.failed = d->set.failed || rank == NULL;
    if (future != NULL && rank != NULL)
        alternatives_ranks(&v->trials.ranked, rank);
    for (size_t i = 0; future != NULL && rank != NULL && i < count; i++) {
        expected[v->trials.which[i]] = v->share[i];
        future[v->trials.which[i]] = rank[i * count];
    }
    free(rank);
}

static void store(struct valuing *v)
{
    struct decision *d = v->decision;
    const char *unit = v->scale != 1.0 ? "GBP" : v->trials.metric.unit;

    draws_say_trials(d, &v->trials);
    decision_text(d, "metric", v->trials.metric.name);
    decision_text(d, "unit", unit);
    decision_text(d, "leader", pairs_name(d, &v->trials, v->leader));
    decision_number(d, "patients", d->people);
    decision_number(d, "foresight", v->foresight.value);
    decision_number(d, "foresight_low", v->foresight.low);
    decision_number(d, "foresight_high", v->foresight.high);
    decision_number(d, "population", population(v->options));
    decision_number(d, "population_value",
                    population(v->options) *
                        fmax(v->group[GROUP_GAIN][GROUP_ALL], 0.0));
    valuing_store_groups(v);
    store_forms(v);
    draws_put(d, &v->draws,
              &(struct draw_table){v->place, v->lines, draw_columns, v->number,
                                   DRAW_NUMBERS});
}

static bool is_money(const struct valuing *v)
{
    return v->scale != 1.0 || strcmp(v->trials.metric.unit, "GBP") == 0;
}

/* Money in what its size asks for: a patch's in millions, a small one's in pounds. */
static struct figure_unit unit_of(const struct valuing *v)
{
    static const struct figure_unit millions = {1e6, true, "m", 2},
                                    thousands = {1e3, true, "k", 2},
                                    pounds = {1.0, true, "", 0};

    if (!is_money(v))
        return decision_unit(&v->trials.metric);
    if (v->foresight.value >= 1e5)
        return millions;
    return v->foresight.value >= 100.0 ? thousands : pounds;
}

static char *tell(struct valuing *v)
{
    const size_t first = v->place[0];
    const bool any = v->draws.count > 0 && v->number[DRAW_SEEN][first] > 0.0;

    return worth_sentence(&(struct worth_case){
        .leader = decision_spoken(v->decision,
                                  pairs_name(v->decision, &v->trials, v->leader)),
        .everything = {v->group[GROUP_GAIN][GROUP_ALL],
                       v->group[GROUP_GAIN_LOW][GROUP_ALL],
                       v->group[GROUP_GAIN_HIGH][GROUP_ALL]},
        .upper = v->group[GROUP_UPPER][GROUP_ALL],
        .foresight = v->foresight.value,
        .key = any ? draws_spoken(v->decision, &v->draws, first) : NULL,
        .key_worth = any ? v->number[DRAW_WORTH][first] : NAN,
        .unit = unit_of(v),
        .each = is_money(v) ? "" : decision_each(v->decision, &v->trials.metric),
        .years = v->decision->years,
    });
}

enum hr_status hr_voi(struct hr_result *result, const struct hr_question *question,
                      const struct hr_voi_options *options, struct hr_result **analysis,
                      struct hr_error *error)
{
    struct decision decision;
    struct valuing valuing = {.decision = &decision, .options = options};
    enum hr_status status;

    *analysis = NULL;
    status = decision_open(&decision, result, question, "headroom.voi/1", error);
    if (status != HR_OK)
        return status;
    status = value(&valuing, error);
    if (status == HR_OK) {
        store(&valuing);
        status = decision_finish(&decision, tell(&valuing), analysis, error);
    } else {
        decision_close(&decision);
    }
    valuing_free(&valuing);
    return status;
}
