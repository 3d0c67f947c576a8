#include "asking_draws.h"
#include "asking_pairs.h"
#include "spline.h"
#include "switch_curve.h"
#include "turning.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum root_number { CENTRAL, ROOT, LOW, HIGH, QUANTILE, BEYOND, ROOT_NUMBERS };

static const struct decision_column root_columns[ROOT_NUMBERS] = {
    [CENTRAL] = {"root_central", "own", "middle of the draw"},
    [ROOT] = {"root", "own", "value of the draw at which the difference is zero"},
    [LOW] = {"root_low", "own",
             "low end of its interval; NaN: below the 1 % of the draw"},
    [HIGH] = {"root_high", "own",
              "high end of its interval; NaN: above the 99 % of the draw"},
    [QUANTILE] = {"root_quantile", "share", "share of the draw that is below it"},
    [BEYOND] = {"root_beyond", "share",
                "share of the draw on the side where the leader no longer leads"},
};

enum end_number { AT_LOW, AT_HIGH, ENDS };

static const struct decision_column end_columns[ENDS] = {
    [AT_LOW] = {"difference_at_1", "own",
                "mean difference where the draw is at its 1 %; more is better"},
    [AT_HIGH] = {"difference_at_99", "own", "the same at its 99 %"},
};

static const struct decision_column pair_columns[] = {
    {"difference", "own", "mean of the first form less the second; more is better"},
    {"difference_low", "own", "low end of its interval"},
    {"difference_high", "own", "high end of its interval"},
};

/* A root, and of what. */
struct found {
    size_t pair, draw;
    struct switch_root root;
    double central;
};

struct switching {
    struct decision *decision;
    struct decision_trials trials;
    struct draws draws;
    struct pair *pair;
    size_t pairs;
    struct ranged *ahead; /* [pair] */
    double *difference;   /* [pair][trial] */
    double *end[ENDS];    /* [pair][draw] */
    struct found *found;
    size_t roots;
};

static void switching_free(struct switching *s)
{
    decision_trials_free(&s->trials);
    draws_free(&s->draws);
    free(s->pair);
    free(s->ahead);
    free(s->difference);
    free(s->end[0]);
    free(s->found);
}

static enum hr_status make_room(struct switching *s, struct hr_error *error)
{
    const size_t cells = s->pairs * s->draws.count + 1;

    s->ahead = calloc(s->pairs + 1, sizeof(*s->ahead));
    s->difference = malloc((s->pairs * s->draws.trials + 1) * sizeof(double));
    s->end[0] = malloc(ENDS * cells * sizeof(double));
    s->found = calloc(SWITCH_ROOTS * cells, sizeof(*s->found));
    if (s->ahead == NULL || s->difference == NULL || s->end[0] == NULL ||
        s->found == NULL)
        return hr_fail(error, HR_FAILED, "no memory for switching values");
    s->end[1] = s->end[0] + cells;
    return HR_OK;
}

static void look_at_pair(struct switching *s, size_t p, size_t k,
                         const struct switch_draw *draw)
{
    const double *difference = s->difference + p * s->draws.trials;
    const char *const form[] = {pairs_name(s->decision, &s->trials, s->pair[p].a),
                                pairs_name(s->decision, &s->trials, s->pair[p].b)};
    struct switch_curve curve;

    switch_curve_of(draw, difference, s->decision->question.confidence,
                    s->ahead[p].value, &curve);
    s->end[AT_LOW][p * s->draws.count + k] = curve.at_low;
    s->end[AT_HIGH][p * s->draws.count + k] = curve.at_high;
    if (!draws_concern(s->decision, &s->draws, k, form))
        return;
    for (size_t r = 0; r < curve.roots; r++)
        s->found[s->roots++] =
            (struct found){p, k, curve.root[r], switch_draw_middle(draw)};
}

static enum hr_status look_at_draws(struct switching *s, struct hr_error *error)
{
    for (size_t k = 0; k < s->draws.count; k++) {
        struct switch_draw draw;

        if (switch_draw_init(&draw, draws_of(&s->draws, k), s->draws.trials, error) !=
            HR_OK)
            return error->status;
        for (size_t p = 0; p < s->pairs; p++)
            look_at_pair(s, p, k, &draw);
        switch_draw_free(&draw);
    }
    return HR_OK;
}

/* Pair by pair, those nearest to the middle of their draw first. */
static int by_nearness(const void *left, const void *right)
{
    const struct found *a = left, *b = right;
    const double near_a = fabs(a->root.quantile - 0.5);
    const double near_b = fabs(b->root.quantile - 0.5);

    if (a->pair != b->pair)
        return a->pair < b->pair ? -1 : 1;
    return (near_a > near_b) - (near_a < near_b);
}

static enum hr_status find(struct switching *s, struct hr_error *error)
{
    struct decision *d = s->decision;
    struct pair_list pairs;

    if (pairs_read(d, DRAWS_TRIALS, &s->trials, &pairs, error) != HR_OK)
        return error->status;
    s->pair = pairs.pair;
    s->pairs = pairs.count;
    if (draws_read(d, &s->trials, &s->draws, error) != HR_OK ||
        make_room(s, error) != HR_OK)
        return error->status;
    for (size_t p = 0; p < s->pairs; p++) {
        double *difference = s->difference + p * s->draws.trials;

        decision_difference(&s->trials.ranked, s->pair[p].a, s->pair[p].b, difference);
        s->ahead[p] = pairs_ahead(d, difference, s->draws.trials);
    }
    if (look_at_draws(s, error) != HR_OK)
        return error->status;
    qsort(s->found, s->roots, sizeof(*s->found), by_nearness);
    return HR_OK;
}

static int store_pairs(struct switching *s, const char **name)
{
    struct decision *d = s->decision;
    double *number[3];
    int axis;

    for (size_t p = 0; p < s->pairs; p++)
        name[p] = result_set_name(&d->set, "%s less %s",
                                  pairs_name(d, &s->trials, s->pair[p].a),
                                  pairs_name(d, &s->trials, s->pair[p].b));
    axis = decision_axis(d, "pair", s->pairs, name);
    for (int i = 0; i < 3; i++)
        number[i] = decision_numbers(d, &pair_columns[i], (int[]){axis, -1, -1, -1});
    for (size_t p = 0; number[2] != NULL && p < s->pairs; p++) {
        number[0][p] = s->ahead[p].value;
        number[1][p] = s->ahead[p].low;
        number[2][p] = s->ahead[p].high;
    }
    return axis;
}

static void store_ends(struct switching *s, int pair)
{
    struct decision *d = s->decision;
    const int axis = decision_axis(d, "draw", s->draws.count, s->draws.name);

    decision_words(d, "keys", axis, s->draws.keys);
    decision_words(d, "key_unit", axis, s->draws.unit);
    decision_words(d, "tied_to", axis, s->draws.tied);
    for (int i = 0; axis >= 0 && i < ENDS; i++) {
        double *to = decision_numbers(d, &end_columns[i], (int[]){pair, axis, -1, -1});

        for (size_t c = 0; to != NULL && c < s->pairs * s->draws.count; c++)
            to[c] = s->end[i][c];
    }
}

/* Which numbers of a root are stored, in the order of their columns. */
static void take_root(const struct found *found, double value[ROOT_NUMBERS])
{
    value[CENTRAL] = found->central;
    value[ROOT] = found->root.at;
    value[LOW] = found->root.low;
    value[HIGH] = found->root.high;
    value[QUANTILE] = found->root.quantile;
    value[BEYOND] = found->root.beyond;
}

static void store_roots(struct switching *s, const char *const *pair,
                        const char **memory)
{
    struct decision *d = s->decision;
    const char **label = memory, **pairs = memory + s->roots,
               **draws = memory + 2 * s->roots, **units = memory + 3 * s->roots;
    double *number[ROOT_NUMBERS], value[ROOT_NUMBERS];
    int axis;

    for (size_t r = 0; r < s->roots; r++) {
        label[r] = result_set_name(&d->set, "%zu", r + 1);
        pairs[r] = pair[s->found[r].pair];
        draws[r] = s->draws.name[s->found[r].draw];
        units[r] = s->draws.unit[s->found[r].draw];
    }
    axis = decision_axis(d, "number", s->roots, label);
    decision_words(d, "root_pair", axis, pairs);
    decision_words(d, "root_draw", axis, draws);
    decision_words(d, "root_unit", axis, units);
    for (int i = 0; i < ROOT_NUMBERS; i++)
        number[i] = decision_numbers(d, &root_columns[i], (int[]){axis, -1, -1, -1});
    for (size_t r = 0; axis >= 0 && !d->set.failed && r < s->roots; r++) {
        take_root(&s->found[r], value);
        for (int i = 0; i < ROOT_NUMBERS; i++)
            number[i][r] = value[i];
    }
}

static void store(struct switching *s)
{
    struct decision *d = s->decision;
    const char **word = calloc(4 * s->roots + s->pairs + 1, sizeof(*word));

    draws_say_trials(d, &s->trials);
    decision_text(d, "metric", s->trials.metric.name);
    decision_text(d, "unit", s->trials.metric.unit);
    d->set.failed = d->set.failed || word == NULL;
    if (word != NULL) {
        const int pair = store_pairs(s, word);

        store_ends(s, pair);
        store_roots(s, word, word + s->pairs);
    }
    free(word);
}

static char *tell(struct switching *s)
{
    struct turning_case told = {
        .first = decision_spoken(s->decision,
                                 pairs_name(s->decision, &s->trials, s->pair[0].a)),
        .second = decision_spoken(s->decision,
                                  pairs_name(s->decision, &s->trials, s->pair[0].b)),
        .ahead = s->ahead[0],
        .unit = decision_unit(&s->trials.metric),
        .each = decision_each(s->decision, &s->trials.metric),
        .draws = s->draws.count,
    };

    if (s->roots > 0 && s->found[0].pair == 0) {
        told.key = s->draws.name[s->found[0].draw];
        told.central = s->found[0].central;
        told.root = s->found[0].root.at;
        told.beyond = s->found[0].root.beyond;
    }
    return turning_sentence(&told);
}

enum hr_status hr_switch(struct hr_result *result, const struct hr_question *question,
                         struct hr_result **analysis, struct hr_error *error)
{
    struct decision decision;
    struct switching switching = {.decision = &decision};
    enum hr_status status;

    *analysis = NULL;
    status = decision_open(&decision, result, question, "headroom.switch/1", error);
    if (status != HR_OK)
        return status;
    status = find(&switching, error);
    if (status == HR_OK) {
        store(&switching);
        status = decision_finish(&decision, tell(&switching), analysis, error);
    } else {
        decision_close(&decision);
    }
    switching_free(&switching);
    return status;
}
