#include "ties_check_parts.h"

#include "draw_key.h"

#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double least_allowed = 1e-10;

static const char *const group = "correlation";

/* False where no number that may be drawn has that key, or is drawn under that name. */
static bool name_draw(const struct hr_scenario *scenario, const char *key,
                      struct draw_name *draw)
{
    for (size_t i = 0; i < scenario->settings.count; i++) {
        const struct setting *setting = scenario->settings.item[i];

        if (!setting_is_number(setting) || setting->field->structural)
            continue;
        draw->field = setting->field;
        draw->entity = draw_key_entity(setting, draw->name);
        if (strcmp(setting->key, key) == 0 || strcmp(draw->name, key) == 0)
            return true;
    }
    return false;
}

static size_t place_of(const struct tied *tied, const char *name)
{
    size_t i = 0;

    while (i < tied->count && strcmp(tied->draw[i].name, name) != 0)
        i++;
    return i;
}

static size_t schema_place(const struct field *field)
{
    size_t i = 0;

    while (i < schema_count() && schema_at(i) != field)
        i++;
    return i;
}

static int by_schema(const void *left, const void *right)
{
    const struct draw_name *a = left, *b = right;

    if (a->field != b->field)
        return schema_place(a->field) < schema_place(b->field) ? -1 : 1;
    return strcmp(a->name, b->name);
}

bool ties_collect(const struct hr_scenario *scenario, struct tied *tied)
{
    *tied = (struct tied){0};
    for (size_t t = 0; t < scenario->ties.count; t++) {
        const struct tie *tie = &scenario->ties.tie[t];

        for (size_t k = 0; k < tie->keys; k++) {
            struct draw_name draw;

            if (!name_draw(scenario, tie->key[k], &draw) ||
                place_of(tied, draw.name) < tied->count)
                continue;
            if (tied->count == MOST_TIED)
                return false;
            tied->draw[tied->count++] = draw;
        }
    }
    qsort(tied->draw, tied->count, sizeof(*tied->draw), by_schema);
    return true;
}

/* Place of the draw of a key that names one. */
static size_t place_of_key(const struct hr_scenario *scenario, const struct tied *tied,
                           const char *key)
{
    struct draw_name draw;

    return name_draw(scenario, key, &draw) ? place_of(tied, draw.name) : 0;
}

static void check_pair(const struct tied *tied, const struct tie *tie,
                       const size_t pair[2], const size_t place[2],
                       struct hr_messages *problems)
{
    if (place[0] == place[1] || tied->rank[place[0]][place[1]] != 0.0)
        messages_add(problems, &tie->at, group,
                     place[0] == place[1] ? "%s and %s are one draw"
                                          : "that of %s and %s is given twice",
                     tie->key[pair[0]], tie->key[pair[1]]);
}

static void fill_tie(const struct hr_scenario *scenario, const struct tie *tie,
                     struct tied *tied, struct hr_messages *problems)
{
    for (size_t l = 1; l < tie->keys; l++) {
        for (size_t k = 0; k < l; k++) {
            const size_t pair[2] = {k, l};
            const size_t place[2] = {place_of_key(scenario, tied, tie->key[k]),
                                     place_of_key(scenario, tied, tie->key[l])};

            if (problems != NULL)
                check_pair(tied, tie, pair, place, problems);
            tied->rank[place[0]][place[1]] = tied->rank[place[1]][place[0]] = tie->rank;
        }
    }
}

void ties_fill_ranks(const struct hr_scenario *scenario, struct tied *tied,
                     struct hr_messages *problems)
{
    for (size_t t = 0; t < scenario->ties.count; t++)
        fill_tie(scenario, &scenario->ties.tie[t], tied, problems);
}

/* --- the normal's correlations ---------------------------------------------------- */

/* 2 sin(pi rank / 6), by a series. */
double ties_normal_correlation(double rank)
{
    const double x = 0.52359877559829887308 * rank;
    double term = x, sum = x;

    for (int n = 3; n < 24; n += 2) {
        term *= -x * x / (double)(n * (n - 1));
        sum += term;
    }
    return 2.0 * sum;
}

static double least_eigenvalue(const struct tied *tied)
{
    gsl_matrix *square = gsl_matrix_alloc(tied->count, tied->count);
    gsl_vector *value = gsl_vector_alloc(tied->count);
    gsl_eigen_symm_workspace *work = gsl_eigen_symm_alloc(tied->count);
    double least;

    for (size_t i = 0; i < tied->count; i++) {
        for (size_t j = 0; j < tied->count; j++)
            gsl_matrix_set(square, i, j,
                           i == j ? 1.0 : ties_normal_correlation(tied->rank[i][j]));
    }
    gsl_eigen_symm(square, value, work);
    least = gsl_vector_min(value);
    gsl_eigen_symm_free(work);
    gsl_vector_free(value);
    gsl_matrix_free(square);
    return least;
}

/* The pair without which the others contradict each other least. */
static double find_repair(struct tied *tied, size_t *first, size_t *second)
{
    double best = -INFINITY;

    for (size_t i = 0; i < tied->count; i++) {
        for (size_t j = 0; j < i; j++) {
            const double rank = tied->rank[i][j];
            double least;

            if (rank == 0.0)
                continue;
            tied->rank[i][j] = tied->rank[j][i] = 0.0;
            least = least_eigenvalue(tied);
            tied->rank[i][j] = tied->rank[j][i] = rank;
            if (least <= best)
                continue;
            best = least;
            *first = j;
            *second = i;
        }
    }
    return best;
}

static void check_definite(const struct hr_scenario *scenario, struct tied *tied,
                           struct hr_messages *problems)
{
    const struct place *at = &scenario->ties.tie[0].at;
    const double least = tied->count > 0 ? least_eigenvalue(tied) : 1.0;
    size_t i = 0, j = 0;

    if (least > least_allowed)
        return;
    if (find_repair(tied, &i, &j) > least_allowed)
        messages_add(problems, at, group,
                     "the ranks contradict each other (least eigenvalue %.4f): without "
                     "that of %s and %s they do not; leave it out, or bring it nearer "
                     "to what the others imply",
                     least, tied->draw[i].name, tied->draw[j].name);
    else
        messages_add(problems, at, group,
                     "the ranks contradict each other (least eigenvalue %.4f) in more "
                     "than one pair, that of %s and %s most: bring them nearer to 0",
                     least, tied->draw[i].name, tied->draw[j].name);
}

void ties_check(const struct hr_scenario *scenario, struct hr_messages *problems)
{
    const size_t before = problems->count;
    struct tied *tied = calloc(1, sizeof(*tied));
    struct draw_name draw;

    problems->incomplete |= tied == NULL;
    for (size_t t = 0; t < scenario->ties.count; t++) {
        const struct tie *tie = &scenario->ties.tie[t];

        for (size_t k = 0; k < tie->keys; k++) {
            if (!name_draw(scenario, tie->key[k], &draw))
                messages_add(problems, &tie->at, group,
                             "no number that may be drawn is called %s; headroom keys "
                             "lists them",
                             tie->key[k]);
        }
    }
    if (tied != NULL && scenario->ties.count > 0 && problems->count == before) {
        if (!ties_collect(scenario, tied))
            messages_add(problems, &scenario->ties.tie[0].at, group,
                         "more than %d draws are tied", MOST_TIED);
        else
            ties_fill_ranks(scenario, tied, problems);
        if (problems->count == before)
            check_definite(scenario, tied, problems);
    }
    free(tied);
}

static bool is_drawn(const struct hr_scenario *scenario, const char *key)
{
    char name[LONGEST_KEY];

    for (size_t i = 0; i < scenario->settings.count; i++) {
        const struct setting *setting = scenario->settings.item[i];

        if (!setting_is_number(setting) || setting->number.kind == FIXED)
            continue;
        (void)draw_key_entity(setting, name);
        if (strcmp(setting->key, key) == 0 || strcmp(name, key) == 0)
            return true;
    }
    return false;
}

void ties_warn(struct hr_scenario *scenario)
{
    const struct setting *dependence = settings_find(&scenario->settings, "dependence");

    if (dependence != NULL && scenario->ties.count == 0)
        messages_add(&scenario->warnings, &dependence->at, dependence->key,
                     "no correlation is given, so every draw is by itself anyway");
    for (size_t t = 0; t < scenario->ties.count; t++) {
        const struct tie *tie = &scenario->ties.tie[t];

        for (size_t k = 0; k < tie->keys; k++) {
            if (!is_drawn(scenario, tie->key[k]))
                messages_add(&scenario->warnings, &tie->at, group,
                             "%s is the same in every trial: what it is tied to stands "
                             "alone",
                             tie->key[k]);
        }
    }
}
