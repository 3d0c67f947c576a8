#include "calibrate.h"

#include "elementary.h"
#include "flat_rate.h"

#include <stdio.h>
#include <stdlib.h>

const struct calibrate_factor calibrate_usual = {0.5, 1.5};
static const double least_of_flat = 0.35, most_of_flat = 1.8;

struct calibrate_factor calibrate_accepted(const struct hr_scenario *scenario)
{
    const double least = contents_central(scenario, "money.calibration_factor.least");
    const double most = contents_central(scenario, "money.calibration_factor.most");

    return (struct calibrate_factor){
        .least = isnan(least) ? calibrate_usual.least : least,
        .most = isnan(most) ? calibrate_usual.most : most,
    };
}

static double rate_of(const struct plan_site *site,
                      const struct flat_rate_centre *centre, double flat)
{
    const double heads = site->posts[PARTNER];
    const double money = flat_rate_before_cost(site, centre);
    const double own = (money - flat * site->list) / heads;
    const double fitted =
        centre->site_fit * centre->income + (1.0 - centre->site_fit) * own;

    if (site->posts[PARTNER] == 0)
        return flat;
    return within((money - fitted * heads) / site->list, least_of_flat * flat,
                  most_of_flat * flat);
}

void calibrate_rates(const struct hr_scenario *scenario, struct plan *plan)
{
    const struct flat_rate_centre centre = flat_rate_centre(scenario);

    plan->flat_rate = flat_rate(plan->site, plan->sites, &centre);
    plan->calibration_factor = plan->flat_rate / centre.cost_rate;
    for (size_t i = 0; i < plan->sites; i++)
        plan->site[i].cost_rate = rate_of(&plan->site[i], &centre, plan->flat_rate);
}

static void take_given(const struct hr_scenario *scenario, struct plan *plan)
{
    plan->flat_rate = contents_central(scenario, "calibration.flat_rate");
    plan->calibration_factor = contents_central(scenario, "calibration.factor");
    for (size_t i = 0; i < plan->sites; i++)
        plan->site[i].cost_rate = scenario->practices.practice[i].cost_rate;
}

void calibrate(const struct hr_scenario *scenario, struct plan *plan)
{
    if (scenario->practices.has_cost_rates)
        take_given(scenario, plan);
    else
        calibrate_rates(scenario, plan);
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
