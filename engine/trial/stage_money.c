#include "stages.h"

#include "capacity.h"
#include "money.h"
#include "organisation.h"
#include "settlement.h"

/* A form's sites in the quarter's second pass: what is the same at all of them, and
 * what is put in for the site at hand. */
struct dealing {
    struct settlement_rules rules;
    struct capacity_inputs capacity;
    struct money_inputs money;
    struct patch *patch;
    struct form_rates *rates;
    const struct nature *nature; /* of each site, as the next */
    const struct site *site;
    bool settles_budgets;
};

static void begin(struct block *block, size_t form, int quarter, struct dealing *d)
{
    const struct form_terms *terms = block_terms(block, block->plan->form[form].row);

    d->rules = stage_rules(block, form, quarter);
    d->patch = &block->patch[form];
    d->rates = &block->rates[form];
    d->nature = block->nature;
    d->site = block->site;
    d->settles_budgets = stage_settles_budgets(block->plan, quarter);
    d->capacity = (struct capacity_inputs){
        .parameters = d->rules.parameters,
        .terms = terms,
        .drivers = &block->drivers,
        .quarter = quarter,
    };
    d->money = (struct money_inputs){
        .parameters = d->rules.parameters,
        .terms = terms,
        .activity = d->rules.activity,
        .drivers = &block->drivers,
        .scarcity = &block->scarcity[form],
        .quarter = quarter,
        .setup_payer = d->rules.inside->setup_payer,
    };
}

static void turn_to(struct dealing *d, int s, const struct practice *practice,
                    const struct organisation *organisation)
{
    d->capacity.rates = d->money.rates =
        rates_at(d->rates, READS_MONEY, practice->standing.member);
    d->capacity.nature = d->money.nature = &d->nature[s];
    d->capacity.site = d->money.site = &d->site[s];
    d->money.organisation = organisation;
}

static void set_up(const struct dealing *d, struct practice *practice,
                   struct ledger *ledger)
{
    money_setup(&d->money, practice);
    ledger_post_setup(practice, d->money.setup_payer, ledger);
}

static void pool(const struct dealing *d, struct practice *practice,
                 const struct settlement_books *books)
{
    struct lanes planned;

    if (d->rules.activity->pools)
        money_planned(&d->money, practice, &planned);
    settlement_pool(&d->rules, d->money.terms, &planned, practice, books);
}

/* May write the site's capacity, its money and what it pools, and sums of its
 * organisation, its network and the ledger. */
static void money_of(struct dealing *d, int s)
{
    struct patch *patch = d->patch;
    struct practice *practice = &patch->practice[s];
    const struct settlement_books books = {
        .organisation = &patch->organisation[patch->organisation_of[s]],
        .network = &patch->network[patch->network_of[s]],
        .ledger = &patch->ledger,
    };
    const bool joins = patch->due[s] != 0; /* may join, in some lane */

    turn_to(d, s, practice, books.organisation);
    if (patch->activity.accounts)
        capacity_help(&d->capacity, books.organisation, practice);
    capacity_after_help(&d->capacity, practice);
    money_step(&d->money, practice);
    if (joins)
        set_up(d, practice, &patch->ledger);
    if (d->settles_budgets)
        delegated_add_to_residual(practice);
    ledger_post_site(&patch->activity, practice, &patch->ledger);
    if (joins && patch->activity.accounts)
        settlement_opening(&d->rules, d->money.terms, practice, books.organisation,
                           &patch->ledger);
    pool(d, practice, &books);
}

/* The second pass over sites. */
void stage_money(struct block *block, size_t form, int quarter)
{
    struct dealing dealing;

    begin(block, form, quarter, &dealing);
    for (int s = 0; s < dealing.patch->sites; s++)
        money_of(&dealing, s);
}
