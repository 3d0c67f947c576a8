#include "compile_delegated.h"

#include "contract.h"
#include "need_error.h"
#include "persistence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** A delegated budget being compiled: central values in every lane. */
struct draft {
    const struct hr_scenario *scenario;
    struct plan *plan;
    struct delegated_parameters centre;
    struct hr_messages *problems;
};

static const struct setting *delegated(const struct hr_scenario *scenario,
                                       const char *leaf)
{
    return settings_findf(&scenario->settings, "delegated.%s", leaf);
}

static int choice_of(const struct hr_scenario *scenario, const char *leaf)
{
    return delegated(scenario, leaf)->choice;
}

static void refuse(const struct draft *draft, const char *leaf, const char *sentence)
{
    const struct setting *setting = delegated(draft->scenario, leaf);

    messages_add(draft->problems, &setting->at, setting->key, "%s", sentence);
}

/* Age bands matter where one of them differs from the others. */
static bool differs_by_age(const struct hr_scenario *scenario)
{
    for (size_t i = 0; i < scenario->settings.count; i++) {
        const struct setting *setting = scenario->settings.item[i];
        const bool ratio = strncmp(setting->key, "delegated.rate_ratio.", 21) == 0 ||
                           strncmp(setting->key, "delegated.cost_ratio.", 21) == 0;

        if (ratio && (setting->number.kind != FIXED || setting->number.a != 1.0))
            return true;
    }
    return false;
}

static void set_design(struct draft *draft)
{
    const struct hr_scenario *scenario = draft->scenario;
    struct delegated_design *design = &draft->plan->delegated;
    const struct setting *share = delegated(scenario, "share");

    *design = (struct delegated_design){
        .on = share->number.kind != FIXED || share->number.a > 0.0,
        .severity = (enum delegated_severity)choice_of(scenario, "severity"),
        .frequency = (enum frequency)choice_of(scenario, "frequency"),
        .theta = (enum factor_kind)choice_of(scenario, "theta"),
        .method = (enum claim_method)choice_of(scenario, "method"),
        .public_insurer = choice_of(scenario, "insurer") != 0,
        .cells = 1,
    };
    if (design->severity == DELEGATED_NORMAL)
        design->cells = 0;
    else if (differs_by_age(scenario))
        design->cells = BANDS;
}

static void set_centre(const struct plan *plan, struct delegated_parameters *centre)
{
    const struct plan_value *value = &plan->value[PARAMETER(delegated.share)];
    struct lanes *lanes = (struct lanes *)centre;

    for (size_t k = 0; k < sizeof(*centre) / sizeof(*lanes); k++) {
        const double central = plan_central(&value[k]);

        for (int i = 0; i < LANES; i++)
            lanes[k].at[i] = central;
    }
}

/* The table's law, with pieces of its own. */
static void copy_table(struct draft *draft)
{
    const struct severity *table = &draft->scenario->claims;
    struct severity *own = &draft->plan->delegated.table;

    if (table->pieces == 0)
        return;
    *own = *table;
    own->piece = calloc(table->pieces, sizeof(*own->piece));
    if (own->piece == NULL) {
        own->pieces = 0;
        draft->problems->incomplete = true;
        return;
    }
    memcpy(own->piece, table->piece, table->pieces * sizeof(*own->piece));
}

/* Ages */

static double people_of_known_age(const struct hr_practice *practice)
{
    double sum = 0.0;

    for (int b = 0; b < BANDS; b++)
        sum += practice->age_list[b];
    return sum > 0.0 ? sum : 0.0; /* NaN where one is not known */
}

/* Whose ages are not known has the ages of all. */
static void fill_bands(struct draft *draft, const double *band)
{
    const struct practice_table *table = &draft->scenario->practices;

    for (size_t s = 0; s < draft->plan->sites; s++) {
        if (people_of_known_age(&table->practice[s]) <= 0.0)
            memcpy(draft->plan->site[s].band, band, sizeof(draft->plan->site[s].band));
    }
}

static void set_bands(struct draft *draft)
{
    const struct practice_table *table = &draft->scenario->practices;
    double *band = draft->plan->delegated.band;
    double people = 0.0;

    for (size_t s = 0; s < draft->plan->sites; s++) {
        const struct hr_practice *practice = &table->practice[s];
        const double known = people_of_known_age(practice);

        for (int b = 0; b < BANDS && known > 0.0; b++) {
            draft->plan->site[s].band[b] = practice->age_list[b] / known;
            band[b] += practice->list * practice->age_list[b] / known;
        }
        people += known > 0.0 ? practice->list : 0.0;
    }
    for (int b = 0; b < BANDS && people > 0.0; b++)
        band[b] /= people;
    fill_bands(draft, band);
    if (people <= 0.0 && draft->plan->delegated.cells == BANDS)
        refuse(draft, "rate_ratio.0_24",
               "ages matter, and no practice has list_0_24, list_25_64 and "
               "list_65_plus: give them, or leave all ratios at 1");
}

/* What contradicts itself */

static void check_table(const struct draft *draft)
{
    const bool given = delegated(draft->scenario, "table") != NULL;
    const bool asked = draft->plan->delegated.severity == DELEGATED_TABLE;

    if (asked && !given)
        refuse(draft, "severity", "is table, and delegated.table names none");
    if (given && !asked)
        refuse(draft, "table", "is not used: delegated.severity is not table");
}

static bool is_always(const struct setting *setting, double number)
{
    return setting->number.kind == FIXED && setting->number.a == number;
}

static void check_corridor(const struct draft *draft)
{
    static const char *const unused =
        "is not used: delegated.corridor_end is 0, which is no corridor";
    const struct setting *end = delegated(draft->scenario, "corridor_end");
    const struct setting *free = delegated(draft->scenario, "corridor_free");
    const bool none = is_always(end, 0.0);

    if (!none && distribution_upper_end(&free->number) >
                     distribution_quantile(&end->number, 0.0))
        refuse(draft, "corridor_end",
               "the corridor is inside out: it may end before corridor_free");
    if (none && !is_always(free, 0.0))
        refuse(draft, "corridor_free", unused);
    if (none && !is_always(delegated(draft->scenario, "corridor_share"), 1.0))
        refuse(draft, "corridor_share", unused);
}

static void check_terms(const struct draft *draft)
{
    const struct delegated_parameters *p = &draft->centre;

    check_corridor(draft);
    if (p->error_wide_share.at[0] > 0.0 && p->error_wide_sd.at[0] < p->error_sd.at[0])
        refuse(draft, "error_wide_sd",
               "is below error_sd: the wider law must be the wider one");
}

static void check_two_part(const struct draft *draft)
{
    const struct setting *rate = delegated(draft->scenario, "rate");
    const double most = distribution_upper_end(&rate->number);
    const double variance = draft->centre.theta_variance.at[0];

    if (draft->plan->delegated.frequency == FREQUENCY_TWO_PART &&
        most * (1.0 + 6.0 * sqrt(variance)) > 1.0)
        refuse(draft, "rate",
               "is a share of people where frequency is two_part: with six standard "
               "deviations of theta it must stay at or below 1");
}

static void check_normal(const struct draft *draft)
{
    if (draft->plan->delegated.severity != DELEGATED_NORMAL)
        return;
    if (draft->centre.limit.at[0] > 0.0)
        refuse(draft, "limit",
               "severity normal draws the cost of all people at once, no single claims "
               "to limit; leave it out, or say severity lognormal, rate and "
               "severity_cv");
    if (differs_by_age(draft->scenario))
        refuse(draft, "severity", "normal has no claims that could differ by age");
}

/* Samplers */

static bool check_law(const struct draft *draft, const struct portfolio *portfolio)
{
    struct hr_error error;

    if (portfolio_check(portfolio, &error) == HR_OK &&
        portfolio_needs_moment(portfolio, 2, &error) == HR_OK)
        return true;
    refuse(draft, "severity", error.message);
    return false;
}

/* False, with a message, where the method asked for cannot draw this list. */
static bool prepare_site(struct draft *draft, size_t s)
{
    const struct plan_site *site = &draft->plan->site[s];
    const struct delegated_design *design = &draft->plan->delegated;
    struct portfolio portfolio;
    struct hr_error error;

    delegated_portfolio(design, &draft->centre, 0, site->band, &portfolio);
    if (claim_sampler_init(&draft->plan->sampler[s], &portfolio, site->list,
                           design->method, &error) != HR_OK) {
        const struct setting *method = delegated(draft->scenario, "method");

        messages_add(draft->problems, &method->at, method->key, "%s: %s", site->code,
                     error.message);
        return false;
    }
    draft->plan->sampler[s].portfolio = NULL; /* it was this trial's: the central one */
    return true;
}

static void prepare_sites(struct draft *draft)
{
    struct portfolio patch;

    draft->plan->sampler = calloc(draft->plan->sites, sizeof(*draft->plan->sampler));
    if (draft->plan->sampler == NULL) {
        draft->problems->incomplete = true;
        return;
    }
    delegated_portfolio(&draft->plan->delegated, &draft->centre, 0,
                        draft->plan->delegated.band, &patch);
    if (!check_law(draft, &patch))
        return;
    for (size_t s = 0; s < draft->plan->sites && prepare_site(draft, s); s++)
        continue;
}

void compile_delegated(const struct hr_scenario *scenario, struct plan *plan,
                       struct hr_messages *problems)
{
    struct draft draft = {.scenario = scenario, .plan = plan, .problems = problems};
    const size_t before = messages_total(problems);

    set_design(&draft);
    if (!plan->delegated.on)
        return;
    set_centre(plan, &draft.centre);
    copy_table(&draft);
    set_bands(&draft);
    check_table(&draft);
    check_terms(&draft);
    check_two_part(&draft);
    check_normal(&draft);
    if (messages_total(problems) == before && !problems->incomplete)
        prepare_sites(&draft);
}

double compile_delegated_head(const struct plan *plan, const struct plan_site *site)
{
    struct delegated_parameters centre;
    struct portfolio portfolio;
    double total, ceded;

    set_centre(plan, &centre);
    delegated_portfolio(&plan->delegated, &centre, 0, site->band, &portfolio);
    delegated_expected(&portfolio, &total, &ceded);
    return total;
}
