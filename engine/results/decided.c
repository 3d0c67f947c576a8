#include "decided.h"

#include "columns.h"
#include "lead_told.h"
#include "objective.h"
#include "ranking.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double confidence = 0.95;

/* Names of the data sets, in the order in which they are filled. */
static const char *const of_form[] = {"p_best",      "p_best_low", "p_best_high",
                                      "mean_rank",   "regret",     "regret_low",
                                      "regret_high", "regret_q95", "regret_max"};
static const char *const of_rival[] = {"better", "better_low", "better_high", "equal"};
static const char *const of_point[] = {"resolved", "ranking_confidence", "complete"};

#define COUNT(table) (sizeof(table) / sizeof(*(table)))

struct deciding {
    struct result_set *into;
    const struct result_set *from;
    struct result_data trial; /* a copy: the set may be the one that grows */
    const char *objective;
    enum view view;
    struct hr_metric metric;
    size_t points, forms, trials, reference;
    const char *const *label;
    double *form[COUNT(of_form)];   /* [point][form] */
    double *rival[COUNT(of_rival)]; /* [point][form][rival] */
    double *rank;                   /* [point][form][rank] */
    double *point[COUNT(of_point)];
    const char **leader, **sentence; /* [point] */
    double *memory; /* [forms + 2][trial], then [forms][forms] and [forms] */
    const char **name;
    size_t *which;
};

static size_t axis_size(const struct result_set *set, const char *path)
{
    const struct result_axis *axis = result_set_find_axis(set, path);

    return axis != NULL ? axis->size : 0;
}

/* --- places in the file ----------------------------------------------------------- */

/* Costs of choosing are in the metric's own unit, shares are not. */
static double *numbers(struct deciding *d, const char *name, size_t count)
{
    struct result_set *set = d->into;
    const char *path = result_set_name(set, "/decision/%s/%s", d->objective, name);
    const struct data_row *row = path != NULL ? columns_find(path, DATA_NUMBERS) : NULL;
    double *value = result_set_numbers(set, count);

    if (row == NULL || value == NULL) {
        set->failed = true;
        return NULL;
    }
    columns_add_own(
        set, path,
        &(struct column){.unit = row->unit != NULL ? row->unit : d->metric.unit,
                         .long_name = row->meaning,
                         .money = row->unit == NULL && d->metric.money,
                         .discounted = row->unit == NULL && d->metric.discounted},
        value);
    return value;
}

static const char **words(struct deciding *d, const char *name)
{
    struct result_set *set = d->into;
    const char **word = result_set_memory(set, (d->points + 1) * sizeof(*word));

    for (size_t p = 0; word != NULL && p < d->points; p++)
        word[p] = "";
    columns_add_words(set, result_set_name(set, "/decision/%s/%s", d->objective, name),
                      word);
    return word;
}

static void add_axes(struct deciding *d)
{
    const struct result_axis *form = result_set_find_axis(d->into, "/form");
    const char **rank;

    if (result_set_find_axis(d->into, "/rank") != NULL)
        return;
    rank = result_set_memory(d->into, (d->forms + 1) * sizeof(*rank));
    for (size_t r = 0; rank != NULL && r < d->forms; r++)
        rank[r] = result_set_name(d->into, "%zu", r + 1);
    columns_add_axis(d->into, "/rival", d->forms, form->word);
    columns_add_axis(d->into, "/rank", d->forms, rank);
}

static void lay_out(struct deciding *d)
{
    const size_t cells = d->points * d->forms;

    add_axes(d);
    for (size_t i = 0; i < COUNT(of_form); i++)
        d->form[i] = numbers(d, of_form[i], cells);
    for (size_t i = 0; i < COUNT(of_rival); i++)
        d->rival[i] = numbers(d, of_rival[i], cells * d->forms);
    d->rank = numbers(d, "p_rank", cells * d->forms);
    for (size_t i = 0; i < COUNT(of_point); i++)
        d->point[i] = numbers(d, of_point[i], d->points);
    d->leader = words(d, "leader");
    d->sentence = words(d, "sentence");
}

/* --- one point -------------------------------------------------------------------- */

static enum hr_status read_forms(const struct deciding *d, size_t point,
                                 struct hr_error *error)
{
    const size_t n = d->trials, first = point * d->forms;

    if (d->trial.value != NULL) {
        memcpy(d->memory, d->trial.value + first * n, d->forms * n * sizeof(double));
        return HR_OK;
    }
    for (size_t f = 0; f < d->forms; f++) {
        const struct row_stretch row = {.row = d->trial.row + first + f, .count = n};

        if (d->trial.rows->read(d->trial.rows->context, &row, d->memory + f * n,
                                error) != HR_OK)
            return error->status;
    }
    return HR_OK;
}

/* The complete trials of the forms that can be ranked, larger being better. */
static struct alternatives rank_forms(const struct deciding *d)
{
    struct alternatives all = {d->memory, d->forms, d->trials};
    const size_t n = d->trials;

    all.count = alternatives_ranked(&all, d->which + d->forms, d->which);
    for (size_t i = 0; i < all.count; i++) {
        double *to = d->memory + i * n;
        const double *from = d->memory + d->which[i] * n; /* never before to */

        for (size_t t = 0; t < n; t++)
            to[t] = d->metric.better < 0 ? -from[t] : from[t];
    }
    return alternatives_keep(d->memory, all.count, n);
}

static void put_form(const struct deciding *d, size_t at, const struct ranking *ranking)
{
    const double found[COUNT(of_form)] = {
        ranking->best.value,  ranking->best.low,     ranking->best.high,
        ranking->mean_rank,   ranking->regret.value, ranking->regret.low,
        ranking->regret.high, ranking->regret_q95,   ranking->regret_max};

    for (size_t i = 0; i < COUNT(of_form); i++)
        d->form[i][at] = found[i];
}

static void put_rival(const struct deciding *d, size_t at, const double *own,
                      const double *rival, size_t n)
{
    const struct versus versus = alternatives_versus(own, rival, n, 0.0);
    const struct interval_estimate better =
        estimate_share((double)versus.better, (double)n, confidence);
    const double found[COUNT(of_rival)] = {better.value, better.low, better.high,
                                           (double)versus.equal / (double)n};

    for (size_t i = 0; i < COUNT(of_rival); i++)
        d->rival[i][at] = found[i];
}

static void put_forms(const struct deciding *d, size_t point,
                      const struct alternatives *all, double *share)
{
    alternatives_ranks(all, share);
    for (size_t i = 0; i < all->count; i++) {
        const size_t at = point * d->forms + d->which[i];
        const struct ranking ranking =
            ranking_of(all, i, share, confidence, d->memory + d->forms * d->trials);

        put_form(d, at, &ranking);
        memcpy(d->rank + at * d->forms, share + i * all->count,
               all->count * sizeof(*share));
        for (size_t j = 0; j < all->count; j++) {
            if (j != i)
                put_rival(d, at * d->forms + d->which[j], alternatives_of(all, i),
                          alternatives_of(all, j), all->trials);
        }
    }
}

static struct lead_case begin_lead(const struct deciding *d,
                                   const struct alternatives *all)
{
    const struct hr_metric *metric = &d->metric;

    return (struct lead_case){
        .view = d->view,
        .label = metric->label,
        .better = metric->better,
        .unit = {metric->scale, metric->money, metric->suffix, metric->decimals + 1},
        .years = metric->discounted ? (int)(axis_size(d->from, "/quarter") / 4) : 0,
        .forms = all->count,
        .leader = "",
        .rival = "",
        .hardest = "",
        .trials = (double)all->trials,
        .complete = (double)all->trials / (double)d->trials,
    };
}

static void tell(const struct deciding *d, size_t point, const struct alternatives *all,
                 const struct leading *leading)
{
    double *best = d->memory + (d->forms + 2) * d->trials + d->forms * d->forms;
    struct lead_case lead = begin_lead(d, all);
    struct lead_of of = {all,        d->name, all->count,
                         confidence, best,    d->memory + d->forms * d->trials};
    char *sentence;

    for (size_t i = 0; i < all->count; i++) {
        d->name[i] = d->label[d->which[i]];
        best[i] = d->form[0][point * d->forms + d->which[i]];
        if (d->which[i] == d->reference)
            of.reference = i;
    }
    if (all->count > 1)
        lead_told(&of, leading, &lead);
    else if (all->count == 1)
        lead.leader = d->name[0];
    sentence = lead_sentence(&lead);
    if (sentence == NULL)
        d->into->failed = true;
    else
        d->sentence[point] = result_set_name(d->into, "%s", sentence);
    free(sentence);
}

static void decide(const struct deciding *d, size_t point)
{
    const struct result_axis *form = result_set_find_axis(d->into, "/form");
    const struct alternatives all = rank_forms(d);
    struct leading leading;

    d->point[2][point] = (double)all.trials / (double)d->trials;
    if (all.count == 0 || all.trials == 0)
        return;
    leading = alternatives_leading(&all, confidence, 0.0);
    put_forms(d, point, &all, d->memory + (d->forms + 2) * d->trials);
    d->point[0][point] = leading.resolved;
    d->point[1][point] = leading.confidence;
    d->leader[point] = form->word[d->which[leading.leader]];
    tell(d, point, &all, &leading);
}

static enum hr_status decide_all(struct deciding *d, struct hr_error *error)
{
    const size_t numbers_ = (d->forms + 2) * d->trials + d->forms * d->forms + d->forms;
    struct scratch room;
    enum hr_status status = scratch_take(&room, numbers_, &d->into->home, error);

    d->memory = room.number;
    d->name = calloc(d->forms + 1, sizeof(*d->name));
    d->which = calloc(2 * d->forms + 1, sizeof(*d->which));
    if (d->name == NULL || d->which == NULL)
        d->into->failed = true;
    for (size_t p = 0; p < d->points && status == HR_OK && !d->into->failed; p++) {
        status = read_forms(d, p, error);
        if (status == HR_OK)
            decide(d, p);
    }
    scratch_free(&room);
    free(d->name);
    free(d->which);
    return status;
}

/* --- what is decided on ----------------------------------------------------------- */

static const char *const *labels_of(const struct result_set *set)
{
    const struct result_words *words =
        result_set_find_words(set, "/inputs/forms/label");

    return words != NULL ? words->value : result_set_find_axis(set, "/form")->word;
}

static size_t reference_of(const struct result_set *set)
{
    const struct result_attribute *named = result_set_find_attribute(set, "/reference");
    const struct result_axis *form = result_set_find_axis(set, "/form");
    size_t f = 0;

    while (f < form->size && strcmp(form->word[f], named->text) != 0)
        f++;
    return f;
}

static bool find(struct deciding *d)
{
    const struct result_data *found;
    char path[160] = "/trials/";

    if (d->objective == NULL || !objective_find(d->objective, &d->view) ||
        !hr_metric_find(objectives[d->view].metric, &d->metric))
        return false;
    strncat(path, d->metric.name, sizeof(path) - strlen(path) - 1);
    found = result_set_find_data(d->from, path);
    if (found != NULL)
        d->trial = *found;
    return found != NULL;
}

enum hr_status decided_add(const struct result_set *from, struct result_set *into,
                           const char *objective, struct hr_error *error)
{
    struct deciding d = {.into = into, .from = from, .objective = objective};

    if (into->failed || !find(&d))
        return HR_OK;
    d.points = axis_size(from, "/point");
    d.forms = axis_size(from, "/form");
    d.trials = axis_size(from, "/trial");
    d.reference = reference_of(from);
    d.label = labels_of(from);
    lay_out(&d);
    return into->failed ? HR_OK : decide_all(&d, error);
}
