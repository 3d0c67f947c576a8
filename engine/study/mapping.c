/* Which form is best where two assumptions are what they are, all else drawn. */
#include "mapping.h"

#include "sample.h"
#include "turning.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL_GRID = 9, USUAL_RUN = 5, LEAST_GRID = 2 };

static const double outermost = 0.02; /* chance at the ends of the grid */

static const struct decision_column form_columns[] = {
    {"mean", "own", "of the form less the best on average there; more is better"},
    {"mean_se", "own", "its standard error"},
};
static const struct decision_column cell_columns[] = {
    {"best", "number", "place of the best form among those compared, from 0"},
    {"sure", "0 or 1", "1 where it is told from the next"},
};

/* The key that is named first goes down. */
static void order_draws(struct mapping *m)
{
    const char *keys = m->decision->question.keys;
    const size_t length = keys != NULL ? strcspn(keys, ",") : 0;
    const bool turned = keys != NULL && draws_match(&m->draws, 1, keys, length) &&
                        !draws_match(&m->draws, 0, keys, length);

    m->own[0] = turned;
    m->own[1] = !turned;
}

static enum hr_status make_room(struct mapping *m, struct hr_error *error)
{
    const size_t ranked = m->trials.ranked.count, cells = mapping_cells(m);

    m->at = calloc(ranked * cells, sizeof(*m->at));
    m->best = calloc(cells, sizeof(*m->best));
    m->sure = calloc(cells, sizeof(*m->sure));
    m->cells = calloc(ranked, sizeof(*m->cells));
    if (m->at == NULL || m->best == NULL || m->sure == NULL || m->cells == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a map");
    m->leader = alternatives_leader(&m->trials.ranked);
    return HR_OK;
}

static enum hr_status read_map(struct mapping *m, struct hr_error *error)
{
    struct decision *d = m->decision;

    struct hr_metric metric;

    if (decision_metric(d, &metric, error) != HR_OK ||
        decision_read(d, metric.name, DRAWS_TRIALS, &m->trials, error) != HR_OK ||
        draws_read(d, &m->trials, &m->draws, error) != HR_OK)
        return error->status;
    if (m->draws.count != 2)
        return hr_fail(
            error, HR_BAD_INPUT,
            "a map is of two assumptions that were drawn, not %zu: name them "
            "as headroom sensitivity lists them",
            m->draws.count);
    if (m->trials.ranked.count < 2 || m->trials.metric.better == HR_BETTER_NEITHER)
        return hr_fail(error, HR_BAD_INPUT,
                       "%s does not rank two forms, so there is nothing to map",
                       m->trials.metric.name);
    order_draws(m);
    return make_room(m, error);
}

static enum hr_status lay_grid(struct mapping *m, struct hr_error *error)
{
    const size_t n = m->draws.trials;
    double *memory = malloc((2 * n + 1) * sizeof(*memory));

    if (memory == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a map");
    for (size_t k = 0; k < 2; k++) {
        const struct sample sample =
            sample_sort(draws_of(&m->draws, m->own[k]), n, memory);

        for (size_t i = 0; i < m->grid[k]; i++) {
            const double chance = outermost + (1.0 - 2.0 * outermost) * (double)i /
                                                  (double)(m->grid[k] - 1);

            m->score[k][i] = gsl_cdf_ugaussian_Pinv(chance);
            m->x[k][i] = sample_quantile(&sample, chance).value;
        }
    }
    free(memory);
    return HR_OK;
}

/* --- by a surface ----------------------------------------------------------------- */

/* A form's surface over the leader's, cell by cell. */
static enum hr_status fit_form(struct mapping *m, size_t f,
                               const double *const score[2], double *difference,
                               struct hr_error *error)
{
    struct tensor tensor;

    decision_difference(&m->trials.ranked, f, m->leader, difference);
    if (tensor_fit(&tensor, score, difference, m->draws.trials, error) != HR_OK)
        return error->status;
    for (size_t c = 0; c < mapping_cells(m); c++)
        m->at[f * mapping_cells(m) + c] = tensor_at(
            &tensor, m->score[0][c / m->grid[1]], m->score[1][c % m->grid[1]]);
    return HR_OK;
}

/* The best form of a cell, and whether it is told from each other. */
static void judge(struct mapping *m, size_t c)
{
    const double z =
        gsl_cdf_ugaussian_Qinv(0.5 * (1.0 - m->decision->question.confidence));
    const size_t ranked = m->trials.ranked.count, cells = mapping_cells(m);
    struct tensor_value best = m->at[m->leader * cells + c];

    m->best[c] = m->leader;
    m->sure[c] = true;
    for (size_t f = 0; f < ranked; f++) {
        if (m->at[f * cells + c].value > best.value) {
            best = m->at[f * cells + c];
            m->best[c] = f;
        }
    }
    for (size_t f = 0; f < ranked; f++) {
        const struct tensor_value own = m->at[f * cells + c];

        if (f != m->best[c] && best.value - own.value < z * hypot(best.se, own.se))
            m->sure[c] = false;
    }
}

static enum hr_status fit(struct mapping *m, struct hr_error *error)
{
    const size_t n = m->draws.trials;
    double *scores = draws_scores(&m->draws);
    double *difference = malloc((n + 1) * sizeof(*difference));
    enum hr_status status = HR_OK;

    if (scores == NULL || difference == NULL)
        status = hr_fail(error, HR_FAILED, "no memory for a map");
    for (size_t f = 0; f < m->trials.ranked.count && status == HR_OK; f++) {
        const double *const score[2] = {scores + m->own[0] * n, scores + m->own[1] * n};

        if (f != m->leader)
            status = fit_form(m, f, score, difference, error);
    }
    for (size_t c = 0; c < mapping_cells(m) && status == HR_OK; c++)
        judge(m, c);
    free(scores);
    free(difference);
    return status;
}

/* --- what is said ----------------------------------------------------------------- */

static int value_axis(struct mapping *m, size_t k)
{
    const char *word[MAPPING_GRID];

    for (size_t i = 0; i < m->grid[k]; i++)
        word[i] = result_set_name(
            &m->decision->set,
            fabs(m->x[k][i]) >= 1000.0 && fabs(m->x[k][i]) < 1e6 ? "%.0f" : "%.4g",
            m->x[k][i]);
    return decision_axis(m->decision, k == 0 ? "down" : "across", m->grid[k], word);
}

static void store_forms(struct mapping *m, const int axis[2])
{
    struct decision *d = m->decision;
    const size_t cells = mapping_cells(m);
    double *mean = decision_numbers(d, &form_columns[0],
                                    (int[]){d->form_axis, axis[0], axis[1], -1});
    double *se = decision_numbers(d, &form_columns[1],
                                  (int[]){d->form_axis, axis[0], axis[1], -1});

    for (size_t f = 0; mean != NULL && se != NULL && f < m->trials.ranked.count; f++) {
        for (size_t c = 0; c < cells; c++) {
            mean[m->trials.which[f] * cells + c] = m->at[f * cells + c].value;
            se[m->trials.which[f] * cells + c] = m->at[f * cells + c].se;
        }
    }
}

static void store(struct mapping *m)
{
    struct decision *d = m->decision;
    const int axis[2] = {value_axis(m, 0), value_axis(m, 1)};
    double *best =
        decision_numbers(d, &cell_columns[0], (int[]){axis[0], axis[1], -1, -1});
    double *sure =
        decision_numbers(d, &cell_columns[1], (int[]){axis[0], axis[1], -1, -1});

    store_forms(m, axis);
    for (size_t c = 0; best != NULL && sure != NULL && c < mapping_cells(m); c++) {
        best[c] = (double)m->trials.which[m->best[c]];
        sure[c] = m->sure[c];
    }
    if (m->trials_run > 0)
        decision_count(d, "trials_run", m->trials_run);
    else
        draws_say_trials(d, &m->trials);
    decision_text(d, "metric", m->trials.metric.name);
    decision_text(d, "unit", m->trials.metric.unit);
    decision_text(d, "down_key", m->draws.name[m->own[0]]);
    decision_text(d, "across_key", m->draws.name[m->own[1]]);
}

/* Cells of which each form is best; how many are not told from the next. */
static size_t count_cells(struct mapping *m)
{
    size_t unsure = 0;

    for (size_t c = 0; c < mapping_cells(m); c++) {
        m->cells[m->best[c]]++;
        unsure += !m->sure[c];
    }
    return unsure;
}

static char *tell(struct mapping *m)
{
    const struct decision *d = m->decision;
    const size_t unsure = count_cells(m);
    size_t first = 0, second = SIZE_MAX;

    for (size_t f = 1; f < m->trials.ranked.count; f++)
        first = m->cells[f] > m->cells[first] ? f : first;
    for (size_t f = 0; f < m->trials.ranked.count; f++) {
        if (f != first && m->cells[f] > 0 &&
            (second == SIZE_MAX || m->cells[f] > m->cells[second]))
            second = f;
    }
    return map_sentence(&(struct map_case){
        .first = d->label[m->trials.which[first]],
        .second = second == SIZE_MAX ? NULL : d->label[m->trials.which[second]],
        .down = m->draws.name[m->own[0]],
        .across = m->draws.name[m->own[1]],
        .first_cells = m->cells[first],
        .second_cells = second == SIZE_MAX ? 0 : m->cells[second],
        .cells = mapping_cells(m),
        .unsure = unsure,
    });
}

static enum hr_status map(struct mapping *m, struct hr_error *error)
{
    const bool runs = m->options.again.scenario != NULL;

    for (size_t k = 0; k < 2; k++) {
        m->grid[k] = m->options.grid[k] > 0 ? m->options.grid[k]
                     : runs                 ? USUAL_RUN
                                            : USUAL_GRID;
        if (m->grid[k] < LEAST_GRID || m->grid[k] > MAPPING_GRID)
            return hr_fail(error, HR_BAD_INPUT, "a map has %d to %d values a side",
                           LEAST_GRID, MAPPING_GRID);
    }
    if (read_map(m, error) != HR_OK || lay_grid(m, error) != HR_OK)
        return error->status;
    return runs ? mapping_run(m, error) : fit(m, error);
}

static void mapping_free(struct mapping *m)
{
    decision_trials_free(&m->trials);
    draws_free(&m->draws);
    free(m->at);
    free(m->best);
    free(m->sure);
    free(m->cells);
}

enum hr_status hr_map(struct hr_result *result, const struct hr_question *question,
                      const struct hr_map_options *options, struct hr_result **analysis,
                      struct hr_error *error)
{
    struct decision decision;
    struct mapping mapping = {.decision = &decision};
    enum hr_status status;

    *analysis = NULL;
    status = decision_open(&decision, result, question, "headroom.map/1", error);
    if (status != HR_OK)
        return status;
    if (options != NULL)
        mapping.options = *options;
    status = map(&mapping, error);
    if (status == HR_OK) {
        store(&mapping);
        status = decision_finish(&decision, tell(&mapping), analysis, error);
    } else {
        decision_close(&decision);
    }
    mapping_free(&mapping);
    return status;
}
