/** @file
 * A form of organisation: a row of terms.
 *
 * Nothing here or below reads a form's name. Two forms with equal terms give
 * equal bits. Terms that are numbers are lanes (a distribution is drawn once per
 * trial); choices are the same in every trial.
 */
#ifndef HEADROOM_FORM_H
#define HEADROOM_FORM_H

#include "parameters.h"

#include <stdbool.h>

enum group_by { GROUP_SITE, GROUP_NETWORK, GROUP_ALL };
enum join_rule { JOIN_ALL, JOIN_SHARE, JOIN_DISTRESSED_ONLY, JOIN_VOLUNTARY };
enum pool_basis { POOL_DEVIATION, POOL_RESIDUAL };
enum pool_owner { OWNER_PARTNERS, OWNER_COMPANY, OWNER_TRUST };
enum liability {
    LIABILITY_UNLIMITED, /**< a site's own partners */
    LIABILITY_JOINT,     /**< all partners of the organisation, by fte */
    LIABILITY_LIMITED,   /**< the organisation's account, then creditors */
    LIABILITY_PUBLIC,    /**< the trust */
    LIABILITY_CREDITORS, /**< limited, with no organisation: never a choice */
};
enum delegated_level { LEVEL_SITE, LEVEL_ORGANISATION, LEVEL_NONE };
enum surplus_to { SURPLUS_MEMBERS, SURPLUS_OWNERS };

/** Who keeps the books' two sides; the order is that of the result file's axis. */
enum bearer {
    BEARER_PARTNERS,
    BEARER_RESERVES,
    BEARER_ORGANISATION,
    BEARER_OWNERS,
    BEARER_CREDITORS,
    BEARER_TRUST,
    BEARER_COMMISSIONER,
    BEARER_INSURER,
    BEARERS
};

/** The choices of a form. */
struct form_choices {
    enum group_by group_by;
    enum join_rule join_rule;
    enum pool_basis pool_basis;
    enum pool_owner pool_owner;
    enum liability liability;
    enum surplus_to surplus_to;
    enum bearer setup_payer; /**< partners, owners, trust or commissioner */
    enum delegated_level delegated_level;
    enum bearer benefit_to; /**< commissioner, trust or owners */
    bool convert_partners;
    double target_population; /**< patients; 0: the networks themselves */
};

/** The numbers of a form; units stand in the schema. Those that act on a site outside
 * the form too come first. */
struct form_terms {
    struct lanes partner_share;
    struct lanes pay_premium;
    struct lanes staff_pay_premium;
    struct lanes productivity[ROLES];
    struct lanes leave_factor[ROLES];
    struct lanes transition_exit;
    struct lanes ending_factor;
    struct lanes staff_vacancy;
    struct lanes surge_cover;
    struct lanes leadership_fte;
    struct lanes diversion;
    struct lanes continuity_demand;
    struct lanes levy;
    struct lanes recharge;
    struct lanes ramp_years;
    struct lanes price_relief;
    /* from here on they act on members and organisations alone */
    struct lanes participation;
    struct lanes join_below;
    struct lanes pooled_share;
    struct lanes convert_pay;
    struct lanes recruit_factor;
    struct lanes cover;
    struct lanes friction;
    struct lanes coordination;
    struct lanes setup_cost;
    struct lanes saving;
    struct lanes org_income;
    struct lanes org_cost;
    struct lanes org_cost_sd;
    struct lanes org_reserve;
    struct lanes org_reserve_max;
    struct lanes call_cap;
    struct lanes subsidy_tolerance;
    struct lanes exit_rate;
    struct lanes distance;
    struct lanes alignment_start;
    struct lanes alignment_speed;
    struct lanes resent_scale;
    struct lanes member_exit_rate;
    struct lanes admissions_irr;
    struct lanes ed_irr;
};

#define TERM(member) (offsetof(struct form_terms, member) / sizeof(struct lanes))

enum {
    TERM_COUNT = sizeof(struct form_terms) / sizeof(struct lanes),
    SITE_TERM_COUNT = TERM(participation), /**< that act on a site outside too */
};

#endif
