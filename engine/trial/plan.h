/** @file
 * All that a trial reads, and never changes: what a scenario is compiled to.
 *
 * Values that may differ between trials stand in one flat list, in the order
 * parameters, then the terms of each row, then the terms of each shock; a block
 * keeps one struct lanes for each.
 */
#ifndef HEADROOM_PLAN_H
#define HEADROOM_PLAN_H

#include "delegated.h"
#include "distribution.h"

#include <stddef.h>
#include <stdint.h>

enum { LONGEST_KEY = 96, LONGEST_NAME = 64, LONGEST_CODE = 16, MOST_QUARTERS = 120 };

/** One number of the scenario: where it comes from in every trial. */
struct plan_value {
    char key[LONGEST_KEY]; /**< as in a scenario: forms.federation.levy */
    struct distribution distribution;
    double uplift;   /**< from the value's price year to the price base */
    uint32_t entity; /**< of the draw; unused where the distribution is fixed */
    unsigned stream; /**< of the draw: 0, but in runs that draw it anew */
    unsigned tied;   /**< one more than its place among draws that go together; or 0 */
};

enum { MOST_TIED = 40 };

/** Draws that go together: the normal score of each is a sum of its own and those
 * before it. */
struct plan_ties {
    size_t count;
    uint32_t entity[MOST_TIED];
    unsigned stream[MOST_TIED];
    double factor[MOST_TIED][MOST_TIED]; /**< lower triangle */
};

struct plan_shock {
    char name[LONGEST_NAME];
    uint32_t entity;
    int at;       /**< quarter in which it starts, or -1 */
    int duration; /**< quarters at full strength; MOST_QUARTERS where lasting */
    int fade;     /**< quarters of linear decline after that */
};

/** A practice, after imputation. */
struct plan_site {
    char code[LONGEST_CODE];
    uint32_t entity;
    uint32_t area;    /**< entity of its area */
    int network;      /**< number of its network; unallocated practices each have one */
    int posts[ROLES]; /**< filled at the start */
    int slots;        /**< most posts it can ever want */
    double fte[ROLES];    /**< of one post */
    double list;          /**< patients at the start */
    double weighted_list; /**< weighted patients at the start */
    double core_rate;     /**< GBP per weighted patient per year, price base */
    double cost_rate;     /**< GBP per patient per year of non-GP cost, calibrated */
    double band[BANDS];   /**< shares of its patients by age */
};

/** A row of terms: a simulated form, or the terms its leavers fall back on. */
struct plan_row {
    char name[LONGEST_NAME];
    struct form_choices choices;
};

struct plan_form {
    int row;
    int exit_row;      /**< equals row where the form has no other */
    int organisations; /**< number of groups, those of an area side by side */
    int *organisation; /**< of each site */
    uint32_t *entity;  /**< of each organisation: its lowest-coded site's */
    int *before;       /**< [areas + 1]: how many of them areas before have, or NULL */
};

/** Practices that share labour, organisations and networks. */
struct plan_area {
    size_t sites;
    size_t networks; /**< its practices' numbers of them begin at 0 */
    size_t *site;    /**< places of its practices in the plan, by ascending code */
};

/** What a past that is replayed may say by year, beside prices. */
enum past_series { PAST_LIST_GROWTH, PAST_SHORTAGE, PASTS };

struct past_column {
    const char *name;
    double least, most; /**< allowed */
};

extern const struct past_column past_columns[PASTS];

struct plan {
    uint64_t seed;
    unsigned stream; /**< of chance: all that is no value below */
    int quarters;
    int notice_quarters;
    int reference;             /**< index among the forms */
    bool stores_sites;         /**< every practice by quarter and trial */
    const struct lanes *given; /**< the last form, which is not simulated: what it came
                                    to, block by block (given.h); or NULL */
    bool drops_parameters;     /**< drawn values are not kept */
    uint64_t drops_metric;     /**< nor is metric m of every trial: bit m */

    size_t sites, networks, forms, rows, shocks, values;
    struct plan_site *site; /**< ascending practice code */
    size_t areas;           /**< 0 where all practices are of one */
    struct plan_area *area; /**< in the order in which they are walked */
    struct plan_form *form;
    struct plan_row *row; /**< the forms' own rows first, in their order */
    struct plan_shock *shock;
    struct plan_value
        *value; /**< PARAMETER_COUNT + rows TERM_COUNT + shocks SHOCK_TERM_COUNT */
    struct quantile_curve *curve; /**< of each value whose law is smooth */

    struct plan_ties ties;
    struct delegated_design delegated;
    struct claim_sampler *sampler; /**< of each site at central values, or NULL */

    double cholesky[INDICES]
                   [INDICES]; /**< lower triangle of the prices' correlations */
    double *history;     /**< [years][INDICES], or NULL: replaces the price process */
    double *past[PASTS]; /**< [years], or NULL: what the past does not say is drawn */
    double flat_rate;    /**< GBP per patient per year, from the calibration */
    double calibration_factor; /**< flat rate over the evidence's cost_rate */
};

/** Place in the flat list of a row's or a shock's first value. */
static inline size_t plan_row_values(size_t row)
{
    return PARAMETER_COUNT + row * TERM_COUNT;
}

static inline size_t plan_shock_values(const struct plan *plan, size_t shock)
{
    return PARAMETER_COUNT + plan->rows * TERM_COUNT + shock * SHOCK_TERM_COUNT;
}

/** Areas to walk: at least 1. */
static inline size_t plan_areas(const struct plan *plan)
{
    return plan->areas > 0 ? plan->areas : 1;
}

/** Practices of an area. */
static inline size_t plan_area_sites(const struct plan *plan, size_t area)
{
    return plan->areas > 0 ? plan->area[area].sites : plan->sites;
}

static inline size_t plan_area_networks(const struct plan *plan, size_t area)
{
    return plan->areas > 0 ? plan->area[area].networks : plan->networks;
}

/** Place in the plan of an area's practice number @p s. */
static inline size_t plan_area_site(const struct plan *plan, size_t area, size_t s)
{
    return plan->areas > 0 ? plan->area[area].site[s] : s;
}

/** Organisations of a form in an area. */
static inline int plan_area_organisations(const struct plan *plan, size_t area,
                                          size_t form)
{
    const struct plan_form *f = &plan->form[form];

    return plan->areas > 0 ? f->before[area + 1] - f->before[area] : f->organisations;
}

/** Divide the practices into @p areas, @p area_of each from 0; networks and
 * organisations are still to be numbered. False where memory lacks. */
HR_MUST_CHECK
bool plan_divide(struct plan *plan, const size_t *area_of, size_t areas);

/** The value at probability @p u, uplifted. */
double plan_quantile(const struct plan_value *value, double u);

/** The value at probability one half, uplifted. */
double plan_central(const struct plan_value *value);

/** The value in one trial, uplifted. */
double plan_drawn(const struct plan *plan, const struct plan_value *value,
                  uint64_t trial);

/** Let the values of smooth laws follow curves, those of @p like, or NULL, where it has
 * the same law at the same place; it must live as long. False where memory lacks. */
HR_MUST_CHECK
bool plan_follow_curves(struct plan *plan, const struct plan *like);

/** Simulate only the forms for which keep[form] holds, in their order; the reference is
 * among them. */
void plan_keep_forms(struct plan *plan, const bool *keep);

/** Have the reference after all other forms, which is where a given one stands. */
void plan_put_reference_last(struct plan *plan);

void plan_free(struct plan *plan);

#endif
