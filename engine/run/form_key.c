#include "form_key.h"

#include <stdint.h>
#include <string.h>

static void add(struct sha256_ctx *hash, const void *bytes, size_t size)
{
    digest_add(hash, bytes, size);
}

static void add_value(struct sha256_ctx *hash, const struct plan_value *value)
{
    const struct distribution *law = &value->distribution;
    const double number[] = {law->a,   law->b,    law->c,
                             law->low, law->high, value->uplift};

    add(hash, &law->kind, sizeof(law->kind));
    add(hash, number, sizeof(number));
    add(hash, &value->entity, sizeof(value->entity));
    add(hash, &law->count, sizeof(law->count));
    for (int i = 0; i < law->count; i++) {
        add(hash, &law->value[i], sizeof(double));
        add(hash, &law->weight[i], sizeof(double));
    }
}

static void add_values(struct sha256_ctx *hash, const struct plan *plan, size_t first,
                       size_t count)
{
    for (size_t v = 0; v < count; v++)
        add_value(hash, &plan->value[first + v]);
}

static void add_site(struct sha256_ctx *hash, const struct plan_site *site)
{
    const double number[] = {site->list, site->weighted_list, site->core_rate,
                             site->cost_rate};
    const int whole[] = {site->network, site->slots};

    add(hash, &site->entity, sizeof(site->entity));
    add(hash, &site->area, sizeof(site->area));
    add(hash, whole, sizeof(whole));
    add(hash, site->posts, sizeof(site->posts));
    add(hash, site->fte, sizeof(site->fte));
    add(hash, number, sizeof(number));
    add(hash, site->band, sizeof(site->band));
}

static void add_shock(struct sha256_ctx *hash, const struct plan_shock *shock)
{
    const int whole[] = {shock->at, shock->duration, shock->fade};

    add(hash, &shock->entity, sizeof(shock->entity));
    add(hash, whole, sizeof(whole));
}

static void add_numbers(struct sha256_ctx *hash, const double *number, size_t count)
{
    const bool there = number != NULL;

    add(hash, &there, sizeof(there));
    if (there)
        add(hash, number, count * sizeof(*number));
}

/* What all forms read. */
static void add_world(struct sha256_ctx *hash, const struct plan *plan)
{
    const size_t years = (size_t)plan->quarters / 4;
    const int whole[] = {plan->quarters, plan->notice_quarters};

    add(hash, &plan->seed, sizeof(plan->seed));
    add(hash, whole, sizeof(whole));
    add_values(hash, plan, 0, PARAMETER_COUNT);
    for (size_t s = 0; s < plan->shocks; s++) {
        add_shock(hash, &plan->shock[s]);
        add_values(hash, plan, plan_shock_values(plan, s), SHOCK_TERM_COUNT);
    }
    for (size_t s = 0; s < plan->sites; s++)
        add_site(hash, &plan->site[s]);
    add(hash, plan->cholesky, sizeof(plan->cholesky));
    add_numbers(hash, plan->history, years * INDICES);
    for (int k = 0; k < PASTS; k++)
        add_numbers(hash, plan->past[k], years);
}

static void add_row(struct sha256_ctx *hash, const struct plan *plan, int row)
{
    add_values(hash, plan, plan_row_values((size_t)row), TERM_COUNT);
    add(hash, &plan->row[row].choices, sizeof(plan->row[row].choices));
}

static void add_form(struct sha256_ctx *hash, const struct plan *plan, size_t number)
{
    const struct plan_form *form = &plan->form[number];
    const bool leaves = form->exit_row != form->row;

    add_row(hash, plan, form->row);
    add(hash, &leaves, sizeof(leaves));
    if (leaves)
        add_row(hash, plan, form->exit_row);
    add(hash, form->organisation, plan->sites * sizeof(*form->organisation));
    add(hash, form->entity, (size_t)form->organisations * sizeof(*form->entity));
}

void form_key(const struct plan *plan, const char *identity, size_t form,
              char key[DIGEST_TEXT])
{
    struct sha256_ctx hash;

    sha256_init(&hash);
    if (plan->delegated.on)
        add(&hash, identity, strlen(identity)); /* claims have tables of their own */
    if (plan->ties.count > 0)
        add(&hash, &plan->ties, sizeof(plan->ties));
    add_world(&hash, plan);
    add_form(&hash, plan, form);
    add_form(&hash, plan, (size_t)plan->reference);
    digest_end(&hash, key);
}
