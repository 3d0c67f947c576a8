#include "delegated.h"

#include "need_error.h"

static const double least_claim = 1e-6; /* GBP: a law exists where the share is 0 */

static struct severity severity_of(const struct delegated_design *design,
                                   const struct delegated_parameters *p, int lane,
                                   double mean)
{
    struct severity severity = design->table;

    if (design->severity == DELEGATED_TABLE) {
        severity.scale *= mean;
        return severity;
    }
    severity = severity_lognormal_of(mean, p->severity_cv.at[lane]);
    if (design->severity == DELEGATED_LOGNORMAL_PARETO) {
        severity.kind = SEVERITY_LOGNORMAL_PARETO;
        severity.splice = p->splice.at[lane] * mean;
        severity.tail = p->tail.at[lane];
    }
    return severity;
}

static double of_patch(const struct delegated_design *design,
                       const struct lanes ratio[BANDS], int lane)
{
    double mean = 0.0;

    for (int b = 0; b < design->cells; b++)
        mean += design->band[b] * ratio[b].at[lane];
    return mean;
}

/* The patch as a whole has the given rate and cost, whatever the ratios. */
static void set_cells(const struct delegated_design *design,
                      const struct delegated_parameters *p, int lane,
                      const double band[BANDS], struct portfolio *portfolio)
{
    const double cost = p->share.at[lane] * p->cost_per_head.at[lane];
    const double rate = p->rate.at[lane] / of_patch(design, p->rate_ratio, lane);
    double spread = 0.0;

    for (int b = 0; b < design->cells; b++)
        spread += design->band[b] * rate * p->rate_ratio[b].at[lane] *
                  p->cost_ratio[b].at[lane];
    for (int b = 0; b < design->cells; b++) {
        const double mean = cost * p->cost_ratio[b].at[lane] / spread;

        portfolio->cell[b] = (struct claim_cell){
            .share = band[b],
            .frequency = design->frequency,
            .rate = rate * p->rate_ratio[b].at[lane],
            .severity = severity_of(design, p, lane, larger(mean, least_claim)),
        };
    }
}

static void set_one_cell(const struct delegated_design *design,
                         const struct delegated_parameters *p, int lane,
                         struct portfolio *portfolio)
{
    const double rate = p->rate.at[lane];
    const double mean = p->share.at[lane] * p->cost_per_head.at[lane] / rate;

    portfolio->cell[0] = (struct claim_cell){
        .share = 1.0,
        .frequency = design->frequency,
        .rate = rate,
        .severity = severity_of(design, p, lane, larger(mean, least_claim)),
    };
}

void delegated_portfolio(const struct delegated_design *design,
                         const struct delegated_parameters *parameters, int lane,
                         const double band[BANDS], struct portfolio *portfolio)
{
    const struct delegated_parameters *p = parameters;
    const double variance = p->theta_variance.at[lane];

    *portfolio = (struct portfolio){
        .cells = design->cells,
        .factor = {.kind = variance > 0.0 ? design->theta : FACTOR_NONE,
                   .variance = variance},
        .limit = p->limit.at[lane] > 0.0 ? p->limit.at[lane] : INFINITY,
        .normal_mean =
            larger(p->share.at[lane] * p->cost_per_head.at[lane], least_claim),
        .normal_k = p->k.at[lane],
    };
    if (design->cells == 1)
        set_one_cell(design, p, lane, portfolio);
    else
        set_cells(design, p, lane, band, portfolio);
}

void delegated_expected(const struct portfolio *portfolio, double *total, double *ceded)
{
    *total = portfolio->cells == 0 ? portfolio->normal_mean : 0.0;
    *ceded = 0.0;
    for (int c = 0; c < portfolio->cells; c++) {
        const struct claim_cell *cell = &portfolio->cell[c];
        const double claims = cell->share * cell->rate;

        *total += claims * severity_excess(&cell->severity, 0.0);
        *ceded += claims * severity_excess(&cell->severity, portfolio->limit);
    }
}

/* Drawn once per trial and site: exp(e) over its mean. */
static void draw_budget_factor(const struct delegated_parameters *p,
                               const struct draw_source *source, uint32_t entity,
                               struct lanes *factor)
{
    struct lanes size, which;

    lane_draw_two(source, draw_address(entity, DRAW_NEED_ERROR, ONCE_PER_TRIAL, 0),
                  &size, &which);
    for (int i = 0; i < LANES; i++) {
        const struct need_error law = {p->error_sd.at[i], p->error_wide_share.at[i],
                                       p->error_wide_sd.at[i]};

        factor->at[i] = need_error_factor(&law, size.at[i], which.at[i]);
    }
}

void delegated_begin(const struct delegated_design *design,
                     const struct delegated_parameters *parameters,
                     const struct draw_source *source, uint32_t entity,
                     const double band[BANDS], const struct claim_sampler *central,
                     struct site_claims *claims)
{
    for (int i = 0; i < LANES; i++) {
        double total, ceded;

        delegated_portfolio(design, parameters, i, band, &claims->portfolio[i]);
        claim_sampler_adapt(&claims->sampler[i], central, &claims->portfolio[i]);
        delegated_expected(&claims->portfolio[i], &total, &ceded);
        claims->kept_head.at[i] = total - ceded;
        claims->ceded_head.at[i] = ceded;
        claims->persistent.at[i] = 0.0;
    }
    draw_budget_factor(parameters, source, entity, &claims->budget_factor);
}
