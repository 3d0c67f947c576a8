#include "group.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool is_unallocated(const char *network)
{
    return *network == '\0' || strcmp(network, "U") == 0;
}

struct stop {
    const char *network;
    size_t site; /* sites ascend by code */
};

static int by_network_and_code(const void *a, const void *b)
{
    const struct stop *x = a, *y = b;
    const int order = strcmp(x->network, y->network);

    return order != 0 ? order : (x->site > y->site) - (x->site < y->site);
}

/* Where a site's network first occurs, as its number for the time being. */
static void find_first_of_network(struct plan_site *site, const struct stop *stop,
                                  size_t sites)
{
    for (size_t i = 0; i < sites; i++) {
        const bool again = i > 0 && !is_unallocated(stop[i].network) &&
                           strcmp(stop[i].network, stop[i - 1].network) == 0;

        site[stop[i].site].network =
            again ? site[stop[i - 1].site].network : (int)stop[i].site;
    }
}

int group_networks(struct plan_site *site, size_t sites,
                   const char *const *network_name)
{
    struct stop *stop = calloc(sites + 1, sizeof(*stop));
    int networks = 0;

    if (stop == NULL)
        return -1;
    for (size_t i = 0; i < sites; i++)
        stop[i] = (struct stop){network_name[i], i};
    qsort(stop, sites, sizeof(*stop), by_network_and_code);
    find_first_of_network(site, stop, sites);
    free(stop);
    for (size_t i = 0; i < sites; i++) {
        const int first = site[i].network;

        site[i].network = first == (int)i ? networks++ : site[first].network;
    }
    return networks;
}

/** A walk along the sites that opens a group after another. */
struct walk {
    double target;
    double people; /**< of the group being built */
    double before; /**< of the one before it */
    int group;
    int first; /**< number of the first group of the walk */
};

static void step(struct walk *walk, double list, int *organisation)
{
    const bool nearer =
        fabs(walk->people + list - walk->target) < fabs(walk->people - walk->target);

    if (walk->people > 0.0 && !nearer) {
        walk->group++;
        walk->people = 0.0;
    }
    walk->people += list;
    *organisation = walk->group;
}

/* The last group joins the one before where it is under half the target. */
static void join_last(const struct walk *walk, const struct stop *stop, size_t stops,
                      int *organisation)
{
    if (walk->group == walk->first || !(walk->people < 0.5 * walk->target))
        return;
    for (size_t i = 0; i < stops; i++) {
        if (organisation[stop[i].site] == walk->group)
            organisation[stop[i].site] = walk->group - 1;
    }
}

static void walk_sites(const struct plan_site *site, struct stop *stop, size_t stops,
                       double target, int *organisation)
{
    struct walk walk = {.target = target};

    qsort(stop, stops, sizeof(*stop), by_network_and_code);
    for (size_t i = 0; i < stops; i++)
        step(&walk, site[stop[i].site].list, &organisation[stop[i].site]);
    join_last(&walk, stop, stops, organisation);
}

/* Number groups by their lowest-coded site. @p label is any numbering below twice the
 * sites; it is replaced. -1 where memory ran out. */
static int renumber(int *label, size_t sites)
{
    int *number = calloc(2 * sites + 1, sizeof(*number));
    int groups = 0;

    if (number == NULL)
        return -1;
    for (size_t i = 0; i < sites; i++) {
        if (number[label[i]] == 0)
            number[label[i]] = ++groups;
        label[i] = number[label[i]] - 1;
    }
    free(number);
    return groups;
}

static int group_by_walk(const struct plan_site *site, size_t sites,
                         const char *const *network_name, double target,
                         int *organisation)
{
    struct stop *stop = calloc(sites, sizeof(*stop));
    size_t stops = 0;

    if (stop == NULL)
        return -1;
    for (size_t i = 0; i < sites; i++) {
        organisation[i] = (int)(sites + i); /* alone, until the walk says otherwise */
        if (!is_unallocated(network_name[i]))
            stop[stops++] = (struct stop){network_name[i], i};
    }
    walk_sites(site, stop, stops, target, organisation);
    free(stop);
    return renumber(organisation, sites);
}

int group_sites(const struct plan_site *site, size_t sites,
                const char *const *network_name, const struct form_choices *choices,
                int *organisation)
{
    const enum group_by rule = choices->group_by;
    const double target = choices->target_population;

    if (rule != GROUP_SITE && target > 0.0)
        return group_by_walk(site, sites, network_name, target, organisation);
    for (size_t i = 0; i < sites; i++) {
        organisation[i] = rule == GROUP_SITE      ? (int)i
                          : rule == GROUP_NETWORK ? site[i].network
                                                  : 0;
    }
    return renumber(organisation, sites);
}
