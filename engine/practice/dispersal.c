#include "dispersal.h"

#include "elementary.h"
#include "ending.h"

static const double least_workload = 0.5;

static double *gained_by(const struct patch *patch)
{
    return patch->scratch + patch->sites;
}

/* 1 for a site whose list nobody can take. */
static double *homeless_of(const struct patch *patch)
{
    return patch->scratch + 2 * (size_t)patch->sites;
}

/* The list with which a site counts as receiver, 0 if it cannot be one. */
static double receiver_weight(const struct patch *patch, const double *fate, int site,
                              int lane)
{
    const struct practice *practice = &patch->practice[site];

    if (fate[site] == FATE_DISPERSAL || lanes_have(practice->standing.closed, lane))
        return 0.0;
    return practice->list.at[lane] /
           larger(least_workload, practice->capacity.workload.at[lane]);
}

/* Of the other sites of a network, or of the patch where those are none. */
static double sum_of_weights(const struct patch *patch, const double *fate, int site,
                             int lane, bool *in_network)
{
    double sum = 0.0;

    for (int s = patch->next_of[site]; s != site; s = patch->next_of[s])
        sum += receiver_weight(patch, fate, s, lane);
    *in_network = sum > 0.0;
    for (int s = 0; s < patch->sites && !*in_network; s++)
        sum += receiver_weight(patch, fate, s, lane);
    return sum;
}

/* The lists of a site's network that close now. */
static double closing_lists(const struct patch *patch, const double *fate, int site,
                            int lane)
{
    double closing = patch->practice[site].list.at[lane];

    for (int s = patch->next_of[site]; s != site; s = patch->next_of[s]) {
        if (fate[s] == FATE_DISPERSAL)
            closing += patch->practice[s].list.at[lane];
    }
    return closing;
}

/* Share them out; false if nobody can take them. */
static bool share_lists(struct patch *patch, const double *fate, int site, int lane,
                        bool *anywhere)
{
    double *gained = gained_by(patch);
    bool in_network;
    const double sum = sum_of_weights(patch, fate, site, lane, &in_network);
    const double closing = closing_lists(patch, fate, site, lane);

    if (sum <= 0.0)
        return false;
    for (int s = patch->next_of[site]; s != site && in_network; s = patch->next_of[s])
        gained[s] += closing * receiver_weight(patch, fate, s, lane) / sum;
    for (int s = 0; s < patch->sites && !in_network; s++)
        gained[s] += closing * receiver_weight(patch, fate, s, lane) / sum;
    *anywhere = *anywhere || !in_network;
    return true;
}

/* Whether a site is the first of its network among those that close now. */
static bool is_first_to_close(const struct patch *patch, const double *fate, int site)
{
    for (int s = patch->next_of[site]; s != site; s = patch->next_of[s]) {
        if (s < site && fate[s] == FATE_DISPERSAL)
            return false;
    }
    return fate[site] == FATE_DISPERSAL;
}

static void note_homeless(const struct patch *patch, int first)
{
    double *homeless = homeless_of(patch);
    int s = first;

    do {
        homeless[s] = 1.0;
        s = patch->next_of[s];
    } while (s != first);
}

static void close_site(const struct structure_inputs *in, int site, int lane,
                       struct patch *patch)
{
    if (homeless_of(patch)[site] > 0.0) {
        ending_caretaker(in, site, lane, patch);
        return;
    }
    patch->events.patients_dispersed.at[lane] += patch->practice[site].list.at[lane];
    ending_close(in, site, lane, patch);
}

/* A site's list grows by what it has gained; nothing is left for the next lane. */
static void receive(struct patch *patch, int site, int lane)
{
    double *gained = gained_by(patch);

    homeless_of(patch)[site] = 0.0;
    if (gained[site] == 0.0)
        return;
    patch->practice[site].list.at[lane] += gained[site];
    patch->practice[site].resized = true;
    gained[site] = 0.0;
}

static void receive_in_network(struct patch *patch, int first, int lane)
{
    int s = first;

    do {
        receive(patch, s, lane);
        s = patch->next_of[s];
    } while (s != first);
}

void dispersal_step(const struct structure_inputs *in, const double *fate, int lane,
                    struct patch *patch)
{
    bool anywhere = false;

    for (int k = 0; k < patch->looked_count; k++) {
        const int first = patch->looked[k];

        if (is_first_to_close(patch, fate, first) &&
            !share_lists(patch, fate, first, lane, &anywhere))
            note_homeless(patch, first);
    }
    for (int k = 0; k < patch->looked_count; k++) {
        if (fate[patch->looked[k]] == FATE_DISPERSAL)
            close_site(in, patch->looked[k], lane, patch);
    }
    for (int k = 0; k < patch->looked_count; k++) {
        if (fate[patch->looked[k]] == FATE_DISPERSAL)
            receive_in_network(patch, patch->looked[k], lane);
    }
    for (int s = 0; s < patch->sites && anywhere; s++)
        receive(patch, s, lane);
}
