#include "organisation.h"

#include "near_tie.h"

void organisation_open(struct organisation *organisation)
{
    const struct lanes none = {{0}};

    organisation->people = none;
    organisation->sites = none;
    organisation->pool = none;
    organisation->partner_fte = none;
    organisation->levy = none;
    organisation->owners_receipts = none;
}

void organisation_count(const struct practice *practice,
                        struct organisation *organisation)
{
    const struct flags *member = lanes_mask(practice->standing.member);

    EACH_LANE (i) {
        organisation->people.at[i] += lane_in(member, i, practice->list.at[i]);
        organisation->sites.at[i] += lane_in(member, i, 1.0);
    }
}

/* Part of the contract work that the other side saves is done by the organisation. */
static void move_work(const struct valuation_parameters *valuation,
                      const struct lanes *prices, struct organisation *organisation)
{
    EACH_LANE (i) {
        const double saved = 1.0 - 1.0 / larger(organisation->sites.at[i], 1.0);

        organisation->moved.at[i] = 0.25 * valuation->moved_share.at[i] *
                                    valuation->relationship_cost.at[i] * prices->at[i] *
                                    saved;
    }
}

void organisation_size(const struct parameters *parameters,
                       const struct drivers *drivers, bool has_accounts,
                       struct organisation *organisation)
{
    const struct lanes *cap = &parameters->money.scale_cap;

    EACH_LANE (i) {
        const double reach = smaller(organisation->people.at[i], cap->at[i]);

        organisation->reach.at[i] = reach;
        organisation->per_reach.at[i] = 1.0 / larger(reach, 1.0);
    }
    if (!has_accounts)
        return; /* never more than one site */
    EACH_LANE (i)
        organisation->log_sites.at[i] = log_of(larger(organisation->sites.at[i], 1.0));
    move_work(&parameters->valuation, &drivers->index[PRICES], organisation);
}

/* The pool, and apart from it the delegated budget, go to members, into the company's
 * account, or to the trust; where there is no account, back to the site. */
static void settle_pool(const struct settlement_rules *rules,
                        struct organisation *organisation, struct ledger *ledger)
{
    const double trust = rules->inside->pool_owner == OWNER_TRUST ? 1.0 : 0.0;
    const double company =
        rules->inside->pool_owner == OWNER_COMPANY && rules->activity->accounts ? 1.0
                                                                                : 0.0;
    const double members = 1.0 - trust - company;

    EACH_LANE (i) {
        const double pool = organisation->pool.at[i];
        const double fte = organisation->partner_fte.at[i];
        const double by_list = fte > 0.0 ? 0.0 : 1.0;
        const double unit = fte + by_list * organisation->people.at[i];
        const double each = unit > 0.0 ? 1.0 / unit : 0.0;
        const double budget = organisation->delegated.result.at[i];

        organisation->shared.at[i] = members * pool;
        organisation->pool_units.at[i] = unit;
        organisation->per_unit.at[i] = each;
        organisation->delegated.rate.at[i] = members * each * budget;
    }
    if (members > 0.0)
        return;
    EACH_LANE (i) {
        const double whole =
            organisation->pool.at[i] + organisation->delegated.result.at[i];

        organisation->kept.at[i] = (trust + company) * whole;
        organisation->account.at[i] += company * whole;
        ledger->change[BEARER_TRUST].at[i] += trust * whole;
        ledger->change[BEARER_ORGANISATION].at[i] += company * whole;
    }
}

/* What it costs to run one that spends by a budget. */
static void draw_budget(const struct organisation_inputs *in,
                        const struct organisation *organisation, struct lanes *budget)
{
    const struct form_terms *terms = in->terms;
    const struct lanes *prices = &in->rules->drivers->index[PRICES];
    const uint32_t quarter = (uint32_t)in->rules->quarter;
    struct lanes z;

    lane_normal(in->source,
                draw_address(in->entity, DRAW_ORGANISATION_COST, quarter, 0), &z);
    EACH_LANE (i) {
        const double sd = terms->org_cost_sd.at[i];
        const double quarter_people = 0.25 * organisation->people.at[i];

        budget->at[i] = terms->org_cost.at[i] * quarter_people * prices->at[i] *
                        exp_of(sd * z.at[i] - 0.5 * sd * sd);
    }
}

/* Levy, bought services and opening reserves in; what it costs to run out. */
static void keep_accounts(const struct organisation_inputs *in,
                          struct organisation *organisation, struct ledger *ledger)
{
    const struct form_terms *terms = in->terms;
    const struct drivers *d = in->rules->drivers;
    struct lanes budget = {{0}};

    if (lanes_positive(&terms->org_cost) != 0)
        draw_budget(in, organisation, &budget);
    EACH_LANE (i) {
        const double quarter_people = 0.25 * organisation->people.at[i];
        const double income =
            terms->org_income.at[i] * quarter_people * d->index[CONTRACT].at[i];
        const double levy = organisation->levy.at[i];
        const double own = budget.at[i];
        const double cost = terms->org_cost.at[i] > 0.0 ? own : levy;
        const double moved = organisation->moved.at[i] * organisation->sites.at[i];
        const double change = levy - cost + income + organisation->opening.at[i];

        organisation->income.at[i] = income;
        organisation->cost.at[i] = cost;
        organisation->opening.at[i] = 0.0;
        organisation->account.at[i] += change;
        ledger->change[BEARER_ORGANISATION].at[i] += change;
        ledger->change[BEARER_COMMISSIONER].at[i] -= income;
        ledger->outside.at[i] += cost + moved;
        ledger->paid[FLOW_SERVICES_BOUGHT].at[i] += income;
        ledger->paid[FLOW_ORGANISATION_COSTS].at[i] += cost;
        ledger->paid[FLOW_CONTRACT_WORK].at[i] += moved;
        ledger->gross.at[i] += fabs(income) + fabs(cost) + fabs(moved);
    }
}

/* A negative account calls on members or owners, then leaves creditors the rest and is
 * dissolved. */
static void call(const struct settlement_rules *rules, const struct form_terms *terms,
                 struct organisation *organisation, struct ledger *ledger)
{
    const double members = rules->inside->surplus_to == SURPLUS_MEMBERS ? 1.0 : 0.0;

    EACH_LANE (i) {
        const double prices = rules->drivers->index[PRICES].at[i];
        const double people = organisation->people.at[i];
        const double need = larger(0.0, -organisation->account.at[i]);
        const double asked = people > 0.0 ? need / people : 0.0;
        const double most = 0.25 * terms->call_cap.at[i] * prices;
        const double call = smaller(asked, most);
        const double dissolves = organisation->dissolves.at[i];
        const double too_much = asked > most ? 1.0 : 0.0;
        const double cannot = people > 0.0 ? too_much : 1.0;
        const double fails = need > 0.0 ? cannot : 0.0;
        const double unpaid = fails > 0.0 ? need - call * people : 0.0;
        const double by_members = people > 0.0 ? members : 0.0;

        organisation->call_rate.at[i] = members * call;
        organisation->dissolves.at[i] = fails > 0.0 ? 1.0 : dissolves;
        ledger->change[BEARER_CREDITORS].at[i] -= unpaid;
        ledger->change[BEARER_OWNERS].at[i] -= (1.0 - by_members) * (call * people);
    }
}

/* One above its ceiling returns the excess; a negative one has been made good. */
static void give_back(const struct settlement_rules *rules,
                      const struct form_terms *terms, struct organisation *organisation,
                      struct ledger *ledger)
{
    const double members = rules->inside->surplus_to == SURPLUS_MEMBERS ? 1.0 : 0.0;

    EACH_LANE (i) {
        const double people = organisation->people.at[i];
        const double account = organisation->account.at[i];
        const double ceiling =
            terms->org_reserve_max.at[i] * rules->drivers->index[PRICES].at[i] * people;
        const double excess = larger(0.0, account - ceiling);
        const double by_members = people > 0.0 ? members : 0.0;
        const double to_members = people > 0.0 ? by_members * excess / people : 0.0;
        const double kept = account < 0.0 ? 0.0 : account - excess;

        organisation->surplus_rate.at[i] = to_members;
        organisation->account.at[i] = kept;
        ledger->change[BEARER_ORGANISATION].at[i] += kept - account;
        ledger->change[BEARER_OWNERS].at[i] += (1.0 - by_members) * excess;
    }
}

void organisation_settle(const struct organisation_inputs *in,
                         struct organisation *organisation, struct ledger *ledger)
{
    const struct lanes none = {{0}};

    settle_pool(in->rules, organisation, ledger);
    if (!in->rules->activity->accounts) {
        organisation->levy = none; /* went straight to the outside */
        return;
    }
    keep_accounts(in, organisation, ledger);
    call(in->rules, in->terms, organisation, ledger);
    give_back(in->rules, in->terms, organisation, ledger);
}

void organisation_losses(struct organisation *organisation, struct ledger *ledger)
{
    EACH_LANE (i) {
        const double fte = organisation->partner_fte.at[i];
        const double shares = fte > 0.0 ? 1.0 : 0.0;
        const double each = shares / (fte > 0.0 ? fte : 1.0);
        const double limited = organisation->limited_loss.at[i];
        const double paid = smaller(limited, organisation->account.at[i]);

        organisation->loss_rate.at[i] = organisation->joint_loss.at[i] * each;
        organisation->windup_rate.at[i] = organisation->joint_windup.at[i] * each;
        organisation->joint_loss.at[i] = 0.0;
        organisation->joint_windup.at[i] = 0.0;
        organisation->limited_loss.at[i] = 0.0;
        organisation->account.at[i] -= paid;
        ledger->change[BEARER_ORGANISATION].at[i] -= paid;
        ledger->change[BEARER_CREDITORS].at[i] -= limited - paid;
    }
}

/* A trust is judged by its members' residual alone, a company by its whole books. */
static void record_result(const struct settlement_rules *rules,
                          struct organisation *organisation)
{
    const int now = trailing_place(rules->quarter);
    const int is_trust = rules->inside->pool_owner == OWNER_TRUST;

    EACH_LANE (i) {
        const double real = 1.0 / rules->drivers->index[PRICES].at[i];
        const double kept = organisation->kept.at[i];
        const double books = (organisation->levy.at[i] + organisation->income.at[i] -
                              organisation->cost.at[i] + kept) *
                             real;
        const double company = books + organisation->owners_receipts.at[i] * real;
        const double running = organisation->running.at[i] + books;
        const double peak = larger(organisation->peak.at[i], running);

        organisation->result[now].at[i] = is_trust ? kept * real : company;
        organisation->people_then[now].at[i] = organisation->people.at[i];
        organisation->running.at[i] = running;
        organisation->peak.at[i] = peak;
        organisation->drawdown.at[i] =
            larger(organisation->drawdown.at[i], peak - running);
    }
}

void organisation_decide(const struct organisation_inputs *in,
                         struct organisation *organisation, struct lanes *near_ties)
{
    const struct settlement_rules *rules = in->rules;
    const struct form_terms *terms = in->terms;
    const struct lanes *result = organisation->result;
    const struct lanes *people = organisation->people_then;
    struct lanes u;

    record_result(rules, organisation);
    if (rules->quarter < TRAILING - 1 || rules->inside->pool_owner == OWNER_PARTNERS)
        return;
    lane_draw(
        in->source,
        draw_address(in->entity, DRAW_ORGANISATION_EXIT, (uint32_t)rules->quarter, 0),
        &u);
    EACH_LANE (i) {
        const double year =
            result[0].at[i] + result[1].at[i] + result[2].at[i] + result[3].at[i];
        const double mean_people = 0.25 * (people[0].at[i] + people[1].at[i] +
                                           people[2].at[i] + people[3].at[i]);
        const double loss = mean_people > 0.0 ? -year / mean_people : 0.0;
        const uint64_t may = (organisation->exited.at[i] == 0.0) &
                             (organisation->sites.at[i] > 0.0) &
                             (loss > terms->subsidy_tolerance.at[i]);
        const uint64_t leaves =
            below(event_time(u.at[i]), terms->exit_rate.at[i], &near_ties->at[i]);

        organisation->exits.at[i] = may & leaves ? 1.0 : 0.0;
    }
}
