#include "comparing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Those of a list with commas. */
static enum hr_status list_named(struct comparing *c, const char *names,
                                 struct hr_error *error)
{
    char name[64];

    for (const char *at = names; *at != '\0';) {
        const size_t length = strcspn(at, ",");

        snprintf(name, sizeof(name), "%.*s", (int)length, at);
        if (c->metrics == hr_metric_count() ||
            !hr_metric_find(name, &c->metric[c->metrics]))
            return hr_fail(error, HR_BAD_INPUT,
                           "no metric is called %s; the nearest is %s; headroom "
                           "metrics lists them",
                           name, hr_metric_nearest(name));
        c->metrics++;
        at += length + (at[length] == ',');
    }
    return c->metrics > 0 ? HR_OK : hr_fail(error, HR_BAD_INPUT, "which metric?");
}

static enum hr_status list_metrics(struct comparing *c, struct hr_error *error)
{
    const struct hr_question *question = &c->decision->question;

    c->metric = calloc(hr_metric_count() + VIEWS, sizeof(*c->metric));
    if (c->metric == NULL)
        return hr_fail(error, HR_FAILED, "no memory to compare forms");
    if (question->metrics == NULL && question->objective == NULL) {
        for (int v = 0; v < VIEWS; v++)
            (void)hr_metric_find(objectives[v].metric, &c->metric[c->metrics++]);
        return HR_OK;
    }
    if (question->objective != NULL) {
        c->metrics = 1;
        return decision_metric(c->decision, &c->metric[0], error);
    }
    return list_named(c, question->metrics, error);
}

static const struct decision_column total_columns[COMPARE_TOTALS] = {
    [COMPARE_COMPLETE] = {"complete", "trials",
                          "trials in which all ranked forms exist"},
    [COMPARE_LEFT_OUT] = {"left_out", "trials", "the others"},
    [COMPARE_RESOLVED] = {"resolved", "0 or 1",
                          "1 where the leader's mean is told from every rival's"},
    [COMPARE_CONFIDENCE] = {"ranking_confidence", "share",
                            "how sure it is that the leader's mean is best"},
    [COMPARE_NEEDED] = {"trials_needed", "trials",
                        "that would resolve it; 0 where it is resolved"},
};

static const struct decision_column other_columns[] = {
    {"p_rank", "share", "trials in which a form has a rank; ties are shared"},
    {"better_than", "share", "trials in which a form is better than a rival"},
    {"equal_to", "share", "trials in which a form is as good as a rival"},
    {"dominance", "code",
     "the leader over a rival: 0 not resolved, 1 first order, 2 second, 3 refuted"},
    {"dominance_violation", "share", "largest violation of first order"},
    {"dominance_violation_at", "own", "level of it; larger being better"},
};

static enum hr_status lay_out(struct comparing *c, struct hr_error *error)
{
    struct decision *d = c->decision;
    const char **name = calloc(c->metrics + d->forms, sizeof(*name));
    int metric, rank, rival;

    if (name == NULL)
        return hr_fail(error, HR_FAILED, "no memory to compare forms");
    for (size_t m = 0; m < c->metrics; m++)
        name[m] = c->metric[m].name;
    metric = decision_axis(d, "metric", c->metrics, name);
    rival = decision_axis(d, "rival", d->forms, d->name);
    for (size_t r = 0; r < d->forms; r++)
        name[r] = result_set_name(&d->set, "%zu", r + 1);
    rank = decision_axis(d, "rank", d->forms, name);
    for (size_t m = 0; m < c->metrics; m++)
        name[m] = c->metric[m].unit;
    decision_words(d, "unit", metric, name);
    free(name);
    for (int i = 0; i < COMPARE_NUMBERS; i++)
        c->number[i] = decision_numbers(d, &compare_columns[i],
                                        (int[]){metric, d->form_axis, -1, -1});
    for (int i = 0; i < COMPARE_TOTALS; i++)
        c->total[i] =
            decision_numbers(d, &total_columns[i], (int[]){metric, -1, -1, -1});
    c->rank =
        decision_numbers(d, &other_columns[0], (int[]){metric, d->form_axis, rank, -1});
    c->better_than = decision_numbers(d, &other_columns[1],
                                      (int[]){metric, d->form_axis, rival, -1});
    c->equal_to = decision_numbers(d, &other_columns[2],
                                   (int[]){metric, d->form_axis, rival, -1});
    c->dominance =
        decision_numbers(d, &other_columns[3], (int[]){metric, rival, -1, -1});
    c->violation =
        decision_numbers(d, &other_columns[4], (int[]){metric, rival, -1, -1});
    c->violated_at =
        decision_numbers(d, &other_columns[5], (int[]){metric, rival, -1, -1});
    return result_set_status(&d->set, error);
}

static enum hr_status make_room(struct comparing *c, struct hr_error *error)
{
    const size_t forms = c->decision->forms;
    uint64_t trials = 0;

    (void)hr_result_integer(c->decision->result, "trials", &trials);
    c->lead = calloc(c->metrics, sizeof(*c->lead));
    c->leader = calloc(2 * c->metrics + forms, sizeof(*c->leader));
    c->memory = malloc((10 * (size_t)trials + forms * forms + 1) * sizeof(double));
    if (c->lead == NULL || c->leader == NULL || c->memory == NULL)
        return hr_fail(error, HR_FAILED, "no memory to compare forms");
    c->minimax = c->leader + c->metrics;
    c->ranked_name = c->minimax + c->metrics;
    return HR_OK;
}

/* A sentence for each metric, and one for all. */
static char *tell(struct comparing *c)
{
    struct decision *d = c->decision;
    const char **sentence = calloc(c->metrics, sizeof(*sentence));
    const int axis = 1; /* after the forms */
    char *first = NULL;

    if (sentence == NULL)
        return NULL;
    for (size_t m = 0; m < c->metrics; m++) {
        char *text = lead_sentence(&c->lead[m]);

        d->set.failed |= text == NULL;
        sentence[m] = text != NULL ? result_set_name(&d->set, "%s", text) : "";
        if (m == 0 && c->metrics == 1)
            first = text;
        else
            free(text);
    }
    decision_words(d, "leader", axis, c->leader);
    decision_words(d, "minimax_regret", axis, c->minimax);
    decision_words(d, "sentences", axis, sentence);
    if (c->metrics > 1 && d->question.metrics == NULL)
        first = lead_disagreement(c->lead);
    else if (c->metrics > 1)
        first = strdup(sentence[0]);
    free(sentence);
    return first;
}

static void comparing_free(struct comparing *c)
{
    free(c->metric);
    free(c->lead);
    free(c->leader);
    free(c->memory);
}

static enum hr_status fill(struct comparing *c, struct hr_error *error)
{
    if (list_metrics(c, error) != HR_OK || lay_out(c, error) != HR_OK ||
        make_room(c, error) != HR_OK)
        return error->status;
    for (size_t m = 0; m < c->metrics; m++) {
        if (compare_metric(c, m, error) != HR_OK)
            return error->status;
    }
    if (compare_views(c->decision, error) != HR_OK ||
        compare_bearers(c->decision, error) != HR_OK)
        return error->status;
    return compare_sites(c->decision, error);
}

enum hr_status hr_compare(struct hr_result *result, const struct hr_question *question,
                          struct hr_result **analysis, struct hr_error *error)
{
    struct decision decision;
    struct comparing comparing = {.decision = &decision};
    enum hr_status status;

    *analysis = NULL;
    status = decision_open(&decision, result, question, "headroom.compare/1", error);
    if (status != HR_OK)
        return status;
    status = fill(&comparing, error);
    if (status == HR_OK)
        status = decision_finish(&decision, tell(&comparing), analysis, error);
    else
        decision_close(&decision);
    comparing_free(&comparing);
    return status;
}
