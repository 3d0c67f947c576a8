#include "need_error.h"

#include "gaussian.h"

enum { NODES_A_LAW = NEED_NODES / 2 };

enum hr_status need_error_check(const struct need_error *error_law,
                                struct hr_error *error)
{
    if (!(error_law->sd >= 0.0 && error_law->sd <= 1.0))
        return hr_fail(error, HR_BAD_INPUT,
                       "a risk-adjustment error of sd %g is outside [0, 1]",
                       error_law->sd);
    if (!(error_law->wide_share >= 0.0 && error_law->wide_share <= 1.0))
        return hr_fail(error, HR_BAD_INPUT,
                       "a share of badly adjusted holders of %g is outside [0, 1]",
                       error_law->wide_share);
    if (error_law->wide_share > 0.0 &&
        !(error_law->wide_sd >= error_law->sd && error_law->wide_sd <= 1.0))
        return hr_fail(error, HR_BAD_INPUT,
                       "the wider risk-adjustment error, sd %g, is not between sd %g "
                       "and 1",
                       error_law->wide_sd, error_law->sd);
    return HR_OK;
}

/* The budget is right on average. */
double need_error_log_mean(const struct need_error *error_law)
{
    const struct need_error *law = error_law;

    return log_of((1.0 - law->wide_share) * exp_of(0.5 * law->sd * law->sd) +
                  law->wide_share * exp_of(0.5 * law->wide_sd * law->wide_sd));
}

double need_error_factor(const struct need_error *error_law, double u, double which)
{
    const double sd =
        which < error_law->wide_share ? error_law->wide_sd : error_law->sd;

    return exp_of(sd * normal_quantile(u) - need_error_log_mean(error_law));
}

/* Var[exp e]/E[exp e]^2 of the mixture, over their number. */
struct need_error need_error_of_many(const struct need_error *error_law, double many)
{
    const double wide = error_law->wide_share;
    const double square = (1.0 - wide) * exp_of(2.0 * error_law->sd * error_law->sd) +
                          wide * exp_of(2.0 * error_law->wide_sd * error_law->wide_sd);
    const double variance =
        square * exp_of(-2.0 * need_error_log_mean(error_law)) - 1.0;

    return (struct need_error){.sd = sqrt(log_of(1.0 + variance / many))};
}

double need_error_beyond(const struct need_error *error_law, double x)
{
    const double narrow = error_law->sd > 0.0 ? normal_above(x / error_law->sd) : 0.0;
    const double wide =
        error_law->wide_sd > 0.0 ? normal_above(x / error_law->wide_sd) : 0.0;

    return 2.0 *
           ((1.0 - error_law->wide_share) * narrow + error_law->wide_share * wide);
}

static void add_point(struct need_nodes *nodes, double share, double shift)
{
    nodes->factor[nodes->n] = exp_of(-shift);
    nodes->half_width[nodes->n] = nodes->lean[nodes->n] = 0.0;
    nodes->weight[nodes->n++] = share;
}

/* The trapezium rule over +-6 sd of each law. */
static void add_normal(struct need_nodes *nodes, double sd, double share, double shift)
{
    double sum = 0.0;

    if (!(sd > 0.0)) {
        add_point(nodes, share, shift);
        return;
    }
    for (int i = 0; i < NODES_A_LAW; i++) {
        const double z = 6.0 * (2.0 * i / (NODES_A_LAW - 1) - 1.0);

        sum += exp_of(-0.5 * z * z);
    }
    for (int i = 0; i < NODES_A_LAW; i++) {
        const double z = 6.0 * (2.0 * i / (NODES_A_LAW - 1) - 1.0);

        nodes->factor[nodes->n] = exp_of(sd * z - shift);
        nodes->half_width[nodes->n] = 6.0 * sd / (NODES_A_LAW - 1);
        nodes->lean[nodes->n] = -NEED_CELL * z;
        nodes->weight[nodes->n++] = share * exp_of(-0.5 * z * z) / sum;
    }
}

void need_error_nodes(const struct need_error *error_law, struct need_nodes *nodes)
{
    const double shift = need_error_log_mean(error_law);

    nodes->n = 0;
    if (error_law->wide_share < 1.0)
        add_normal(nodes, error_law->sd, 1.0 - error_law->wide_share, shift);
    if (error_law->wide_share > 0.0)
        add_normal(nodes, error_law->wide_sd, error_law->wide_share, shift);
}
