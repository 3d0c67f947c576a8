#include "valuing.h"

#include "information.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct decision_column group_columns[GROUP_NUMBERS] = {
    [GROUP_GAIN] =
        {"group_evppi", "own",
         "worth of the cross-fitted rule: at least this; NaN: too few trials"},
    [GROUP_GAIN_LOW] = {"group_evppi_low", "own", "low end of its interval"},
    [GROUP_GAIN_HIGH] = {"group_evppi_high", "own", "high end of its interval"},
    [GROUP_UPPER] = {"group_evppi_upper", "own", "of the surface fitted to all trials"},
    [GROUP_FAILS] =
        {"group_surface_fails", "0 or 1",
         "1 where the surface does not hold, and only the lower figure stands"},
    [GROUP_MEMBERS] = {"group_draws", "draws", "in the group"},
};

static void put_group(struct valuing *v, size_t g, size_t members,
                      const struct policy *policy)
{
    const double t = gsl_cdf_tdist_Pinv(0.5 * (1.0 + v->decision->question.confidence),
                                        (double)v->draws.trials - 1.0);
    const double reach = t * policy->gain_se;
    const double above = policy->plug - policy->gain;

    v->group[GROUP_GAIN][g] = v->scale * policy->gain;
    v->group[GROUP_GAIN_LOW][g] = v->scale * (policy->gain - reach);
    v->group[GROUP_GAIN_HIGH][g] = v->scale * (policy->gain + reach);
    v->group[GROUP_UPPER][g] = v->scale * policy->plug;
    v->group[GROUP_FAILS][g] =
        v->scale * policy->plug > v->foresight.value ||
        (policy->plug > 2.0 * policy->gain && above > valuing_seen * policy->gain_se);
    v->group[GROUP_MEMBERS][g] = (double)members;
}

/* Draws that are wanted, known together. A group that the trials are too few for is
 * left unsaid. */
static enum hr_status value_group(struct valuing *v, size_t g, const bool *wanted,
                                  struct hr_error *error)
{
    const size_t n = v->draws.trials;
    double *scores = malloc((v->draws.count * n + 1) * sizeof(double));
    struct scores chosen;
    struct policy policy;
    enum hr_status status;

    for (int i = 0; i < GROUP_NUMBERS; i++)
        v->group[i][g] = NAN;
    if (scores == NULL)
        return hr_fail(error, HR_FAILED, "no memory to value information");
    draws_choose_scores(&v->draws, v->scores, wanted, scores, &chosen);
    status = information_of_group(&chosen, &v->trials.ranked, &policy,
                                  g == GROUP_ALL ? v->share : NULL, error);
    free(scores);
    if (status == HR_BAD_INPUT) {
        for (size_t i = 0; g == GROUP_ALL && i < v->trials.ranked.count; i++)
            v->share[i] = NAN;
        return HR_OK;
    }
    if (status == HR_OK)
        put_group(v, g, chosen.draws, &policy);
    return status;
}

/* Draws of the keys after the name of a group. */
static enum hr_status find_members(const struct valuing *v, const char *group,
                                   bool *wanted, struct hr_error *error)
{
    const char *keys = strchr(group, '=');

    if (keys == NULL || keys == group || keys[1] == '\0')
        return hr_fail(error, HR_BAD_INPUT,
                       "a group is NAME=KEY,KEY, such as pay=money.salary,prices; "
                       "\"%s\" is not",
                       group);
    for (const char *at = keys + 1; *at != '\0';) {
        const size_t length = strcspn(at, ",");
        bool found = false;

        for (size_t k = 0; k < v->draws.count; k++) {
            if (draws_match(&v->draws, k, at, length))
                found = wanted[k] = true;
        }
        if (!found)
            return hr_fail(error, HR_BAD_INPUT,
                           "%.*s: no assumption that was drawn is called %.*s; "
                           "headroom sensitivity --verbose lists them",
                           (int)(keys - group), group, (int)length, at);
        at += length + (at[length] == ',');
    }
    return HR_OK;
}

static bool is_of_first_two(const struct valuing *v, size_t k)
{
    bool is = false;

    for (size_t i = 0; i < 2 && i < v->lines; i++)
        is = is || v->draws.cluster[v->place[i]] == v->draws.cluster[k];
    return is;
}

static enum hr_status choose_members(const struct valuing *v, size_t g, bool *wanted,
                                     struct hr_error *error)
{
    for (size_t k = 0; k < v->draws.count; k++)
        wanted[k] = g == GROUP_ALL;
    if (g == GROUP_FIRST_TWO) {
        for (size_t k = 0; k < v->draws.count; k++)
            wanted[k] = is_of_first_two(v, k);
    }
    return g > GROUP_FIRST_TWO
               ? find_members(v, v->options->group[g - 2], wanted, error)
               : HR_OK;
}

enum hr_status valuing_groups(struct valuing *v, struct hr_error *error)
{
    bool *wanted = calloc(v->draws.count + 1, sizeof(*wanted));
    enum hr_status status = HR_OK;

    if (wanted == NULL)
        return hr_fail(error, HR_FAILED, "no memory to value information");
    for (size_t g = 0; g < v->groups && status == HR_OK; g++) {
        status = choose_members(v, g, wanted, error);
        if (status == HR_OK)
            status = value_group(v, g, wanted, error);
    }
    free(wanted);
    return status;
}

void valuing_store_groups(struct valuing *v)
{
    struct decision *d = v->decision;
    const char **name = calloc(v->groups, sizeof(*name));
    int axis;

    if (name == NULL) {
        d->set.failed = true;
        return;
    }
    name[GROUP_ALL] = "everything";
    name[GROUP_FIRST_TWO] = "the first two";
    for (size_t g = 2; g < v->groups; g++) {
        const char *text = v->options->group[g - 2];

        name[g] = result_set_name(&d->set, "%.*s", (int)strcspn(text, "="), text);
    }
    axis = decision_axis(d, "group", v->groups, name);
    free(name);
    for (int i = 0; i < GROUP_NUMBERS; i++) {
        double *to = decision_numbers(d, &group_columns[i], (int[]){axis, -1, -1, -1});

        for (size_t g = 0; to != NULL && g < v->groups; g++)
            to[g] = v->group[i][g];
    }
}
