#include "made_of.h"
#include "moments.h"
#include "order.h"
#include "terms_apart.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum number { MADE, MADE_SE, MADE_LOW, MADE_HIGH, ORDER_GAP, NUMBERS };

static const struct decision_column columns[NUMBERS] = {
    [MADE] = {"made", "own", "what the term makes of the difference; more is better"},
    [MADE_SE] = {"made_se", "own", "its standard error"},
    [MADE_LOW] = {"made_low", "own", "low end of its interval"},
    [MADE_HIGH] = {"made_high", "own", "high end of its interval"},
    [ORDER_GAP] = {"order_gap", "own",
                   "exchanged in the table's order less against it: what it makes "
                   "together with others"},
};

static struct ranged range_of(const struct apart *a, const double *value, double *se)
{
    const struct moments moments = moments_of(value, a->trials);
    const double reach =
        gsl_cdf_tdist_Qinv(0.5 * (1.0 - a->decision->question.confidence),
                           fmax((double)a->trials - 1.0, 1.0)) *
        moments_se(&moments);

    *se = moments_se(&moments);
    return (struct ranged){moments_mean(&moments), moments_mean(&moments) - reach,
                           moments_mean(&moments) + reach};
}

static struct ranged differing(const struct apart *a, const double *one,
                               const double *other, double *se)
{
    const double sign = a->moved == a->first ? 1.0 : -1.0;

    for (size_t t = 0; t < a->trials; t++)
        a->before[t] = sign * (one[t] - other[t]);
    return range_of(a, a->before, se);
}

static void put_range(struct decision *d, const char *name, struct ranged range)
{
    char text[64];

    decision_number(d, name, range.value);
    snprintf(text, sizeof(text), "%s_low", name);
    decision_number(d, text, range.low);
    snprintf(text, sizeof(text), "%s_high", name);
    decision_number(d, text, range.high);
}

static void store_groups(struct apart *a, const size_t *place, double *const *number)
{
    static const char *const names[TERM_WORDS] = {[MEANING] = "meaning",
                                                  [FIRST_VALUE] = "in_first",
                                                  [SECOND_VALUE] = "in_second"};
    struct decision *d = a->decision;
    const char **word = calloc(a->groups + 1, sizeof(*word));
    int axis = -1;

    d->set.failed = d->set.failed || word == NULL;
    for (int w = 0; word != NULL && w < TERM_WORDS; w++) {
        for (size_t g = 0; g < a->groups; g++)
            word[g] = a->word[w][place[g]];
        if (w == TERM)
            axis = decision_axis(d, "term", a->groups, word);
        else
            decision_words(d, names[w], axis, word);
    }
    free(word);
    for (int i = 0; i < NUMBERS; i++) {
        double *to = decision_numbers(d, &columns[i], (int[]){axis, -1, -1, -1});

        for (size_t g = 0; to != NULL && g < a->groups; g++)
            to[g] = number[i][place[g]];
    }
}

/* A group by its first term. */
static const char *spoken(const struct apart *a, size_t group)
{
    const size_t bound = a->group[group].end - a->group[group].begin - 1;
    const char *term = a->word[TERM][group];

    if (bound == 0)
        return term;
    return result_set_name(&a->decision->set, "%.*s with the %zu bound to it",
                           (int)strcspn(term, ","), term, bound);
}

static char *tell(const struct apart *a, struct ranged ahead, const size_t *place,
                  double *const *number)
{
    struct made_case made = {
        .first = a->label[0],
        .second = a->label[1],
        .ahead = ahead,
        .unit = decision_unit(&a->trying.metric),
        .each = decision_each(a->decision, &a->trying.metric),
    };

    for (size_t g = 0; g < a->groups; g++) {
        const size_t at = place[g];

        if (g < MADE_PARTS)
            made.part[made.parts++] = (struct made_part){
                spoken(a, at), number[MADE][at], number[MADE_SE][at]};
        else
            made.other += number[MADE][at];
        made.others += g < MADE_PARTS ? 0 : a->group[at].end - a->group[at].begin;
    }
    return made_of_sentence(&made);
}

static void reckon(struct apart *a, double *const *number, double *key)
{
    for (size_t g = 0; g < a->groups; g++) {
        const struct ranged range =
            range_of(a, a->made + g * a->trials, &number[MADE_SE][g]);

        number[MADE][g] = range.value;
        number[MADE_LOW][g] = range.low;
        number[MADE_HIGH][g] = range.high;
        number[ORDER_GAP][g] = a->gap[g];
        key[g] = fabs(range.value);
    }
}

char *terms_store(struct apart *a)
{
    struct decision *d = a->decision;
    double *memory = calloc((NUMBERS + 1) * (a->groups + 1), sizeof(*memory));
    size_t *place = calloc(a->groups + 1, sizeof(*place));
    double *number[NUMBERS], se;
    const struct ranged ahead = differing(a, a->start, a->other, &se);
    char *sentence = NULL;

    for (int i = 0; memory != NULL && i < NUMBERS; i++)
        number[i] = memory + (size_t)(i + 1) * (a->groups + 1);
    if (memory != NULL && place != NULL) {
        put_range(d, "difference", ahead);
        put_range(d, "rest", differing(a, a->end, a->other, &se));
        reckon(a, number, memory);
        order_falling(memory, a->groups, place);
        store_groups(a, place, number);
        sentence = tell(a, ahead, place, number);
    }
    decision_text(d, "metric", a->trying.metric.name);
    decision_text(d, "unit", a->trying.metric.unit);
    decision_text(d, "first", a->first);
    decision_text(d, "second", a->second);
    decision_count(d, "trials_run", a->trials);
    free(memory);
    free(place);
    return sentence;
}
