#include "alternatives.h"
#include "answer_parts.h"
#include "moments.h"
#include "objective.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double confidence = 0.95;

/* Trials of an objective, larger being better; memory for two copies of them. */
struct viewing {
    struct hr_result *result;
    struct hr_answer *answer;
    struct sentence_case *told;
    double *memory;
    struct hr_error *failed; /**< set where what is there cannot be read */
};

/* False where a metric's trials are not there, or cannot be read. */
static bool trials_of(const struct viewing *view, const char *metric,
                      struct hr_result_values *values)
{
    struct hr_error error;

    if (answer_values(view->result, "/trials", metric, values, &error) == HR_OK)
        return values->value != NULL;
    *view->failed = error;
    return false;
}

static bool turned_values(const struct viewing *view, const char *metric, int better,
                          struct alternatives *all)
{
    const size_t forms = view->answer->forms;
    struct hr_result_values values;

    if (!trials_of(view, metric, &values))
        return false;
    *all = (struct alternatives){view->memory, forms, values.size[values.rank - 1]};
    for (size_t i = 0; i < forms * all->trials; i++)
        view->memory[i] = better < 0 ? -values.value[i] : values.value[i];
    answer_release_trials(view->result, metric);
    return true;
}

static struct sentence_difference difference_of(const struct alternatives *all,
                                                size_t a, size_t b,
                                                const struct hr_answer_cell *cell,
                                                int better)
{
    const struct moments moments = moments_of_difference(
        alternatives_of(all, a), alternatives_of(all, b), all->trials);
    const struct versus versus = alternatives_versus(
        alternatives_of(all, a), alternatives_of(all, b), all->trials, 0.0);
    const double n = (double)all->trials;

    return (struct sentence_difference){
        .mean = moments_mean(&moments),
        .se = moments_se(&moments),
        .better = (double)versus.better / n,
        .equal = (double)versus.equal / n,
        .q05 = better < 0 ? -cell->q95 : cell->q05,
    };
}

static struct figure_unit unit_of(const struct hr_metric *metric)
{
    return (struct figure_unit){metric->scale, metric->money, metric->suffix,
                                metric->decimals + 1};
}

/* What the public purse's lead comes to, against what it costs in the first place. */
static double relative(const struct viewing *view, enum view v, double mean)
{
    const struct hr_answer *answer = view->answer;
    size_t cost;

    if (v != VIEW_PUBLIC || !hr_answer_find(answer, "public_cost", &cost))
        return NAN;
    return mean / hr_answer_at(answer, cost, answer->reference)->mean;
}

static bool look(const struct viewing *view, enum view v)
{
    const struct hr_answer *answer = view->answer;
    struct sentence_view *told = &view->told->view[v];
    double *share = view->memory + 2 * answer->forms * (size_t)answer->trials;
    struct alternatives all, complete;
    struct leading leading;
    size_t metric;

    if (!hr_answer_find(answer, objectives[v].metric, &metric) ||
        !turned_values(view, objectives[v].metric, answer->metric[metric].better, &all))
        return false;
    complete = alternatives_complete(&all, view->memory + all.count * all.trials);
    leading = alternatives_leading(&complete, confidence, 0.0);
    alternatives_ranks(&complete, share);
    *told = (struct sentence_view){
        .leader = leading.leader,
        .hardest = leading.hardest,
        .resolved = leading.resolved && !leading.same,
        .best = share[leading.leader * all.count],
        .difference = difference_of(&complete, leading.leader, answer->reference,
                                    hr_answer_at(answer, metric, leading.leader),
                                    answer->metric[metric].better),
        .unit = unit_of(&answer->metric[metric]),
    };
    told->relative = relative(view, v, told->difference.mean);
    told->small = hr_answer_at(answer, metric, leading.leader)->verdict ==
                  verdict_words[VERDICT_TOO_SMALL].words;
    return true;
}

/* What may happen to organisations, and how it is told. */
static const struct {
    const char *metric, *words;
} events[] = {
    {"organisations_exited", "it hands its losing practices back"},
    {"organisations_dissolved", "an organisation fails"},
};

/* Mean of the trials in which something happened, and of the others. */
struct apart {
    struct moments with, without;
};

static struct apart apart_by(const double *happened, const double *value, size_t n)
{
    struct apart apart = {0};

    for (size_t t = 0; t < n; t++)
        moments_add(happened[t] > 0.0 ? &apart.with : &apart.without, value[t]);
    return apart;
}

static double fallen_sites(const struct viewing *view, const double *happened,
                           size_t form)
{
    struct hr_result_values sites;
    struct apart apart;
    size_t n;

    if (!trials_of(view, "sites_caretaker", &sites))
        return NAN;
    apart =
        apart_by(happened, answer_row(&sites, form, &n), sites.size[sites.rank - 1]);
    return apart.with.mean;
}

/* The trials of the public purse are in memory since it was looked at. */
static void look_for_event(const struct viewing *view, size_t e)
{
    const struct hr_answer *answer = view->answer;
    const size_t leader = view->told->view[VIEW_PUBLIC].leader;
    struct hr_result_values happened;
    struct alternatives all;
    struct apart apart;
    const double *own;
    size_t n;

    if (!trials_of(view, events[e].metric, &happened) ||
        !turned_values(view, objectives[VIEW_PUBLIC].metric, 1, &all))
        return;
    own = answer_row(&happened, leader, &n);
    for (size_t t = 0; t < n; t++)
        view->memory[leader * n + t] -= view->memory[answer->reference * n + t];
    apart = apart_by(own, alternatives_of(&all, leader), n);
    if (apart.with.count == 0 || apart.with.mean >= 0.0)
        return;
    view->told->event = (struct sentence_event){
        .words = events[e].words,
        .share = (double)apart.with.count / (double)n,
        .with = apart.with.mean,
        .without = apart.without.mean,
        .sites = fallen_sites(view, own, leader),
    };
}

static void tell_unmet(const struct viewing *view)
{
    const size_t leader = view->told->view[VIEW_PUBLIC].leader;
    size_t metric;

    if (hr_answer_find(view->answer, objectives[VIEW_PATIENTS].metric, &metric)) {
        view->told->unmet = hr_answer_at(view->answer, metric, leader)->difference;
        view->told->unmet_se =
            hr_answer_at(view->answer, metric, leader)->difference_se;
    }
}

/* Everyone's differences: the largest error, and those that turn when neutral. */
static void tell_turns(const struct viewing *view, struct sentence_turn *turn)
{
    const struct hr_answer *answer = view->answer;
    struct sentence_case *told = view->told;
    size_t metric;

    if (!hr_answer_find(answer, "economic_net_position", &metric))
        return;
    told->largest_error = NAN; /* of one trial there is none */
    for (size_t f = 0; f < answer->forms; f++) {
        const struct hr_answer_cell *cell = hr_answer_at(answer, metric, f);
        const bool by_all =
            !cell->turns && cell->neutral_all * cell->difference < 0.0 &&
            fabs(cell->difference) > VERDICT_ERRORS * cell->difference_se;

        if (f == answer->reference)
            continue;
        told->largest_error = fmax(told->largest_error, cell->difference_se);
        told->neutral_known = told->neutral_known || !isnan(cell->neutral);
        if (cell->turns || by_all)
            turn[told->turns++] = (struct sentence_turn){
                f, cell->difference, by_all ? cell->neutral_all : cell->neutral,
                by_all};
    }
    told->turn = turn;
}

static bool look_all(const struct viewing *view)
{
    for (int v = 0; v < VIEWS; v++) {
        if (!look(view, (enum view)v))
            return false;
    }
    for (size_t e = 0; e < sizeof(events) / sizeof(*events); e++)
        look_for_event(view, e);
    tell_unmet(view);
    return true;
}

static enum hr_status write_sentences(const struct sentence_case *told,
                                      struct hr_answer *answer, struct hr_error *error)
{
    static char *(*const write[HR_SENTENCES])(
        const struct sentence_case *, enum figure_style) = {sentence_who, sentence_risk,
                                                            sentence_sure};

    for (int s = 0; s < HR_SENTENCES; s++) {
        answer->sentence[s] = write[s](told, FIGURE_PLAIN);
        answer->page[s] = write[s](told, FIGURE_PAGE);
        if (answer->sentence[s] == NULL || answer->page[s] == NULL)
            return hr_fail(error, HR_FAILED, "no memory for the answer's sentences");
    }
    return HR_OK;
}

/* What cannot be said is said. */
static enum hr_status write_lack(const struct hr_result *result,
                                 struct hr_answer *answer, struct hr_error *error)
{
    char lack[768], text[1024];

    if (!hr_result_left_out(result, lack, sizeof(lack)))
        return HR_OK;
    snprintf(text, sizeof(text),
             "Of this result it is not said who is best how often, nor how bad the "
             "worst futures are: %s. What stands below is of all its trials.",
             lack);
    answer->sentence[0] = strdup(text);
    answer->page[0] = strdup(text);
    if (answer->sentence[0] != NULL && answer->page[0] != NULL)
        return HR_OK;
    return hr_fail(error, HR_FAILED, "no memory for the answer's sentences");
}

enum hr_status answer_sentences(struct hr_result *result, struct hr_answer *answer,
                                struct hr_error *error)
{
    const size_t numbers = answer->forms * (2 * (size_t)answer->trials + answer->forms);
    const char **label = calloc(answer->forms, sizeof(*label));
    struct sentence_turn *turn = calloc(answer->forms, sizeof(*turn));
    struct sentence_case told = {
        .label = label,
        .forms = answer->forms,
        .reference = answer->reference,
        .years = answer->years,
        .sites = answer->sites,
        .trials = (double)answer->trials,
        .assumed = answer->assumed,
        .numbers = answer->numbers,
    };
    struct hr_error failed = {0};
    const struct viewing view = {result, answer, &told,
                                 malloc(numbers * sizeof(double)), &failed};
    enum hr_status status = HR_OK;
    bool seen;

    if (label == NULL || turn == NULL || view.memory == NULL) {
        status = hr_fail(error, HR_FAILED, "no memory for the answer's sentences");
    } else {
        for (size_t f = 0; f < answer->forms; f++)
            label[f] = answer->label[f];
        tell_turns(&view, turn);
        seen = look_all(&view);
        if (failed.status != HR_OK)
            *error = failed;
        status = failed.status != HR_OK ? failed.status
                 : seen                 ? write_sentences(&told, answer, error)
                                        : write_lack(result, answer, error);
    }
    free(label);
    free(turn);
    free(view.memory);
    return status;
}
