#include "plan.h"

#include "draw.h"

#include <stdlib.h>

const struct past_column past_columns[PASTS] = {
    [PAST_LIST_GROWTH] = {"list_growth", -0.2, 0.2},
    [PAST_SHORTAGE] = {"shortage", 0.0, 1.0},
};

bool plan_divide(struct plan *plan, const size_t *area_of, size_t areas)
{
    size_t *places = calloc(plan->sites + 1, sizeof(*places));
    size_t before = 0;

    plan->area = calloc(areas + 1, sizeof(*plan->area));
    if (places == NULL || plan->area == NULL) {
        free(places);
        return false;
    }
    plan->areas = areas;
    for (size_t s = 0; s < plan->sites; s++)
        plan->area[area_of[s]].sites++;
    for (size_t a = 0; a < areas; a++) {
        plan->area[a].site = &places[before];
        before += plan->area[a].sites;
        plan->area[a].sites = 0;
    }
    for (size_t s = 0; s < plan->sites; s++) {
        struct plan_area *area = &plan->area[area_of[s]];

        area->site[area->sites++] = s;
    }
    return true;
}

double plan_quantile(const struct plan_value *value, double u)
{
    return distribution_quantile(&value->distribution, u) * value->uplift;
}

double plan_central(const struct plan_value *value)
{
    return plan_quantile(value, 0.5);
}

static double uniform_of_draw(uint64_t seed, uint64_t trial, uint32_t entity,
                              unsigned stream)
{
    return draw_one(seed, draw_trial(trial, stream),
                    draw_address(entity, DRAW_PARAMETER, ONCE_PER_TRIAL, 0));
}

/* One that hangs on none before it keeps its own number. */
static double tied_uniform(const struct plan *plan, size_t place, uint64_t trial)
{
    const struct plan_ties *ties = &plan->ties;
    const double *factor = ties->factor[place];
    double sum = 0.0;
    bool alone = true;

    for (size_t j = 0; j < place; j++)
        alone = alone && factor[j] == 0.0;
    if (alone)
        return uniform_of_draw(plan->seed, trial, ties->entity[place],
                               ties->stream[place]);
    for (size_t j = 0; j <= place; j++) {
        if (factor[j] != 0.0)
            sum += factor[j] *
                   normal_quantile(uniform_of_draw(plan->seed, trial, ties->entity[j],
                                                   ties->stream[j]));
    }
    return within(normal_cdf(sum), 0x1p-53, 1.0 - 0x1p-53);
}

double plan_drawn(const struct plan *plan, const struct plan_value *value,
                  uint64_t trial)
{
    if (value->tied > 0)
        return plan_quantile(value, tied_uniform(plan, value->tied - 1, trial));
    return plan_quantile(
        value, uniform_of_draw(plan->seed, trial, value->entity, value->stream));
}

/* The curve of the same law at place @p v of @p like; NULL where there is none. */
static const struct quantile_curve *curve_of(const struct plan *like,
                                             const struct distribution *law, size_t v)
{
    const struct distribution *other;

    if (like == NULL || v >= like->values)
        return NULL;
    other = &like->value[v].distribution;
    return other->kind == law->kind && other->a == law->a && other->b == law->b &&
                   other->c == law->c
               ? other->curve
               : NULL;
}

bool plan_follow_curves(struct plan *plan, const struct plan *like)
{
    size_t own = 0;

    for (size_t v = 0; v < plan->values; v++) {
        struct distribution *law = &plan->value[v].distribution;

        law->curve = curve_of(like, law, v);
        own += law->curve == NULL && distribution_is_smooth(law);
    }
    plan->curve = calloc(own + 1, sizeof(*plan->curve));
    if (plan->curve == NULL)
        return false;
    for (size_t v = 0; v < plan->values; v++) {
        struct distribution *law = &plan->value[v].distribution;

        if (law->curve == NULL && distribution_is_smooth(law))
            distribution_follow(law, &plan->curve[--own]);
    }
    return true;
}

static void free_form(struct plan_form *form)
{
    free(form->organisation);
    free(form->entity);
    free(form->before);
}

void plan_keep_forms(struct plan *plan, const bool *keep)
{
    const size_t forms = plan->forms;
    const int reference = plan->reference;

    plan->forms = 0;
    for (size_t f = 0; f < forms; f++) {
        if ((int)f == reference)
            plan->reference = (int)plan->forms;
        if (keep[f]) {
            plan->form[plan->forms++] = plan->form[f];
        } else {
            free_form(&plan->form[f]);
        }
    }
}

void plan_put_reference_last(struct plan *plan)
{
    const size_t last = plan->forms - 1;
    const struct plan_form reference = plan->form[plan->reference];

    for (size_t f = (size_t)plan->reference; f < last; f++)
        plan->form[f] = plan->form[f + 1];
    plan->form[last] = reference;
    plan->reference = (int)last;
}

void plan_free(struct plan *plan)
{
    for (size_t f = 0; plan->form != NULL && f < plan->forms; f++)
        free_form(&plan->form[f]);
    if (plan->areas > 0)
        free(plan->area[0].site);
    free(plan->area);
    free(plan->site);
    free(plan->form);
    free(plan->row);
    free(plan->shock);
    free(plan->value);
    free(plan->curve);
    free(plan->history);
    for (int k = 0; k < PASTS; k++)
        free(plan->past[k]);
    free(plan->sampler);
    severity_free(&plan->delegated.table);
    *plan = (struct plan){0};
}
