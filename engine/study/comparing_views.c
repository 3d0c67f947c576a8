#include "comparing.h"

#include <stdio.h>

static const struct decision_column resolved_column = {
    "objective_resolved", "0 or 1",
    "1 where the mean of that objective's leader is told from every rival's"};

/* The leader by one objective; NULL where the result does not say. */
static enum hr_status look(const struct decision *decision, enum view view,
                           const char **leader, double *resolved,
                           struct hr_error *error)
{
    const struct hr_question *question = &decision->question;
    struct decision_trials trials;
    char path[160];

    *leader = NULL;
    *resolved = 0.0;
    snprintf(path, sizeof(path), "/trials/%s", objectives[view].metric);
    if (!decision_has(decision->result, path))
        return HR_OK;
    if (decision_read(decision, objectives[view].metric, 0, &trials, error) != HR_OK)
        return error->status;
    if (trials.ranked.count > 1 && trials.ranked.trials > 1) {
        const struct leading leading =
            alternatives_leading(&trials.ranked, question->confidence, 0.0);

        *leader = decision->name[trials.which[leading.leader]];
        *resolved = leading.resolved;
    }
    decision_trials_free(&trials);
    return HR_OK;
}

enum hr_status compare_views(struct decision *decision, struct hr_error *error)
{
    const char *name[VIEWS], *leader[VIEWS];
    double found[VIEWS], *resolved;
    int axis;

    for (int v = 0; v < VIEWS; v++) {
        name[v] = objectives[v].name;
        if (look(decision, (enum view)v, &leader[v], &found[v], error) != HR_OK)
            return error->status;
    }
    axis = decision_axis(decision, "objective", VIEWS, name);
    decision_words(decision, "objective_leader", axis, leader);
    resolved = decision_numbers(decision, &resolved_column, (int[]){axis, -1, -1, -1});
    for (int v = 0; resolved != NULL && v < VIEWS; v++)
        resolved[v] = found[v];
    return HR_OK;
}
