#include "flat_rate.h"

#include "workforce.h"

struct flat_rate_centre flat_rate_centre(const struct hr_scenario *scenario)
{
    const double onset = contents_central(scenario, "workforce.sick_rate");
    const double back = 1.0 / contents_central(scenario, "workforce.sick_years");
    const char *reference = hr_scenario_text(scenario, "reference");

    return (struct flat_rate_centre){
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

double flat_rate_before_cost(const struct plan_site *site,
                             const struct flat_rate_centre *centre)
{
    const double salaried_fte = site->posts[SALARIED] * site->fte[SALARIED];
    const double fte = site->posts[PARTNER] * site->fte[PARTNER] + salaried_fte;
    const double filled = site->posts[PARTNER] + site->posts[SALARIED];
    const double vacant = filled / (1.0 - centre->vacancy) - filled;
    const double absent =
        centre->sick * fte + vacant * workforce_mean_fte(site->posts, site->fte);

    return site->weighted_list * site->core_rate - salaried_fte * centre->salary_cost -
           centre->locum_cover * absent * centre->locum_rate;
}

double flat_rate(const struct plan_site *site, size_t sites,
                 const struct flat_rate_centre *centre)
{
    double money = 0.0, heads = 0.0, people = 0.0;

    for (size_t i = 0; i < sites; i++) {
        if (site[i].posts[PARTNER] == 0)
            continue;
        money += flat_rate_before_cost(&site[i], centre);
        heads += site[i].posts[PARTNER];
        people += site[i].list;
    }
    return (money - centre->income * heads) / people;
}
