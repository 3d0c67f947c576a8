/* What a combination needs run: shocks of other sizes, and the point itself. */
#include "reversing.h"

#include "changes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 320 };

/* --- shocks ----------------------------------------------------------------------- */

/* Whether a key is of that shock: "flood" of shocks.flood.demand. */
static bool is_of_shock(const char *key, const char *shock)
{
    const size_t length = strlen(shock);

    return strncmp(key, "shocks.", 7) == 0 && strncmp(key + 7, shock, length) == 0 &&
           key[7 + length] == '.';
}

/* At which a number of a shock does nothing: factors multiply and steps add. NaN where
 * the number is of no size: when, how often, of whom. */
static double idle(const struct hr_assumption *about)
{
    const size_t length = strlen(about->key);

    if (strcmp(about->unit, "factor") == 0)
        return 1.0;
    return length > 5 && strcmp(about->key + length - 5, "_step") == 0 ? 0.0 : NAN;
}

/* Whether a number makes the shock larger or smaller. */
static bool has_size(const struct hr_assumption *about)
{
    return about->number && !about->distributed && !isnan(idle(about)) &&
           about->central != idle(about);
}

/* Of no size it makes no difference; of what is no number of the key the nearest. */
static void set_size(const char *shock, double size, struct changes *changes)
{
    size_t count;
    const struct hr_assumption *list =
        hr_scenario_assumptions(changes->scenario, &count);

    for (size_t i = 0; i < count; i++) {
        const struct hr_assumption *about = &list[i];
        const double own = about->central / about->uplift;

        if (is_of_shock(about->key, shock) && has_size(about))
            changes_set(changes, about->key,
                        fmin(fmax(idle(about) + size * (own - idle(about)), about->low),
                             about->high));
    }
}

static bool is_listed(const struct reversing *r, const char *shock)
{
    for (size_t i = 0; i < r->count; i++) {
        if (r->ingredient[i].shock != NULL &&
            strcmp(r->ingredient[i].shock, shock) == 0)
            return true;
    }
    return false;
}

/* Whether nothing of it is drawn: then its draws stand for it. */
static bool is_fixed(const struct reversing *r, const char *shock)
{
    size_t count;
    const struct hr_assumption *list =
        hr_scenario_assumptions(r->again->scenario, &count);
    bool drawn = false;

    for (size_t i = 0; i < count; i++)
        drawn = drawn || (is_of_shock(list[i].key, shock) && list[i].distributed);
    return !drawn;
}

void reversing_choose_sizes(struct reversing *r)
{
    size_t count;
    const struct hr_assumption *list =
        hr_scenario_assumptions(r->again->scenario, &count);
    struct result_set *set = &r->decision->set;

    for (size_t i = 0; i < count && r->count < QUADRATIC_DRAWS; i++) {
        char shock[LONGEST];

        if (strncmp(list[i].key, "shocks.", 7) != 0 || !has_size(&list[i]))
            continue;
        snprintf(shock, sizeof(shock), "%.*s", (int)strcspn(list[i].key + 7, "."),
                 list[i].key + 7);
        if (is_listed(r, shock) || !is_fixed(r, shock))
            continue;
        r->ingredient[r->count++] = (struct ingredient){
            .name = result_set_name(set, "size of shocks.%s", shock),
            .keys = result_set_name(set, "shocks.%s.*", shock),
            .unit = "times",
            .shock = result_set_name(set, "%s", shock)};
    }
}

static struct changes no_changes(const struct reversing *r)
{
    return (struct changes){.set = &r->decision->set, .scenario = r->again->scenario};
}

/* --- runs ------------------------------------------------------------------------- */

static enum hr_status run(struct reversing *r, const struct changes *changes,
                          double *difference, struct hr_error *error)
{
    struct hr_scenario *variant = NULL;
    enum hr_status status =
        trying_vary(r->base, changes->text, changes->count, &variant, error);

    if (status == HR_OK)
        status = trying_difference(&r->choice.trying, variant, difference, error);
    hr_scenario_free(variant);
    return status;
}

enum hr_status reversing_run_sizes(struct reversing *r, struct hr_error *error)
{
    static const double sizes[2] = {0.0, 2.0};
    const size_t m = (size_t)r->choice.trying.trials;

    r->sized = malloc((2 * r->count * m + 1) * sizeof(*r->sized));
    if (r->sized == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a combination");
    for (size_t i = 0; i < 2 * r->count; i++) {
        struct changes changes = no_changes(r);

        if (r->ingredient[i / 2].shock == NULL)
            continue;
        set_size(r->ingredient[i / 2].shock, sizes[i % 2], &changes);
        if (run(r, &changes, r->sized + i * m, error) != HR_OK)
            return error->status;
    }
    return HR_OK;
}

/* All that moves with those chosen goes where they go. */
static void list_changes(struct reversing *r, struct changes *changes)
{
    for (size_t k = 0; k < r->draws.count; k++) {
        double sign;
        const size_t i = reversing_moves_with(r, k, &sign);

        if (i < r->count)
            changes_set_draw(changes, &r->draws, k,
                             reversing_value(r, k, sign * r->point.w[i]));
    }
    for (size_t i = 0; i < r->count; i++) {
        if (r->ingredient[i].shock != NULL)
            set_size(r->ingredient[i].shock, 1.0 + r->point.w[i], changes);
    }
}

static enum hr_status run_point(struct reversing *r, double *difference,
                                struct hr_error *error)
{
    struct changes changes = no_changes(r);

    list_changes(r, &changes);
    if (run(r, &changes, difference, error) != HR_OK)
        return error->status;
    r->run = pairs_ahead(r->decision, difference, (size_t)r->choice.trying.trials);
    r->runs++;
    return HR_OK;
}

static bool holds_zero(const struct ranged *run)
{
    return !(run->low > 0.0) && !(run->high < 0.0);
}

static void go(struct reversing *r, double times)
{
    for (size_t i = 0; i < r->count; i++)
        r->point.w[i] *= times;
    r->point.distance *= times;
    r->point.se *= times;
}

/* Further on the same way, or less far, until the run holds zero: secants, of which
 * each is a run that may fail. The way starts where nothing is moved, at what the
 * trials say. */
static enum hr_status run_along(struct reversing *r, double *difference,
                                struct hr_error *error)
{
    double at = r->point.distance, before = 0.0;
    double was = pairs_ahead(r->decision, r->difference, r->trials.ranked.trials).value;

    while (r->runs < REVERSING_RUNS) {
        double next;

        if (run_point(r, difference, error) != HR_OK)
            return error->status;
        next = at - r->run.value * (at - before) / (r->run.value - was);
        if (holds_zero(&r->run) || r->runs == REVERSING_RUNS || !(next > 0.0) ||
            next > REVERSING_FURTHEST)
            break;
        go(r, next / at);
        before = at;
        was = r->run.value;
        at = next;
    }
    return HR_OK;
}

enum hr_status reversing_run_there(struct reversing *r, struct hr_error *error)
{
    const size_t n = (size_t)r->choice.trying.trials;
    double *difference = malloc((n + 1) * sizeof(*difference));
    enum hr_status status;

    if (difference == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a run");
    status = run_along(r, difference, error);
    free(difference);
    return status;
}
