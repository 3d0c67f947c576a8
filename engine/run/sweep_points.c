#include "sweep_points.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CHANGES = 1024 };

enum hr_status sweep_points_vary(const struct hr_base *base, const char *changes,
                                 struct hr_scenario **variant,
                                 struct hr_messages *problems)
{
    char *copy = strdup(changes), *rest = copy, *line;
    const char *change[MOST_CHANGES];
    size_t count = 0;
    enum hr_status status = HR_FAILED;

    *variant = NULL;
    while (copy != NULL && (line = strsep(&rest, "\n")) != NULL) {
        if (*line != '\0' && count < MOST_CHANGES)
            change[count++] = line;
    }
    if (copy != NULL)
        status = hr_base_variant(base, change, count, variant, problems);
    else
        problems->incomplete = true;
    free(copy);
    return status;
}

enum hr_status sweep_points_variant(const struct sweep_points *points, size_t point,
                                    struct hr_scenario **variant,
                                    struct hr_messages *problems)
{
    return sweep_points_vary(points->base, points->point[point].changes, variant,
                             problems);
}

/* What a change of files may not touch: what is the same at all points. */
static const char *what_moved(const struct hr_scenario *base,
                              const struct hr_scenario *variant)
{
    static const char *const same[] = {"trials", "seed", "patch.horizon_years"};
    size_t sites, others;

    for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++) {
        if (hr_scenario_number(base, same[i]) != hr_scenario_number(variant, same[i]))
            return same[i];
    }
    if (strcmp(hr_scenario_text(base, "reference"),
               hr_scenario_text(variant, "reference")) != 0)
        return "reference";
    if (hr_scenario_form_count(base) != hr_scenario_form_count(variant))
        return "forms";
    for (size_t f = 0; f < hr_scenario_form_count(base); f++) {
        if (strcmp(hr_scenario_form(base, f), hr_scenario_form(variant, f)) != 0)
            return "forms";
    }
    (void)hr_scenario_practices(base, &sites);
    (void)hr_scenario_practices(variant, &others);
    return sites == others ? NULL : "patch.practices";
}

static bool is_of_patch(const char *changes)
{
    return strncmp(changes, "patch.", 6) == 0 || strstr(changes, "\npatch.") != NULL;
}

static bool name_point(const struct sweep_points *points,
                       const struct hr_scenario *variant, struct sweep_point *point,
                       struct hr_messages *problems)
{
    struct plan plan = {0};
    bool good = false;

    point->form = calloc(points->forms, sizeof(*point->form));
    point->keys = calloc(points->forms, DIGEST_TEXT);
    if (point->form != NULL && point->keys != NULL &&
        scenario_compile(variant, &plan, problems) == HR_OK)
        good = scenario_identity(variant, &plan, point->id);
    for (size_t f = 0; good && f < points->forms; f++) {
        form_key(&plan, point->id, f, point->form[f].key);
        point->form[f].point = (size_t)(point - points->point);
        if (f > 0)
            strcat(point->keys, " ");
        strcat(point->keys, point->form[f].key);
    }
    plan_free(&plan);
    point->own_calibration = is_of_patch(point->changes);
    return good;
}

static void set_reason(struct sweep_point *point, const struct hr_messages *problems,
                       const char *moved)
{
    const char *text = problems->count > 0 ? problems->item[0].text : "";
    const char *colon =
        strncmp(text, "command line", 12) == 0 ? strstr(text, ": ") : NULL;

    if (moved == NULL)
        point->reason = strdup(colon == NULL ? text : colon + 2);
    else if (asprintf(&point->reason, "%s must be the same at all points", moved) < 0)
        point->reason = NULL;
}

static bool open_point(struct sweep_points *points, struct sweep_point *point)
{
    struct hr_scenario *variant = NULL;
    struct hr_messages problems = {0};
    const char *moved = NULL;
    bool good =
        sweep_points_vary(points->base, point->changes, &variant, &problems) == HR_OK;

    if (good) {
        moved = what_moved(points->scenario, variant);
        points->reads_output |=
            points->output != NULL && hr_scenario_reads(variant, points->output);
    }
    good = good && moved == NULL && name_point(points, variant, point, &problems);
    if (!good && !problems.incomplete && (problems.count > 0 || moved != NULL)) {
        set_reason(point, &problems, moved);
        points->refused++;
        good = point->reason != NULL;
    }
    hr_scenario_free(variant);
    hr_messages_free(&problems);
    return good;
}

bool sweep_points_name(struct hr_base *base, const struct hr_scenario *scenario,
                       struct sweep_point *point)
{
    struct sweep_points alone = {
        .scenario = scenario,
        .base = base,
        .point = point,
        .count = 1,
        .forms = hr_scenario_form_count(scenario),
    };

    return open_point(&alone, point);
}

static enum hr_status tell_refused(const struct sweep_points *points,
                                   struct hr_error *error)
{
    size_t p = 0;
    char changes[200];

    while (points->point[p].reason == NULL)
        p++;
    snprintf(changes, sizeof(changes), "%s", points->point[p].changes);
    for (char *c = changes; *c != '\0'; c++) {
        if (*c == '\n')
            *c = c[1] == '\0' ? '\0' : ' ';
    }
    return hr_fail(error, HR_BAD_INPUT,
                   "%zu of %zu points are refused; point %zu (%s): %s; refused: skip "
                   "leaves them out",
                   points->refused, points->count, p, changes, points->point[p].reason);
}

static enum hr_status open_all(struct sweep_points *points, struct hr_error *error)
{
    for (size_t p = 0; p < points->count; p++) {
        struct sweep_point *point = &points->point[p];

        if (!sweep_changes(points->scenario, p, &point->changes) ||
            !open_point(points, point))
            return hr_fail(error, HR_FAILED, "no memory for the points of a sweep");
    }
    if (points->reads_output)
        return hr_fail(error, HR_BAD_INPUT,
                       "%s is what a point of the sweep reads: name another file",
                       points->output);
    if (points->refused > 0 &&
        (!points->sweep->skips || points->refused == points->count))
        return tell_refused(points, error);
    return HR_OK;
}

enum hr_status sweep_points_open(struct sweep_points *points,
                                 const struct hr_scenario *scenario, const char *output,
                                 struct hr_error *error)
{
    struct hr_messages problems = {0};
    enum hr_status status;

    *points = (struct sweep_points){
        .output = output,
        .scenario = scenario,
        .sweep = scenario_sweep(scenario),
        .forms = hr_scenario_form_count(scenario),
    };
    points->count = points->sweep->points;
    points->point = calloc(points->count + 1, sizeof(*points->point));
    points->found = calloc(points->forms + 1, sizeof(*points->found));
    status = hr_base_open(scenario, &points->base, &problems);
    hr_messages_free(&problems);
    if (points->point == NULL || points->found == NULL || status != HR_OK)
        return hr_fail(error, HR_FAILED, "no memory for the points of a sweep");
    return open_all(points, error);
}

/* The nodes are the points' own. */
static void keep_node(void *node)
{
    (void)node;
}

void sweep_point_free(struct sweep_point *point)
{
    free(point->changes);
    free(point->reason);
    free(point->form);
    free(point->keys);
    *point = (struct sweep_point){0};
}

void sweep_points_free(struct sweep_points *points)
{
    for (size_t f = 0; points->found != NULL && f < points->forms; f++)
        tdestroy(points->found[f], keep_node);
    free(points->found);
    for (size_t p = 0; points->point != NULL && p < points->count; p++)
        sweep_point_free(&points->point[p]);
    free(points->point);
    hr_base_close(points->base);
    *points = (struct sweep_points){0};
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct sweep_form *)a)->key,
                  ((const struct sweep_form *)b)->key);
}

bool sweep_points_find(struct sweep_points *points, size_t point, size_t form)
{
    struct sweep_form *found = &points->point[point].form[form];

    found->found = true;
    return tsearch(found, &points->found[form], by_key) != NULL;
}

size_t sweep_points_same(const struct sweep_points *points, size_t point, size_t form)
{
    const struct sweep_form *own = &points->point[point].form[form];
    struct sweep_form *const *same = tfind(own, &points->found[form], by_key);

    return same == NULL ? point : (*same)->point;
}

/* One form of all points: wanted where nobody has it, and nobody before wants it. */
static bool want_form(struct sweep_points *points, size_t form, size_t first,
                      size_t last)
{
    void *wanted = NULL;
    bool good = true;

    for (size_t p = first; p < last && good; p++) {
        struct sweep_form *own =
            points->point[p].reason == NULL ? &points->point[p].form[form] : NULL;

        if (own == NULL || own->found || tfind(own, &points->found[form], by_key) ||
            tfind(own, &wanted, by_key))
            continue;
        own->wanted = true;
        good = tsearch(own, &wanted, by_key) != NULL;
    }
    tdestroy(wanted, keep_node);
    return good;
}

bool sweep_points_want(struct sweep_points *points, size_t first, size_t last)
{
    bool good = true;

    for (size_t f = 0; f < points->forms && good; f++)
        good = want_form(points, f, first, last);
    return good;
}

bool sweep_points_is_done(const struct sweep_points *points, size_t point)
{
    for (size_t f = 0; f < points->forms; f++) {
        if (points->point[point].form == NULL || !points->point[point].form[f].found)
            return false;
    }
    return true;
}
