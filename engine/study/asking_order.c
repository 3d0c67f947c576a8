#include "asking_draws.h"

#include "spline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double *draws_scores(const struct draws *draws)
{
    double *scores = malloc((draws->count * draws->trials + 1) * sizeof(*scores));
    size_t *order = malloc((draws->trials + 1) * sizeof(*order));

    if (scores == NULL || order == NULL) {
        free(scores);
        free(order);
        return NULL;
    }
    for (size_t k = 0; k < draws->count; k++)
        (void)spline_scores(draws_of(draws, k), draws->trials, order,
                            scores + k * draws->trials);
    free(order);
    return scores;
}

void draws_choose_scores(const struct draws *draws, const double *scores,
                         const bool *wanted, double *chosen, struct scores *into)
{
    const size_t n = draws->trials;

    *into = (struct scores){chosen, 0, n};
    for (size_t k = 0; k < draws->count; k++) {
        if (wanted[k])
            memcpy(chosen + into->draws++ * n, scores + k * n, n * sizeof(*chosen));
    }
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

void draws_put(struct decision *decision, const struct draws *draws,
               const struct draw_table *table)
{
    const char **name = calloc(table->rows + 1, sizeof(*name));
    int axis = -1;

    for (size_t i = 0; name != NULL && i < table->rows; i++)
        name[i] = draws->name[table->place[i]];
    if (name != NULL)
        axis = decision_axis(decision, "draw", table->rows, name);
    else
        decision->set.failed = true;
    free(name);
    if (axis < 0)
        return;
    put_words(decision, "keys", axis, draws->keys, table->place);
    put_words(decision, "key_unit", axis, draws->unit, table->place);
    put_words(decision, "tied_to", axis, draws->tied, table->place);
    for (size_t i = 0; i < table->columns; i++) {
        double *to =
            decision_numbers(decision, &table->column[i], (int[]){axis, -1, -1, -1});

        for (size_t k = 0; to != NULL && k < table->rows; k++)
            to[k] = table->number[i][table->place[k]];
    }
}

void draws_say_trials(struct decision *decision, const struct decision_trials *trials)
{
    uint64_t all = 0;

    (void)hr_result_integer(decision->result, "trials", &all);
    decision_count(decision, "trials_used", trials->ranked.trials);
    decision_count(decision, "first_trials_only", all > trials->trials);
}
