#include "information.h"

#include "moments.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Each rival of the leader less the leader. */
struct rivals {
    size_t count;
    double *y; /**< [rival][trial]; NULL where there is none, or no memory */
};

static struct rivals rivals_of(const struct alternatives *all, size_t leader)
{
    const size_t n = all->trials, count = all->count - 1;
    double *y = count > 0 ? malloc(count * n * sizeof(*y)) : NULL;
    double *next = y;

    for (size_t a = 0; y != NULL && a < all->count; a++) {
        for (size_t t = 0; a != leader && t < n; t++)
            *next++ = alternatives_of(all, a)[t] - alternatives_of(all, leader)[t];
    }
    return (struct rivals){count, y};
}

/* A rule: the rival whose surface is highest above the leader's, or the leader. */
struct rule {
    const struct surface *surface;
    double *row, *value;
};

static ptrdiff_t choice(const struct rule *rule, size_t fold, size_t trial)
{
    double best = 0.0;
    ptrdiff_t chosen = -1;

    surface_at(rule->surface, fold, trial, rule->row, rule->value);
    for (size_t r = 0; r < rule->surface->quantities; r++) {
        if (rule->value[r] > best) {
            best = rule->value[r];
            chosen = (ptrdiff_t)r;
        }
    }
    return chosen;
}

static double plugged(const struct rule *rule, const double *y)
{
    const size_t n = rule->surface->draws->trials;
    double sum = 0.0, best_mean = 0.0;

    for (size_t t = 0; t < n; t++) {
        const ptrdiff_t chosen = choice(rule, SURFACE_FOLDS, t);

        sum += chosen >= 0 ? rule->value[chosen] : 0.0;
    }
    for (size_t r = 0; r < rule->surface->quantities; r++)
        best_mean = fmax(best_mean, moments_of(y + r * n, n).mean);
    return sum / (double)n - best_mean;
}

/* Try the rule of the other folds on each trial; chosen[1 + rival], the leader's first.
 */
static void follow(const struct rule *rule, const double *y, struct policy *policy,
                   double *chosen)
{
    const size_t n = rule->surface->draws->trials;
    struct moments gain = {0};

    for (size_t t = 0; t < n; t++) {
        const ptrdiff_t r = choice(rule, surface_fold(t), t);

        moments_add(&gain, r >= 0 ? y[(size_t)r * n + t] : 0.0);
        chosen[r + 1] += 1.0 / (double)n;
    }
    policy->gain = gain.mean;
    policy->gain_se = moments_se(&gain);
    policy->plug = plugged(rule, y);
}

static void hand_out(const double *chosen, size_t count, size_t leader,
                     double *share_best)
{
    for (size_t a = 0; a < count; a++)
        share_best[a] = a == leader ? chosen[0] : chosen[a < leader ? a + 1 : a];
}

static enum hr_status value_group(const struct scores *draws,
                                  const struct rivals *rivals, struct policy *policy,
                                  double *chosen, struct hr_error *error)
{
    struct surface surface;
    struct rule rule = {.surface = &surface};

    if (surface_init(&surface, draws, rivals->y, rivals->count, error) != HR_OK)
        return error->status;
    rule.row = malloc((surface.columns + rivals->count) * sizeof(*rule.row));
    if (rule.row != NULL) {
        rule.value = rule.row + surface.columns;
        follow(&rule, rivals->y, policy, chosen);
    }
    free(rule.row);
    surface_free(&surface);
    return rule.row != NULL ? HR_OK : hr_fail(error, HR_FAILED, "no memory for a rule");
}

enum hr_status information_of_group(const struct scores *draws,
                                    const struct alternatives *all,
                                    struct policy *policy, double *share_best,
                                    struct hr_error *error)
{
    const size_t leader = alternatives_leader(all);
    double *chosen = calloc(all->count, sizeof(*chosen));
    const struct rivals rivals = rivals_of(all, leader);
    enum hr_status status = HR_OK;

    *policy = (struct policy){0};
    if (chosen == NULL || (rivals.count > 0 && rivals.y == NULL))
        status = hr_fail(error, HR_FAILED, "no memory for a rule");
    else if (rivals.count > 0)
        status = value_group(draws, &rivals, policy, chosen, error);
    else
        chosen[0] = 1.0;
    if (status == HR_OK && share_best != NULL)
        hand_out(chosen, all->count, leader, share_best);
    free(chosen);
    free(rivals.y);
    return status;
}

/* Sums of a surface's fit: in each trial of what it explains a = 2 d h - h^2, h of the
 * surface and d of the quantity less its mean, and b = d^2. */
struct fit_sums {
    double left, a, aa, ab, bb;
};

static void add_trial(struct fit_sums *sums, double d, double h)
{
    const double a = 2.0 * d * h - h * h, b = d * d;

    sums->left += (d - h) * (d - h);
    sums->a += a;
    sums->aa += a * a;
    sums->ab += a * b;
    sums->bb += b * b;
}

static struct explained explained_of(const struct fit_sums *sums,
                                     const struct moments *all, double columns)
{
    const double n = (double)all->count, left = sums->left / (n - columns);
    const double share = 1.0 - left / (all->m2 / (n - 1.0));
    const double sum = (sums->a - share * all->m2) * n / all->m2;
    const double squares = (sums->aa + share * (share * sums->bb - 2.0 * sums->ab)) *
                           (n / all->m2) * (n / all->m2);
    const double f = (all->m2 - sums->left) / (columns - 1.0) / left;

    return (struct explained){share, sqrt((squares - sum * sum / n) / n / n),
                              f > 0.0 ? gsl_cdf_fdist_Q(f, columns - 1.0, n - columns)
                                      : 1.0};
}

enum hr_status information_explained(const struct scores *draws, const double *y,
                                     struct explained *explained,
                                     struct hr_error *error)
{
    const struct moments all = moments_of(y, draws->trials);
    struct fit_sums sums = {0};
    struct surface surface;
    double *row;

    if (surface_init(&surface, draws, y, 1, error) != HR_OK)
        return error->status;
    row = malloc(surface.columns * sizeof(*row));
    for (size_t t = 0; row != NULL && t < draws->trials; t++) {
        double value;

        surface_at(&surface, SURFACE_FOLDS, t, row, &value);
        add_trial(&sums, y[t] - all.mean, value - all.mean);
    }
    if (row != NULL)
        *explained = explained_of(&sums, &all, (double)surface.columns);
    free(row);
    surface_free(&surface);
    return row != NULL ? HR_OK : hr_fail(error, HR_FAILED, "no memory for a surface");
}
