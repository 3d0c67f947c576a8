#include "delegated.h"

#include "contract.h"
#include "persistence.h"

void delegated_theta(const struct delegated_design *design,
                     const struct delegated_parameters *parameters,
                     const struct draw_source *source, int quarter, struct lanes *theta)
{
    lane_draw(source, draw_address(0, DRAW_THETA, (uint32_t)quarter, 0), theta);
    for (int i = 0; i < LANES; i++) {
        const double variance = parameters->theta_variance.at[i];
        const struct common_factor factor = {
            .kind = variance > 0.0 ? design->theta : FACTOR_NONE, .variance = variance};

        theta->at[i] = common_factor_quantile(&factor, theta->at[i]);
    }
}

void delegated_frequency(const struct delegated_parameters *parameters,
                         const struct draw_source *source, uint32_t entity, int quarter,
                         const struct lanes *theta, struct site_claims *claims)
{
    struct lanes u;
    uint64_t set = 0;

    GATHER_LANES (i)
        set |= parameters->persistence_sd.at[i] > 0.0 ? lane_bit[i] : 0;
    claims->frequency = *theta;
    if (set == 0)
        return;
    lane_draw(source, draw_address(entity, DRAW_THETA, (uint32_t)quarter, 0), &u);
    EACH_LANE (i) {
        const struct persistence lasting = {parameters->persistence_sd.at[i],
                                            parameters->persistence_phi.at[i]};
        const double first = persistence_start(&lasting, u.at[i]);
        const double next =
            persistence_next(&lasting, claims->persistent.at[i], u.at[i]);
        const double x = quarter < TRAILING ? first : next;

        claims->persistent.at[i] = x;
        claims->frequency.at[i] = theta->at[i] * persistence_factor(&lasting, x);
    }
}

/* The first of the forms under which a lane has this list. */
static void find_first(const struct lanes *const people[], int form,
                       struct flags *first)
{
    const struct lanes list = *people[form];

    EACH_LANE (i)
        first->at[i] = (uint64_t)form;
    for (int earlier = form - 1; earlier >= 0; earlier--) {
        const uint64_t number = (uint64_t)earlier;

        EACH_LANE (i)
            first->at[i] = people[earlier]->at[i] == list.at[i] ? number : first->at[i];
    }
}

void delegated_draw(const struct draw_source *source, uint32_t entity, int quarter,
                    const struct site_claims *claims,
                    const struct lanes *const people[], int forms,
                    struct year_claims year[])
{
    enum { YEARS = FORMS_AT_ONCE * LANES };
    const struct claim_place place = {
        .seed = source->seed, .entity = entity, .quarter = (uint32_t)quarter};
    struct flags first[FORMS_AT_ONCE];
    size_t drawn[FORMS_AT_ONCE][LANES];
    uint64_t lane[YEARS];
    double list[YEARS], frequency[YEARS], kept[YEARS], ceded[YEARS];
    struct claim_years years = {.lane = lane, .people = list, .theta = frequency};

    for (int f = 0; f < forms; f++)
        find_first(people, f, &first[f]);
    for (int i = 0; i < LANES; i++) {
        for (int f = 0; f < forms; f++) {
            const int form = (int)first[f].at[i];

            drawn[f][i] = form == f ? years.n : drawn[form][i];
            lane[years.n] = (uint64_t)i;
            list[years.n] = people[f]->at[i];
            frequency[years.n] = claims->frequency.at[i];
            years.n += form == f;
        }
    }
    claim_sampler_draw_years(claims->sampler, 1, &place, source->first, &years, kept,
                             ceded);
    for (int f = 0; f < forms; f++) {
        for (int i = 0; i < LANES; i++) {
            year[f].kept.at[i] = kept[drawn[f][i]];
            year[f].ceded.at[i] = ceded[drawn[f][i]];
        }
    }
}

void delegated_open_site(struct practice *practice)
{
    const struct delegated none = {.carried = practice->delegated.carried};

    practice->delegated = none;
}

void delegated_open_organisation(struct organisation *organisation)
{
    const struct organisation_budget none = {.carried =
                                                 organisation->delegated.carried};

    organisation->delegated = none;
}

/* A level's year, nominal. */
struct account {
    struct lanes kept, ceded, premium, budget;
    struct flags held; /* lanes in which the budget is this level's */
};

HR_INLINE struct contract contract_of(const struct delegated_parameters *p, int i)
{
    const int corridor = p->corridor_end.at[i] > 0.0;

    return (struct contract){
        .limit = INFINITY, /* taken off claim by claim */
        .premium_loading = p->premium_loading.at[i],
        .kept_share = p->quota.at[i],
        .corridor_free = corridor ? p->corridor_free.at[i] : INFINITY,
        .corridor_share = p->corridor_share.at[i],
        .corridor_end = corridor ? p->corridor_end.at[i] : INFINITY,
        .carry_forward = p->carry_forward.at[i],
        .cap = p->cap.at[i] > 0.0 ? p->cap.at[i] : INFINITY,
        .loading = p->loading.at[i],
    };
}

/* The holder's loss as a share of the budget, and its result; posts everybody else's
 * side. */
static void settle(const struct delegated_parameters *p, const struct account *account,
                   struct lanes *carried, struct lanes *loss, struct lanes *result,
                   struct ledger *ledger)
{
    const struct account a = *account;

    EACH_LANE (i) {
        const struct contract contract = contract_of(p, i);
        const double budget = a.budget.at[i];
        const double deviation = (a.kept.at[i] + a.premium.at[i]) / budget - 1.0;
        const double own = contract_quota(&contract, deviation);
        double next = carried->at[i];
        const double borne = contract_settle(&contract, deviation, &next);
        const double insured = (deviation - own) * budget;
        const double relieved = (own - borne) * budget;
        const double insurer = a.premium.at[i] - a.ceded.at[i] - insured;
        const int held = a.held.at[i] != 0;

        ledger->change[BEARER_COMMISSIONER].at[i] -= held ? budget + relieved : 0.0;
        ledger->change[BEARER_INSURER].at[i] += held ? insurer : 0.0;
        ledger->outside.at[i] += held ? a.kept.at[i] + a.ceded.at[i] : 0.0;
        ledger->paid[FLOW_DELEGATED_BUDGET].at[i] += held ? budget + relieved : 0.0;
        ledger->paid[FLOW_DELEGATED_CLAIMS].at[i] +=
            held ? a.kept.at[i] + a.ceded.at[i] : 0.0;
        ledger->gross.at[i] +=
            held ? a.kept.at[i] + a.ceded.at[i] + a.premium.at[i] + budget : 0.0;
        carried->at[i] = held ? next : carried->at[i];
        loss->at[i] = held ? borne : 0.0;
        result->at[i] = held ? -borne * budget : 0.0;
    }
}

/* All zero in a trial whose share is. */
static void site_account(const struct settlement_rules *rules,
                         const struct site_claims *claims,
                         const struct year_claims *year,
                         const struct practice *practice, struct account *account)
{
    const struct delegated_parameters *p = &rules->parameters->delegated;
    const struct lanes *index = &rules->drivers->index[PRICES];

    EACH_LANE (i) {
        const struct contract contract = contract_of(p, i);
        const double prices = p->share.at[i] > 0.0 ? index->at[i] : 0.0;
        const double people = prices * practice->list.at[i];
        const double kept = people * claims->kept_head.at[i];
        const double ceded = people * claims->ceded_head.at[i];

        account->kept.at[i] = prices * year->kept.at[i];
        account->ceded.at[i] = prices * year->ceded.at[i];
        account->premium.at[i] = contract_premium(&contract, ceded);
        account->budget.at[i] =
            contract_budget(&contract, kept, ceded) * claims->budget_factor.at[i];
    }
}

/* Lanes in which a site's budget is held at @p level. */
static void find_level(const struct settlement_rules *rules, enum delegated_level level,
                       const struct practice *practice, const struct lanes *budget,
                       struct flags *held)
{
    const uint64_t inside = rules->inside->delegated_level == level;
    const uint64_t outside = rules->outside->delegated_level == level;
    const uint64_t member = practice->standing.member;
    const uint64_t caretaker = practice->standing.caretaker;

    EACH_LANE (i) {
        const uint64_t chosen = member & lane_bit[i] ? inside : outside;
        const uint64_t here = caretaker & lane_bit[i] ? 0 : chosen;

        held->at[i] = budget->at[i] > 0.0 ? here : 0;
    }
}

static void post_unheld(const struct account *account, const struct flags *organised,
                        struct delegated *site, struct ledger *ledger)
{
    EACH_LANE (i) {
        const double claims = account->kept.at[i] + account->ceded.at[i];
        const double unheld = account->held.at[i] | organised->at[i] ? 0.0 : claims;

        site->claims.at[i] = claims;
        site->budget.at[i] = account->held.at[i] ? account->budget.at[i] : 0.0;
        ledger->change[BEARER_COMMISSIONER].at[i] -= unheld;
        ledger->outside.at[i] += unheld;
        ledger->paid[FLOW_DELEGATED_BUDGET].at[i] += unheld;
        ledger->paid[FLOW_DELEGATED_CLAIMS].at[i] += unheld;
        ledger->gross.at[i] += unheld;
    }
}

static void add_to_organisation(const struct account *account,
                                const struct flags *organised,
                                struct organisation_budget *sum)
{
    EACH_LANE (i) {
        const int in = organised->at[i] != 0;

        sum->kept.at[i] += in ? account->kept.at[i] : 0.0;
        sum->ceded.at[i] += in ? account->ceded.at[i] : 0.0;
        sum->premium.at[i] += in ? account->premium.at[i] : 0.0;
        sum->budget.at[i] += in ? account->budget.at[i] : 0.0;
    }
}

void delegated_settle_site(const struct settlement_rules *rules,
                           const struct site_claims *claims,
                           const struct year_claims *year, struct practice *practice,
                           struct organisation *organisation, struct ledger *ledger)
{
    struct delegated *d = &practice->delegated;
    struct account account;
    struct flags organised;

    site_account(rules, claims, year, practice, &account);
    find_level(rules, LEVEL_SITE, practice, &account.budget, &account.held);
    find_level(rules, LEVEL_ORGANISATION, practice, &account.budget, &organised);
    post_unheld(&account, &organised, d, ledger);
    if (lanes_set(&account.held))
        settle(&rules->parameters->delegated, &account, &d->carried, &d->loss,
               &d->result, ledger);
    if (lanes_set(&organised))
        add_to_organisation(&account, &organised, &organisation->delegated);
}

void delegated_settle_organisation(const struct settlement_rules *rules,
                                   struct organisation *organisation,
                                   struct ledger *ledger)
{
    struct organisation_budget *own = &organisation->delegated;
    struct account account = {
        .kept = own->kept,
        .ceded = own->ceded,
        .premium = own->premium,
        .budget = own->budget,
    };

    EACH_LANE (i)
        account.held.at[i] = own->budget.at[i] > 0.0 ? 1 : 0;
    if (lanes_set(&account.held))
        settle(&rules->parameters->delegated, &account, &own->carried, &own->loss,
               &own->result, ledger);
}

void delegated_add_to_residual(struct practice *practice)
{
    EACH_LANE (i)
        practice->money.residual.at[i] += practice->delegated.result.at[i];
}
