#include "assemble_parts.h"

#include "columns.h"
#include "sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double share = 0.05;

/* A trial and what everyone together has in it. */
struct standing {
    double value;
    size_t trial;
};

static int by_value(const void *a, const void *b)
{
    const struct standing *first = a, *second = b;

    if (first->value != second->value)
        return first->value < second->value ? -1 : 1;
    return (first->trial > second->trial) - (first->trial < second->trial);
}

/* What a form's worst trials are found in. */
struct ranking_room {
    double *column;         /* [trial] */
    double *sorted;         /* [2][trial] */
    struct standing *worst; /* [count] */
    size_t trials, count;
};

/* Mean over the worst trials, the last of them in part. */
static double mean_of_worst(const struct ranking_room *room)
{
    const double all = share * (double)room->trials;
    double sum = 0.0, left = all;

    for (size_t i = 0; i < room->count; i++, left -= 1.0)
        sum += fmin(left, 1.0) * room->column[room->worst[i].trial];
    return sum / all;
}

/* The worst trials in their order; of those that are equal the first. */
static bool rank_trials(struct assembly *a, size_t row, struct ranking_room *room)
{
    size_t found = 0;
    struct sample sorted;
    double edge;

    if (!assemble_row(a, row, room->column))
        return false;
    sorted = sample_sort(room->column, room->trials, room->sorted);
    edge = sorted.value[room->count - 1];
    for (size_t t = 0; t < room->trials; t++) {
        if (room->column[t] < edge)
            room->worst[found++] = (struct standing){room->column[t], t};
    }
    for (size_t t = 0; t < room->trials && found < room->count; t++) {
        if (!(room->column[t] < edge) && !(room->column[t] > edge))
            room->worst[found++] = (struct standing){room->column[t], t};
    }
    qsort(room->worst, room->count, sizeof(*room->worst), by_value);
    return true;
}

static void add_worst(struct assembly *a, size_t metric, struct ranking_room *room)
{
    const struct outcome *outcome = a->outcome;
    const size_t bearers = outcome->bearers;
    double *mean = result_set_numbers(a->set, outcome->forms * bearers);

    for (size_t f = 0; mean != NULL && f < outcome->forms; f++) {
        if (!rank_trials(a, metric * outcome->forms + f, room))
            return;
        for (size_t b = 0; b < bearers; b++) {
            if (!assemble_row(a, b * outcome->forms + f, room->column))
                return;
            mean[f * bearers + b] = mean_of_worst(room);
        }
    }
    columns_add(a->set, "/bearers/worst_5pct", mean);
}

void assemble_worst(struct assembly *a)
{
    const struct outcome_trials *metrics = &a->outcome->metrics;
    const size_t trials = a->outcome->trials;
    struct ranking_room room = {.trials = trials,
                                .count = (size_t)ceil(share * (double)trials)};
    const size_t worst = room.count * sizeof(*room.worst) / sizeof(double);
    struct scratch scratch;

    if (a->status == HR_OK)
        a->status = scratch_take(&scratch, 3 * trials + worst, &a->set->home, a->error);
    if (a->status != HR_OK)
        return;
    room.column = scratch.number;
    room.sorted = scratch.number + trials;
    room.worst = (struct standing *)(scratch.number + 3 * trials);
    for (size_t m = 0; m < metrics->count && a->status == HR_OK; m++) {
        if (strcmp(metrics->column[m].name, "economic_net_position") == 0)
            add_worst(a, m, &room);
    }
    scratch_free(&scratch);
}
