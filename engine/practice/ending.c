#include "ending.h"

#include "elementary.h"
#include "workforce.h"

void ending_release(const struct structure_inputs *in, int site, int lane, double cost,
                    struct patch *patch)
{
    struct practice *practice = &patch->practice[site];
    struct settlement *s = &practice->settlement;
    struct ledger *ledger = &patch->ledger;
    const double reserve = s->reserve.at[lane];
    const double covered = smaller(reserve, cost);
    const double fte = practice->workforce.partner_fte.at[lane];
    const bool member = lanes_have(practice->standing.member, lane);
    const struct windup_bill bill = {
        .liability = member ? in->rules->inside->liability
                            : settlement_liability_alone(in->rules->outside),
        .lane = lane,
        .amount = cost - covered,
        .former_fte = fte,
        .todays_share =
            fte > 0.0 ? practice->workforce.todays_fte[HOLDER_PARTNER].at[lane] / fte
                      : 0.0,
    };

    if (reserve == 0.0 && cost == 0.0)
        return;
    s->reserve.at[lane] = 0.0;
    s->former_share.at[lane] = bill.todays_share;
    s->released.at[lane] += fte > 0.0 ? reserve - covered : 0.0;
    ledger->change[BEARER_RESERVES].at[lane] -= reserve;
    ledger->change[BEARER_PARTNERS].at[lane] += reserve - covered;
    ledger->outside.at[lane] += cost;
    ledger->paid[FLOW_WIND_UPS].at[lane] += cost;
    ledger->gross.at[lane] += cost + reserve;
    if (bill.amount > 0.0)
        settlement_windup(&bill, practice,
                          &patch->organisation[patch->organisation_of[site]], ledger);
}

double ending_cost(const struct structure_inputs *in, int site, int lane,
                   const struct patch *patch)
{
    return in->nature[site].windup_cost.at[lane] * patch->practice[site].list.at[lane] *
           in->rules->drivers->index[PRICES].at[lane];
}

void ending_convert(int site, int lane, enum holder holder, struct patch *patch)
{
    const int groups = post_groups(patch->site[site].slots);
    struct practice *practice = &patch->practice[site];

    for (int g = 0; g < groups; g++) {
        uint64_t *held = practice->posts[g].held;
        const uint64_t converts = held[HOLDER_PARTNER] & posts_in(lane);

        held[HOLDER_PARTNER] ^= converts;
        held[holder] |= converts;
    }
    workforce_convert(holder, lane, practice);
}

void ending_leave(int site, int lane, struct patch *patch)
{
    struct standing *standing = &patch->practice[site].standing;

    lanes_drop(lane, &standing->member);
    lanes_put(lane, &standing->ramping);
    standing->joined[lane] = 0;
}

/* Notice served or overtaken. */
static void end_notice(struct standing *standing, int lane)
{
    lanes_drop(lane, &standing->in_notice);
    lanes_drop(lane, &standing->joins);
    lanes_drop(lane, &standing->leaves);
}

void ending_takeover(const struct structure_inputs *in, int site, int lane,
                     struct patch *patch)
{
    struct standing *standing = &patch->practice[site].standing;

    ending_release(in, site, lane, 0.0, patch);
    ending_convert(site, lane, HOLDER_TRANSFERRED, patch);
    ending_leave(site, lane, patch);
    end_notice(standing, lane);
    lanes_drop(lane, &standing->open);
    lanes_put(lane, &standing->taken_over);
    patch->network[patch->network_of[site]].taken |= lane_bit[lane];
    patch->events.taken_over.at[lane] += 1.0;
}

/* Wound up once: the bill, and one more hand-back without successor. */
static void wind_up(const struct structure_inputs *in, int site, int lane,
                    struct patch *patch)
{
    const int now = trailing_place(in->rules->quarter);

    ending_release(in, site, lane, ending_cost(in, site, lane, patch), patch);
    lanes_put(lane, &patch->practice[site].standing.wound_up);
    patch->network[patch->network_of[site]].endings[now].at[lane] += 1.0;
}

void ending_caretaker(const struct structure_inputs *in, int site, int lane,
                      struct patch *patch)
{
    struct standing *standing = &patch->practice[site].standing;

    if (lanes_have(standing->open, lane)) {
        wind_up(in, site, lane, patch);
        patch->events.caretaker.at[lane] += 1.0;
    }
    ending_convert(site, lane, HOLDER_TRANSFERRED, patch);
    ending_leave(site, lane, patch);
    end_notice(standing, lane);
    lanes_drop(lane, &standing->open);
    lanes_put(lane, &standing->caretaker);
}

void ending_close(const struct structure_inputs *in, int site, int lane,
                  struct patch *patch)
{
    struct practice *practice = &patch->practice[site];

    wind_up(in, site, lane, patch);
    ending_leave(site, lane, patch);
    end_notice(&practice->standing, lane);
    for (int g = 0; g < post_groups(patch->site[site].slots); g++)
        posts_vacate(&practice->posts[g], posts_in(lane));
    lanes_drop(lane, &practice->standing.open);
    lanes_put(lane, &practice->standing.closed);
    practice->list.at[lane] = 0.0;
    practice->resized = true;
    practice->recount = true;
    practice->workforce.filled.at[lane] = 0.0;
    practice->capacity.staff.at[lane] = 0.0;
    patch->events.closed.at[lane] += 1.0;
}
