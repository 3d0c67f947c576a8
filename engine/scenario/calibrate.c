#include "calibrate.h"

#include "elementary.h"

#include <stdio.h>
#include <stdlib.h>

const double calibrate_least_factor = 0.5, calibrate_most_factor = 1.5;
static const double least_of_flat = 0.35, most_of_flat = 1.8;

/** Central values, at the price base. */
struct centre {
    double vacancy, sick, locum_cover;
    double salary_cost; /**< with on-cost and the reference form's premium */
    double locum_rate;
    double income; /**< partners', per head */
    double site_fit;
    double cost_rate;
};

static struct centre centre_of(const struct hr_scenario *scenario)
{
    const double onset = contents_central(scenario, "workforce.sick_rate");
    const double back = 1.0 / contents_central(scenario, "workforce.sick_years");
    const char *reference = hr_scenario_text(scenario, "reference");

    return (struct centre){
        .vacancy = contents_central(scenario, "workforce.vacancy_start"),
        .sick = onset / (onset + back),
        .locum_cover = contents_central(scenario, "capacity.locum_cover"),
        .salary_cost = contents_central(scenario, "money.salary") *
                       (1.0 + contents_central(scenario, "money.oncost")) *
                       contents_term(scenario, reference, "pay_premium"),
        .locum_rate = contents_central(scenario, "money.locum_rate"),
        .income = contents_central(scenario, "money.partner_income"),
        .site_fit = contents_central(scenario, "money.site_fit"),
        .cost_rate = contents_central(scenario, "money.cost_rate"),
    };
}

/* A year's income less salaried GPs and locums, as expected at the start. */
static double before_cost(const struct plan_site *site, const struct centre *centre)
{
    const double salaried_fte = site->posts[SALARIED] * site->fte[SALARIED];
    const double fte = site->posts[PARTNER] * site->fte[PARTNER] + salaried_fte;
    const double filled = site->posts[PARTNER] + site->posts[SALARIED];
    const double vacant = filled / (1.0 - centre->vacancy) - filled;
    const double absent = centre->sick * fte + vacant * (fte / filled);

    return site->weighted_list * site->core_rate - salaried_fte * centre->salary_cost -
           centre->locum_cover * absent * centre->locum_rate;
}

/* The one rate that gives partners their income on average; NaN without partners. */
static double flat_rate(const struct plan *plan, const struct centre *centre)
{
    double money = 0.0, heads = 0.0, people = 0.0;

    for (size_t i = 0; i < plan->sites; i++) {
        const struct plan_site *site = &plan->site[i];

        if (site->posts[PARTNER] == 0)
            continue;
        money += before_cost(site, centre);
        heads += site->posts[PARTNER];
        people += site->list;
    }
    return (money - centre->income * heads) / people;
}

static double rate_of(const struct plan_site *site, const struct centre *centre,
                      double flat)
{
    const double heads = site->posts[PARTNER];
    const double money = before_cost(site, centre);
    const double own = (money - flat * site->list) / heads;
    const double fitted =
        centre->site_fit * centre->income + (1.0 - centre->site_fit) * own;

    if (site->posts[PARTNER] == 0)
        return flat;
    return within((money - fitted * heads) / site->list, least_of_flat * flat,
                  most_of_flat * flat);
}

static void refuse(const struct hr_scenario *scenario, const struct plan *plan,
                   struct hr_messages *problems)
{
    const struct setting *evidence =
        settings_find(&scenario->settings, "money.cost_rate");

    messages_add(
        problems, &evidence->at, evidence->key,
        "for partners to earn money.partner_income, cost must be %.2f "
        "GBP/patient/year, %.2f times this; that must be within %g to %g: look at "
        "core_rate of the practices, money.partner_income and price years",
        plan->flat_rate, plan->calibration_factor, calibrate_least_factor,
        calibrate_most_factor);
}

void calibrate(const struct hr_scenario *scenario, struct plan *plan,
               struct hr_messages *problems)
{
    const struct centre centre = centre_of(scenario);

    plan->flat_rate = flat_rate(plan, &centre);
    plan->calibration_factor = plan->flat_rate / centre.cost_rate;
    if (isnan(plan->flat_rate))
        messages_add(problems, &scenario->start, "patch.practices",
                     "no practice has partners, so that costs cannot be calibrated");
    else if (!(plan->calibration_factor >= calibrate_least_factor &&
               plan->calibration_factor <= calibrate_most_factor))
        refuse(scenario, plan, problems);
    for (size_t i = 0; i < plan->sites; i++)
        plan->site[i].cost_rate = rate_of(&plan->site[i], &centre, plan->flat_rate);
}

double calibrate_loop_gain(const struct hr_scenario *scenario)
{
    const double short_years =
        contents_central(scenario, "market.dwell_years.shortage");
    const double glut_years = contents_central(scenario, "market.dwell_years.glut");
    const double months =
        (short_years * contents_central(scenario, "workforce.months_to_fill.shortage") +
         glut_years * contents_central(scenario, "workforce.months_to_fill.glut")) /
        (short_years + glut_years);

    return contents_central(scenario, "workforce.burnout_rate") *
               contents_central(scenario, "capacity.gp_share") *
               (1.0 - contents_central(scenario, "capacity.locum_cover")) * months /
               12.0 +
           contents_central(scenario, "workforce.peer_rate");
}

void calibrate_check_gain(const struct hr_scenario *scenario,
                          struct hr_messages *problems)
{
    const double gain = calibrate_loop_gain(scenario);
    const struct setting *rate =
        settings_find(&scenario->settings, "workforce.burnout_rate");

    if (!(gain < 1.0))
        messages_add(
            problems, &rate->at, rate->key,
            "leaving feeds on itself: the loop gain is %.2f and must be below 1; "
            "lower burnout_rate, peer_rate or months_to_fill",
            gain);
}
