#include "asking_draws.h"

#include "spline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double *draws_scores(const struct draws *draws)
{
    double *scores = malloc((draws->count * draws->trials + 1) * sizeof(*scores));
    struct spline spline;
    struct hr_error error;

    for (size_t k = 0; scores != NULL && k < draws->count; k++) {
        if (spline_init(&spline, draws_of(draws, k), draws->trials, &error) != HR_OK) {
            free(scores);
            return NULL;
        }
        memcpy(scores + k * draws->trials, spline.score,
               draws->trials * sizeof(*scores));
        spline_free(&spline);
    }
    return scores;
}

static void put_words(struct decision *decision, const char *name, int axis,
                      const char *const *word, const size_t *place)
{
    const size_t count = decision->set.axis[axis].size;
    const char **ordered = calloc(count + 1, sizeof(*ordered));

    for (size_t i = 0; ordered != NULL && i < count; i++)
        ordered[i] = word[place[i]];
    if (ordered != NULL)
        decision_words(decision, name, axis, ordered);
    else
        decision->set.failed = true;
    free(ordered);
}

static int put_axis(struct decision *decision, const struct draws *draws,
                    const size_t *place)
{
    const char **ordered = calloc(draws->count + 1, sizeof(*ordered));
    int axis = -1;

    for (size_t i = 0; ordered != NULL && i < draws->count; i++)
        ordered[i] = draws->name[place[i]];
    if (ordered != NULL)
        axis = decision_axis(decision, "draw", draws->count, ordered);
    else
        decision->set.failed = true;
    free(ordered);
    return axis;
}

void draws_put(struct decision *decision, const struct draws *draws,
               const size_t *place, const struct decision_column *column,
               double *const *number, size_t numbers)
{
    const int axis = put_axis(decision, draws, place);

    if (axis < 0)
        return;
    put_words(decision, "keys", axis, draws->keys, place);
    put_words(decision, "key_unit", axis, draws->unit, place);
    for (size_t i = 0; i < numbers; i++) {
        double *to = decision_numbers(decision, &column[i], (int[]){axis, -1, -1, -1});

        for (size_t k = 0; to != NULL && k < draws->count; k++)
            to[k] = number[i][place[k]];
    }
}

void draws_say_trials(struct decision *decision, const struct decision_trials *trials)
{
    uint64_t all = 0;

    (void)hr_result_integer(decision->result, "trials", &all);
    decision_count(decision, "trials_used", trials->ranked.trials);
    decision_count(decision, "first_trials_only", all > trials->trials);
}
