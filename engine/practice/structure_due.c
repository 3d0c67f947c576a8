#include "settlement.h"
#include "structure.h"

/* Lanes in which organisations exit or dissolve: all their sites are looked at. */
static uint64_t organisations_due(const struct patch *patch)
{
    struct flags due = {{0}};

    for (int o = 0; o < patch->organisations; o++) {
        const struct organisation *organisation = &patch->organisation[o];

        EACH_LANE (i)
            due.at[i] |=
                organisation->exits.at[i] + organisation->dissolves.at[i] > 0.0;
    }
    return lanes_set(&due);
}

/* Lanes in which a network's taken-over sites may lose their last successor: it has no
 * partner-led site left, or some of its sites are handed back now. */
static uint64_t without_partners(const struct network *network)
{
    uint64_t set = 0;

    GATHER_LANES (i)
        set |= network->led_fte.at[i] <= 0.0 ? lane_bit[i] : 0;
    return set;
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

/* Lanes in which a site decided something that takes effect now; those of a notice are
 * added to its network's. Most sites have decided nothing. */
static uint64_t decided(const struct standing *standing, int quarter, uint64_t *losing)
{
    const uint64_t notice = noticed(standing, quarter);

    *losing |= notice;
    return notice | standing->joins | standing->leaves;
}

uint64_t structure_due(struct patch *patch, int quarter)
{
    const uint64_t organisations = organisations_due(patch);
    const uint64_t everywhere = quarter == 0 ? lanes_all() : organisations;
    uint64_t all = everywhere;

    patch->organisations_due = organisations;
    patch->looked_count = 0;
    for (int n = 0; n < patch->networks; n++)
        patch->network[n].losing = without_partners(&patch->network[n]);
    for (int s = 0; s < patch->sites; s++) {
        struct practice *practice = &patch->practice[s];

        if (patch->due[s] != 0)
            settlement_open(practice);
        patch->due[s] =
            everywhere | decided(&practice->standing, quarter,
                                 &patch->network[patch->network_of[s]].losing);
    }
    for (int s = 0; s < patch->sites; s++) {
        const uint64_t losing = patch->network[patch->network_of[s]].losing;

        if (losing != 0)
            patch->due[s] |= losing & standing_orphaned(&patch->practice[s].standing);
        all |= patch->due[s];
        if (patch->due[s] != 0)
            patch->looked[patch->looked_count++] = s;
    }
    return all;
}
