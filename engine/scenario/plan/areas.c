#include "areas.h"

#include "group.h"

#include <stdlib.h>
#include <string.h>

/** A practice in the order of the walk. */
struct visit {
    const char *area;
    size_t site; /* sites ascend by code */
};

static int by_area_and_code(const void *a, const void *b)
{
    const struct visit *x = a, *y = b;
    const int order = strcmp(x->area, y->area);

    return order != 0 ? order : (x->site > y->site) - (x->site < y->site);
}

/* Number the areas by their codes; returns how many there are. */
static size_t number_areas(const struct hr_practice *practice, struct visit *visit,
                           size_t sites, size_t *area_of)
{
    size_t areas = 0;

    for (size_t s = 0; s < sites; s++)
        visit[s] = (struct visit){practice[s].area, s};
    qsort(visit, sites, sizeof(*visit), by_area_and_code);
    for (size_t k = 0; k < sites; k++) {
        areas += k == 0 || strcmp(visit[k].area, visit[k - 1].area) != 0;
        area_of[visit[k].site] = areas - 1;
    }
    return areas;
}

static bool divide(const struct hr_practice *practice, struct plan *plan)
{
    struct visit *visit = calloc(plan->sites, sizeof(*visit));
    size_t *area_of = calloc(plan->sites, sizeof(*area_of));
    bool good = visit != NULL && area_of != NULL;

    if (good) {
        const size_t areas = number_areas(practice, visit, plan->sites, area_of);

        good = areas < 2 || plan_divide(plan, area_of, areas);
    }
    free(visit);
    free(area_of);
    return good;
}

/** The practices of one area side by side. */
struct bench {
    size_t sites;
    struct plan_site *site;
    const char **network_name;
    int *organisation;
};

static bool bench_open(struct bench *bench, const struct plan *plan)
{
    *bench = (struct bench){
        .site = calloc(plan->sites, sizeof(*bench->site)),
        .network_name = calloc(plan->sites, sizeof(*bench->network_name)),
        .organisation = calloc(plan->sites, sizeof(*bench->organisation)),
    };
    return bench->site != NULL && bench->network_name != NULL &&
           bench->organisation != NULL;
}

static void bench_close(struct bench *bench)
{
    free(bench->site);
    free(bench->network_name);
    free(bench->organisation);
}

static void take(struct bench *bench, const struct plan *plan, size_t area,
                 const char *const *network_name)
{
    bench->sites = plan_area_sites(plan, area);
    for (size_t s = 0; s < bench->sites; s++) {
        const size_t at = plan_area_site(plan, area, s);

        bench->site[s] = plan->site[at];
        bench->network_name[s] = network_name[at];
    }
}

/* False where memory ran out. */
static bool number_networks(struct plan *plan, size_t area, struct bench *bench)
{
    const int networks = group_networks(bench->site, bench->sites, bench->network_name);

    if (networks < 0)
        return false;
    for (size_t s = 0; s < bench->sites; s++)
        plan->site[plan_area_site(plan, area, s)].network = bench->site[s].network;
    plan->networks += (size_t)networks;
    if (plan->areas > 0)
        plan->area[area].networks = (size_t)networks;
    return true;
}

bool areas_compile(const struct hr_scenario *scenario, struct plan *plan,
                   const char *const *network_name)
{
    struct bench bench;
    bool good = bench_open(&bench, plan) && divide(scenario->practices.practice, plan);

    for (size_t a = 0; a < plan_areas(plan) && good; a++) {
        take(&bench, plan, a, network_name);
        good = number_networks(plan, a, &bench);
    }
    bench_close(&bench);
    return good;
}

/* Returns the number of organisations, or -1 where memory ran out. */
static int group_area(const struct plan *plan, size_t area, struct bench *bench,
                      const struct form_choices *choices, struct plan_form *form)
{
    const int groups = group_sites(bench->site, bench->sites, bench->network_name,
                                   choices, bench->organisation);

    for (size_t s = 0; s < bench->sites && groups >= 0; s++)
        form->organisation[plan_area_site(plan, area, s)] =
            form->organisations + bench->organisation[s];
    return groups;
}

bool areas_group(const struct plan *plan, const char *const *network_name,
                 const struct form_choices *choices, struct plan_form *form)
{
    struct bench bench;
    bool good = bench_open(&bench, plan);

    for (size_t a = 0; a < plan_areas(plan) && good; a++) {
        int groups;

        take(&bench, plan, a, network_name);
        groups = group_area(plan, a, &bench, choices, form);
        form->organisations += groups;
        if (plan->areas > 0)
            form->before[a + 1] = form->organisations;
        good = groups >= 0;
    }
    bench_close(&bench);
    return good;
}
