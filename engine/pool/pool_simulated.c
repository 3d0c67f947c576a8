/* The simulated half of a pool's report: paths of ten years, the first of which
 * gives the measures of a year, and all of which give ruin. */
#include "pool.h"

#include "draw.h"
#include "pool_compare.h"
#include "sampler.h"
#include "text.h"

#include <math.h>
#include <stdlib.h>

enum { BATCH = 64 };

static const int ruin_years[] = {1, 3, 5, 10};

enum { RUIN_MEASURES = sizeof(ruin_years) / sizeof(*ruin_years) };

struct simulation {
    const struct pool *pool;
    struct claim_sampler sampler;
    uint64_t seed;
    uint32_t entity;
    double people;
    double expected; /* gross cost, GBP a year */
    double budget, premium;
    double reserve[POOL_SIDES]; /* share of the side's budget */
    double *loss[POOL_SIDES];   /* of the first year, by trial */
    double *sorting;            /* room for two losses a trial */
    uint64_t ruined[POOL_SIDES][RUIN_MEASURES];
};

/* What follows a path from year to year, in lanes. */
struct paths {
    double log_factor[BATCH]; /* persistence */
    double theta[BATCH], people[BATCH], kept[BATCH], ceded[BATCH];
    double error_factor[BATCH], carried[BATCH];
    double reserve[POOL_SIDES][BATCH];
    bool ruined[POOL_SIDES][BATCH];
};

static double draw_at(const struct simulation *s, uint64_t trial, uint32_t entity,
                      enum purpose purpose, uint32_t quarter)
{
    return draw_one(s->seed, trial, draw_address(entity, purpose, quarter, 0));
}

static void start_paths(const struct simulation *s, uint64_t first, size_t n,
                        struct paths *paths)
{
    for (size_t i = 0; i < n; i++) {
        double size, which;

        draw_two(s->seed, first + i,
                 draw_address(s->entity, DRAW_NEED_ERROR, ONCE_PER_TRIAL, 0), &size,
                 &which);
        paths->error_factor[i] = need_error_factor(&s->pool->need_error, size, which);
        paths->people[i] = s->people;
        paths->carried[i] = 0.0;
        for (int side = 0; side < POOL_SIDES; side++) {
            paths->reserve[side][i] = s->reserve[side];
            paths->ruined[side][i] = false;
        }
    }
}

/* Theta is common to all (entity 0); a site's persistent factor is its own. */
static void draw_year(const struct simulation *s, uint64_t first, size_t n, int year,
                      struct paths *paths)
{
    const struct persistence *persistence = &s->pool->persistence;
    const uint32_t quarter = 4u * (uint32_t)year + 3u;
    const struct claim_place place = {s->seed, s->entity, quarter};

    for (size_t i = 0; i < n; i++) {
        const double u = draw_at(s, first + i, 0, DRAW_THETA, quarter);
        const double v = draw_at(s, first + i, s->entity, DRAW_THETA, quarter);

        paths->log_factor[i] =
            year == 0 ? persistence_start(persistence, v)
                      : persistence_next(persistence, paths->log_factor[i], v);
        paths->theta[i] = common_factor_quantile(&s->pool->portfolio.factor, u) *
                          persistence_factor(persistence, paths->log_factor[i]);
    }
    claim_sampler_draw(&s->sampler, 0, &place, first, n, paths->people, paths->theta,
                       paths->kept, paths->ceded);
}

static double loss_after(const struct simulation *s, struct paths *paths, size_t i)
{
    const double factor = paths->error_factor[i];
    const double deviation = (paths->kept[i] + s->premium) / (s->budget * factor) - 1.0;

    return factor * contract_settle(&s->pool->contract, deviation, &paths->carried[i]);
}

static void take(struct paths *paths, enum pool_side side, size_t i, double loss)
{
    paths->reserve[side][i] -= loss;
    if (paths->reserve[side][i] < -SETTLED_NEAR)
        paths->ruined[side][i] = true;
}

static void settle_year(struct simulation *s, uint64_t first, size_t n, int year,
                        struct paths *paths)
{
    for (size_t i = 0; i < n; i++) {
        const double gross = paths->kept[i] + paths->ceded[i];
        const double before = gross / s->expected - 1.0;
        const double after = loss_after(s, paths, i);

        take(paths, POOL_BEFORE, i, before);
        take(paths, POOL_AFTER, i, after);
        if (year == 0) {
            s->loss[POOL_BEFORE][first + i] = before;
            s->loss[POOL_AFTER][first + i] = after;
        }
    }
}

static void count_ruin(struct simulation *s, size_t n, int year,
                       const struct paths *paths)
{
    for (int m = 0; m < RUIN_MEASURES; m++) {
        if (ruin_years[m] != year + 1)
            continue;
        for (int side = 0; side < POOL_SIDES; side++) {
            for (size_t i = 0; i < n; i++)
                s->ruined[side][m] += paths->ruined[side][i];
        }
    }
}

static void run_paths(struct simulation *s, uint64_t trials)
{
    struct paths paths;

    for (uint64_t first = 0; first < trials; first += BATCH) {
        const size_t n = trials - first < BATCH ? (size_t)(trials - first) : BATCH;

        start_paths(s, first, n, &paths);
        for (int year = 0; year < HR_POOL_YEARS; year++) {
            draw_year(s, first, n, year, &paths);
            settle_year(s, first, n, year, &paths);
            count_ruin(s, n, year, &paths);
        }
    }
}

/* Of a year's total; infinite without a fourth moment. */
static double kurtosis_of(const struct simulation *s, enum pool_side side)
{
    struct portfolio claims = s->pool->portfolio;
    struct claim_moments moments;
    struct hr_error unused;

    if (side == POOL_BEFORE)
        claims.limit = INFINITY;
    if (portfolio_needs_moment(&claims, 4, &unused) != HR_OK ||
        portfolio_kept(&claims, s->people, &moments, &unused) != HR_OK)
        return INFINITY;
    return 3.0 + claim_moments_excess_kurtosis(&moments);
}

static void compare_side(struct simulation *s, enum pool_side side, size_t trials,
                         double budget, struct hr_pool_value *value)
{
    const struct pool_sample sample = pool_sample_of(s->loss[side], trials, s->sorting);

    pool_compare_year(value, &sample, kurtosis_of(s, side), budget);
    for (int m = 0; m < RUIN_MEASURES; m++)
        pool_compare_chance(&value[HR_POOL_RUIN1 + m], (double)s->ruined[side][m],
                            (double)trials);
}

enum hr_status pool_simulated(const struct pool *pool, double people,
                              const struct hr_pool_options *options,
                              struct hr_pool_report *report, struct hr_error *error)
{
    const size_t trials = (size_t)options->trials;
    struct simulation s = {
        .pool = pool,
        .seed = options->seed,
        .entity = text_hash32("pool") | 0x80000000u,
        .people = people,
        .budget = report->budget,
        .premium = report->premium,
    };
    struct claim_moments kept;
    enum hr_status status =
        claim_sampler_init(&s.sampler, &pool->portfolio, people,
                           options->each_claim ? CLAIM_EACH : CLAIM_AUTO, error);

    if (status == HR_OK)
        status = portfolio_kept(&pool->portfolio, people, &kept, error);
    if (status != HR_OK)
        return status;
    s.expected = kept.mean + report->ceded;
    s.reserve[POOL_BEFORE] = pool->reserve * people / s.expected;
    s.reserve[POOL_AFTER] = pool->reserve * people / s.budget;
    s.loss[POOL_BEFORE] = calloc(4 * trials, sizeof(double));
    if (s.loss[POOL_BEFORE] == NULL)
        return hr_fail(error, HR_FAILED, "no memory for %zu trials", trials);
    s.loss[POOL_AFTER] = s.loss[POOL_BEFORE] + trials;
    s.sorting = s.loss[POOL_AFTER] + trials;
    run_paths(&s, trials);
    report->method = claim_method_name(s.sampler.method);
    compare_side(&s, POOL_BEFORE, trials, s.expected, report->before);
    compare_side(&s, POOL_AFTER, trials, s.budget, report->after);
    free(s.loss[POOL_BEFORE]);
    return HR_OK;
}
