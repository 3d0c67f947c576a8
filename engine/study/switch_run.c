/* Where a key turns a difference round, by running it: for keys that were not drawn,
 * values out of the range drawn, or one form of a shared draw. */
#include "name_list.h"
#include "running.h"
#include "text.h"
#include "trying.h"
#include "turning.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL_TRIALS = 2000 };

static const double tail = 0.001;

/* A mean so many standard errors from zero is as near as runs can tell. */
static const double near_enough = 0.02;

static bool turns(const struct tried *a, const struct tried *b)
{
    return (a->mean > 0.0) != (b->mean > 0.0);
}

/* Of several brackets the one nearest to the middle of the key. */
static void find_bracket(struct running *r)
{
    double nearest = INFINITY;

    for (size_t i = 0; i + 1 < RUNNING_GRID; i++) {
        const double away =
            fabs(0.5 * (r->point[i].x + r->point[i + 1].x) - r->central);

        if (!turns(&r->point[i], &r->point[i + 1]) || (r->bracketed && away >= nearest))
            continue;
        r->low = i;
        r->high = i + 1;
        r->bracketed = true;
        nearest = away;
    }
}

static void remember_bracket(struct running *r)
{
    r->lows[r->brackets] = r->low;
    r->highs[r->brackets++] = r->high;
}

static enum hr_status close_in(struct running *r, struct hr_error *error)
{
    for (int s = 0; s < RUNNING_SECANTS; s++) {
        const struct tried *a = &r->point[r->low], *b = &r->point[r->high];
        const double x = a->x - a->mean * (b->x - a->x) / (b->mean - a->mean);

        if (x == a->x || x == b->x)
            break;
        if (running_try(r, x, error) != HR_OK)
            return error->status;
        if (turns(&r->point[r->low], &r->point[r->points - 1]))
            r->high = r->points - 1;
        else
            r->low = r->points - 1;
        remember_bracket(r);
        if (fabs(r->point[r->points - 1].mean) <
            near_enough * r->point[r->points - 1].se)
            break;
    }
    return HR_OK;
}

/* Between two points each trial is a line: slope S, height Y at zero. */
static struct interval_estimate root_between(const struct running *r,
                                             const struct tried *a,
                                             const struct tried *b, double *memory)
{
    const size_t n = r->trials;
    struct estimate_pair pair;

    for (size_t t = 0; t < n; t++) {
        const double slope = (b->difference[t] - a->difference[t]) / (b->x - a->x);

        memory[t] = -(a->difference[t] - slope * a->x);
        memory[n + t] = slope;
    }
    pair = estimate_pair_of(memory, memory + n, n, memory + 2 * n);
    return estimate_ratio(&pair, r->decision->question.confidence);
}

/* Where the last two are so near that a few trials' jumps hide the slope, the interval
 * is as long as that of the narrowest bracket which has one. */
static enum hr_status find_root(struct running *r, struct hr_error *error)
{
    double *memory = malloc((10 * r->trials + 1) * sizeof(*memory));
    struct interval_estimate wider;

    if (memory == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a switching value");
    r->root = wider = root_between(r, &r->point[r->low], &r->point[r->high], memory);
    for (size_t i = r->brackets; i > 0 && isnan(wider.low); i--)
        wider = root_between(r, &r->point[r->lows[i - 1]], &r->point[r->highs[i - 1]],
                             memory);
    r->root.low = r->root.value + (wider.low - wider.value);
    r->root.high = r->root.value + (wider.high - wider.value);
    free(memory);
    return HR_OK;
}

/* The range of the draw where the key was drawn, else of the schema. */
static enum hr_status find_range(struct running *r, const struct hr_assumption *about,
                                 struct hr_error *error)
{
    struct hr_result *result = r->decision->result;
    struct hr_result_values drawn;
    char path[320];
    double *memory;

    r->from = about->low * about->uplift;
    r->to = about->high * about->uplift;
    snprintf(path, sizeof(path), "/parameters/%.256s", about->key);
    if (decision_has(result, path)) {
        struct sample sample;

        if (hr_result_values(result, path, &drawn, error) != HR_OK)
            return error->status;
        memory = malloc((2 * drawn.count + 1) * sizeof(*memory));
        if (memory == NULL)
            return hr_fail(error, HR_FAILED, "no memory for a switching value");
        sample = sample_sort(drawn.value, drawn.count, memory);
        r->from = sample_quantile(&sample, tail).value;
        r->to = sample_quantile(&sample, 1.0 - tail).value;
        free(memory);
        hr_result_release(result, path);
    }
    if (r->options->to > r->options->from) {
        r->from = r->options->from;
        r->to = r->options->to;
    }
    return HR_OK;
}

/* With the keys that it may be short for. */
static enum hr_status refuse_key(const char *key, const struct hr_assumption *list,
                                 size_t count, struct hr_error *error)
{
    char text[256] = "";
    struct name_list names = {text, sizeof(text), 0};

    for (size_t i = 0; i < count; i++) {
        if (list[i].number && text_is_end_of_key(list[i].key, key, strlen(key)))
            name_list_add(&names, list[i].key);
    }
    name_list_end(&names);
    return hr_fail(
        error, HR_BAD_INPUT,
        "no number of the scenario is called %s; %s%s%sheadroom keys lists them", key,
        *text == '\0' ? "" : "did you mean ", text, *text == '\0' ? "" : "? ");
}

static enum hr_status know_key(struct running *r, const struct hr_scenario *scenario,
                               struct hr_error *error)
{
    size_t count;
    const struct hr_assumption *list = hr_scenario_assumptions(scenario, &count);

    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].key, r->key) != 0 || !list[i].number)
            continue;
        r->central = list[i].central;
        r->uplift = list[i].uplift;
        if (find_range(r, &list[i], error) != HR_OK)
            return error->status;
        if (r->to > r->from && r->to - r->from < 1e15)
            return HR_OK;
        return hr_fail(error, HR_BAD_INPUT,
                       "%s has no range to search: say from where to where", r->key);
    }
    return refuse_key(r->key, list, count, error);
}

static enum hr_status search(struct running *r, struct hr_error *error)
{
    r->root = (struct interval_estimate){NAN, NAN, NAN, NAN, 0};
    for (int i = 0; i < RUNNING_GRID; i++) {
        const double x = r->from + (r->to - r->from) * i / (RUNNING_GRID - 1);

        if (running_try(r, x, error) != HR_OK)
            return error->status;
    }
    find_bracket(r);
    if (!r->bracketed)
        return HR_OK;
    remember_bracket(r);
    return close_in(r, error) == HR_OK ? find_root(r, error) : error->status;
}

static const struct decision_column columns[] = {
    {"difference", "own", "mean of the first form less the second; more is better"},
    {"difference_se", "own", "its standard error"},
    {"tried", "own", "value of the key"},
};

static void store(struct running *r)
{
    struct decision *d = r->decision;
    double *value = result_set_numbers(&d->set, r->points), *number[3];
    int axis;

    for (size_t i = 0; value != NULL && i < r->points; i++)
        value[i] = r->point[i].x;
    axis = result_set_add_axis(&d->set, (struct result_axis){.path = "/value",
                                                             .long_name = "of the key",
                                                             .size = r->points,
                                                             .number = value});
    for (int i = 0; i < 3; i++)
        number[i] = decision_numbers(d, &columns[i], (int[]){axis, -1, -1, -1});
    for (size_t i = 0; number[2] != NULL && i < r->points; i++) {
        number[0][i] = r->point[i].mean;
        number[1][i] = r->point[i].se;
        number[2][i] = r->point[i].x;
    }
    decision_text(d, "key", r->key);
    choice_store(d, &r->choice);
    decision_number(d, "central", r->central);
    decision_number(d, "root", r->root.value);
    decision_number(d, "root_low", r->root.low);
    decision_number(d, "root_high", r->root.high);
}

static char *tell(const struct running *r)
{
    return turning_sentence(&(struct turning_case){
        .first = r->choice.label[0],
        .second = r->choice.label[1],
        .ahead = r->choice.ahead,
        .unit = decision_unit(&r->choice.trying.metric),
        .each = decision_each(r->decision, &r->choice.trying.metric),
        .key = r->key,
        .central = r->central,
        .root = r->root.value,
        .from = r->from,
        .to = r->to,
        .beyond = NAN,
    });
}

static enum hr_status run_all(struct running *r, struct hr_error *error)
{
    const struct hr_again *again = &r->options->again;
    const struct choice_wanted wanted = {again, .most = USUAL_TRIALS};
    struct hr_base *base = NULL;
    enum hr_status status;

    if (choice_make(r->decision, &wanted, &r->choice, error) != HR_OK ||
        know_key(r, again->scenario, error) != HR_OK)
        return error->status;
    r->trials = (size_t)r->choice.trying.trials;
    trying_announce(&r->choice.trying, again->scenario,
                    (struct trying_runs){RUNNING_POINTS, .at_most = true});
    status = trying_hold(again->scenario, &base, error);
    r->base = base;
    if (status == HR_OK)
        status = search(r, error);
    hr_base_close(base);
    return status;
}

/* The key is what is run, and no pattern. */
static struct hr_question without_keys(const struct hr_question *question)
{
    struct hr_question own = *question;

    own.keys = NULL;
    return own;
}

enum hr_status hr_switch_run(struct hr_result *result,
                             const struct hr_question *question,
                             const struct hr_switch_run_options *options,
                             struct hr_result **analysis, struct hr_error *error)
{
    const struct hr_question own = without_keys(question);
    struct decision decision;
    struct running running = {
        .decision = &decision, .options = options, .key = question->keys};
    enum hr_status status;

    *analysis = NULL;
    status = decision_open(&decision, result, &own, "headroom.switch_run/1", error);
    if (status != HR_OK)
        return status;
    status = run_all(&running, error);
    if (status == HR_OK) {
        store(&running);
        status = decision_finish(&decision, tell(&running), analysis, error);
    } else {
        decision_close(&decision);
    }
    for (size_t i = 0; i < running.points; i++)
        free(running.point[i].difference);
    return status;
}
