/** @file
 * The one rate of cost other than GPs that gives partners their known income.
 */
#ifndef HEADROOM_FLAT_RATE_H
#define HEADROOM_FLAT_RATE_H

#include "contents.h"
#include "plan.h"

/** Central values, at the price base. */
struct flat_rate_centre {
    double vacancy, sick, locum_cover;
    double salary_cost; /**< with on-cost and the reference form's premium */
    double locum_rate;
    double income; /**< partners', per head */
    double site_fit;
    double cost_rate;
};

struct flat_rate_centre flat_rate_centre(const struct hr_scenario *scenario);

/** A year's income of a site less salaried GPs and locums, as expected at the start, in
 * GBP. */
double flat_rate_before_cost(const struct plan_site *site,
                             const struct flat_rate_centre *centre);

/** The rate in GBP per patient per year over @p sites; those without partners do not
 * count, and it is NaN where no site has one. */
double flat_rate(const struct plan_site *site, size_t sites,
                 const struct flat_rate_centre *centre);

#endif
