/** @file
 * The delegated budget: a year of other care for a list of people, its claims and who
 * bears what they cost over or under the budget.
 *
 * Claims are drawn per site and are the same under all forms but for the list; the
 * laws, samplers and terms of contract are the claims layer's. Money is at the price
 * base until it is settled.
 */
#ifndef HEADROOM_DELEGATED_H
#define HEADROOM_DELEGATED_H

#include "lane_draw.h"
#include "sampler.h"
#include "settlement.h"

enum delegated_severity {
    DELEGATED_LOGNORMAL,
    DELEGATED_LOGNORMAL_PARETO,
    DELEGATED_TABLE,
    DELEGATED_NORMAL, /**< no claims: a person's year has a mean and a k */
};

/** What is the same in every trial. */
struct delegated_design {
    bool on;
    enum delegated_severity severity;
    enum frequency frequency;
    enum factor_kind theta;
    enum claim_method method; /**< as asked for */
    bool public_insurer;
    int cells;             /**< 0 where normal, 1, or one an age band */
    double band[BANDS];    /**< the patch's shares */
    struct severity table; /**< of mean 1, where the severity is a table */
};

/** A site's claims in the trials of a block. */
struct site_claims {
    struct portfolio portfolio[LANES];
    struct claim_sampler sampler[LANES];
    struct lanes kept_head;     /**< expected below the limit, GBP a patient and year */
    struct lanes ceded_head;    /**< expected above it */
    struct lanes budget_factor; /**< of the risk-adjustment error */
    struct lanes persistent;    /**< x of this year, log */
    struct lanes frequency;     /**< factor on the number of claims this year */
};

/** The claims of a year under one form, GBP at the price base. */
struct year_claims {
    struct lanes kept, ceded;
};

enum { FORMS_AT_ONCE = 8 /**< of which delegated_draw() draws a year */ };

/** The laws of one lane, for a site of age shares @p band. */
void delegated_portfolio(const struct delegated_design *design,
                         const struct delegated_parameters *parameters, int lane,
                         const double band[BANDS], struct portfolio *portfolio);

/** Expected cost of a person's year and the part of it above the limit, GBP. */
void delegated_expected(const struct portfolio *portfolio, double *total,
                        double *ceded);

/** Everything about a site's claims that lasts through a trial. */
void delegated_begin(const struct delegated_design *design,
                     const struct delegated_parameters *parameters,
                     const struct draw_source *source, uint32_t entity,
                     const double band[BANDS], const struct claim_sampler *central,
                     struct site_claims *claims);

/** The factor common to all claims of the year that ends in @p quarter. */
void delegated_theta(const struct delegated_design *design,
                     const struct delegated_parameters *parameters,
                     const struct draw_source *source, int quarter,
                     struct lanes *theta);

/** That and the site's own lasting deviation. */
void delegated_frequency(const struct delegated_parameters *parameters,
                         const struct draw_source *source, uint32_t entity, int quarter,
                         const struct lanes *theta, struct site_claims *claims);

/** The year's claims of the lists of up to FORMS_AT_ONCE forms: each list of a lane is
 * drawn once, whichever forms it has. */
void delegated_draw(const struct draw_source *source, uint32_t entity, int quarter,
                    const struct site_claims *claims,
                    const struct lanes *const people[], int forms,
                    struct year_claims year[]);

/** Forget last year's results, but for what is carried forward. */
void delegated_open_site(struct practice *practice);
void delegated_open_organisation(struct organisation *organisation);

/** Settle a site that holds its own budget; add one whose organisation does to the
 * organisation's; post the claims of one that nobody holds. */
void delegated_settle_site(const struct settlement_rules *rules,
                           const struct site_claims *claims,
                           const struct year_claims *year, struct practice *practice,
                           struct organisation *organisation, struct ledger *ledger);

/** The organisation's own result; whose it becomes is organisation_settle()'s. */
void delegated_settle_organisation(const struct settlement_rules *rules,
                                   struct organisation *organisation,
                                   struct ledger *ledger);

/** A site's own result becomes part of its residual. */
void delegated_add_to_residual(struct practice *practice);

#endif
