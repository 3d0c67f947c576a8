/* Which form is best in each cell of a map, by running it. */
#include "mapping.h"

#include "changes.h"
#include "moments.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

enum { USUAL_TRIALS = 2000 };

struct map_run {
    struct mapping *map;
    struct hr_base *base;
    struct trying trying;
    const char **form; /* [ranked] */
    double *value;     /* [ranked][trial] */
};

uint64_t mapping_trials(const struct mapping *m)
{
    if (m->options.again.trials > 0)
        return m->options.again.trials;
    return m->trials.trials < USUAL_TRIALS ? m->trials.trials : USUAL_TRIALS;
}

/* Of two forms in the trials of the cell that has both. */
static struct moments between(const struct map_run *run, size_t a, size_t b)
{
    const size_t n = (size_t)run->trying.trials;

    return moments_of_difference(run->value + a * n, run->value + b * n, n);
}

/* The best in the same trials, and whether it is told from each other. */
static void take_cell(const struct map_run *run, size_t c)
{
    struct mapping *m = run->map;
    const size_t ranked = m->trials.ranked.count, cells = mapping_cells(m);
    const double z =
        alternatives_wanted_lead(ranked - 1, 1.0 - m->decision->question.confidence);

    m->best[c] = m->leader;
    for (size_t f = 0; f < ranked; f++) {
        const struct moments own = between(run, f, m->leader);

        m->at[f * cells + c] =
            (struct tensor_value){f == m->leader ? 0.0 : moments_mean(&own),
                                  f == m->leader ? 0.0 : moments_se(&own)};
        if (m->at[f * cells + c].value > m->at[m->best[c] * cells + c].value)
            m->best[c] = f;
    }
    m->sure[c] = true;
    for (size_t f = 0; f < ranked; f++) {
        const struct moments ahead = between(run, m->best[c], f);

        if (f != m->best[c] && !(moments_mean(&ahead) > z * moments_se(&ahead)))
            m->sure[c] = false;
    }
}

static enum hr_status run_cell(struct map_run *run, size_t c, struct hr_error *error)
{
    struct mapping *m = run->map;
    const size_t place[2] = {c / m->grid[1], c % m->grid[1]};
    struct changes changes = {.set = &m->decision->set,
                              .scenario = m->options.again.scenario};
    struct hr_scenario *variant = NULL;
    enum hr_status status;

    for (size_t k = 0; k < 2; k++)
        changes_set_draw(&changes, &m->draws, m->own[k], m->x[k][place[k]]);
    status = trying_vary(run->base, changes.text, changes.count, &variant, error);
    if (status == HR_OK)
        status = trying_run(&run->trying, variant, run->value, error);
    if (status == HR_OK)
        take_cell(run, c);
    hr_scenario_free(variant);
    return status;
}

static enum hr_status run_cells(struct map_run *run, struct hr_error *error)
{
    struct mapping *m = run->map;
    const size_t ranked = m->trials.ranked.count, n = (size_t)mapping_trials(m);
    enum hr_status status = HR_OK;

    run->form = calloc(ranked + 1, sizeof(*run->form));
    run->value = malloc((ranked * n + 1) * sizeof(*run->value));
    if (run->form == NULL || run->value == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a map");
    for (size_t f = 0; f < ranked; f++)
        run->form[f] = pairs_name(m->decision, &m->trials, f);
    run->trying = (struct trying){.how = m->options.again.run,
                                  .metric = m->trials.metric,
                                  .form = run->form,
                                  .forms = ranked,
                                  .trials = n};
    trying_announce(&run->trying, m->options.again.scenario,
                    (struct trying_runs){.count = mapping_cells(m)});
    for (size_t c = 0; c < mapping_cells(m) && status == HR_OK; c++)
        status = run_cell(run, c, error);
    return status;
}

enum hr_status mapping_run(struct mapping *m, struct hr_error *error)
{
    struct map_run run = {.map = m};
    enum hr_status status = trying_hold(m->options.again.scenario, &run.base, error);

    m->trials_run = (size_t)mapping_trials(m);
    if (status == HR_OK)
        status = run_cells(&run, error);
    hr_base_close(run.base);
    free(run.form);
    free(run.value);
    return status;
}
