/* The simulated half of a pool's report: paths of ten years, the first of which
 * gives the measures of a year, and all of which give ruin. */
#include "pool.h"

#include "draw.h"
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
    if (paths->reserve[side][i] < 0.0)
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

/* --- statistics ------------------------------------------------------------ */

static int ascending(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;

    return (a > b) - (a < b);
}

struct sample {
    const double *sorted;
    size_t n;
    double mean, sd, kurtosis;
};

static struct sample sample_of(double *loss, size_t n)
{
    struct sample s = {.sorted = loss, .n = n};
    double second = 0.0, fourth = 0.0;

    for (size_t i = 0; i < n; i++)
        s.mean += loss[i] / (double)n;
    for (size_t i = 0; i < n; i++) {
        const double square = (loss[i] - s.mean) * (loss[i] - s.mean);

        second += square / (double)n;
        fourth += square * square / (double)n;
    }
    s.sd = sqrt(second);
    s.kurtosis = second > 0.0 ? fourth / (second * second) : 1.0;
    qsort(loss, n, sizeof(*loss), ascending);
    return s;
}

static double sample_quantile(const struct sample *s, double p)
{
    const size_t at = (size_t)((double)s->n * p);

    return s->sorted[at < s->n ? at : s->n - 1];
}

static void compare(struct hr_pool_value *value, double simulated,
                    double standard_error)
{
    value->simulated = simulated;
    value->standard_error = standard_error;
    value->z = standard_error > 0.0 ? (simulated - value->exact) / standard_error : NAN;
}

/* Binomial, with the exact chance where there is one; no z on under ten events. */
static void compare_chance(struct hr_pool_value *value, double events, double n)
{
    const double p = isnan(value->exact) ? events / n : value->exact;
    const double likely = p < 0.5 ? p : 1.0 - p;

    compare(value, events / n, sqrt(fmax(p * (1.0 - p), 0.0) / n));
    if (!(n * likely >= 10.0))
        value->z = NAN;
}

static double events_above(const struct sample *s, double loss)
{
    size_t low = 0, high = s->n;

    while (low < high) {
        const size_t middle = (low + high) / 2;

        if (s->sorted[middle] > loss)
            high = middle;
        else
            low = middle + 1;
    }
    return (double)(s->n - low);
}

/* Standard error sqrt(p (1-p)/n)/f, the density by the sample's own spacing. */
static double quantile_error(const struct sample *s, double p)
{
    const double width = 2.0 * sqrt(p * (1.0 - p) / (double)s->n);

    return (sample_quantile(s, p + width) - sample_quantile(s, p - width)) / 4.0;
}

static void compare_tail(struct hr_pool_value *value, const struct sample *s, double p,
                         double budget)
{
    const size_t from = (size_t)((double)s->n * p);
    const double n = (double)(s->n - from), quantile = sample_quantile(s, p);
    double mean = 0.0, square = 0.0;

    for (size_t i = from; i < s->n; i++) {
        mean += s->sorted[i] / n;
        square += s->sorted[i] * s->sorted[i] / n;
    }
    compare(value, budget * (1.0 + mean),
            budget * sqrt((fmax(square - mean * mean, 0.0) +
                           p * (mean - quantile) * (mean - quantile)) /
                          n));
}

static void compare_year(struct hr_pool_value *side, const struct sample *s,
                         double budget)
{
    const double n = (double)s->n, mean = budget * (1.0 + s->mean);
    const double sd_error = s->sd * sqrt((s->kurtosis - 1.0) / (4.0 * n));
    const double q95 = sample_quantile(s, 0.95), q99 = sample_quantile(s, 0.99);
    const double e95 = quantile_error(s, 0.95), e99 = quantile_error(s, 0.99);

    compare(&side[HR_POOL_MEAN], mean, budget * s->sd / sqrt(n));
    compare(&side[HR_POOL_SD], budget * s->sd, budget * sd_error);
    compare(&side[HR_POOL_CV], budget * s->sd / mean, budget * sd_error / mean);
    compare(&side[HR_POOL_Q95], budget * (1.0 + q95), budget * e95);
    compare(&side[HR_POOL_Q99], budget * (1.0 + q99), budget * e99);
    compare(&side[HR_POOL_RESERVE20], budget * fmax(q95, 0.0), budget * e95);
    compare(&side[HR_POOL_RESERVE100], budget * fmax(q99, 0.0), budget * e99);
    compare_tail(&side[HR_POOL_TVAR99], s, 0.99, budget);
    compare_chance(&side[HR_POOL_P1], events_above(s, 0.01), n);
    compare_chance(&side[HR_POOL_P2], events_above(s, 0.02), n);
    compare_chance(&side[HR_POOL_P5], events_above(s, 0.05), n);
}

/* Without a fourth moment the sd of a sample has no standard error. */
static void without_kurtosis(const struct simulation *s, enum pool_side side,
                             struct hr_pool_value *value)
{
    struct portfolio claims = s->pool->portfolio;
    struct hr_error unused;

    if (side == POOL_BEFORE)
        claims.limit = INFINITY;
    if (portfolio_needs_moment(&claims, 4, &unused) == HR_OK)
        return;
    value[HR_POOL_SD].standard_error = value[HR_POOL_SD].z = NAN;
    value[HR_POOL_CV].standard_error = value[HR_POOL_CV].z = NAN;
}

static void compare_side(struct simulation *s, enum pool_side side, size_t trials,
                         double budget, struct hr_pool_value *value)
{
    const struct sample sample = sample_of(s->loss[side], trials);

    compare_year(value, &sample, budget);
    without_kurtosis(s, side, value);
    for (int m = 0; m < RUIN_MEASURES; m++)
        compare_chance(&value[HR_POOL_RUIN1 + m], (double)s->ruined[side][m],
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
    s.loss[POOL_BEFORE] = malloc(2 * trials * sizeof(double));
    if (s.loss[POOL_BEFORE] == NULL)
        return hr_fail(error, HR_FAILED, "no memory for %zu trials", trials);
    s.loss[POOL_AFTER] = s.loss[POOL_BEFORE] + trials;
    run_paths(&s, trials);
    report->method = claim_method_name(s.sampler.method);
    compare_side(&s, POOL_BEFORE, trials, s.expected, report->before);
    compare_side(&s, POOL_AFTER, trials, s.budget, report->after);
    free(s.loss[POOL_BEFORE]);
    return HR_OK;
}
