#include "settlement.h"

#include "elementary.h"
void settlement_open(struct practice *practice)
{
    const struct lanes none = {{0}};
    struct settlement *settlement = &practice->settlement;

    settlement->opening = none;
    settlement->released = none;
    settlement->windup_paid = none;
    settlement->joint_windup = none;
    settlement->former_fte = none;
    settlement->former_share = none;
    practice->money.setup = none;
    practice->money.setup_elsewhere = none;
}

/* Caretaker sites are the commissioner's, at a premium. */
static void settle_caretaker(const struct settlement_rules *rules,
                             const struct practice *practice, struct ledger *ledger)
{
    const struct lanes *rate = &rules->parameters->distress.caretaker_premium;
    const struct flags *caretaker = lanes_mask(practice->standing.caretaker);

    if (practice->standing.caretaker == 0)
        return;
    EACH_LANE (i) {
        const double mine = lane_in(caretaker, i, 1.0);
        const double premium = mine * rate->at[i] * practice->paid->core.at[i];

        ledger->change[BEARER_COMMISSIONER].at[i] +=
            mine * practice->money.residual.at[i] - premium;
        ledger->outside.at[i] += premium;
        ledger->paid[FLOW_CARETAKER_PREMIUM].at[i] += premium;
        ledger->gross.at[i] += fabs(premium);
    }
}

/* Residuals of taken-over sites, and the partners among whom they are shared. */
static void add_to_network(const struct settlement_rules *rules,
                           const struct practice *practice, struct network *network)
{
    const uint64_t taken_over = standing_orphaned(&practice->standing);
    const struct flags *orphaned = lanes_mask(taken_over);
    const struct flags *led =
        lanes_mask(standing_led(&practice->standing, rules->inside->convert_partners));

    EACH_LANE (i)
        network->led_fte.at[i] +=
            lane_in(led, i, practice->workforce.partner_fte.at[i]);
    if (taken_over == 0)
        return;
    EACH_LANE (i)
        network->orphaned.at[i] += lane_in(orphaned, i, practice->money.residual.at[i]);
}

static void put_into_pool(const struct settlement_rules *rules,
                          const struct form_terms *terms, const struct lanes *planned,
                          struct practice *practice, struct organisation *organisation)
{
    const int whole = rules->inside->pool_owner == OWNER_TRUST;
    const int deviation = rules->inside->pool_basis == POOL_DEVIATION;
    const struct flags *member = lanes_mask(practice->standing.member);

    EACH_LANE (i) {
        const double residual = practice->money.residual.at[i];
        const double basis = deviation ? residual - planned->at[i] : residual;
        const double part = terms->pooled_share.at[i] * basis;
        const double put = whole ? residual : part;
        const double pooled = lane_in(member, i, put);

        practice->settlement.pooled.at[i] = pooled;
        organisation->pool.at[i] += pooled;
    }
}

static void add_to_organisation(const struct practice *practice,
                                struct organisation *organisation)
{
    const struct flags *member = lanes_mask(practice->standing.member);

    EACH_LANE (i) {
        const double fte = practice->workforce.partner_fte.at[i];
        const double levy = practice->money.levy.at[i];

        organisation->partner_fte.at[i] += lane_in(member, i, fte);
        organisation->levy.at[i] += lane_in(member, i, levy);
    }
}

/* May write what the site pools, and sums of its organisation, network and the ledger.
 */
void settlement_pool(const struct settlement_rules *rules,
                     const struct form_terms *terms, const struct lanes *planned,
                     struct practice *practice, const struct settlement_books *books)
{
    settle_caretaker(rules, practice, books->ledger);
    add_to_network(rules, practice, books->network);
    if (rules->activity->alone)
        return;
    if (rules->activity->pools)
        put_into_pool(rules, terms, planned, practice, books->organisation);
    add_to_organisation(practice, books->organisation);
}

/* A partner-led site's share of its taken-over neighbours' residual. */
static void inherit(const struct settlement_rules *rules, const struct network *network,
                    struct practice *practice)
{
    const struct lanes none = {{0}};
    const struct flags *led =
        lanes_mask(standing_led(&practice->standing, rules->inside->convert_partners));

    practice->shares->inherited = none;
    if (network->bequeaths == 0)
        return;
    EACH_LANE (i) {
        const double fte = practice->workforce.partner_fte.at[i];
        const double inherited = network->orphan_rate.at[i] * fte;

        practice->shares->inherited.at[i] = lane_in(led, i, inherited);
    }
}

/* Share of the pool, call and surplus. */
static void receive(const struct organisation *organisation, struct practice *practice,
                    struct lanes *profit)
{
    const struct flags *members = lanes_mask(practice->standing.member);
    struct settlement *s = &practice->settlement;
    struct shares *shares = practice->shares;

    EACH_LANE (i) {
        const double member = lane_in(members, i, 1.0);
        const double list = member * practice->list.at[i];
        const double by_fte = member * practice->workforce.partner_fte.at[i];
        const double unit = organisation->partner_fte.at[i] > 0.0 ? by_fte : list;
        const double whole = organisation->pool_units.at[i];
        const double part = unit * organisation->per_unit.at[i];
        /* a member alone has exactly its own back */
        const double received =
            organisation->shared.at[i] * (unit == whole ? 1.0 : part);
        const double call = organisation->call_rate.at[i] * list;
        const double surplus = organisation->surplus_rate.at[i] * list;

        shares->received.at[i] = received;
        shares->call.at[i] = call;
        shares->surplus.at[i] = surplus;
        profit->at[i] = profit->at[i] - s->pooled.at[i] + received - call + surplus +
                        shares->inherited.at[i] +
                        organisation->delegated.rate.at[i] * unit;
    }
}

/* The profit of an open site. */
static void reckon_profit(const struct settlement_rules *rules,
                          const struct network *network,
                          const struct organisation *organisation,
                          struct practice *practice)
{
    const struct flags *open = lanes_mask(practice->standing.open);
    struct shares *shares = practice->shares;
    struct lanes profit = practice->money.residual;

    inherit(rules, network, practice);
    if (!rules->activity->alone) {
        receive(organisation, practice, &profit);
    } else if (network->bequeaths != 0) {
        EACH_LANE (i)
            profit.at[i] += shares->inherited.at[i];
    }
    EACH_LANE (i)
        shares->profit.at[i] = lane_in(open, i, profit.at[i]);
}

/* Fill the reserve, draw the rest; a loss empties it first. */
static void move_reserve(const struct settlement_rules *rules,
                         struct practice *practice, struct lanes *unpaid,
                         struct ledger *ledger)
{
    const int now = trailing_place(rules->quarter);
    struct settlement *s = &practice->settlement;
    struct shares *shares = practice->shares;
    const struct lanes *cost = practice->trailing.cost;

    EACH_LANE (i) {
        const double four =
            cost[0].at[i] + cost[1].at[i] + cost[2].at[i] + cost[3].at[i];
        const double year =
            rules->quarter < TRAILING - 1 ? 4.0 * cost[now].at[i] : four;
        const double target =
            rules->parameters->money.reserve_weeks.at[i] * (1.0 / 52.0) * year;
        const double led = practice->workforce.partner_fte.at[i] > 0.0 ? 1.0 : 0.0;
        const double profit = led * shares->profit.at[i];
        const double gain = larger(profit, 0.0);
        const double loss = larger(-profit, 0.0);
        const double fill = smaller(gain, larger(0.0, target - s->reserve.at[i]));
        const double used = smaller(loss, s->reserve.at[i]);

        s->counted.at[i] = profit;
        shares->drawings.at[i] = gain - fill;
        s->reserve.at[i] += fill - used;
        unpaid->at[i] = loss - used;
        ledger->change[BEARER_RESERVES].at[i] += fill - used;
        ledger->change[BEARER_PARTNERS].at[i] += gain - fill;
    }
}

enum liability settlement_liability_alone(const struct form_choices *outside)
{
    if (outside->liability == LIABILITY_JOINT)
        return LIABILITY_UNLIMITED;
    if (outside->liability == LIABILITY_LIMITED)
        return LIABILITY_CREDITORS;
    return outside->liability;
}

static void add(const struct lanes *amount, struct lanes *sum)
{
    EACH_LANE (i)
        sum->at[i] += amount->at[i];
}

static void take(const struct lanes *amount, struct lanes *sum)
{
    EACH_LANE (i)
        sum->at[i] -= amount->at[i];
}

/* What the reserve did not cover, by liability. */
static void pass_loss(enum liability liability, const struct lanes *loss,
                      struct practice *practice, struct organisation *organisation,
                      struct ledger *ledger)
{
    switch (liability) {
    case LIABILITY_UNLIMITED:
        add(loss, &practice->shares->pay_in);
        take(loss, &ledger->change[BEARER_PARTNERS]);
        break;
    case LIABILITY_JOINT:
        practice->settlement.passed_on = *loss; /* of members: once a quarter */
        add(loss, &organisation->joint_loss);
        break;
    case LIABILITY_LIMITED:
        add(loss, &organisation->limited_loss);
        break;
    case LIABILITY_PUBLIC:
        take(loss, &ledger->change[BEARER_TRUST]);
        break;
    case LIABILITY_CREDITORS:
        take(loss, &ledger->change[BEARER_CREDITORS]);
        break;
    }
}

/* The profit of an open site without partners is the owners', or the trust's. */
static void settle_without_partners(const struct settlement_rules *rules,
                                    const struct practice *practice,
                                    struct organisation *organisation,
                                    struct ledger *ledger)
{
    const double trust_owns = rules->inside->pool_owner == OWNER_TRUST ? 1.0 : 0.0;
    const struct flags *members = lanes_mask(practice->standing.member);

    if (practice->standing.partnered == lanes_all())
        return;
    EACH_LANE (i) {
        const double member = lane_in(members, i, 1.0);
        const double whole = practice->shares->profit.at[i];
        const double profit = practice->workforce.partner_fte.at[i] > 0.0 ? 0.0 : whole;
        const double trust = member * trust_owns * profit;

        ledger->change[BEARER_TRUST].at[i] += trust;
        ledger->change[BEARER_OWNERS].at[i] += profit - trust;
        organisation->owners_receipts.at[i] += member * (profit - trust);
    }
}

/* Losses beyond reserves, of members and of those outside; most quarters have none. */
static void pass_losses(const struct settlement_rules *rules,
                        const struct lanes *unpaid, struct practice *practice,
                        struct organisation *organisation, struct ledger *ledger)
{
    const struct lanes none = {{0}};
    const struct flags *members = lanes_mask(practice->standing.member);
    struct lanes members_part, outside_part;

    practice->shares->pay_in = none;
    if (rules->inside->liability == LIABILITY_JOINT)
        practice->settlement.passed_on = none;
    if (lanes_positive(unpaid) == 0)
        return;
    EACH_LANE (i) {
        members_part.at[i] = lane_in(members, i, unpaid->at[i]);
        outside_part.at[i] = unpaid->at[i] - members_part.at[i];
    }
    pass_loss(rules->inside->liability, &members_part, practice, organisation, ledger);
    pass_loss(settlement_liability_alone(rules->outside), &outside_part, practice,
              organisation, ledger);
}

/* May write the site's settlement, and sums of its organisation and the ledger. */
void settlement_profit(const struct settlement_rules *rules,
                       const struct network *network, struct practice *practice,
                       struct organisation *organisation, struct ledger *ledger)
{
    struct lanes unpaid;

    reckon_profit(rules, network, organisation, practice);
    move_reserve(rules, practice, &unpaid, ledger);
    pass_losses(rules, &unpaid, practice, organisation, ledger);
    settle_without_partners(rules, practice, organisation, ledger);
}

void settlement_opening(const struct settlement_rules *rules,
                        const struct form_terms *terms, struct practice *practice,
                        struct organisation *organisation, struct ledger *ledger)
{
    const double members_pay = rules->inside->surplus_to == SURPLUS_MEMBERS ? 1.0 : 0.0;
    const struct flags *joining =
        lanes_mask(standing_joining(&practice->standing, rules->quarter));

    EACH_LANE (i) {
        const double whole = terms->org_reserve.at[i] * practice->list.at[i] *
                             rules->drivers->index[PRICES].at[i];
        const double amount = lane_in(joining, i, whole);
        const double by_members = members_pay * amount;
        const double partners =
            practice->workforce.partner_fte.at[i] > 0.0 ? by_members : 0.0;

        practice->settlement.opening.at[i] = partners;
        organisation->opening.at[i] += amount;
        ledger->change[BEARER_PARTNERS].at[i] -= partners;
        ledger->change[BEARER_OWNERS].at[i] -= amount - partners;
        ledger->gross.at[i] += fabs(amount);
    }
}
