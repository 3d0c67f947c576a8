#include "prices.h"

#include "near_tie.h"

/* Correlated standard normals of a year. */
static void shocks_of_year(const double cholesky[INDICES][INDICES],
                           const struct draw_source *source, int year,
                           struct lanes z[INDICES])
{
    const uint32_t quarter = (uint32_t)(4 * year);
    struct lanes e[INDICES];

    for (uint32_t pair = 0; pair < INDICES / 2; pair++)
        lane_draw_two(source, draw_address(0, DRAW_PRICES, quarter, pair), &e[2 * pair],
                      &e[2 * pair + 1]);
    for (int k = 0; k < INDICES; k++) {
        EACH_LANE (i)
            e[k].at[i] = normal_quantile(e[k].at[i]);
    }
    for (int k = 0; k < INDICES; k++) {
        EACH_LANE (i) {
            double sum = 0.0;

            for (int j = 0; j <= k; j++)
                sum += cholesky[k][j] * e[j].at[i];
            z[k].at[i] = sum;
        }
    }
}

void prices_start(const struct price_parameters *prices,
                  const double cholesky[INDICES][INDICES],
                  const struct draw_source *source, struct drivers *drivers)
{
    struct lanes z[INDICES];

    shocks_of_year(cholesky, source, 0, z);
    for (int k = 0; k < INDICES; k++) {
        EACH_LANE (i) {
            drivers->price_state[k].at[i] = prices->sd[k].at[i] * z[k].at[i];
            drivers->log_index[k].at[i] = 0.0;
            drivers->index[k].at[i] = 1.0;
        }
    }
}

void prices_step(const struct price_parameters *prices,
                 const double cholesky[INDICES][INDICES],
                 const struct draw_source *source, int year, struct drivers *drivers)
{
    struct lanes z[INDICES];
    struct lanes gap;

    shocks_of_year(cholesky, source, year, z);
    EACH_LANE (i) {
        const double w = prices->catch_up_weight.at[i];

        gap.at[i] = w * drivers->log_index[PAY].at[i] +
                    (1.0 - w) * drivers->log_index[PRICES].at[i] -
                    drivers->log_index[CONTRACT].at[i];
    }
    for (int k = 0; k < INDICES; k++) {
        EACH_LANE (i) {
            const double phi = prices->phi[k].at[i];
            const double step =
                prices->sd[k].at[i] * sqrt(1.0 - phi * phi) * z[k].at[i];
            const double margin = k == LOCUM ? prices->mean[PAY].at[i] : 0.0;
            const double caught =
                k == CONTRACT ? prices->catch_up.at[i] * gap.at[i] : 0.0;

            drivers->price_state[k].at[i] = phi * drivers->price_state[k].at[i] + step;
            drivers->log_index[k].at[i] +=
                prices->mean[k].at[i] + margin + drivers->price_state[k].at[i] + caught;
            drivers->index[k].at[i] = exp_of(drivers->log_index[k].at[i]);
        }
    }
}

void prices_replay(const double history[INDICES], struct drivers *drivers)
{
    for (int k = 0; k < INDICES; k++) {
        EACH_LANE (i)
            drivers->index[k].at[i] = history[k];
    }
}

void market_step(const struct parameters *parameters, const struct draw_source *source,
                 int quarter, struct drivers *drivers, struct lanes *near_ties)
{
    const struct market_parameters *market = &parameters->market;
    const struct lanes *months = parameters->workforce.months_to_fill;
    struct lanes u;

    lane_draw(source, draw_address(0, DRAW_MARKET, (uint32_t)quarter, 0), &u);
    EACH_LANE (i) {
        const double shortage = market->dwell_years[SHORTAGE].at[i];
        const double glut = market->dwell_years[GLUT].at[i];
        const double dwell = drivers->shortage.at[i] > 0.5 ? shortage : glut;
        const double time = quarter == 0 ? u.at[i] : event_time(u.at[i]);
        const double limit = quarter == 0 ? shortage / (shortage + glut) : 1.0 / dwell;
        const double event = below(time, limit, &near_ties->at[i]) ? 1.0 : 0.0;
        const double state =
            quarter == 0 ? event : fabs(drivers->shortage.at[i] - event);

        drivers->shortage.at[i] = state;
        drivers->locum_factor.at[i] = state > 0.5 ? market->locum_factor[SHORTAGE].at[i]
                                                  : market->locum_factor[GLUT].at[i];
        drivers->months_to_fill.at[i] =
            state > 0.5 ? months[SHORTAGE].at[i] : months[GLUT].at[i];
    }
}

/* Exact where the share is 0 or 1. */
static double between(const struct lanes market[MARKETS], double shortage, int i)
{
    return shortage * market[SHORTAGE].at[i] + (1.0 - shortage) * market[GLUT].at[i];
}

void market_replay(const struct parameters *parameters, double shortage,
                   struct drivers *drivers)
{
    EACH_LANE (i) {
        drivers->shortage.at[i] = shortage;
        drivers->locum_factor.at[i] =
            between(parameters->market.locum_factor, shortage, i);
        drivers->months_to_fill.at[i] =
            between(parameters->workforce.months_to_fill, shortage, i);
    }
}
