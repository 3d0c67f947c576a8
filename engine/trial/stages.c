#include "stages.h"

#include "alignment.h"
#include "capacity.h"
#include "demand.h"
#include "money.h"
#include "prices.h"
#include "shocks.h"
#include "structure.h"
#include "tape.h"
#include "valuation.h"

struct settlement_rules stage_rules(const struct block *block, size_t form, int quarter)
{
    const struct plan *plan = block->plan;

    return (struct settlement_rules){
        .parameters = block_parameters(block),
        .drivers = &block->drivers,
        .inside = &plan->row[plan->form[form].row].choices,
        .outside = &plan->row[plan->form[form].exit_row].choices,
        .quarter = quarter,
    };
}

const struct form_terms *stage_terms(const struct block *block, size_t form,
                                     const struct practice *practice)
{
    const struct plan_form *rows = &block->plan->form[form];
    const struct lanes *own = (const struct lanes *)block_terms(block, rows->row);
    const struct lanes *other = (const struct lanes *)block_terms(block, rows->exit_row);
    const struct lanes *member = &practice->standing.member;
    struct lanes *blend = (struct lanes *)block->blend;
    double members = 0.0;

    for (int i = 0; i < LANES; i++)
        members += member->at[i];
    if (members == LANES || own == other)
        return block_terms(block, rows->row);
    if (members == 0.0)
        return block_terms(block, rows->exit_row);
    for (int t = 0; t < TERM_COUNT; t++) {
        EACH_LANE (i)
            blend[t].at[i] = member->at[i] > 0.0 ? own[t].at[i] : other[t].at[i];
    }
    return block->blend;
}

void stage_drivers(struct block *block, int quarter)
{
    const struct plan *plan = block->plan;
    const struct parameters *p = block_parameters(block);
    struct drivers *d = &block->drivers;

    if (plan->history != NULL)
        prices_replay(&plan->history[quarter / 4 * INDICES], d);
    else if (quarter == 0)
        prices_start(&p->prices, plan->cholesky, &block->source, d);
    else if (quarter % 4 == 0)
        prices_step(&p->prices, plan->cholesky, &block->source, quarter / 4, d);
    market_step(p, &block->source, quarter, d, &block->near_ties);
    shocks_clear(d);
    for (size_t k = 0; k < plan->shocks; k++) {
        const struct shock_timing timing = {
            .entity = plan->shock[k].entity,
            .at = plan->shock[k].at,
            .duration = plan->shock[k].duration,
            .fade = plan->shock[k].fade,
        };

        shock_step(&timing,
                   (const struct shock_terms *)(block->value +
                                                plan_shock_values(plan, k)),
                   &block->source, quarter, &block->shock[k], d, &block->near_ties);
    }
    demand_common(&p->demand, &block->source, quarter, d);
    valuation_discount(&p->valuation, quarter, d);
}

static void settle_structure(struct block *block, size_t form, int quarter,
                             uint64_t due)
{
    const struct settlement_rules rules = stage_rules(block, form, quarter);
    const struct structure_inputs in = {
        .rules = &rules,
        .terms = block_terms(block, block->plan->form[form].row),
        .source = &block->source,
        .nature = block->nature,
    };

    for (; due != 0; due &= due - 1)
        structure_step(&in, lanes_first(due), &block->patch[form], &block->near_ties);
}

static void open_quarter(struct patch *patch, int quarter)
{
    const struct lanes none = {{0}};

    ledger_open(&patch->ledger);
    for (int n = 0; n < patch->networks; n++) {
        patch->network[n].led_fte = none;
        patch->network[n].orphaned = none;
        patch->network[n].endings[quarter % TRAILING] = none;
    }
    for (int o = 0; o < patch->organisations; o++)
        organisation_open(&patch->organisation[o]);
    for (int s = 0; s < patch->sites; s++)
        settlement_open(&patch->practice[s].settlement);
}

static void count_cascades(struct patch *patch)
{
    for (int n = 0; n < patch->networks; n++) {
        const struct lanes *e = patch->network[n].endings;

        EACH_LANE (i)
            patch->events.largest_cascade.at[i] =
                larger(patch->events.largest_cascade.at[i],
                       e[0].at[i] + e[1].at[i] + e[2].at[i] + e[3].at[i]);
    }
}

/* Chance that an eligible vacancy fills inside and outside the form: hires are
 * zero-sum over the patch, and limited by what supply allows. */
static void share_hires(struct block *block, size_t form, const struct lanes *inside,
                        const struct lanes *outside)
{
    const struct plan *plan = block->plan;
    const struct workforce_parameters *w = &block_parameters(block)->workforce;
    const struct lanes *own =
        &block_terms(block, plan->form[form].row)->recruit_factor;
    const struct lanes *other =
        &block_terms(block, plan->form[form].exit_row)->recruit_factor;
    struct lanes wanted = {{0}};

    for (size_t s = 0; s < plan->sites; s++) {
        EACH_LANE (i)
            wanted.at[i] += block->nature[s].wanted.at[i];
    }
    EACH_LANE (i) {
        const double pace = 3.0 * block->drivers.recruitment.at[i] /
                            block->drivers.months_to_fill.at[i];
        const double neutral = 1.0 - exp_of(-pace);
        const double in = 1.0 - exp_of(-pace * own->at[i]);
        const double out = 1.0 - exp_of(-pace * other->at[i]);
        const double expected = inside->at[i] * in + outside->at[i] * out;
        const double fair = neutral * (inside->at[i] + outside->at[i]);
        const double supply = 0.25 * w->supply_cap.at[i] * wanted.at[i];
        const double scale = expected > 0.0 ? smaller(fair, supply) / expected : 1.0;

        block->hire_inside[form].at[i] = smaller(1.0, scale * in);
        block->hire_outside[form].at[i] = smaller(1.0, scale * out);
    }
}

/* Lists and organisations are fixed: people, members, wanted and eligible posts. */
static void take_census(struct block *block, size_t form)
{
    struct patch *patch = &block->patch[form];
    struct lanes inside = {{0}}, outside = {{0}};

    for (int s = 0; s < patch->sites; s++) {
        struct practice *practice = &patch->practice[s];

        organisation_count(practice, &patch->organisation[patch->organisation_of[s]]);
        workforce_census(&block->posts[s], &block->nature[s], practice);
        EACH_LANE (i) {
            const double eligible = practice->workforce.eligible.at[i];
            const double member = practice->standing.member.at[i];

            inside.at[i] += member * eligible;
            outside.at[i] += (1.0 - member) * eligible;
        }
    }
    share_hires(block, form, &inside, &outside);
}

void stage_structure(struct block *block, int quarter)
{
    for (size_t f = 0; f < block->plan->forms; f++) {
        const uint64_t due = structure_due(&block->patch[f], quarter);

        open_quarter(&block->patch[f], quarter);
        settle_structure(block, f, quarter, due);
        count_cascades(&block->patch[f]);
        take_census(block, f);
    }
}

static void workforce_of(struct block *block, size_t form, int s, int quarter,
                         const struct workforce_chances *chances)
{
    const struct plan *plan = block->plan;
    const struct plan_form *rows = &plan->form[form];
    struct patch *patch = &block->patch[form];
    struct practice *practice = &patch->practice[s];
    struct organisation *organisation =
        &patch->organisation[patch->organisation_of[s]];
    const struct form_terms *terms = stage_terms(block, form, practice);
    const double converts = plan->row[rows->row].choices.convert_partners ? 1.0 : 0.0;
    const struct workforce_quarter now = {
        .parameters = block_parameters(block),
        .newcomers = &block->newcomers,
        .source = &block->source,
        .site = &block->posts[s],
        .chances = chances,
        .shocks = block->shock,
        .shock_count = (int)plan->shocks,
        .quarter = quarter,
    };
    const struct capacity_inputs capacity = {
        .parameters = now.parameters,
        .terms = terms,
        .drivers = &block->drivers,
        .nature = &block->nature[s],
        .start_list = plan->site[s].list,
        .quarter = quarter,
    };
    struct workforce_rates rates;

    EACH_LANE (i) {
        const double member = practice->standing.member.at[i];
        const double inside = block->hire_inside[form].at[i];
        const double outside = block->hire_outside[form].at[i];
        const double hire = member > 0.0 ? inside : outside;

        rates.converts.at[i] = member * converts;
        rates.hire.at[i] = practice->workforce.eligible.at[i] > 0.0 ? hire : 0.0;
    }
    workforce_rates(now.parameters, terms, &block_terms(block, rows->row)->convert_pay,
                    quarter, &block->nature[s], practice, &rates);
    workforce_step(&now, &block->draws, &rates, practice, &block->near_ties);
    capacity_before_help(&capacity, organisation, practice);
    capacity_pool(practice, organisation);
}

void stage_workforce(struct block *block, int quarter)
{
    const struct plan *plan = block->plan;
    struct workforce_chances chances;

    workforce_chances(block_parameters(block), &block->drivers, block->shock,
                      (int)plan->shocks, &chances);
    for (size_t s = 0; s < plan->sites; s++) {
        int active = 0;

        for (size_t f = 0; f < plan->forms; f++) {
            const int here = block->patch[f].practice[s].active;

            active = here > active ? here : active;
        }
        demand_site(&block_parameters(block)->demand, &block->source,
                    plan->site[s].entity, quarter, &block->drivers, &block->nature[s]);
        workforce_draw(&block->source, plan->site[s].entity, quarter, active,
                       &block->draws);
        for (size_t f = 0; f < plan->forms; f++)
            workforce_of(block, f, (int)s, quarter, &chances);
    }
}

/* Locums are dearer where more posts stand vacant than at the start. */
static void price_locums(const struct parameters *parameters, const struct patch *patch,
                         struct lanes *scarcity)
{
    struct lanes vacant = {{0}}, wanted = {{0}};

    for (int s = 0; s < patch->sites; s++) {
        const struct workforce *w = &patch->practice[s].workforce;

        EACH_LANE (i) {
            vacant.at[i] += w->wanted.at[i] - w->filled.at[i];
            wanted.at[i] += w->wanted.at[i];
        }
    }
    EACH_LANE (i) {
        const double vacancy = wanted.at[i] > 0.0 ? vacant.at[i] / wanted.at[i] : 0.0;
        const double beyond = vacancy - parameters->workforce.vacancy_start.at[i];

        scarcity->at[i] =
            within(exp_of(parameters->money.locum_scarcity.at[i] * beyond), 0.7, 1.6);
    }
}

void stage_capacity(struct block *block, int quarter)
{
    (void)quarter;
    for (size_t f = 0; f < block->plan->forms; f++) {
        struct patch *patch = &block->patch[f];
        const struct form_terms *terms =
            block_terms(block, block->plan->form[f].row);

        price_locums(block_parameters(block), patch, &block->scarcity[f]);
        for (int o = 0; o < patch->organisations; o++)
            capacity_match(terms, &patch->organisation[o]);
    }
}

static void money_of(struct block *block, size_t form, int s,
                     const struct settlement_rules *rules)
{
    const struct plan_site *site = &block->plan->site[s];
    struct patch *patch = &block->patch[form];
    struct practice *practice = &patch->practice[s];
    struct organisation *organisation =
        &patch->organisation[patch->organisation_of[s]];
    const struct form_terms *terms = stage_terms(block, form, practice);
    const struct capacity_inputs capacity = {
        .parameters = rules->parameters,
        .terms = terms,
        .drivers = &block->drivers,
        .nature = &block->nature[s],
        .start_list = site->list,
        .quarter = rules->quarter,
    };
    const struct money_inputs money = {
        .parameters = rules->parameters,
        .terms = terms,
        .drivers = &block->drivers,
        .nature = &block->nature[s],
        .scarcity = &block->scarcity[form],
        .organisation = organisation,
        .start_list = site->list,
        .weighted_list = site->weighted_list,
        .core_rate = site->core_rate,
        .cost_rate = site->cost_rate,
        .quarter = rules->quarter,
        .setup_payer = rules->inside->setup_payer,
    };
    struct lanes levy_outside, planned;

    capacity_after_help(&capacity, organisation, practice);
    money_step(&money, practice);
    EACH_LANE (i)
        levy_outside.at[i] =
            patch->has_accounts ? 1.0 - practice->standing.member.at[i] : 1.0;
    ledger_post_site(practice, &levy_outside, money.setup_payer, &patch->ledger);
    if (patch->has_accounts)
        settlement_opening(rules, terms, practice, organisation, &patch->ledger);
    money_planned(&money, site->posts[PARTNER] * site->fte[PARTNER], practice, &planned);
    settlement_pool(rules, terms, &planned, practice, organisation,
                    &patch->network[site->network], &patch->ledger);
}

void stage_money(struct block *block, int quarter)
{
    for (size_t f = 0; f < block->plan->forms; f++) {
        const struct settlement_rules rules = stage_rules(block, f, quarter);

        for (int s = 0; s < block->patch[f].sites; s++)
            money_of(block, f, s, &rules);
    }
}

/* The residual of taken-over sites whose network has no partner-led site left. */
static void settle_orphans(struct patch *patch)
{
    for (int n = 0; n < patch->networks; n++) {
        const struct network *network = &patch->network[n];

        EACH_LANE (i)
            patch->ledger.change[BEARER_COMMISSIONER].at[i] +=
                network->led_fte.at[i] > 0.0 ? 0.0 : network->orphaned.at[i];
    }
}

static void settle_form(struct block *block, size_t form, int quarter)
{
    const struct settlement_rules rules = stage_rules(block, form, quarter);
    const struct plan_form *plan = &block->plan->form[form];
    const struct form_terms *terms = block_terms(block, plan->row);
    struct patch *patch = &block->patch[form];

    for (int o = 0; o < patch->organisations; o++)
        organisation_settle(&rules, terms, &block->source, plan->entity[o],
                            patch->has_accounts, &patch->organisation[o],
                            &patch->ledger);
    settle_orphans(patch);
    for (int s = 0; s < patch->sites; s++)
        settlement_profit(&rules, &patch->network[patch->network_of[s]],
                          &patch->practice[s],
                          &patch->organisation[patch->organisation_of[s]],
                          &patch->ledger);
    for (int o = 0; o < patch->organisations; o++)
        organisation_losses(&patch->organisation[o], &patch->ledger);
    for (int s = 0; s < patch->sites; s++) {
        const struct organisation *organisation =
            &patch->organisation[patch->organisation_of[s]];

        settlement_joint(organisation, &patch->practice[s], &patch->ledger);
        settlement_joint_windup(organisation, &patch->practice[s], &patch->ledger);
    }
}

void stage_settlement(struct block *block, int quarter)
{
    for (size_t f = 0; f < block->plan->forms; f++)
        settle_form(block, f, quarter);
}

static struct decision_inputs decisions_of(const struct block *block, size_t form,
                                           const struct settlement_rules *rules)
{
    return (struct decision_inputs){
        .rules = rules,
        .own_terms = block_terms(block, block->plan->form[form].row),
        .notice = block->plan->notice_quarters,
    };
}

static void decide_site(struct block *block, int s, int quarter)
{
    struct decision_draws draws;

    decisions_draw(&block->source, block->posts[s].entity, quarter, &draws);
    for (size_t f = 0; f < block->plan->forms; f++) {
        const struct settlement_rules rules = stage_rules(block, f, quarter);
        const struct decision_inputs in = decisions_of(block, f, &rules);
        struct patch *patch = &block->patch[f];
        struct practice *practice = &patch->practice[s];
        struct organisation *organisation =
            &patch->organisation[patch->organisation_of[s]];

        decisions_record(&rules, practice);
        alignment_burden(&rules, practice, organisation);
        decisions_distress(&in, &draws, organisation, practice, &block->near_ties);
    }
}

static void decide_organisations(struct block *block, size_t form, int quarter)
{
    const struct settlement_rules rules = stage_rules(block, form, quarter);
    const struct plan_form *rows = &block->plan->form[form];
    struct patch *patch = &block->patch[form];

    for (int o = 0; o < patch->organisations; o++) {
        organisation_decide(&rules, block_terms(block, rows->row), &block->source,
                            rows->entity[o], &patch->organisation[o],
                            &block->near_ties);
        alignment_step(block_terms(block, rows->row), &patch->organisation[o]);
    }
}

static void decide_to_leave(struct block *block, int s, int quarter)
{
    struct lanes time;

    alignment_draw(&block->source, block->posts[s].entity, quarter, &time);
    for (size_t f = 0; f < block->plan->forms; f++) {
        const struct settlement_rules rules = stage_rules(block, f, quarter);
        const struct decision_inputs in = decisions_of(block, f, &rules);
        struct patch *patch = &block->patch[f];

        if (patch->has_accounts)
            alignment_exit(&in, &time, &patch->organisation[patch->organisation_of[s]],
                           &patch->practice[s], &block->near_ties);
    }
}

void stage_decisions(struct block *block, int quarter)
{
    const struct plan *plan = block->plan;

    for (size_t s = 0; s < plan->sites; s++)
        decide_site(block, (int)s, quarter);
    for (size_t f = 0; f < plan->forms; f++)
        decide_organisations(block, f, quarter);
    for (size_t s = 0; s < plan->sites && quarter >= TRAILING - 1; s++)
        decide_to_leave(block, (int)s, quarter);
}

static void close_form(struct block *block, size_t form, int quarter)
{
    const struct settlement_rules rules = stage_rules(block, form, quarter);
    const struct structure_inputs in = {
        .rules = &rules,
        .terms = block_terms(block, block->plan->form[form].row),
        .source = &block->source,
        .nature = block->nature,
    };

    structure_close(&in, &block->patch[form]);
}

static void record_form(struct block *block, size_t form, int quarter)
{
    const struct plan *plan = block->plan;
    const struct settlement_rules rules = stage_rules(block, form, quarter);
    const struct form_terms *terms = block_terms(block, plan->form[form].row);
    const struct tally_inputs in = {
        .rules = &rules,
        .source = &block->source,
        .quarter = quarter,
        .quarters = plan->quarters,
    };
    struct patch *patch = &block->patch[form];
    struct quarter_sums sums = {0};

    valuation_relationships(&rules, patch, &sums.relationships,
                            &sums.relationships_cost);
    for (int s = 0; s < patch->sites; s++) {
        valuation_system(&rules, terms, &patch->practice[s], &patch->ledger,
                         &sums.system_effects);
        tally_site(&in, stage_terms(block, form, &patch->practice[s]), &block->posts[s],
                   &patch->practice[s], &sums);
    }
    for (int o = 0; o < patch->organisations && patch->has_accounts; o++)
        tally_organisation(&patch->organisation[o], &sums);
    tally_quarter(&in, patch, &sums, &block->tally[form],
                  &block->series[form * SERIES_COUNT * (size_t)plan->quarters]);
}

void stage_results(struct block *block, int quarter)
{
    for (size_t f = 0; f < block->plan->forms; f++) {
        if (quarter == block->plan->quarters - 1)
            close_form(block, f, quarter);
        record_form(block, f, quarter);
    }
    if (block->tape != NULL)
        tape_record(block->tape, block, quarter);
}
