#include "structure.h"

#include "dispersal.h"
#include "ending.h"
#include "near_tie.h"

static bool grow(const struct lanes *growth)
{
    uint64_t set = 0;

    GATHER_LANES (i)
        set |= growth->at[i] != 1.0 ? lane_bit[i] : 0;
    return set != 0;
}

/* May write the sites' lists. */
void structure_grow(const struct drivers *drivers, struct patch *patch)
{
    if (!grow(&drivers->list_growth))
        return;
    for (int s = 0; s < patch->sites; s++) {
        struct practice *practice = &patch->practice[s];

        EACH_LANE (i)
            practice->list.at[i] *= drivers->list_growth.at[i];
        practice->resized = true;
    }
}

static bool looked_at(const struct patch *patch, int site, int lane)
{
    return patch->due[site] >> lane & 1;
}

static bool is_led(const struct structure_inputs *in, const struct patch *patch,
                   int site, int lane)
{
    const struct standing *standing = &patch->practice[site].standing;

    return lanes_have(standing_led(standing, in->rules->inside->convert_partners),
                      lane);
}

/* A member that made a loss is handed back, by the route drawn in the quarter before,
 * when that was decided. */
static void hand_back(const struct structure_inputs *in, int site, int lane,
                      struct practice *practice)
{
    const struct lanes *r = practice->trailing.residual;
    const double year = r[0].at[lane] + r[1].at[lane] + r[2].at[lane] + r[3].at[lane];

    if (!lanes_have(practice->standing.member, lane) || year >= 0.0)
        return;
    standing_notice(&practice->standing, in->rules->quarter, lane);
    practice->route.at[lane] = in->nature[site].route.at[lane];
}

/* An organisation that leaves hands back the members that made a loss. */
static void exit_organisations(const struct structure_inputs *in, int lane,
                               struct patch *patch)
{
    for (int o = 0; o < patch->organisations; o++) {
        struct organisation *organisation = &patch->organisation[o];
        const int first = patch->first_member[o];
        int s = first;

        if (organisation->exits.at[lane] == 0.0)
            continue;
        do {
            hand_back(in, s, lane, &patch->practice[s]);
            s = patch->next_member[s];
        } while (s != first);
        organisation->exits.at[lane] = 0.0;
        organisation->exited.at[lane] = 1.0;
        patch->events.exited.at[lane] += 1.0;
    }
}

static bool is_due(const struct structure_inputs *in, const struct patch *patch,
                   int site, int lane)
{
    const struct standing *standing = &patch->practice[site].standing;

    return lanes_have(standing->open & standing->in_notice, lane) &&
           standing->notice_at[lane] == in->rules->quarter;
}

/* Whether the network has a partner-led site that is not itself ending now. */
static bool has_successor(const struct structure_inputs *in, const struct patch *patch,
                          int site, int lane)
{
    for (int s = patch->next_of[site]; s != site; s = patch->next_of[s]) {
        if (is_led(in, patch, s, lane) && !is_due(in, patch, s, lane))
            return true;
    }
    return false;
}

static enum fate fate_of(const struct structure_inputs *in, const struct patch *patch,
                         int site, int lane, double *near_ties)
{
    const struct distress_parameters *d = &in->rules->parameters->distress;
    const struct practice *practice = &patch->practice[site];
    const double takeover = d->takeover_share.at[lane];
    const double dispersal = takeover + (1.0 - takeover) * d->dispersal_share.at[lane];
    const double u = practice->route.at[lane];

    if (lanes_have(standing_orphaned(&practice->standing), lane))
        return has_successor(in, patch, site, lane) ? FATE_NONE : FATE_CARETAKER;
    if (!is_due(in, patch, site, lane))
        return FATE_NONE;
    if (below(u, takeover, near_ties))
        return has_successor(in, patch, site, lane) ? FATE_TAKEOVER : FATE_CARETAKER;
    return below(u, dispersal, near_ties) ? FATE_DISPERSAL : FATE_CARETAKER;
}

static void end_sites(const struct structure_inputs *in, int lane, struct patch *patch,
                      struct lanes *near_ties)
{
    double *fate = patch->scratch;
    bool dispersal = false;

    for (int k = 0; k < patch->looked_count; k++) {
        const int s = patch->looked[k];

        if (looked_at(patch, s, lane))
            fate[s] = fate_of(in, patch, s, lane, &near_ties->at[lane]);
        dispersal = dispersal || fate[s] == FATE_DISPERSAL;
    }
    for (int k = 0; k < patch->looked_count; k++) {
        if (fate[patch->looked[k]] == FATE_TAKEOVER)
            ending_takeover(in, patch->looked[k], lane, patch);
    }
    for (int k = 0; k < patch->looked_count; k++) {
        if (fate[patch->looked[k]] == FATE_CARETAKER)
            ending_caretaker(in, patch->looked[k], lane, patch);
    }
    if (dispersal)
        dispersal_step(in, fate, lane, patch);
    for (int k = 0; k < patch->looked_count; k++)
        fate[patch->looked[k]] = FATE_NONE;
}

static void leave_organisations(int lane, struct patch *patch)
{
    for (int k = 0; k < patch->looked_count; k++) {
        const int s = patch->looked[k];
        struct standing *standing = &patch->practice[s].standing;
        const struct organisation *organisation =
            &patch->organisation[patch->organisation_of[s]];
        const bool leaves =
            looked_at(patch, s, lane) && (lanes_have(standing->leaves, lane) ||
                                          organisation->dissolves.at[lane] > 0.0);

        if (leaves)
            lanes_drop(lane, &standing->leaves);
        if (!leaves || !lanes_have(standing->member, lane))
            continue;
        ending_leave(s, lane, patch);
        patch->events.members_left.at[lane] += 1.0;
    }
}

static void dissolve(int lane, struct patch *patch)
{
    for (int o = 0; o < patch->organisations; o++) {
        struct organisation *organisation = &patch->organisation[o];

        if (organisation->dissolves.at[lane] == 0.0)
            continue;
        organisation->dissolves.at[lane] = 0.0;
        organisation->dissolved.at[lane] = 1.0;
        organisation->alignment.at[lane] = 0.0;
        patch->events.dissolved.at[lane] += 1.0;
    }
}

static bool joins_at_start(const struct structure_inputs *in, int site, int lane)
{
    const enum join_rule rule = in->rules->inside->join_rule;

    return rule == JOIN_ALL ||
           (rule == JOIN_SHARE && in->nature[site].participation.at[lane] <
                                      in->terms->participation.at[lane]);
}

static bool join_due(const struct structure_inputs *in, int site, int lane,
                     const struct patch *patch)
{
    return in->rules->quarter == 0
               ? joins_at_start(in, site, lane)
               : lanes_have(patch->practice[site].standing.joins, lane);
}

static void forget_trailing_year(struct practice *practice, int quarter, int lane)
{
    for (int k = 0; k < TRAILING; k++) {
        practice->trailing.counted[k].at[lane] = 0.0;
        practice->trailing.partner_fte[k].at[lane] = 0.0;
        practice->trailing.residual[k].at[lane] = 0.0;
        practice->trailing.burden[k].at[lane] = 0.0;
    }
    practice->standing.since[lane] = (uint8_t)quarter;
    lanes_put(lane, &practice->standing.young);
}

static void join(const struct structure_inputs *in, int site, int lane,
                 struct patch *patch)
{
    struct practice *practice = &patch->practice[site];
    struct standing *standing = &practice->standing;

    lanes_put(lane, &standing->member);
    lanes_put(lane, &standing->ever_member);
    lanes_put(lane, &standing->ramping);
    standing->joined[lane] = (uint8_t)in->rules->quarter;
    forget_trailing_year(practice, in->rules->quarter, lane);
    if (!in->rules->inside->convert_partners)
        return;
    ending_release(in, site, lane, 0.0, patch);
    ending_convert(site, lane, HOLDER_CONVERTED, patch);
}

static void join_organisations(const struct structure_inputs *in, int lane,
                               struct patch *patch)
{
    for (int k = 0; k < patch->looked_count; k++) {
        const int s = patch->looked[k];
        struct standing *standing = &patch->practice[s].standing;
        const struct organisation *organisation =
            &patch->organisation[patch->organisation_of[s]];

        if (!looked_at(patch, s, lane) || !join_due(in, s, lane, patch))
            continue;
        lanes_drop(lane, &standing->joins);
        if (lanes_have(standing->open, lane) && organisation->dissolved.at[lane] == 0.0)
            join(in, s, lane, patch);
    }
}

void structure_step(const struct structure_inputs *in, int lane, struct patch *patch,
                    struct lanes *near_ties)
{
    const bool organisations_act = patch->organisations_due >> lane & 1;

    if (in->rules->quarter > 0) {
        if (organisations_act)
            exit_organisations(in, lane, patch);
        end_sites(in, lane, patch, near_ties);
        leave_organisations(lane, patch);
        if (organisations_act)
            dissolve(lane, patch);
    }
    join_organisations(in, lane, patch);
}

/* A company's account at the horizon, to its owners or to members by list. */
static void close_account(const struct structure_inputs *in, int site, int lane,
                          struct patch *patch)
{
    struct practice *practice = &patch->practice[site];
    const struct organisation *organisation =
        &patch->organisation[patch->organisation_of[site]];
    const double people = organisation->people.at[lane];
    const double list =
        lanes_have(practice->standing.member, lane) ? practice->list.at[lane] : 0.0;
    const double part =
        people > 0.0 ? organisation->account.at[lane] * list / people : 0.0;
    const bool partners = in->rules->inside->surplus_to == SURPLUS_MEMBERS &&
                          practice->workforce.partner_fte.at[lane] > 0.0;

    patch->ledger.change[BEARER_ORGANISATION].at[lane] -= part;
    patch->ledger.change[partners ? BEARER_PARTNERS : BEARER_OWNERS].at[lane] += part;
    if (partners)
        practice->shares->drawings.at[lane] += part;
}

/* Accounts of organisations whose members have all gone fall to owners. */
static void close_empty_accounts(int lane, struct patch *patch)
{
    for (int o = 0; o < patch->organisations; o++) {
        struct organisation *organisation = &patch->organisation[o];
        const double left =
            organisation->people.at[lane] > 0.0 ? 0.0 : organisation->account.at[lane];

        patch->ledger.change[BEARER_ORGANISATION].at[lane] -= left;
        patch->ledger.change[BEARER_OWNERS].at[lane] += left;
        organisation->account.at[lane] = 0.0;
    }
}

static void close_lane(const struct structure_inputs *in, int lane, struct patch *patch)
{
    const struct lanes *takeover = &in->rules->parameters->distress.takeover_share;

    for (int s = 0; s < patch->sites; s++) {
        const struct practice *practice = &patch->practice[s];
        const struct standing *standing = &practice->standing;
        const bool accrues = lanes_have(standing->in_notice & standing->open, lane) &&
                             practice->route.at[lane] >= takeover->at[lane];

        ending_release(in, s, lane, accrues ? ending_cost(in, s, lane, patch) : 0.0,
                       patch);
    }
}

/* May write the sites' settlement, the organisations' accounts, and the ledger. */
void structure_close(const struct structure_inputs *in, struct patch *patch)
{
    const struct lanes none = {{0}};

    for (int s = 0; s < patch->sites; s++)
        patch->practice[s].settlement.joint_windup = none;
    for (int lane = 0; lane < LANES; lane++)
        close_lane(in, lane, patch);
    for (int o = 0; o < patch->organisations; o++)
        organisation_losses(&patch->organisation[o], &patch->ledger);
    for (int s = 0; s < patch->sites; s++)
        settlement_joint_windup(&patch->organisation[patch->organisation_of[s]],
                                &patch->practice[s], &patch->ledger);
    for (int lane = 0; lane < LANES; lane++) {
        for (int s = 0; s < patch->sites; s++)
            close_account(in, s, lane, patch);
        close_empty_accounts(lane, patch);
    }
}
