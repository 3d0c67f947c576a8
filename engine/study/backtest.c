#include "headroom/backtest.h"

#include "backtest_parts.h"
#include "sample.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** A run being scored. */
struct scoring {
    const struct hr_scenario *scenario;
    const struct hr_observed *observed;
    const struct sights *sights;
    struct hr_backtest *backtest;
    size_t trials;
    double *total;     /**< [trials] of the rows of a group */
    double *value;     /**< [trials] of one row */
    double *sorted;    /**< [2 trials] */
    double *mean, *sd; /**< [rows] of a naive forecast */
};

static double mean_of(const double *x, size_t n)
{
    double sum = 0.0;

    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum / (double)n;
}

static double sd_of(const double *x, size_t n)
{
    const double mean = mean_of(x, n);
    double sum = 0.0;

    for (size_t i = 0; i < n; i++)
        sum += (x[i] - mean) * (x[i] - mean);
    return n > 1 ? sqrt(sum / ((double)n - 1.0)) : 0.0;
}

static struct field_of_view view_of(const struct scoring *scoring,
                                    const struct observed_row *row)
{
    struct field_of_view view = {
        .one_site = row->kind == BY_PRACTICE, .low = row->low, .high = row->high};

    observed_quarters(scoring->observed, row, &view.first, &view.last);
    if (view.one_site && !sights_find(scoring->sights, row->site, &view.site))
        view.low = INFINITY; /* reading refuses it */
    return view;
}

/* The trials in which the number exists, one after the other; where it does not, the
 * total takes their mean for it. */
static size_t fill_values(const struct scoring *scoring, const struct observed_row *row)
{
    const struct field_of_view view = view_of(scoring, row);
    double *all = scoring->sorted, mean;
    size_t n = 0;

    for (size_t t = 0; t < scoring->trials; t++) {
        all[t] = sights_value(scoring->sights, row->observable, &view, t);
        if (!isnan(all[t]))
            scoring->value[n++] = all[t];
    }
    mean = mean_of(scoring->value, n);
    for (size_t t = 0; t < scoring->trials; t++)
        scoring->total[t] += isnan(all[t]) ? mean : all[t];
    return n;
}

static void fill_intervals(const struct scoring *scoring, size_t n,
                           struct hr_forecast *forecast)
{
    const struct sample sample = sample_sort(scoring->value, n, scoring->sorted);
    const double error = forecast->standard_error;
    const struct {
        double p, *to;
    } ends[] = {{0.25, &forecast->low_50},
                {0.75, &forecast->high_50},
                {0.05, &forecast->low_90},
                {0.95, &forecast->high_90}};

    for (size_t k = 0; k < sizeof(ends) / sizeof(*ends); k++)
        *ends[k].to = sample.count == 0 ? NAN
                                        : score_quantile(sample.value, sample.count,
                                                         ends[k].p, error);
}

static void score_row(const struct scoring *scoring, const struct observed_row *row,
                      struct hr_forecast *forecast)
{
    const size_t n = fill_values(scoring, row);

    *forecast = (struct hr_forecast){
        .measure = row->observable->shown.name,
        .year = row->year,
        .site = row->site,
        .list = row->list,
        .value = row->seen.value,
        .standard_error = row->seen.error,
        .fitted = row->fitted,
        .mean = mean_of(scoring->value, n),
        .sd = sd_of(scoring->value, n),
        .trials = n,
        .pit = n == 0 ? NAN : score_pit(scoring->value, n, row->seen),
        .crps = n == 0 ? NAN : score_crps(scoring->value, n, row->seen),
        .naive_mean = NAN,
        .naive_sd = NAN,
        .naive_crps = NAN,
    };
    forecast->error = forecast->sd / sqrt((double)n);
    fill_intervals(scoring, n, forecast);
}

static bool is_within(double pit, double width)
{
    return fabs(pit - 0.5) <= 0.5 * width;
}

/* Rows of one measure and kind, from a first one on. */
static size_t group_end(const struct hr_observed *observed, size_t first)
{
    size_t end = first;

    while (end < observed->rows &&
           observed->row[end].observable == observed->row[first].observable &&
           observed->row[end].kind == observed->row[first].kind)
        end++;
    return end;
}

static void count_row(struct hr_forecast_group *group,
                      const struct hr_forecast *forecast)
{
    group->rows++;
    group->in_50 += is_within(forecast->pit, 0.5);
    group->in_90 += is_within(forecast->pit, 0.9);
    group->fitted |= forecast->fitted;
    group->crps += forecast->crps;
}

/* Of all rows together: how far off, and for practices, each a yes or no, whether their
 * sum is within its interval. */
static void score_total(const struct scoring *scoring, struct hr_forecast_group *group,
                        enum observed_kind kind)
{
    const struct hr_forecast *forecast = &scoring->backtest->forecast[group->first];
    const double mean = mean_of(scoring->total, scoring->trials);
    double seen = 0.0, pit;

    for (size_t i = 0; i < group->rows; i++)
        seen += forecast[i].value;
    group->bias = seen == 0.0 ? NAN : (mean - seen) / fabs(seen);
    group->bias_error = seen == 0.0 ? NAN
                                    : sd_of(scoring->total, scoring->trials) /
                                          sqrt((double)scoring->trials) / fabs(seen);
    pit = score_pit(scoring->total, scoring->trials, (struct observation){seen, 0.0});
    if (kind == BY_PRACTICE) {
        group->in_50 = is_within(pit, 0.5);
        group->in_90 = is_within(pit, 0.9);
    }
}

static double start_of(const struct scoring *scoring, const struct observed_row *row)
{
    const struct field_of_view view = {.high = INFINITY};

    if (row->kind != OF_ALL || !row->observable->shown.at_a_time)
        return NAN;
    for (size_t t = 0; t < scoring->trials; t++)
        scoring->value[t] = sights_value(scoring->sights, row->observable, &view, t);
    return mean_of(scoring->value, scoring->trials);
}

/* Of a chance CRPS is Brier's score. */
static double naive_score(const struct scoring *scoring, const struct naive *naive,
                          size_t i, struct observation seen)
{
    const double mean = scoring->mean[i];

    return naive->of_chance ? (seen.value - mean) * (seen.value - mean)
                            : score_crps_normal(mean, scoring->sd[i], seen);
}

/* Take a naive forecast where it did better than those before it. */
static void take_naive(const struct scoring *scoring, struct hr_forecast_group *group,
                       const struct naive_inputs *in, const struct naive *naive)
{
    struct hr_forecast *forecast = &scoring->backtest->forecast[group->first];
    const struct observed_row *row = &scoring->observed->row[in->first];
    double sum = 0.0;

    for (size_t i = 0; i < in->end - in->first; i++) {
        if (!row[i].known)
            sum += naive_score(scoring, naive, i, row[i].seen);
    }
    sum /= (double)group->rows;
    if (group->naive != NULL && group->naive_crps <= sum)
        return;
    group->naive = naive->name;
    group->naive_crps = sum;
    for (size_t i = 0; i < in->end - in->first; i++) {
        if (row[i].known)
            continue;
        forecast->naive_mean = scoring->mean[i];
        forecast->naive_sd = scoring->sd[i];
        forecast++->naive_crps = naive_score(scoring, naive, i, row[i].seen);
    }
}

static void compare_naives(const struct scoring *scoring,
                           struct hr_forecast_group *group, size_t first, size_t end)
{
    const struct naive_inputs in = {
        .observed = scoring->observed,
        .scenario = scoring->scenario,
        .first = first,
        .end = end,
        .start = start_of(scoring, &scoring->observed->row[first]),
    };

    group->naive_crps = NAN;
    for (int k = 0; k < NAIVES; k++) {
        if (naives[k].make(&in, scoring->mean, scoring->sd))
            take_naive(scoring, group, &in, &naives[k]);
    }
}

static void judge(struct hr_forecast_group *group, enum observed_kind kind)
{
    const size_t rows = kind == BY_PRACTICE ? 1 : group->rows;

    group->crps /= (double)group->rows;
    group->calibrated = score_at_least(rows - group->in_90, rows, 0.1) > 0.1 + 1e-9;
    group->skilled =
        group->naive == NULL || group->crps <= HR_WORST_SKILL * group->naive_crps;
}

static void score_group(const struct scoring *scoring, size_t first, size_t end)
{
    static const char *const kinds[] = {"", "by list", "by practice"};
    const struct observed_row *row = scoring->observed->row;
    struct hr_backtest *backtest = scoring->backtest;
    struct hr_forecast_group *group = &backtest->group[backtest->groups];

    *group = (struct hr_forecast_group){.measure = row[first].observable->shown.name,
                                        .kind = kinds[row[first].kind],
                                        .first = backtest->forecasts};
    memset(scoring->total, 0, scoring->trials * sizeof(*scoring->total));
    for (size_t i = first; i < end; i++) {
        if (row[i].known)
            continue;
        score_row(scoring, &row[i], &backtest->forecast[backtest->forecasts]);
        count_row(group, &backtest->forecast[backtest->forecasts++]);
    }
    if (group->rows == 0)
        return;
    score_total(scoring, group, row[first].kind);
    compare_naives(scoring, group, first, end);
    judge(group, row[first].kind);
    backtest->groups++;
}

static void score_all(const struct scoring *scoring)
{
    size_t end;

    for (size_t first = 0; first < scoring->observed->rows; first = end) {
        end = group_end(scoring->observed, first);
        score_group(scoring, first, end);
    }
    backtest_sentences(scoring->backtest);
}

static enum hr_status score(struct scoring *scoring, struct hr_error *error)
{
    const size_t rows = scoring->observed->rows, n = scoring->trials;
    double *memory = calloc(4 * n + 2 * rows, sizeof(*memory));

    scoring->backtest->trials = n;
    scoring->backtest->forecast = calloc(rows, sizeof(struct hr_forecast));
    if (memory == NULL || scoring->backtest->forecast == NULL) {
        free(memory);
        return hr_fail(error, HR_FAILED, "no memory to score %zu rows", rows);
    }
    scoring->total = memory;
    scoring->value = memory + n;
    scoring->sorted = memory + 2 * n;
    scoring->mean = memory + 4 * n;
    scoring->sd = memory + 4 * n + rows;
    score_all(scoring);
    free(memory);
    return HR_OK;
}

static enum hr_status run_and_score(struct scoring *scoring,
                                    const struct hr_run_options *options,
                                    struct hr_error *error)
{
    const uint64_t trials = (uint64_t)hr_scenario_number(scoring->scenario, "trials");
    struct hr_runner *runner = NULL;
    struct hr_result *result = NULL;
    struct sights *sights = NULL;
    enum hr_status status = hr_run_open(scoring->scenario, options, &runner, error);

    if (status == HR_OK)
        status = hr_run_advance(runner, trials, error);
    if (status == HR_OK)
        status = hr_run_result(runner, &result, error);
    if (status == HR_OK)
        status = sights_open(result, hr_scenario_text(scoring->scenario, "reference"),
                             &sights, error);
    if (status == HR_OK) {
        scoring->sights = sights;
        scoring->trials = sights_trials(sights);
        status = score(scoring, error);
    }
    sights_close(sights);
    hr_result_close(result);
    hr_run_close(runner);
    return status;
}

/* The scenario that stores its practices by quarter too. */
static enum hr_status run_storing(struct scoring *scoring,
                                  const struct hr_run_options *options,
                                  struct hr_error *error)
{
    static const char *const stores = "store.sites=quarterly";
    struct hr_messages problems = {0};
    struct hr_scenario *storing = NULL;
    struct hr_base *base = NULL;
    enum hr_status status = hr_base_open(scoring->scenario, &base, &problems);

    if (status == HR_OK)
        status = hr_base_variant(base, &stores, 1, &storing, &problems);
    if (status != HR_OK) {
        (void)hr_fail(error, status, "%s",
                      problems.count > 0 ? problems.item[0].text : "no memory");
    } else {
        scoring->scenario = storing;
        status = run_and_score(scoring, options, error);
    }
    hr_messages_free(&problems);
    hr_scenario_free(storing);
    hr_base_close(base);
    return status;
}

enum hr_status hr_backtest_run(const struct hr_scenario *scenario,
                               const struct hr_observed *observed,
                               const struct hr_run_options *options,
                               struct hr_backtest **backtest, struct hr_error *error)
{
    struct scoring scoring = {.scenario = scenario, .observed = observed};

    *backtest = scoring.backtest = calloc(1, sizeof(**backtest));
    if (*backtest == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a back-test");
    if (run_storing(&scoring, options, error) == HR_OK)
        return HR_OK;
    hr_backtest_free(*backtest);
    *backtest = NULL;
    return error->status;
}

void hr_backtest_free(struct hr_backtest *backtest)
{
    if (backtest != NULL)
        free(backtest->forecast);
    free(backtest);
}
