#include "miscalibrated.h"

#include "csv.h"
#include "elementary.h"
#include "flat_rate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NAMED = 10 /* practices, and then the table as a whole is in question */ };

/* What cells of GPs are filled with is reckoned only nearly here. */
static const double margin = 0.03;

/* A cell that may be blank, or the four of GPs together, and is then filled in. */
enum remedy { CORE_RATE, WEIGHTED_LIST, GPS, REMEDIES };

/* The practices as they would be with cells blank. */
struct search {
    const struct hr_scenario *scenario;
    const struct flat_rate_centre *centre;
    const struct calibrate_factor *accepted;
    double core_rate, weight_ratio; /* that fill blanks, at the price base */
    size_t sites;
    struct plan_site *site;
    bool *passed_over; /* named already, or not to be mended by a blank */
};

/* What a site's own cost would be over money.cost_rate. */
static double own_factor(const struct search *search, const struct plan_site *site)
{
    const double money = flat_rate_before_cost(site, search->centre) -
                         search->centre->income * site->posts[PARTNER];

    return money / site->list / search->centre->cost_rate;
}

static double factor(const struct search *search)
{
    return flat_rate(search->site, search->sites, search->centre) /
           search->centre->cost_rate;
}

static double excess(const struct search *search, double number)
{
    return larger(number - search->accepted->most, search->accepted->least - number);
}

/* As the other practices that stand as they are, by patients. */
static void staff_as_others(const struct search *search, struct plan_site *site)
{
    double people = 0.0, posts[ROLES] = {0}, fte[ROLES] = {0};

    for (size_t i = 0; i < search->sites; i++) {
        const struct plan_site *other = &search->site[i];

        if (other->entity == site->entity || search->passed_over[i])
            continue;
        people += other->list;
        for (int role = 0; role < ROLES; role++) {
            posts[role] += other->posts[role];
            fte[role] += other->posts[role] * other->fte[role];
        }
    }
    for (int role = 0; role < ROLES && people > 0.0; role++) {
        site->posts[role] = (int)rounded(site->list * posts[role] / people);
        if (posts[role] > 0.0)
            site->fte[role] = fte[role] / posts[role];
    }
    if (site->posts[PARTNER] == 0)
        site->posts[PARTNER] = 1;
}

static struct plan_site mended(const struct search *search, size_t i,
                               enum remedy remedy)
{
    struct plan_site site = search->site[i];

    if (remedy == CORE_RATE)
        site.core_rate = search->core_rate;
    else if (remedy == WEIGHTED_LIST)
        site.weighted_list = site.list * search->weight_ratio;
    else
        staff_as_others(search, &site);
    return site;
}

/* The remedy that brings a site nearest to the evidence; REMEDIES where none takes a
 * fifth off its distance. */
static enum remedy best_remedy(const struct search *search, size_t i)
{
    double least = 0.8 * fabs(own_factor(search, &search->site[i]) - 1.0);
    enum remedy best = REMEDIES;

    for (int remedy = 0; remedy < REMEDIES; remedy++) {
        const struct plan_site site = mended(search, i, (enum remedy)remedy);
        const double distance = fabs(own_factor(search, &site) - 1.0);

        if (distance < least) {
            least = distance;
            best = (enum remedy)remedy;
        }
    }
    return best;
}

/* Of those on the side of the whole, the site farthest beyond; sites where none is. */
static size_t farthest(const struct search *search)
{
    const bool high = factor(search) > search->accepted->most;
    size_t found = search->sites;
    double most = 0.0;

    for (size_t i = 0; i < search->sites; i++) {
        const double own = own_factor(search, &search->site[i]);
        const double beyond =
            high ? own - search->accepted->most : search->accepted->least - own;

        if (search->passed_over[i] || search->site[i].posts[PARTNER] == 0 ||
            !(beyond > most))
            continue;
        most = beyond;
        found = i;
    }
    return found;
}

static struct place row_of(const struct search *search,
                           const struct hr_practice *practice)
{
    const struct setting *table =
        settings_find(&search->scenario->settings, "patch.practices");
    const struct place file = {.file = table == NULL ? "practices" : table->text,
                               .number = search->scenario->files + 1};

    return csv_place(&file, (size_t)practice->row);
}

static void say_site(const struct search *search, size_t i, enum remedy remedy,
                     struct hr_messages *problems)
{
    const struct hr_practice *practice = &search->scenario->practices.practice[i];
    const struct place at = row_of(search, practice);
    const double own = own_factor(search, &search->site[i]);

    switch (remedy) {
    case CORE_RATE:
        messages_add(
            problems, &at, practice->code,
            "a core_rate of %.6g leaves %.2f times money.cost_rate for cost "
            "other than GPs: if it is wrong, such as the global sum alone, leave "
            "core_rate blank",
            practice->core_rate, own);
        break;
    case WEIGHTED_LIST:
        messages_add(problems, &at, practice->code,
                     "%.6g weighted for %.6g patients leave %.2f times money.cost_rate "
                     "for cost other than GPs: if that is wrong, leave weighted_list "
                     "blank",
                     practice->weighted_list, practice->list, own);
        break;
    default:
        messages_add(problems, &at, practice->code,
                     "%.3g fte of GPs, %.3g of them partners, for %.6g patients leave "
                     "%.2f times money.cost_rate for cost other than GPs: if that is "
                     "wrong, leave partner_headcount, partner_fte, salaried_headcount "
                     "and salaried_fte blank",
                     practice->fte[PARTNER] + practice->fte[SALARIED],
                     practice->fte[PARTNER], practice->list, own);
    }
}

/* Blanks cells of the farthest practices until the whole is accepted, and names them
 * where @p problems is not NULL. How many. */
static int blank_cells(struct search *search, struct hr_messages *problems)
{
    int named = 0;

    while (named < MOST_NAMED && excess(search, factor(search)) > -margin) {
        const size_t i = farthest(search);
        enum remedy remedy;

        if (i == search->sites)
            break;
        remedy = best_remedy(search, i);
        search->passed_over[i] = true;
        if (remedy == REMEDIES)
            continue;
        if (problems != NULL)
            say_site(search, i, remedy, problems);
        search->passed_over[i] = false;
        search->site[i] = mended(search, i, remedy);
        search->passed_over[i] = true;
        named++;
    }
    return named;
}

/* The key that would accept a factor, rounded outwards; false where none may. */
static bool say_acceptance(double number, char *text, size_t size)
{
    const bool high = number > calibrate_usual.most;
    const double bound =
        high ? ceil(number * 20.0) / 20.0 : floor(number * 20.0) / 20.0;

    snprintf(text, size, "money.calibration_factor.%s: { value: %g, source: why }",
             high ? "most" : "least", bound);
    return bound >= 0.05 && bound <= 20.0;
}

/* Of the keys that may be at fault, one that the user's own file gives; or NULL. */
static const struct setting *own_key(const struct hr_scenario *scenario)
{
    static const char *const keys[] = {"patch.practices", "patch.price_year",
                                       "money.partner_income", "money.cost_rate"};

    for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
        const struct setting *setting = settings_find(&scenario->settings, keys[i]);

        if (setting != NULL && setting->at.number == scenario->start.number)
            return setting;
    }
    return NULL;
}

static void say_whole(const struct search *search, const struct plan *plan, int named,
                      struct hr_messages *problems)
{
    const struct setting *own = own_key(search->scenario);
    const double left = factor(search);
    char key[80], with[120] = "", accept[160] = "";

    if (named > 0)
        snprintf(with, sizeof(with),
                 "; with the cells blank that are named below it would be about %.2f",
                 left);
    if (say_acceptance(plan->calibration_factor, key, sizeof(key)))
        snprintf(accept, sizeof(accept), "; if all of it is right, accept it with %s",
                 key);
    messages_add(
        problems, own == NULL ? &search->scenario->start : &own->at,
        own == NULL ? "patch.practices" : own->key,
        "for partners to earn money.partner_income, cost other than GPs must "
        "be %.2f GBP/patient/year, %.2f times money.cost_rate, and %g to %g is "
        "accepted%s%s%s",
        plan->flat_rate, plan->calibration_factor, search->accepted->least,
        search->accepted->most, with,
        excess(search, left) > 0.0
            ? "; look at patch.price_year, money.partner_income and "
              "money.cost_rate too"
            : "",
        accept);
}

static void start(struct search *search, const struct plan *plan)
{
    memcpy(search->site, plan->site, plan->sites * sizeof(*search->site));
    memset(search->passed_over, 0, plan->sites * sizeof(*search->passed_over));
}

/* Practices are to blame where without them half of what is beyond is gone. */
static void explain(struct search *search, const struct plan *plan,
                    struct hr_messages *problems)
{
    const double beyond = excess(search, plan->calibration_factor);
    bool to_blame;

    start(search, plan);
    to_blame =
        blank_cells(search, NULL) > 0 && excess(search, factor(search)) < 0.5 * beyond;
    start(search, plan);
    say_whole(search, plan, to_blame ? blank_cells(search, problems) : 0, problems);
}

static void blame(const struct hr_scenario *scenario, const struct plan *plan,
                  const struct calibrate_factor *accepted, struct hr_messages *problems)
{
    const struct flat_rate_centre centre = flat_rate_centre(scenario);
    struct search search = {
        .scenario = scenario,
        .centre = &centre,
        .accepted = accepted,
        .core_rate = contents_central(scenario, "money.core_rate"),
        .weight_ratio = contents_central(scenario, "money.weight_ratio"),
        .sites = plan->sites,
        .site = calloc(plan->sites, sizeof(*search.site)),
        .passed_over = calloc(plan->sites, sizeof(*search.passed_over)),
    };

    if (search.site == NULL || search.passed_over == NULL)
        problems->incomplete = true;
    else
        explain(&search, plan, problems);
    free(search.site);
    free(search.passed_over);
}

void miscalibrated_check(const struct hr_scenario *scenario, const struct plan *plan,
                         struct hr_messages *problems)
{
    const struct calibrate_factor accepted = calibrate_accepted(scenario);

    if (scenario->practices.has_cost_rates)
        return;
    if (isnan(plan->flat_rate))
        messages_add(problems, &scenario->start, "patch.practices",
                     "no practice has partners, so that costs cannot be calibrated");
    else if (!(plan->calibration_factor >= accepted.least &&
               plan->calibration_factor <= accepted.most))
        blame(scenario, plan, &accepted, problems);
}

static void check_reason(const struct hr_scenario *scenario, const char *key,
                         double usual, struct hr_messages *problems)
{
    const struct setting *setting = settings_find(&scenario->settings, key);
    const bool wider = setting != NULL && (usual > 1.0 ? setting->number.a > usual
                                                       : setting->number.a < usual);

    if (wider && (setting->source == NULL || *setting->source == '\0'))
        messages_add(problems, &setting->at, key,
                     "accepts more than the usual %g to %g: say why, as in "
                     "{ value: %g, source: few GPs and many nurses }",
                     calibrate_usual.least, calibrate_usual.most, setting->number.a);
}

void miscalibrated_check_reason(const struct hr_scenario *scenario,
                                struct hr_messages *problems)
{
    check_reason(scenario, "money.calibration_factor.least", calibrate_usual.least,
                 problems);
    check_reason(scenario, "money.calibration_factor.most", calibrate_usual.most,
                 problems);
}
