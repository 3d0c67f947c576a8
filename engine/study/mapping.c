/* Which form is best where two assumptions are what they are, all else drawn. */
#include "asking_choice.h"
#include "asking_draws.h"
#include "sample.h"
#include "tensor.h"
#include "turning.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL_GRID = 9, MOST_GRID = 41, LEAST_GRID = 2 };

static const double outermost = 0.02; /* chance at the ends of the grid */

static const struct decision_column form_columns[] = {
    {"mean", "own", "of the form less the best on average there; more is better"},
    {"mean_se", "own", "its standard error"},
};
static const struct decision_column cell_columns[] = {
    {"best", "number", "place of the best form among those compared, from 0"},
    {"sure", "0 or 1", "1 where it is told from the next"},
};

struct mapping {
    struct decision *decision;
    struct hr_metric metric;
    struct decision_trials trials;
    struct draws draws;
    size_t own[2]; /* draws: down and across, as they are named */
    size_t grid[2];
    double *scores;        /* [draw][trial] */
    double *memory;        /* [2][trial] */
    struct tensor *tensor; /* [ranked], of the form less the best on average */
    size_t leader;
    double score[2][MOST_GRID], x[2][MOST_GRID];
    size_t *cells; /* [ranked]: of which each is best */
    size_t unsure;
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
    m->scores = draws_scores(&m->draws);
    m->memory = malloc((2 * m->draws.trials + 1) * sizeof(double));
    m->tensor = calloc(m->trials.ranked.count, sizeof(*m->tensor));
    m->cells = calloc(m->trials.ranked.count, sizeof(*m->cells));
    if (m->scores == NULL || m->memory == NULL || m->tensor == NULL || m->cells == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a map");
    m->leader = alternatives_leader(&m->trials.ranked);
    return HR_OK;
}

static enum hr_status read_map(struct mapping *m, struct hr_error *error)
{
    struct decision *d = m->decision;

    if (decision_metric(d, &m->metric, error) != HR_OK ||
        decision_read(d, m->metric.name, DRAWS_TRIALS, &m->trials, error) != HR_OK ||
        draws_read(d, &m->trials, &m->draws, error) != HR_OK)
        return error->status;
    if (m->draws.count != 2)
        return hr_fail(
            error, HR_BAD_INPUT,
            "a map is of two assumptions that were drawn, not %zu: name them "
            "as headroom sensitivity lists them",
            m->draws.count);
    if (m->trials.ranked.count < 2 || m->metric.better == HR_BETTER_NEITHER)
        return hr_fail(error, HR_BAD_INPUT,
                       "%s does not rank two forms, so there is nothing to map",
                       m->metric.name);
    order_draws(m);
    return make_room(m, error);
}

static void lay_grid(struct mapping *m)
{
    const size_t n = m->draws.trials;

    for (size_t k = 0; k < 2; k++) {
        const struct sample sample =
            sample_sort(draws_of(&m->draws, m->own[k]), n, m->memory);

        for (size_t i = 0; i < m->grid[k]; i++) {
            const double chance = outermost + (1.0 - 2.0 * outermost) * (double)i /
                                                  (double)(m->grid[k] - 1);

            m->score[k][i] = gsl_cdf_ugaussian_Pinv(chance);
            m->x[k][i] = sample_quantile(&sample, chance).value;
        }
    }
}

static enum hr_status fit_forms(struct mapping *m, struct hr_error *error)
{
    const size_t n = m->draws.trials;
    const double *const score[2] = {m->scores + m->own[0] * n,
                                    m->scores + m->own[1] * n};

    for (size_t f = 0; f < m->trials.ranked.count; f++) {
        if (f == m->leader)
            continue;
        decision_difference(&m->trials.ranked, f, m->leader, m->memory);
        if (tensor_fit(&m->tensor[f], score, m->memory, n, error) != HR_OK)
            return error->status;
    }
    return HR_OK;
}

static struct tensor_value form_at(const struct mapping *m, size_t f, size_t i,
                                   size_t j)
{
    if (f == m->leader)
        return (struct tensor_value){0.0, 0.0};
    return tensor_at(&m->tensor[f], m->score[0][i], m->score[1][j]);
}

/* The best form of a cell, and whether it is told from the next. */
struct cell {
    size_t best;
    bool sure;
};

static struct cell look_at(const struct mapping *m, size_t i, size_t j)
{
    const double z =
        gsl_cdf_ugaussian_Qinv(0.5 * (1.0 - m->decision->question.confidence));
    struct cell cell = {m->leader, true};
    struct tensor_value best = form_at(m, m->leader, i, j);

    for (size_t f = 0; f < m->trials.ranked.count; f++) {
        const struct tensor_value own = form_at(m, f, i, j);

        if (own.value > best.value) {
            best = own;
            cell.best = f;
        }
    }
    for (size_t f = 0; f < m->trials.ranked.count; f++) {
        const struct tensor_value own = form_at(m, f, i, j);

        if (f != cell.best && best.value - own.value < z * hypot(best.se, own.se))
            cell.sure = false;
    }
    return cell;
}

static int value_axis(struct mapping *m, size_t k)
{
    const char *word[MOST_GRID];

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
    const size_t cells = m->grid[0] * m->grid[1];
    double *mean = decision_numbers(d, &form_columns[0],
                                    (int[]){d->form_axis, axis[0], axis[1], -1});
    double *se = decision_numbers(d, &form_columns[1],
                                  (int[]){d->form_axis, axis[0], axis[1], -1});

    for (size_t f = 0; mean != NULL && se != NULL && f < m->trials.ranked.count; f++) {
        for (size_t c = 0; c < cells; c++) {
            const struct tensor_value own =
                form_at(m, f, c / m->grid[1], c % m->grid[1]);

            mean[m->trials.which[f] * cells + c] = own.value;
            se[m->trials.which[f] * cells + c] = own.se;
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
    for (size_t c = 0; best != NULL && sure != NULL && c < m->grid[0] * m->grid[1];
         c++) {
        const struct cell cell = look_at(m, c / m->grid[1], c % m->grid[1]);

        best[c] = (double)m->trials.which[cell.best];
        sure[c] = cell.sure;
        m->cells[cell.best]++;
        m->unsure += !cell.sure;
    }
    draws_say_trials(d, &m->trials);
    decision_text(d, "metric", m->metric.name);
    decision_text(d, "unit", m->metric.unit);
    decision_text(d, "down_key", m->draws.name[m->own[0]]);
    decision_text(d, "across_key", m->draws.name[m->own[1]]);
}

static char *tell(const struct mapping *m)
{
    const struct decision *d = m->decision;
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
        .cells = m->grid[0] * m->grid[1],
        .unsure = m->unsure,
    });
}

static enum hr_status map(struct mapping *m, struct hr_error *error)
{
    for (size_t k = 0; k < 2; k++) {
        m->grid[k] = m->grid[k] == 0 ? USUAL_GRID : m->grid[k];
        if (m->grid[k] < LEAST_GRID || m->grid[k] > MOST_GRID)
            return hr_fail(error, HR_BAD_INPUT, "a map has %d to %d values a side",
                           LEAST_GRID, MOST_GRID);
    }
    if (read_map(m, error) != HR_OK)
        return error->status;
    lay_grid(m);
    return fit_forms(m, error);
}

enum hr_status hr_map(struct hr_result *result, const struct hr_question *question,
                      const size_t grid[2], struct hr_result **analysis,
                      struct hr_error *error)
{
    struct decision decision;
    struct mapping mapping = {.decision = &decision};
    enum hr_status status;

    *analysis = NULL;
    status = decision_open(&decision, result, question, "headroom.map/1", error);
    if (status != HR_OK)
        return status;
    if (grid != NULL)
        memcpy(mapping.grid, grid, sizeof(mapping.grid));
    status = map(&mapping, error);
    if (status == HR_OK) {
        store(&mapping);
        status = decision_finish(&decision, tell(&mapping), analysis, error);
    } else {
        decision_close(&decision);
    }
    decision_trials_free(&mapping.trials);
    draws_free(&mapping.draws);
    free(mapping.scores);
    free(mapping.memory);
    free(mapping.tensor);
    free(mapping.cells);
    return status;
}
