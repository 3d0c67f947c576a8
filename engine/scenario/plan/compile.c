#include "compile.h"

#include "areas.h"
#include "calibrate.h"
#include "compile_delegated.h"
#include "correlation.h"
#include "draw.h"
#include "draw_key.h"
#include "elementary.h"
#include "miscalibrated.h"
#include "plan.h"
#include "scenario_plan.h"
#include "store_keys.h"
#include "text.h"
#include "ties_check.h"
#include "workforce.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUARTERS_A_YEAR = 4 };

static int whole(const struct hr_scenario *scenario, const char *key)
{
    return (int)settings_find(&scenario->settings, key)->number.a;
}

static double fte_of_post(double fte, int posts, double otherwise)
{
    if (posts == 0)
        return 0.0;
    return workforce_fte(within(fte > 0.0 ? fte / posts : otherwise, 0.2, 1.2));
}

static void set_posts(const struct hr_scenario *scenario,
                      const struct hr_practice *practice, struct plan_site *site)
{
    const bool needs_partner = strcmp(practice->contract, "APMS") != 0;

    for (int role = 0; role < ROLES; role++)
        site->posts[role] = (int)rounded(practice->headcount[role]);
    if (site->posts[PARTNER] == 0 && needs_partner)
        site->posts[PARTNER] = 1;
    if (site->posts[PARTNER] + site->posts[SALARIED] == 0)
        site->posts[SALARIED] = 1;
    site->fte[PARTNER] =
        fte_of_post(practice->fte[PARTNER], site->posts[PARTNER],
                    contents_central(scenario, "workforce.fte_default.partner"));
    site->fte[SALARIED] =
        fte_of_post(practice->fte[SALARIED], site->posts[SALARIED],
                    contents_central(scenario, "workforce.fte_default.salaried"));
}

/* Room for half as many posts again as can be wanted at the start. */
static int slots_of(const struct hr_scenario *scenario, const struct plan_site *site)
{
    const struct setting *vacancy =
        settings_find(&scenario->settings, "workforce.vacancy_start");
    const double most = smaller(distribution_upper_end(&vacancy->number), 0.5);

    return (int)rounded(1.5 * (site->posts[PARTNER] + site->posts[SALARIED]) /
                        (1.0 - most));
}

static void compile_site(const struct hr_scenario *scenario,
                         const struct hr_practice *practice, struct plan_site *site)
{
    snprintf(site->code, sizeof(site->code), "%s", practice->code);
    site->entity = draw_entity_of_code(practice->code);
    site->area = text_hash32(practice->area);
    site->list = practice->list;
    site->weighted_list = practice->weighted_list;
    site->core_rate = practice->core_rate * contents_table_uplift(scenario);
    set_posts(scenario, practice, site);
    site->slots = slots_of(scenario, site);
}

static void compile_value(const struct hr_scenario *scenario,
                          const struct setting *setting, struct plan_value *value)
{
    char address[LONGEST_KEY];

    snprintf(value->key, sizeof(value->key), "%s", setting->key);
    value->distribution = setting->number;
    value->uplift = contents_uplift(scenario, setting);
    value->entity = draw_key_entity(setting, address);
}

/* All values of one destination whose keys are those of a form, a shock or the model.
 */
static void compile_values(const struct hr_scenario *scenario, enum destination kind,
                           const char *name, struct plan_value *value)
{
    for (size_t i = 0; i < schema_count(); i++) {
        const struct field *field = schema_at(i);
        const struct setting *setting;

        if (field->destination != kind)
            continue;
        setting = kind == TO_PARAMETER
                      ? settings_find(&scenario->settings, field->key)
                      : settings_findf(&scenario->settings, "%s.%s.%s",
                                       kind == TO_TERM ? "forms" : "shocks", name,
                                       schema_leaf(field));
        compile_value(scenario, setting, &value[field->place]);
    }
}

/* Rows and shocks */

/* A choice is an enum, but for a flag written 0 or 1 and a number of patients. */
static void set_choice(const struct setting *setting, struct form_choices *choices)
{
    unsigned char *place = (unsigned char *)choices + setting->field->place;
    const bool flag = setting->number.a != 0.0;

    if (setting->field->type == FIELD_INTEGER)
        memcpy(place, &flag, sizeof(flag));
    else if (setting->field->type == FIELD_NUMBER)
        memcpy(place, &setting->number.a, sizeof(setting->number.a));
    else
        memcpy(place, &setting->choice, sizeof(setting->choice));
}

static void compile_row(const struct hr_scenario *scenario, const char *name,
                        struct plan_row *row)
{
    snprintf(row->name, sizeof(row->name), "%s", name);
    for (size_t i = 0; i < schema_count(); i++) {
        const struct field *field = schema_at(i);

        if (field->destination == TO_CHOICE)
            set_choice(settings_findf(&scenario->settings, "forms.%s.%s", name,
                                      schema_leaf(field)),
                       &row->choices);
    }
}

static int in_shock(const struct hr_scenario *scenario, const char *name,
                    const char *field)
{
    return (int)settings_findf(&scenario->settings, "shocks.%s.%s", name, field)
        ->number.a;
}

static void compile_shock(const struct hr_scenario *scenario, const char *name,
                          struct plan_shock *shock)
{
    const struct setting *at =
        settings_findf(&scenario->settings, "shocks.%s.at", name);
    const struct setting *lasting =
        settings_findf(&scenario->settings, "shocks.%s.lasting", name);

    snprintf(shock->name, sizeof(shock->name), "%s", name);
    shock->entity = text_hash32(name);
    shock->at = at == NULL ? -1 : QUARTERS_A_YEAR * (int)at->number.a;
    shock->duration =
        lasting->choice ? (int)MOST_QUARTERS : in_shock(scenario, name, "duration");
    shock->fade = lasting->choice ? 0 : in_shock(scenario, name, "fade");
}

/* Forms */

static int row_number(const struct hr_scenario *scenario, const char *name)
{
    return (int)(contents_row(scenario, name) - scenario->row);
}

/* Sites are by ascending code, so that an organisation's first is its lowest-coded. */
static bool name_organisations(const struct plan *plan, struct plan_form *form)
{
    form->entity = calloc((size_t)form->organisations, sizeof(*form->entity));
    if (form->entity == NULL)
        return false;
    for (size_t i = plan->sites; i-- > 0;)
        form->entity[form->organisation[i]] = plan->site[i].entity;
    return true;
}

/* A form before @p number that groups its sites alike; NULL where none does. */
static const struct plan_form *grouped_alike(const struct plan *plan, int number)
{
    const struct form_choices *own = &plan->row[number].choices;

    for (int f = 0; f < number; f++) {
        const struct form_choices *other = &plan->row[f].choices;

        if (other->group_by == own->group_by &&
            other->target_population == own->target_population)
            return &plan->form[f];
    }
    return NULL;
}

static bool compile_form(const struct hr_scenario *scenario, const struct plan *plan,
                         const char *const *network_name, int number)
{
    struct plan_form *form = &plan->form[number];
    const struct form_choices *choices = &plan->row[number].choices;
    const struct plan_form *alike = grouped_alike(plan, number);
    const struct setting *exit = settings_findf(
        &scenario->settings, "forms.%s.exit_form", scenario->row[number].name);

    form->row = number;
    form->exit_row = exit == NULL ? number : row_number(scenario, exit->text);
    form->organisation = calloc(plan->sites, sizeof(*form->organisation));
    form->before = calloc(plan->areas + 1, sizeof(*form->before));
    if (form->organisation == NULL || form->before == NULL)
        return false;
    if (alike != NULL) {
        form->organisations = alike->organisations;
        memcpy(form->organisation, alike->organisation,
               plan->sites * sizeof(*form->organisation));
        memcpy(form->before, alike->before, (plan->areas + 1) * sizeof(*form->before));
        return name_organisations(plan, form);
    }
    return areas_group(plan, network_name, choices, form) &&
           name_organisations(plan, form);
}

/* The whole */

static bool make_room(const struct hr_scenario *scenario, struct plan *plan)
{
    plan->sites = scenario->practices.count;
    plan->forms = contents_forms(scenario);
    plan->rows = scenario->rows;
    plan->shocks = scenario->shocks;
    plan->values = plan_shock_values(plan, plan->shocks);
    plan->site = calloc(plan->sites, sizeof(*plan->site));
    plan->form = calloc(plan->forms, sizeof(*plan->form));
    plan->row = calloc(plan->rows, sizeof(*plan->row));
    plan->shock = calloc(plan->shocks + 1, sizeof(*plan->shock));
    plan->value = calloc(plan->values, sizeof(*plan->value));
    return plan->site != NULL && plan->form != NULL && plan->row != NULL &&
           plan->shock != NULL && plan->value != NULL;
}

/* Of @p numbers, NULL or not; false where memory lacks. */
static bool copy_numbers(const double *numbers, size_t count, double **copy)
{
    if (numbers == NULL)
        return true;
    *copy = calloc(count, sizeof(**copy));
    if (*copy == NULL)
        return false;
    memcpy(*copy, numbers, count * sizeof(**copy));
    return true;
}

static bool copy_history(const struct hr_scenario *scenario, struct plan *plan)
{
    const size_t years = (size_t)whole(scenario, "patch.horizon_years");

    bool good = copy_numbers(scenario->history, years * INDICES, &plan->history);

    for (int k = 0; k < PASTS && good; k++)
        good = copy_numbers(scenario->past[k], years, &plan->past[k]);
    return good;
}

static void compile_each_site(const struct hr_scenario *scenario, struct plan *plan)
{
    for (size_t i = 0; i < plan->sites; i++)
        compile_site(scenario, &scenario->practices.practice[i], &plan->site[i]);
}

static bool compile_sites(const struct hr_scenario *scenario, struct plan *plan)
{
    const char **network_name = calloc(plan->sites, sizeof(*network_name));
    bool good = network_name != NULL;

    compile_each_site(scenario, plan);
    for (size_t i = 0; i < plan->sites && good; i++)
        network_name[i] = scenario->practices.practice[i].network;
    good = good && areas_compile(scenario, plan, network_name);
    for (size_t f = 0; f < plan->forms && good; f++)
        good = compile_form(scenario, plan, network_name, (int)f);
    free(network_name);
    return good;
}

static void compile_lists(const struct hr_scenario *scenario, struct plan *plan)
{
    compile_values(scenario, TO_PARAMETER, "", plan->value);
    for (size_t i = 0; i < plan->rows; i++) {
        compile_row(scenario, scenario->row[i].name, &plan->row[i]);
        compile_values(scenario, TO_TERM, scenario->row[i].name,
                       &plan->value[plan_row_values(i)]);
    }
    for (size_t i = 0; i < plan->shocks; i++) {
        compile_shock(scenario, scenario->shock[i].name, &plan->shock[i]);
        compile_values(scenario, TO_SHOCK_TERM, scenario->shock[i].name,
                       &plan->value[plan_shock_values(plan, i)]);
    }
}

/* A fixed number that matters in itself and not as a draw. */
static void compile_numbers(const struct hr_scenario *scenario, struct plan *plan)
{
    plan->seed = (uint64_t)settings_find(&scenario->settings, "seed")->number.a;
    plan->quarters = QUARTERS_A_YEAR * whole(scenario, "patch.horizon_years");
    store_keys_compile(scenario, plan);
    plan->notice_quarters = whole(scenario, "distress.notice");
    plan->reference = row_number(scenario, hr_scenario_text(scenario, "reference"));
    correlation_factor(scenario, plan->cholesky);
}

bool compile_calibration(const struct hr_scenario *scenario, struct plan *plan)
{
    *plan = (struct plan){.sites = scenario->practices.count};
    plan->site = calloc(plan->sites + 1, sizeof(*plan->site));
    if (plan->site == NULL)
        return false;
    compile_each_site(scenario, plan);
    calibrate_rates(scenario, plan);
    return true;
}

enum hr_status scenario_compile(const struct hr_scenario *scenario, struct plan *plan,
                                struct hr_messages *problems)
{
    *plan = (struct plan){0};
    if (!make_room(scenario, plan) || !copy_history(scenario, plan)) {
        problems->incomplete = true;
    } else {
        compile_lists(scenario, plan);
        compile_numbers(scenario, plan);
        problems->incomplete |=
            !ties_compile(scenario, plan) || !compile_sites(scenario, plan);
    }
    if (!problems->incomplete) {
        calibrate_check_gain(scenario, problems);
        calibrate(scenario, plan);
        miscalibrated_check(scenario, plan, problems);
        compile_delegated(scenario, plan, problems);
        problems->incomplete |= !plan_follow_curves(plan, scenario->like);
    }
    messages_sort(problems);
    if (messages_status(problems) != HR_OK)
        plan_free(plan);
    return messages_status(problems);
}

static void outline_areas(const struct plan *plan, struct hr_outline *outline)
{
    outline->areas = plan_areas(plan);
    outline->smallest_area = plan->sites;
    for (size_t a = 0; a < outline->areas; a++) {
        const size_t sites = plan_area_sites(plan, a);

        if (sites < outline->smallest_area)
            outline->smallest_area = sites;
        if (sites > outline->largest_area)
            outline->largest_area = sites;
    }
}

static void outline_delegated(const struct plan *plan, struct hr_outline *outline)
{
    const bool claims = plan->delegated.severity != DELEGATED_NORMAL;

    for (size_t s = 0; plan->delegated.on && s < plan->sites; s++) {
        outline->fast += claims && plan->sampler[s].method == CLAIM_FAST ? 1 : 0;
        outline->delegated +=
            plan->site[s].list * compile_delegated_head(plan, &plan->site[s]);
    }
    outline->delegated /= outline->patients;
}

enum hr_status hr_scenario_outline(const struct hr_scenario *scenario,
                                   struct hr_outline *outline, int *organisations,
                                   struct hr_messages *problems)
{
    struct plan plan;
    const enum hr_status status = scenario_compile(scenario, &plan, problems);

    if (status != HR_OK)
        return status;
    *outline = (struct hr_outline){
        .practices = plan.sites,
        .years = plan.quarters / QUARTERS_A_YEAR,
        .flat_rate = plan.flat_rate,
        .factor = plan.calibration_factor,
        .least_factor = calibrate_accepted(scenario).least,
        .most_factor = calibrate_accepted(scenario).most,
        .loop_gain = calibrate_loop_gain(scenario),
        .carried = scenario->practices.has_cost_rates,
    };
    for (size_t i = 0; i < plan.sites; i++)
        outline->patients += plan.site[i].list;
    outline_areas(&plan, outline);
    outline_delegated(&plan, outline);
    for (size_t f = 0; f < plan.forms; f++)
        organisations[f] = plan.form[f].organisations;
    plan_free(&plan);
    return HR_OK;
}
