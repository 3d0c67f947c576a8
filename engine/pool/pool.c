#include "pool.h"

#include "claims_table.h"
#include "exact.h"
#include "files.h"
#include "problems.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_PEOPLE = 100000000 }; /* claims beyond 2^25 a cell have no draws */

struct named_measure {
    const char *name, *unit;
};

static const struct named_measure measures[HR_POOL_MEASURES] = {
    [HR_POOL_MEAN] = {"mean", "GBP/year"},
    [HR_POOL_SD] = {"sd", "GBP/year"},
    [HR_POOL_CV] = {"cv", "share"},
    [HR_POOL_Q95] = {"q95", "GBP/year"},
    [HR_POOL_Q99] = {"q99", "GBP/year"},
    [HR_POOL_TVAR99] = {"tvar99", "GBP/year"},
    [HR_POOL_P1] = {"p_loss_over_1pct", "probability"},
    [HR_POOL_P2] = {"p_loss_over_2pct", "probability"},
    [HR_POOL_P5] = {"p_loss_over_5pct", "probability"},
    [HR_POOL_RESERVE20] = {"reserve_1_in_20", "GBP"},
    [HR_POOL_RESERVE100] = {"reserve_1_in_100", "GBP"},
    [HR_POOL_RUIN1] = {"ruin_1_year", "probability"},
    [HR_POOL_RUIN3] = {"ruin_3_years", "probability"},
    [HR_POOL_RUIN5] = {"ruin_5_years", "probability"},
    [HR_POOL_RUIN10] = {"ruin_10_years", "probability"},
};

const char *hr_pool_measure_name(enum hr_pool_measure measure)
{
    return measures[measure].name;
}

const char *hr_pool_measure_unit(enum hr_pool_measure measure)
{
    return measures[measure].unit;
}

struct hr_pool_terms hr_pool_terms_default(void)
{
    const struct contract plain = contract_plain();

    return (struct hr_pool_terms){
        .cells = 1,
        .cell[0] = {.share = 1.0, .rate = 0.25, .mean = 2400.0, .cv = 2.0},
        .normal_mean = 600.0,
        .normal_k = 4.6,
        .limit = plain.limit,
        .premium_loading = 0.1,
        .kept_share = plain.kept_share,
        .corridor_free = plain.corridor_free,
        .corridor_share = plain.corridor_share,
        .corridor_end = plain.corridor_end,
        .cap = plain.cap,
        .reserve = 12.0,
    };
}

static enum hr_status read_severity(struct severity *severity,
                                    const struct hr_pool_cell *cell,
                                    struct hr_error *error)
{
    const bool values = cell->values != NULL;
    const struct place file = {.file = values ? cell->values : cell->quantiles};
    struct hr_messages problems = {0};
    char *text = files_read(file.file, &file, &problems);
    const enum claims_columns columns = values ? CLAIMS_VALUES : CLAIMS_QUANTILES;
    const bool read =
        text != NULL && claims_table_law(text, &file, columns, severity, &problems);

    free(text);
    if (!read)
        return problems_fail(&problems, HR_BAD_INPUT, "", error);
    if (cell->scaled)
        severity->scale = cell->mean / severity_excess(severity, 0.0);
    return HR_OK;
}

static enum hr_status make_severity(struct severity *severity,
                                    const struct hr_pool_cell *cell,
                                    struct hr_error *error)
{
    if (cell->values != NULL || cell->quantiles != NULL)
        return read_severity(severity, cell, error);
    if (cell->splice > 0.0)
        return severity_lognormal_pareto(
            severity, cell->mean, cell->cv,
            &(struct severity_tail){cell->splice, cell->tail}, error);
    return severity_lognormal(severity, cell->mean, cell->cv, error);
}

static enum hr_status make_cells(struct portfolio *portfolio,
                                 const struct hr_pool_terms *terms,
                                 struct hr_error *error)
{
    enum hr_status status = HR_OK;

    if (terms->cells < 0 || terms->cells > MOST_CELLS)
        return hr_fail(error, HR_BAD_INPUT, "%d cells: from 0 to %d", terms->cells,
                       (int)MOST_CELLS);
    for (int c = 0; c < terms->cells && status == HR_OK; c++) {
        struct claim_cell *cell = &portfolio->cell[c];

        cell->share = terms->cell[c].share;
        cell->rate = terms->cell[c].rate;
        cell->frequency =
            terms->cell[c].two_part ? FREQUENCY_TWO_PART : FREQUENCY_POISSON;
        status = make_severity(&cell->severity, &terms->cell[c], error);
        portfolio->cells = c + 1;
    }
    return status;
}

static void copy_terms(struct pool *pool, const struct hr_pool_terms *terms)
{
    pool->portfolio = (struct portfolio){
        .limit = terms->limit,
        .normal_mean = terms->normal_mean,
        .normal_k = terms->normal_k,
        .factor = {.variance = terms->factor_variance},
    };
    if (terms->factor_variance != 0.0)
        pool->portfolio.factor.kind =
            terms->factor_gamma ? FACTOR_GAMMA : FACTOR_LOGNORMAL;
    pool->contract = (struct contract){
        .limit = terms->limit,
        .premium_loading = terms->premium_loading,
        .kept_share = terms->kept_share,
        .corridor_free = terms->corridor_free,
        .corridor_share = terms->corridor_share,
        .corridor_end = terms->corridor_end,
        .carry_forward = terms->carry_forward,
        .cap = terms->cap,
        .loading = terms->loading,
    };
    pool->need_error = (struct need_error){terms->error_sd, terms->error_wide_share,
                                           terms->error_wide_sd};
    pool->persistence =
        (struct persistence){terms->persistence_sd, terms->persistence_phi};
    pool->reserve = terms->reserve;
    pool->practice_people = terms->practice_people;
}

enum hr_status pool_init(struct pool *pool, const struct hr_pool_terms *terms,
                         struct hr_error *error)
{
    enum hr_status status;

    *pool = (struct pool){0};
    copy_terms(pool, terms);
    status = contract_check(&pool->contract, error);
    if (status == HR_OK)
        status = make_cells(&pool->portfolio, terms, error);
    if (status == HR_OK)
        status = portfolio_check(&pool->portfolio, error);
    if (status == HR_OK)
        status = portfolio_needs_moment(&pool->portfolio, 2, error);
    if (status == HR_OK)
        status = need_error_check(&pool->need_error, error);
    if (status == HR_OK)
        status = persistence_check(&pool->persistence, error);
    if (status == HR_OK && !(pool->reserve >= 0.0 && isfinite(pool->reserve)))
        status = hr_fail(error, HR_BAD_INPUT, "a reserve of %g a head is below 0",
                         pool->reserve);
    if (status != HR_OK)
        pool_free(pool);
    return status;
}

struct pool pool_of(const struct pool *pool, double people)
{
    struct pool own = *pool;

    if (pool->practice_people > 0.0 && people > pool->practice_people)
        own.need_error =
            need_error_of_many(&pool->need_error, people / pool->practice_people);
    return own;
}

void pool_free(struct pool *pool)
{
    portfolio_free(&pool->portfolio);
}

static enum hr_status check_people(double people, struct hr_error *error)
{
    if (people >= 1.0 && people <= MOST_PEOPLE)
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT, "a list of %.10g people is outside [1, %.0e]",
                   people, (double)MOST_PEOPLE);
}

enum hr_status hr_pool(const struct hr_pool_terms *terms, double people,
                       const struct hr_pool_options *options,
                       struct hr_pool_report *report, struct hr_error *error)
{
    const int log2_points =
        options->log2_points > 0 ? options->log2_points : EXACT_FINE;
    struct pool pool;
    enum hr_status status = pool_init(&pool, terms, error);

    *report = (struct hr_pool_report){.people = people, .method = "none"};
    if (status == HR_OK)
        status = check_people(people, error);
    if (status == HR_OK) {
        pool = pool_of(&pool, people);
        status = pool_exact(&pool, people, log2_points, report, error);
    }
    if (status == HR_OK && options->trials > 0)
        status = pool_simulated(&pool, people, options, report, error);
    pool_free(&pool);
    return status;
}
