/** @file
 * What is recorded of a trial, a quarter and a site: the columns of the result set.
 *
 * One row of a table says all there is to say about a column. Money is real
 * (divided by the price index) and in pounds of the price base; "discounted" says
 * whether it is also a present value.
 */
#ifndef HEADROOM_METRIC_H
#define HEADROOM_METRIC_H

#include "headroom/metrics.h"

#include <stdbool.h>

enum metric {
    METRIC_NPV_PARTNERS, /* the bearers, in their order */
    METRIC_NPV_RESERVES,
    METRIC_NPV_ORGANISATION,
    METRIC_NPV_OWNERS,
    METRIC_NPV_CREDITORS,
    METRIC_NPV_TRUST,
    METRIC_NPV_COMMISSIONER,
    METRIC_NPV_INSURER,
    METRIC_ECONOMIC_NET_POSITION,
    METRIC_ECONOMIC_NET_POSITION_NARROW,
    METRIC_ECONOMIC_NET_POSITION_LESS_UNMET,
    METRIC_PUBLIC_COST,
    METRIC_NET_MONETARY_BENEFIT,
    METRIC_TODAYS_GPS,
    METRIC_TODAYS_GPS_YEARS,
    METRIC_TODAYS_GPS_PER_YEAR,
    METRIC_PARTNER_INCOME,
    METRIC_PARTNER_INCOME_HEAD,
    METRIC_PARTNER_INCOME_WORST_YEAR,
    METRIC_PARTNER_LOSS,
    METRIC_DRAWDOWN,
    METRIC_OVERHEAD_SHARE,
    METRIC_VACANCY,
    METRIC_TURNOVER,
    METRIC_LOCUM_SPEND,
    METRIC_WORKLOAD,
    METRIC_UNMET_APPOINTMENTS,
    METRIC_UNMET_COST,
    METRIC_CORE_INCOME,
    METRIC_PARTNERS_WORK,
    METRIC_SERVICES_BOUGHT,
    METRIC_SITES_CLOSED,
    METRIC_SITES_TAKEN_OVER,
    METRIC_SITES_ENDED,
    METRIC_SITES_CARETAKER,
    METRIC_SITES_CONTINUING,
    METRIC_SITES_WORSE_OFF,
    METRIC_SITES_BETTER_OFF,
    METRIC_PATIENTS_DISPERSED,
    METRIC_LARGEST_CASCADE,
    METRIC_RELATIONSHIPS,
    METRIC_RELATIONSHIPS_COST,
    METRIC_CONTRACT_WORK_MOVED,
    METRIC_SYSTEM_EFFECTS,
    METRIC_ALIGNMENT,
    METRIC_MEMBERS_LEFT,
    METRIC_ORGANISATIONS_DISSOLVED,
    METRIC_ORGANISATIONS_EXITED,
    METRIC_DELEGATED_RESULT,
    METRIC_DELEGATED_WORST_YEAR,
    METRIC_DELEGATED_WORST_LOSS,
    METRIC_PARTNER_LED_SITES,
    METRIC_PARTNER_FTE,
    METRIC_SALARIED_FTE,
    METRIC_IMBALANCE,
    METRICS
};

/** By quarter, the whole patch. */
enum series {
    SERIES_PARTNER_INCOME,
    SERIES_VACANCY,
    SERIES_WORKLOAD,
    SERIES_UNMET_APPOINTMENTS,
    SERIES_PARTNER_FTE,
    SERIES_SALARIED_FTE,
    SERIES_PARTNER_LED_SITES,
    SERIES_SITES_ENDED,
    SERIES_SITES_CARETAKER,
    SERIES_SITES_CONTINUING,
    SERIES_LOCUM_SPEND,
    SERIES_PUBLIC_COST,
    SERIES_RELATIONSHIPS,
    SERIES_ALIGNMENT,
    SERIES_COUNT
};

/** By site, over the horizon. */
enum site_metric {
    SITE_LOST,       /**< 1 where dispersed, or caretaker without successor */
    SITE_TAKEN_OVER, /**< 1 where ever taken over */
    SITE_ENDED, /**< 1 where closed or ever taken over: one of the next two or this */
    SITE_CARETAKER,  /**< 1 where in caretaker hands and never taken over */
    SITE_CONTINUING, /**< 1 where neither */
    SITE_TODAYS_GPS,
    SITE_TODAYS_PARTNERS,
    SITE_WORSE_OFF, /**< 1 where its partners have less than under the reference */
    SITE_MORE,      /**< 1 where they have more, however little */
    SITE_METRICS
};

/** How a metric is shown. */
struct presentation {
    enum hr_better better;
    const char *group, *label;
    double scale;       /**< divide by this */
    const char *suffix; /**< then its unit: "m", "k", "%" or "" */
    int decimals;       /**< where no error says */
    bool count;         /**< a whole number in every trial */
};

struct column {
    const char *name;
    const char *unit;
    const char *long_name;
    bool money;
    bool discounted;
    struct presentation shown; /**< of a metric */
};

extern const struct column metric_columns[METRICS];
extern const struct column series_columns[SERIES_COUNT];
extern const struct column site_columns[SITE_METRICS];

/** Names of the bearers, in the order of enum bearer. */
extern const char *const bearer_names[];

#endif
