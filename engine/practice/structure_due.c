#include "settlement.h"
#include "structure.h"

static void mark(struct patch *patch, int site, uint64_t lanes)
{
    if (lanes == 0)
        return;
    patch->due[site] |= lanes;
    patch->marked[site / 64] |= UINT64_C(1) << site % 64;
}

/* Lanes in which an organisation exits or dissolves. */
static uint64_t acts(const struct organisation *organisation)
{
    uint64_t set = 0;

    GATHER_LANES (i) {
        const double due = organisation->exits.at[i] + organisation->dissolves.at[i];

        set |= due > 0.0 ? lane_bit[i] : 0;
    }
    return set;
}

/* All its members are to be looked at, and their networks may lose what it hands back.
 */
static void mark_members(struct patch *patch, int organisation)
{
    const uint64_t set = acts(&patch->organisation[organisation]);
    const int first = patch->first_member[organisation];
    int s = first;

    if (set == 0)
        return;
    patch->organisations_due |= set;
    do {
        mark(patch, s, set);
        patch->network[patch->network_of[s]].losing |= set;
        s = patch->next_member[s];
    } while (s != first);
}

/* Lanes in which a network has no partner-led site left. */
static uint64_t without_partners(const struct network *network)
{
    uint64_t set = 0;

    GATHER_LANES (i)
        set |= network->led_fte.at[i] <= 0.0 ? lane_bit[i] : 0;
    return set;
}

/* Its sites that are taken over, in lanes in which they may lose their last successor:
 * it has no partner-led site left, or some of its sites are handed back now. */
static void mark_taken_over(struct patch *patch, int network)
{
    const struct network *n = &patch->network[network];
    const uint64_t losing = n->taken & (n->losing | without_partners(n));
    const int first = patch->first_of[network];
    int s = first;

    if (losing == 0)
        return;
    do {
        mark(patch, s, losing & standing_orphaned(&patch->practice[s].standing));
        s = patch->next_of[s];
    } while (s != first);
}

/* Lanes in which a notice takes effect. */
static uint64_t noticed(const struct standing *standing, int quarter)
{
    uint64_t now = 0;

    for (uint64_t set = standing->in_notice; set != 0; set &= set - 1) {
        const int lane = lanes_first(set);

        now |= standing->notice_at[lane] == quarter ? lane_bit[lane] : 0;
    }
    return now;
}

static void mark_decided(struct patch *patch, int site, int quarter)
{
    const struct standing *standing = &patch->practice[site].standing;
    const uint64_t notice = noticed(standing, quarter);

    patch->network[patch->network_of[site]].losing |= notice;
    mark(patch, site, notice | standing->joins | standing->leaves);
}

static void forget_last_quarter(struct patch *patch)
{
    for (int k = 0; k < patch->looked_count; k++) {
        settlement_open(&patch->practice[patch->looked[k]]);
        patch->due[patch->looked[k]] = 0;
    }
    for (int n = 0; n < patch->networks; n++)
        patch->network[n].losing = 0;
    patch->organisations_due = 0;
    patch->looked_count = 0;
}

/* The marked sites in ascending order; all their lanes. */
static uint64_t list_marked(struct patch *patch)
{
    uint64_t all = 0;

    for (int word = 0; word < patch_words(patch->sites); word++) {
        for (uint64_t set = patch->marked[word]; set != 0; set &= set - 1) {
            const int s = 64 * word + lanes_first(set);

            all |= patch->due[s];
            patch->looked[patch->looked_count++] = s;
        }
        patch->marked[word] = 0;
    }
    return all;
}

uint64_t structure_due(struct patch *patch, int quarter)
{
    forget_last_quarter(patch);
    for (int s = 0; s < patch->sites && quarter == 0; s++)
        mark(patch, s, lanes_all());
    for (int k = 0; k < patch->decided_count; k++)
        mark_decided(patch, patch->decided[k], quarter);
    for (int o = 0; o < patch->organisations && !patch->activity.alone; o++)
        mark_members(patch, o);
    for (int n = 0; n < patch->networks; n++)
        mark_taken_over(patch, n);
    return list_marked(patch);
}
