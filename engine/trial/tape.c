#include "tape.h"

#include <stdlib.h>

#define PRACTICE(member) (offsetof(struct practice, member) / sizeof(struct lanes))
#define ORGANISATION(member)                                                           \
    (offsetof(struct organisation, member) / sizeof(struct lanes))
#define LEDGER(member) (offsetof(struct ledger, member) / sizeof(struct lanes))
#define DRIVER(member) (offsetof(struct drivers, member) / sizeof(struct lanes))
#define BY_SETS        SIZE_MAX /* not in the state as a number */
#define COUNT(table)   (sizeof(table) / sizeof(*(table)))

/* clang-format off */
const struct tape_column tape_site_columns[] = {
    {"status", "0 open, 1 taken over, 2 caretaker, 3 closed", BY_SETS},
    {"member", "0 or 1", BY_SETS},
    {"list", "patients", PRACTICE(list)},
    {"wanted", "posts", PRACTICE(workforce.wanted)},
    {"filled", "posts", PRACTICE(workforce.filled)},
    {"partners", "GPs", PRACTICE(workforce.partners)},
    {"partner_fte", "fte", PRACTICE(workforce.partner_fte)},
    {"salaried_fte", "fte", PRACTICE(workforce.employed_fte)},
    {"well_partner_fte", "fte", PRACTICE(workforce.well_fte[PARTNER])},
    {"well_salaried_fte", "fte", PRACTICE(workforce.well_fte[SALARIED])},
    {"vacant_fte", "fte", PRACTICE(workforce.vacant_fte)},
    {"leavers", "GPs", PRACTICE(workforce.leavers)},
    {"locum_fte", "fte", PRACTICE(capacity.locum_fte)},
    {"demand", "relative to the start", PRACTICE(capacity.demand)},
    {"capacity", "relative to the start", PRACTICE(capacity.supply)},
    {"workload", "ratio", PRACTICE(capacity.workload)},
    {"unmet", "share of demand", PRACTICE(capacity.unmet)},
    {"income", "GBP", PRACTICE(own_payments.core)},
    {"price_relief", "GBP", PRACTICE(own_payments.relief)},
    {"nongp_cost", "GBP", PRACTICE(own_payments.nongp)},
    {"salaried_cost", "GBP", PRACTICE(own_payments.salaried)},
    {"locum_cost", "GBP", PRACTICE(own_payments.locum)},
    {"levy", "GBP", PRACTICE(money.levy)},
    {"recharge", "GBP", PRACTICE(own_payments.recharge)},
    {"setup", "GBP", PRACTICE(money.setup)},
    {"setup_elsewhere", "GBP", PRACTICE(money.setup_elsewhere)},
    {"delegated_budget", "GBP", PRACTICE(delegated.budget)},
    {"delegated_claims", "GBP", PRACTICE(delegated.claims)},
    {"delegated_result", "GBP", PRACTICE(delegated.result)},
    {"residual", "GBP", PRACTICE(money.residual)},
    {"pooled", "GBP", PRACTICE(settlement.pooled)},
    {"received", "GBP", PRACTICE(own_shares.received)},
    {"call", "GBP", PRACTICE(own_shares.call)},
    {"surplus", "GBP", PRACTICE(own_shares.surplus)},
    {"inherited", "GBP", PRACTICE(own_shares.inherited)},
    {"profit", "GBP", PRACTICE(own_shares.profit)},
    {"counted", "GBP", PRACTICE(settlement.counted)},
    {"drawings", "GBP", PRACTICE(own_shares.drawings)},
    {"opening", "GBP", PRACTICE(settlement.opening)},
    {"pay_in", "GBP", PRACTICE(own_shares.pay_in)},
    {"released", "GBP", PRACTICE(settlement.released)},
    {"windup_paid", "GBP", PRACTICE(settlement.windup_paid)},
    {"reserve", "GBP", PRACTICE(settlement.reserve)},
};
const size_t tape_site_count = COUNT(tape_site_columns);

const struct tape_column tape_organisation_columns[] = {
    {"people", "patients", ORGANISATION(people)},
    {"sites", "sites", ORGANISATION(sites)},
    {"alignment", "0-1", ORGANISATION(alignment)},
    {"pool", "GBP", ORGANISATION(pool)},
    {"levy", "GBP", ORGANISATION(levy)},
    {"income", "GBP", ORGANISATION(income)},
    {"cost", "GBP", ORGANISATION(cost)},
    {"account", "GBP", ORGANISATION(account)},
    {"delegated_budget", "GBP", ORGANISATION(delegated.budget)},
    {"delegated_result", "GBP", ORGANISATION(delegated.result)},
};
const size_t tape_organisation_count = COUNT(tape_organisation_columns);

const struct tape_column tape_ledger_columns[] = {
    {"partners", "GBP", LEDGER(change[BEARER_PARTNERS])},
    {"reserves", "GBP", LEDGER(change[BEARER_RESERVES])},
    {"organisation", "GBP", LEDGER(change[BEARER_ORGANISATION])},
    {"owners", "GBP", LEDGER(change[BEARER_OWNERS])},
    {"creditors", "GBP", LEDGER(change[BEARER_CREDITORS])},
    {"trust", "GBP", LEDGER(change[BEARER_TRUST])},
    {"commissioner", "GBP", LEDGER(change[BEARER_COMMISSIONER])},
    {"insurer", "GBP", LEDGER(change[BEARER_INSURER])},
    {"outside", "GBP", LEDGER(outside)},
    {"core_income", "GBP", LEDGER(core)},
    {"price_relief", "GBP", LEDGER(paid[FLOW_PRICE_RELIEF])},
    {"services_bought", "GBP", LEDGER(paid[FLOW_SERVICES_BOUGHT])},
    {"delegated_budget", "GBP", LEDGER(paid[FLOW_DELEGATED_BUDGET])},
    {"relationships", "GBP", LEDGER(paid[FLOW_RELATIONSHIPS])},
    {"caretaker_premium", "GBP", LEDGER(paid[FLOW_CARETAKER_PREMIUM])},
    {"other_costs", "GBP", LEDGER(paid[FLOW_OTHER_COSTS])},
    {"salaried_gps", "GBP", LEDGER(paid[FLOW_SALARIED_GPS])},
    {"locums", "GBP", LEDGER(paid[FLOW_LOCUMS])},
    {"recharges", "GBP", LEDGER(paid[FLOW_RECHARGES])},
    {"levies", "GBP", LEDGER(paid[FLOW_LEVIES])},
    {"setup", "GBP", LEDGER(paid[FLOW_SETUP])},
    {"organisation_costs", "GBP", LEDGER(paid[FLOW_ORGANISATION_COSTS])},
    {"contract_work", "GBP", LEDGER(paid[FLOW_CONTRACT_WORK])},
    {"wind_ups", "GBP", LEDGER(paid[FLOW_WIND_UPS])},
    {"delegated_claims", "GBP", LEDGER(paid[FLOW_DELEGATED_CLAIMS])},
    {"hospital_effects", "GBP", LEDGER(paid[FLOW_HOSPITAL_EFFECTS])},
};
const size_t tape_ledger_count = COUNT(tape_ledger_columns);

const struct tape_column tape_driver_columns[] = {
    {"contract", "index", DRIVER(index[CONTRACT])},
    {"pay", "index", DRIVER(index[PAY])},
    {"prices", "index", DRIVER(index[PRICES])},
    {"locum", "index", DRIVER(index[LOCUM])},
    {"shortage", "share", DRIVER(shortage)},
    {"demand", "per patient, relative to the start", DRIVER(common)},
    {"list_growth", "factor on lists", DRIVER(list_growth)},
    {"ending_year", "factor on endings", DRIVER(ending_year)},
};
const size_t tape_driver_count = COUNT(tape_driver_columns);
/* clang-format on */

static size_t site_at(const struct plan *plan, size_t form, size_t site, int quarter)
{
    return ((form * plan->sites + site) * (size_t)plan->quarters + (size_t)quarter) *
           tape_site_count;
}

static size_t organisation_at(const struct tape *tape, const struct plan *plan,
                              size_t form, int organisation, int quarter)
{
    const size_t row = tape->organisations_before[form] + (size_t)organisation;

    return (row * (size_t)plan->quarters + (size_t)quarter) * tape_organisation_count;
}

static size_t ledger_at(const struct plan *plan, size_t form, int quarter)
{
    return (form * (size_t)plan->quarters + (size_t)quarter) * tape_ledger_count;
}

enum hr_status tape_init(struct tape *tape, const struct plan *plan, int lane,
                         struct hr_error *error)
{
    const size_t quarters = (size_t)plan->quarters;
    size_t organisations = 0;

    *tape = (struct tape){.lane = lane};
    tape->organisations_before = calloc(plan->forms + 1, sizeof(size_t));
    if (tape->organisations_before != NULL) {
        for (size_t f = 0; f < plan->forms; f++) {
            tape->organisations_before[f] = organisations;
            organisations += (size_t)plan->form[f].organisations;
        }
    }
    tape->site = calloc(site_at(plan, plan->forms, 0, 0) + 1, sizeof(double));
    tape->organisation =
        calloc(organisations * quarters * tape_organisation_count + 1, sizeof(double));
    tape->ledger = calloc(ledger_at(plan, plan->forms, 0) + 1, sizeof(double));
    tape->driver = calloc(quarters * tape_driver_count, sizeof(double));
    if (tape->organisations_before == NULL || tape->site == NULL ||
        tape->organisation == NULL || tape->ledger == NULL || tape->driver == NULL) {
        tape_free(tape);
        return hr_fail(error, HR_FAILED, "no memory to record a trial");
    }
    return HR_OK;
}

void tape_free(struct tape *tape)
{
    free(tape->site);
    free(tape->organisation);
    free(tape->ledger);
    free(tape->driver);
    free(tape->organisations_before);
    *tape = (struct tape){0};
}

static void copy(const void *from, const struct tape_column *columns, size_t count,
                 int lane, double *to)
{
    const struct lanes *lanes = from;

    for (size_t c = 0; c < count; c++)
        to[c] = lanes[columns[c].place].at[lane];
}

static enum status status_of(const struct standing *standing, int lane)
{
    if (lanes_have(standing->open, lane))
        return STATUS_OPEN;
    if (lanes_have(standing->closed, lane))
        return STATUS_CLOSED;
    return lanes_have(standing->caretaker, lane) ? STATUS_CARETAKER : STATUS_TAKEN_OVER;
}

static void copy_site(const struct practice *practice, int lane, double *to)
{
    enum { STATUS, MEMBER, KEPT_AS_SETS };

    to[STATUS] = status_of(&practice->standing, lane);
    to[MEMBER] = lanes_have(practice->standing.member, lane) ? 1.0 : 0.0;
    copy(practice, tape_site_columns + KEPT_AS_SETS, tape_site_count - KEPT_AS_SETS,
         lane, to + KEPT_AS_SETS);
}

static void record_form(struct tape *tape, const struct block *block, size_t f,
                        int quarter)
{
    const struct plan *plan = block->whole;
    const struct patch *patch = &block->patch[f];
    const int before = plan->areas > 0 ? plan->form[f].before[block->area] : 0;

    for (int s = 0; s < patch->sites; s++)
        copy_site(&patch->practice[s], tape->lane,
                  &tape->site[site_at(plan, f, block_site(block, (size_t)s), quarter)]);
    for (int o = 0; o < patch->organisations; o++)
        copy(&patch->organisation[o], tape_organisation_columns,
             tape_organisation_count, tape->lane,
             &tape->organisation[organisation_at(tape, plan, f, before + o, quarter)]);
    copy(&block_sums(block, f, quarter)->ledger, tape_ledger_columns, tape_ledger_count,
         tape->lane, &tape->ledger[ledger_at(plan, f, quarter)]);
}

void tape_record(struct tape *tape, const struct block *block, int quarter)
{
    for (size_t f = 0; f < block->plan->forms; f++)
        record_form(tape, block, f, quarter);
    copy(&block->drivers, tape_driver_columns, tape_driver_count, tape->lane,
         &tape->driver[(size_t)quarter * tape_driver_count]);
}

const double *tape_site(const struct tape *tape, const struct plan *plan, size_t form,
                        size_t site, int quarter)
{
    return &tape->site[site_at(plan, form, site, quarter)];
}

const double *tape_organisation(const struct tape *tape, const struct plan *plan,
                                size_t form, int organisation, int quarter)
{
    return &tape->organisation[organisation_at(tape, plan, form, organisation,
                                               quarter)];
}

const double *tape_ledger(const struct tape *tape, const struct plan *plan, size_t form,
                          int quarter)
{
    return &tape->ledger[ledger_at(plan, form, quarter)];
}
