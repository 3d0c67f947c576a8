#include "small_outcome.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const forms[SMALL_FORMS] = {"as now", "together"};
static const char *const labels[SMALL_FORMS] = {"As now", "Together"};
static const char *const nothing[SMALL_FORMS] = {"", ""};
static const char *const bearers[SMALL_BEARERS] = {"partners", "commissioner"};

static const struct column metric_column[SMALL_METRICS] = {
    {"npv_partners",
     "GBP",
     "what partners gain or lose",
     true,
     true,
     {HR_BETTER_HIGHER, "Bearers", "Position of partners", 1e6, "m", 2, false}},
    {"npv_commissioner",
     "GBP",
     "what the commissioner gains or loses",
     true,
     true,
     {HR_BETTER_HIGHER, "Public purse", "Position of the commissioner", 1e6, "m", 2,
      false}},
    {"partner_income",
     "GBP/fte-year",
     "profit per partner",
     true,
     false,
     {HR_BETTER_HIGHER, "GPs", "Partner income", 1e3, "k", 1, false}},
    {"imbalance",
     "share",
     "largest imbalance",
     false,
     false,
     {HR_BETTER_LOWER, "Quality", "Largest imbalance", 1.0, "", 1, false}},
};
static const struct column series_column[SMALL_SERIES] = {
    {"vacancy", "share", "vacant posts over wanted posts", false, false, {0}},
};
static const struct column site_column[SMALL_SITE_METRICS] = {
    {"lost", "probability", "closed", false, false, {0}},
};

static const char *const keys[] = {"patch.horizon_years", "workforce.leave_rate"};
static const char *const values[] = {"1", "beta mean 0.06 sd 0.01"};
static const char *const units[] = {"years", "1/year"};
static const char *const meanings[] = {"how far it looks", "share that leaves"};
static const char *const evidence[] = {"definition", "published"};
static const char *const sources[] = {"", "Caf\u00e9 survey, \u00a36 a head"};
static const char *const nobody[] = {"", ""};
static const double low[] = {1.0, 0.0}, high[] = {30.0, 1.0}, uplift[] = {1.0, 1.0};
static const double central[] = {1.0, 0.06}, neutral[] = {NAN, NAN};
static const double defaulted[] = {0.0, 1.0};

/* A number in [0, 1) that looks random and is the same everywhere. */
static double scatter(size_t i)
{
    return fmod((double)(i + 1) * 0.6180339887498949, 1.0);
}

static void fill_trials(struct small_outcome *small)
{
    for (size_t t = 0; t < SMALL_TRIALS; t++) {
        for (size_t f = 0; f < SMALL_FORMS; f++) {
            small->metric[0][f][t] = 1e6 * scatter(7 * t + f);
            small->metric[1][f][t] = -1e5 * scatter(11 * t + f);
            small->metric[2][f][t] = t % 10 == 3 ? NAN : 1e5 + 1e4 * scatter(t + f);
            small->metric[3][f][t] = 1e-16 * scatter(t);
        }
        small->parameter[t] = 0.06 + 0.01 * scatter(13 * t);
        small->near_ties[t] = t == 5 ? 1.0 : 0.0;
    }
}

static void fill_series(struct small_outcome *small)
{
    for (size_t f = 0; f < SMALL_FORMS; f++) {
        for (size_t q = 0; q < SMALL_QUARTERS; q++) {
            small->series[f][0][q] =
                moments_of(small->metric[2][f], SMALL_TRIALS - 100 * q);
            small->histogram[f][0][q].bin = small->bin[f][0][q];
            small->histogram[f][0][q].stride = 1;
            histogram_add(&small->histogram[f][0][q], small->metric[2][f],
                          SMALL_TRIALS - 100 * q);
        }
    }
}

static void fill_sites(struct small_outcome *small, const int order[SMALL_SITES])
{
    static const char *const code[] = {"A81001", "B81002", "C81003"};
    static const char *const name[] = {"The Elms", "Caf\u00e9 Street", "Riverside"};

    for (size_t s = 0; s < SMALL_SITES; s++) {
        const size_t own = (size_t)order[s];

        small->code[s] = code[own];
        small->name[s] = name[own];
        small->list[s] = 5000.0 + 1000.0 * (double)own;
        small->list_imputed[s] = own == 1 ? 1.0 : 0.0;
        small->cost_rate[s] = 60.0 + (double)own;
        for (size_t f = 0; f < SMALL_FORMS; f++) {
            small->site[f][s][0] = moments_of(small->metric[0][f], 100 + 50 * own);
            small->difference[f][s][0] = moments_of_difference(
                small->metric[0][f], small->metric[0][0], 100 + 50 * own);
        }
    }
}

/* Rows of the trial table after those of the metrics. */
enum {
    SMALL_PARAMETER = SMALL_METRICS * SMALL_FORMS,
    SMALL_NEAR_TIES,
};

static enum hr_status read_row(void *context, const struct row_stretch *stretch,
                               double *value, struct hr_error *error)
{
    const struct small_outcome *small = context;
    const double *row =
        stretch->row == SMALL_NEAR_TIES ? small->near_ties : small->parameter;

    (void)error;
    if (stretch->row < SMALL_PARAMETER)
        row = small->metric[stretch->row / SMALL_FORMS][stretch->row % SMALL_FORMS];
    memcpy(value, row + stretch->first, stretch->count * sizeof(*value));
    return HR_OK;
}

static void describe_results(struct small_outcome *small)
{
    struct outcome *outcome = &small->outcome;

    outcome->metrics = (struct outcome_trials){metric_column, SMALL_METRICS, 0};
    outcome->series = (struct outcome_series){
        .column = series_column,
        .count = SMALL_SERIES,
        .moments = &small->series[0][0][0],
        .histogram = &small->histogram[0][0][0],
    };
    outcome->site_metrics =
        (struct outcome_sites){site_column, SMALL_SITE_METRICS, &small->site[0][0][0],
                               &small->difference[0][0][0]};
    small->parameters[0] = (struct outcome_parameter){
        "workforce.leave_rate", "1/year", "share that leaves", SMALL_PARAMETER};
    outcome->parameter = small->parameters;
    outcome->parameters = 1;
    outcome->table = (struct row_source){read_row, small};
    outcome->near_ties = SMALL_NEAR_TIES;
}

static void describe_inputs(struct small_outcome *small)
{
    struct outcome *outcome = &small->outcome;

    small->numbers[0] = (struct outcome_practice_number){
        "list", "patients", "registered patients", small->list, small->list_imputed};
    small->words[0] =
        (struct outcome_practice_words){"practice_name", "name", small->name};
    outcome->practices = (struct outcome_practices){small->numbers, 1, small->words, 1};
    outcome->assumptions = (struct outcome_assumptions){
        2,      keys, values, units,  meanings, evidence, sources,  nobody,
        nobody, low,  high,   uplift, central,  neutral,  defaulted};
    outcome->calibration = (struct outcome_calibration){61.5, 0.98, small->cost_rate};
    outcome->words = (struct outcome_words){
        .question = "Who pays?", .label = labels, .about = nothing, .like = nothing};
    outcome->start_year = 2026;
    outcome->texts = (struct outcome_texts){
        .scenario = "title: small\n",
        .scenario_resolved = "{\"title\": \"small\"}",
        .practices_csv = "practice_code,list\nA81001,5000\n",
    };
}

static const struct outcome_origin origin = {
    .engine_version = "0.1.0",
    .commit = "abc1234",
    .build = "a compiler",
    .instruction_set = "v2",
    .host = "a machine",
    .started = "2026-07-01T09:00:00Z",
    .finished = "2026-07-01T09:00:05Z",
    .seconds = 5.0,
    .threads = 2,
};

static struct small_outcome *in_order(const int order[SMALL_SITES])
{
    struct small_outcome *small = calloc(1, sizeof(*small));

    small->outcome = (struct outcome){
        .origin = origin,
        .title = "A small patch",
        .price_base = "April-June 2026",
        .seed = UINT64_MAX, /* beyond what a double holds */
        .trials = SMALL_TRIALS,
        .forms = SMALL_FORMS,
        .quarters = SMALL_QUARTERS,
        .sites = SMALL_SITES,
        .bearers = SMALL_BEARERS,
        .form = forms,
        .site = small->code,
        .bearer = bearers,
    };
    fill_trials(small);
    fill_series(small);
    fill_sites(small, order);
    describe_results(small);
    describe_inputs(small);
    return small;
}

struct small_outcome *small_outcome(void)
{
    return in_order((const int[]){0, 1, 2});
}

struct small_outcome *shuffled_outcome(void)
{
    return in_order((const int[]){1, 2, 0});
}
