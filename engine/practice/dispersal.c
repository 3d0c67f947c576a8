#include "dispersal.h"

#include "elementary.h"

static const double least_workload = 0.5;

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

/* Share the closing lists of a site's network out; false if nobody can take them. */
static bool share_lists(const struct patch *patch, const double *fate, int site,
                        int lane, double *gained)
{
    bool in_network;
    const double sum = sum_of_weights(patch, fate, site, lane, &in_network);
    double closing = patch->practice[site].list.at[lane];

    if (sum <= 0.0)
        return false;
    for (int s = patch->next_of[site]; s != site; s = patch->next_of[s]) {
        if (fate[s] == FATE_DISPERSAL)
            closing += patch->practice[s].list.at[lane];
    }
    for (int s = 0; s < patch->sites; s++) {
        if (!in_network || patch->network_of[s] == patch->network_of[site])
            gained[s] += closing * receiver_weight(patch, fate, s, lane) / sum;
    }
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

void dispersal_step(const struct structure_inputs *in, const double *fate, int lane,
                    struct patch *patch)
{
    double *gained = patch->scratch + patch->sites;
    double *homeless = patch->scratch + 2 * (size_t)patch->sites;

    for (int s = 0; s < patch->sites; s++)
        gained[s] = homeless[s] = 0.0;
    for (int k = 0; k < patch->looked_count; k++) {
        const int first = patch->looked[k];

        if (!is_first_to_close(patch, fate, first) ||
            share_lists(patch, fate, first, lane, gained))
            continue;
        homeless[first] = 1.0;
        for (int s = patch->next_of[first]; s != first; s = patch->next_of[s])
            homeless[s] = 1.0;
    }
    for (int k = 0; k < patch->looked_count; k++) {
        const int s = patch->looked[k];

        if (fate[s] != FATE_DISPERSAL)
            continue;
        if (homeless[s] > 0.0) {
            ending_caretaker(in, s, lane, patch);
            continue;
        }
        patch->events.patients_dispersed.at[lane] += patch->practice[s].list.at[lane];
        ending_close(in, s, lane, patch);
    }
    for (int s = 0; s < patch->sites; s++) {
        if (gained[s] == 0.0)
            continue;
        patch->practice[s].list.at[lane] += gained[s];
        patch->practice[s].resized = true;
    }
}
