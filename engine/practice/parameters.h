/** @file
 * The parameters of the model, one value per trial.
 *
 * Every member is a struct lanes and nothing else, so that the struct is also an
 * array of lanes: a key of the scenario names its place by PARAMETER(member).
 * Units stand with the key in the schema. Money is in pounds of the price base.
 */
#ifndef HEADROOM_PARAMETERS_H
#define HEADROOM_PARAMETERS_H

#include "lanes.h"

#include <stddef.h>

enum role { PARTNER, SALARIED, ROLES };
enum price_index { CONTRACT, PAY, PRICES, LOCUM, INDICES };
enum market { SHORTAGE, GLUT, MARKETS };

struct price_parameters {
    struct lanes mean[INDICES]; /**< that of LOCUM is a margin over PAY */
    struct lanes sd[INDICES];
    struct lanes phi[INDICES];
    struct lanes catch_up;
    struct lanes catch_up_weight;
};

struct market_parameters {
    struct lanes dwell_years[MARKETS];
    struct lanes locum_factor[MARKETS];
};

struct demand_parameters {
    struct lanes growth;
    struct lanes common_sd;
    struct lanes common_phi;
    struct lanes site_sd;
    struct lanes site_phi;
    struct lanes list_growth;
    struct lanes appts_per_head;
    struct lanes rho_max;
};

struct workforce_parameters {
    struct lanes leave_rate[ROLES];
    struct lanes frailty_cv;
    struct lanes burnout_rate;
    struct lanes burnout_threshold;
    struct lanes burnout_cap;
    struct lanes peer_rate;
    struct lanes retire_max;
    struct lanes retire_mid;
    struct lanes retire_spread;
    struct lanes switch_rate;
    struct lanes sick_rate;
    struct lanes sick_years;
    struct lanes months_to_fill[MARKETS];
    struct lanes supply_cap;
    struct lanes freeze_income;
    struct lanes vacancy_start;
    struct lanes age_mean[ROLES];
    struct lanes age_sd[ROLES];
    struct lanes age_site_sd;
    struct lanes newcomer_mean;
    struct lanes newcomer_sd;
    struct lanes newcomer_min;
    struct lanes newcomer_max;
};

struct capacity_parameters {
    struct lanes gp_share;
    struct lanes productivity[ROLES];
    struct lanes staff_lag;
    struct lanes locum_cover;
    struct lanes surge_max;
    struct lanes partner_stretch;
};

struct money_parameters {
    struct lanes quality_share;
    struct lanes staff_share;
    struct lanes efficiency_sd;
    struct lanes salary;
    struct lanes oncost;
    struct lanes locum_rate;
    struct lanes scale_cap;
    struct lanes locum_scarcity;
    struct lanes reserve_weeks;
};

struct distress_parameters {
    struct lanes income;
    struct lanes handback_rate;
    struct lanes ending_rate;
    struct lanes ending_size;
    struct lanes ending_year_sd;
    struct lanes ending_area_sd;
    struct lanes takeover_share;
    struct lanes dispersal_share;
    struct lanes caretaker_premium;
    struct lanes windup_cost;
    struct lanes windup_sd;
};

struct valuation_parameters {
    struct lanes relationship_cost;
    struct lanes moved_share;
    struct lanes discount_rate;
    struct lanes partner_discount;
    struct lanes unmet_price;
    struct lanes admission_rate;
    struct lanes admission_cost;
    struct lanes ed_rate;
    struct lanes ed_cost;
};

enum age_band { BAND_0_24, BAND_25_64, BAND_65_PLUS, BANDS };

struct delegated_parameters {
    struct lanes share;
    struct lanes cost_per_head;
    struct lanes rate;
    struct lanes rate_ratio[BANDS];
    struct lanes cost_ratio[BANDS];
    struct lanes severity_cv;
    struct lanes splice;
    struct lanes tail;
    struct lanes k;
    struct lanes theta_variance;
    struct lanes persistence_sd;
    struct lanes persistence_phi;
    struct lanes limit;
    struct lanes premium_loading;
    struct lanes loading;
    struct lanes error_sd;
    struct lanes error_wide_share;
    struct lanes error_wide_sd;
    struct lanes quota;
    struct lanes carry_forward;
    struct lanes corridor_free;
    struct lanes corridor_share;
    struct lanes corridor_end;
    struct lanes cap;
};

struct parameters {
    struct price_parameters prices;
    struct market_parameters market;
    struct demand_parameters demand;
    struct workforce_parameters workforce;
    struct capacity_parameters capacity;
    struct money_parameters money;
    struct distress_parameters distress;
    struct valuation_parameters valuation;
    struct delegated_parameters delegated;
};

/** A named shock's strength-one effects; factors are 1 and steps 0 where absent. */
struct shock_terms {
    struct lanes rate; /**< per year; 0 where it is set off at a year */
    struct lanes demand;
    struct lanes exits;
    struct lanes from_age;
    struct lanes sickness;
    struct lanes recruitment;
    struct lanes locum;
    struct lanes pay;
    struct lanes nongp;
    struct lanes nongp_step;
    struct lanes income;
    struct lanes staff;
    struct lanes diversion_step;
    struct lanes relief;
};

enum {
    PARAMETER_COUNT = sizeof(struct parameters) / sizeof(struct lanes),
    SHOCK_TERM_COUNT = sizeof(struct shock_terms) / sizeof(struct lanes),
};

#define PARAMETER(member)  (offsetof(struct parameters, member) / sizeof(struct lanes))
#define SHOCK_TERM(member) (offsetof(struct shock_terms, member) / sizeof(struct lanes))

#endif
