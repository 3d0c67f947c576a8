/* Quantities that are a formula of a row's parameters. */
#include "published_case.h"

#include "gaussian.h"
#include "need_error.h"

#include <math.h>

/* s sqrt((1-a)^2 + (2a-a^2)/J), a common variance outside */
static enum hr_status pooled_sd_of(const struct published_case *row, double *value,
                                   struct hr_error *error)
{
    const double a = row->share;
    const double own = (1.0 - a) * (1.0 - a) + (2.0 * a - a * a) / row->members;

    (void)error;
    *value = 100.0 * sqrt(row->sd * row->sd * own + row->factor);
    return HR_OK;
}

/* Phi(s - z(1 - a/q)): the dearest a of a population of which q cost anything */
static enum hr_status top_share_of(const struct published_case *row, double *value,
                                   struct hr_error *error)
{
    (void)error;
    *value = 100.0 * normal_above(normal_quantile(1.0 - row->argument / row->users) -
                                  row->log_sd);
    return HR_OK;
}

static enum hr_status top_share_of_users_of(const struct published_case *row,
                                            double *value, struct hr_error *error)
{
    struct published_case users = *row;

    users.users = 1.0;
    return top_share_of(&users, value, error);
}

static enum hr_status two_part_k_of(const struct published_case *row, double *value,
                                    struct hr_error *error)
{
    (void)error;
    *value = sqrt(exp(row->log_sd * row->log_sd) / row->users - 1.0);
    return HR_OK;
}

static double ratio_sd(const struct published_case *row)
{
    return row->sigma / sqrt(row->people);
}

static enum hr_status ratio_error_of(const struct published_case *row, double *value,
                                     struct hr_error *error)
{
    (void)error;
    *value = ratio_sd(row);
    return HR_OK;
}

static enum hr_status ratio_above_of(const struct published_case *row, double *value,
                                     struct hr_error *error)
{
    (void)error;
    *value = normal_above((row->argument - row->ratio_mean) / ratio_sd(row));
    return HR_OK;
}

static enum hr_status ratio_below_of(const struct published_case *row, double *value,
                                     struct hr_error *error)
{
    const enum hr_status status = ratio_above_of(row, value, error);

    *value = 1.0 - *value;
    return status;
}

static enum hr_status ratio_level_of(const struct published_case *row, double *value,
                                     struct hr_error *error)
{
    (void)error;
    *value = row->ratio_mean + row->argument * ratio_sd(row);
    return HR_OK;
}

/* P(|N(0, k^2/n + sd^2)| > x) for both parts of the error */
static double gap_beyond(const struct published_case *row, double people)
{
    const double random = row->k * row->k / people;
    const struct need_error whole = {
        .sd = sqrt(random + row->error_sd * row->error_sd),
        .wide_share = row->wide_share,
        .wide_sd = sqrt(random + row->wide_sd * row->wide_sd),
    };

    return need_error_beyond(&whole, row->argument);
}

/* over lognormal lists, by the trapezium rule in the logarithm */
static enum hr_status gap_percent_of(const struct published_case *row, double *value,
                                     struct hr_error *error)
{
    const double s = sqrt(log(1.0 + row->list_cv * row->list_cv));
    double sum = 0.0, weights = 0.0;

    (void)error;
    for (int i = -160; i <= 160; i++) {
        const double z = 0.05 * i, weight = exp(-0.5 * z * z);

        sum += weight * gap_beyond(row, row->list_mean * exp(s * z - 0.5 * s * s));
        weights += weight;
    }
    *value = 100.0 * sum / weights;
    return HR_OK;
}

const struct quantity published_formulas[] = {
    {"pooled_sd_percent", pooled_sd_of},
    {"top_share", top_share_of},
    {"top_share_of_users", top_share_of_users_of},
    {"two_part_k", two_part_k_of},
    {"ratio_error", ratio_error_of},
    {"ratio_above", ratio_above_of},
    {"ratio_below", ratio_below_of},
    {"ratio_level", ratio_level_of},
    {"gap_percent", gap_percent_of},
    {NULL, NULL},
};
