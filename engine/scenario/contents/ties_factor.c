/* How each draw that is tied is made of those before it. */
#include "ties_check_parts.h"

#include "dependence.h"

#include <math.h>
#include <stdlib.h>

/* Cholesky's lower triangle, in plain sums: the same bits everywhere. */
static void factorise(const struct tied *tied, struct plan_ties *ties)
{
    for (size_t i = 0; i < tied->count; i++) {
        double rest = 1.0;

        for (size_t j = 0; j < i; j++) {
            double sum = ties_normal_correlation(tied->rank[i][j]);

            for (size_t k = 0; k < j; k++)
                sum -= ties->factor[i][k] * ties->factor[j][k];
            ties->factor[i][j] = sum / ties->factor[j][j];
            rest -= ties->factor[i][j] * ties->factor[i][j];
        }
        ties->factor[i][i] = sqrt(rest);
    }
}

/* Which way a draw goes with the first of those that it hangs together with, over as
 * few others as may be: into sign[], 0 where it does not. */
static void spread(const struct tied *tied, size_t first, int *sign)
{
    size_t queue[MOST_TIED] = {first}, next = 0, end = 1;

    sign[first] = 1;
    while (next < end) {
        const size_t i = queue[next++];

        for (size_t j = 0; j < tied->count; j++) {
            if (sign[j] != 0 || tied->rank[i][j] == 0.0)
                continue;
            sign[j] = tied->rank[i][j] < 0.0 ? -sign[i] : sign[i];
            queue[end++] = j;
        }
    }
}

/* All that hang together are the first of them, or that turned round. */
static void factorise_fully(const struct tied *tied, struct plan_ties *ties)
{
    bool done[MOST_TIED] = {false};

    for (size_t first = 0; first < tied->count; first++) {
        int sign[MOST_TIED] = {0};

        if (done[first])
            continue;
        spread(tied, first, sign);
        for (size_t i = first; i < tied->count; i++) {
            if (sign[i] == 0)
                continue;
            ties->factor[i][first] = sign[i];
            done[i] = true;
        }
    }
}

static enum dependence dependence_of(const struct hr_scenario *scenario)
{
    const struct setting *setting = settings_find(&scenario->settings, "dependence");

    return setting == NULL ? DEPENDENCE_GIVEN : (enum dependence)setting->choice;
}

/* Which values are of draws that go together. */
static void mark_values(struct plan *plan)
{
    for (size_t v = 0; v < plan->values; v++) {
        for (size_t i = 0; i < plan->ties.count; i++) {
            if (plan->value[v].entity == plan->ties.entity[i])
                plan->value[v].tied = (unsigned)i + 1;
        }
    }
}

bool ties_compile(const struct hr_scenario *scenario, struct plan *plan)
{
    const enum dependence dependence = dependence_of(scenario);
    struct tied *tied;

    plan->ties = (struct plan_ties){0};
    if (scenario->ties.count == 0 || dependence == DEPENDENCE_NONE)
        return true;
    tied = calloc(1, sizeof(*tied));
    if (tied == NULL || !ties_collect(scenario, tied)) {
        free(tied);
        return false;
    }
    ties_fill_ranks(scenario, tied, NULL);
    plan->ties.count = tied->count;
    for (size_t i = 0; i < tied->count; i++)
        plan->ties.entity[i] = tied->draw[i].entity;
    if (dependence == DEPENDENCE_FULL)
        factorise_fully(tied, &plan->ties);
    else
        factorise(tied, &plan->ties);
    mark_values(plan);
    free(tied);
    return true;
}
