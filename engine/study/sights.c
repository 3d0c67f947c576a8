/* Practices by quarter, read from where a result keeps them. */
#include "observable.h"

#include "headroom/result.h"

#include <stdlib.h>
#include <string.h>

enum { ENDED = 2 };

/** Data sets a sight is made of, and where they go. */
static const struct source {
    const char *path;
    size_t at;
} columns[] = {
    {"/site_quarters/list", offsetof(struct sight, list)},
    {"/site_quarters/status", offsetof(struct sight, status)},
    {"/site_quarters/wanted", offsetof(struct sight, wanted)},
    {"/site_quarters/heads", offsetof(struct sight, heads)},
    {"/site_quarters/partners", offsetof(struct sight, partners)},
    {"/site_quarters/fte", offsetof(struct sight, fte)},
    {"/site_quarters/partner_fte", offsetof(struct sight, partner_fte)},
    {"/site_quarters/leavers", offsetof(struct sight, leavers)},
    {"/site_quarters/workload", offsetof(struct sight, workload)},
    {"/site_quarters/profit", offsetof(struct sight, profit)},
};

enum { LIST, STATUS, COLUMNS = sizeof(columns) / sizeof(*columns) };

struct sights {
    const struct hr_result *result;
    const double *value[COLUMNS]; /**< [trial][site][quarter] of the form */
    size_t trials, sites, quarters;
};

static enum hr_status read_columns(struct hr_result *result, size_t form,
                                   struct sights *sights, struct hr_error *error)
{
    for (size_t c = 0; c < COLUMNS; c++) {
        struct hr_result_values all;

        if (hr_result_values(result, columns[c].path, &all, error) != HR_OK)
            return error->status;
        sights->trials = all.size[1];
        sights->sites = all.size[2];
        sights->quarters = all.size[3];
        sights->value[c] =
            all.value + form * sights->trials * sights->sites * sights->quarters;
    }
    return HR_OK;
}

enum hr_status sights_open(struct hr_result *result, const char *form,
                           struct sights **sights, struct hr_error *error)
{
    size_t place = 0;

    *sights = calloc(1, sizeof(**sights));
    if (*sights == NULL)
        return hr_fail(error, HR_FAILED, "no memory to look at practices");
    (*sights)->result = result;
    if (hr_result_find_form(result, form, &place, error) == HR_OK &&
        read_columns(result, place, *sights, error) == HR_OK)
        return HR_OK;
    sights_close(*sights);
    *sights = NULL;
    return error->status;
}

void sights_close(struct sights *sights)
{
    free(sights);
}

size_t sights_trials(const struct sights *sights)
{
    return sights->trials;
}

bool sights_find(const struct sights *sights, const char *site, size_t *place)
{
    return hr_result_find(sights->result, "site", site, place);
}

/* The list that says which band a practice is in: that at the start of the year. */
static double list_at_start(const double *list, int quarter)
{
    const int before = quarter / 4 * 4 - 1;

    return list[before < 0 ? 0 : before];
}

static void look(const struct sights *sights, size_t row, int quarter,
                 struct sight *sight)
{
    for (size_t c = 0; c < COLUMNS; c++)
        memcpy((char *)sight + columns[c].at, &sights->value[c][row + (size_t)quarter],
               sizeof(double));
    sight->opens_year = quarter % 4 == 0;
    sight->there_before =
        quarter == 0 || sights->value[STATUS][row + (size_t)quarter - 1] != ENDED;
}

static void add_site(const struct sights *sights, const struct observable *observable,
                     const struct field_of_view *view, size_t row, struct fraction *sum)
{
    for (int q = view->first; q <= view->last; q++) {
        const double list = list_at_start(sights->value[LIST] + row, q);
        struct sight sight;

        if (!(list >= view->low && list < view->high))
            continue;
        look(sights, row, q, &sight);
        observable->add(&sight, sum);
    }
}

double sights_value(const struct sights *sights, const struct observable *observable,
                    const struct field_of_view *view, size_t trial)
{
    const size_t first = view->one_site ? view->site : 0;
    const size_t end = view->one_site ? view->site + 1 : sights->sites;
    struct fraction sum = {0};

    for (size_t s = first; s < end; s++)
        add_site(sights, observable, view,
                 (trial * sights->sites + s) * sights->quarters, &sum);
    return observable->ratio ? sum.over / sum.under : sum.over;
}
