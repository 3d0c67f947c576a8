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

/* A level's year, nominal: one lane. */
struct account {
    double kept, ceded, premium, budget;
};

static struct contract contract_of(const struct delegated_parameters *p, int i)
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

/* Posts everybody's side but the holder's; returns the holder's loss as a share of the
 * budget. */
static double settle(const struct delegated_parameters *parameters, int i,
                     const struct account *account, double *carried,
                     struct ledger *ledger)
{
    const struct contract contract = contract_of(parameters, i);
    const double deviation = (account->kept + account->premium) / account->budget - 1.0;
    const double own = contract_quota(&contract, deviation);
    const double loss = contract_settle(&contract, deviation, carried);
    const double insured = (deviation - own) * account->budget;
    const double relieved = (own - loss) * account->budget;

    ledger->change[BEARER_COMMISSIONER].at[i] -= account->budget + relieved;
    ledger->change[BEARER_INSURER].at[i] += account->premium - account->ceded - insured;
    ledger->outside.at[i] += account->kept + account->ceded;
    return loss;
}

static enum delegated_level level_of(const struct settlement_rules *rules,
                                     const struct practice *practice, int i)
{
    if (practice->standing.status.at[i] == STATUS_CARETAKER)
        return LEVEL_NONE;
    return practice->standing.member.at[i] > 0.0 ? rules->inside->delegated_level
                                                 : rules->outside->delegated_level;
}

/* All zero in a trial whose share is. */
static struct account site_account(const struct settlement_rules *rules,
                                   const struct site_claims *claims,
                                   const struct year_claims *year,
                                   const struct practice *practice, int i)
{
    const struct delegated_parameters *p = &rules->parameters->delegated;
    const struct contract contract = contract_of(p, i);
    const double prices =
        p->share.at[i] > 0.0 ? rules->drivers->index[PRICES].at[i] : 0.0;
    const double people = prices * practice->standing.list.at[i];
    const double kept = people * claims->kept_head.at[i];
    const double ceded = people * claims->ceded_head.at[i];

    return (struct account){
        .kept = prices * year->kept.at[i],
        .ceded = prices * year->ceded.at[i],
        .premium = contract_premium(&contract, ceded),
        .budget = contract_budget(&contract, kept, ceded) * claims->budget_factor.at[i],
    };
}

void delegated_settle_site(const struct settlement_rules *rules,
                           const struct site_claims *claims,
                           const struct year_claims *year, struct practice *practice,
                           struct organisation *organisation, struct ledger *ledger)
{
    const struct delegated_parameters *p = &rules->parameters->delegated;
    struct delegated *d = &practice->delegated;

    for (int i = 0; i < LANES; i++) {
        const struct account account = site_account(rules, claims, year, practice, i);
        const enum delegated_level level = level_of(rules, practice, i);

        d->claims.at[i] = account.kept + account.ceded;
        if (level == LEVEL_NONE || account.budget <= 0.0) {
            ledger->change[BEARER_COMMISSIONER].at[i] -= d->claims.at[i];
            ledger->outside.at[i] += d->claims.at[i];
            continue;
        }
        if (level == LEVEL_SITE) {
            d->budget.at[i] = account.budget;
            d->loss.at[i] = settle(p, i, &account, &d->carried.at[i], ledger);
            d->result.at[i] = -d->loss.at[i] * account.budget;
            continue;
        }
        organisation->delegated.kept.at[i] += account.kept;
        organisation->delegated.ceded.at[i] += account.ceded;
        organisation->delegated.premium.at[i] += account.premium;
        organisation->delegated.budget.at[i] += account.budget;
    }
}

void delegated_settle_organisation(const struct settlement_rules *rules,
                                   struct organisation *organisation,
                                   struct ledger *ledger)
{
    struct organisation_budget *held = &organisation->delegated;

    for (int i = 0; i < LANES; i++) {
        const struct account account = {
            .kept = held->kept.at[i],
            .ceded = held->ceded.at[i],
            .premium = held->premium.at[i],
            .budget = held->budget.at[i],
        };

        if (account.budget <= 0.0)
            continue;
        held->loss.at[i] = settle(&rules->parameters->delegated, i, &account,
                                  &held->carried.at[i], ledger);
        held->result.at[i] = -held->loss.at[i] * account.budget;
    }
}

void delegated_add_to_residual(struct practice *practice)
{
    EACH_LANE (i)
        practice->money.residual.at[i] += practice->delegated.result.at[i];
}
