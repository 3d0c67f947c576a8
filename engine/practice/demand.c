#include "demand.h"

#include "near_tie.h"

static double next_state(double state, double sd, double phi, double z, int quarter)
{
    const double first = sd * z;
    const double later = phi * state + sd * sqrt(1.0 - phi * phi) * z;

    return quarter == 0 ? first : later;
}

void demand_common(const struct demand_parameters *demand,
                   const struct draw_source *source, int quarter,
                   struct drivers *drivers)
{
    struct lanes z;

    lane_normal(source, draw_address(0, DRAW_COMMON_DEMAND, (uint32_t)quarter, 0), &z);
    EACH_LANE (i) {
        const double sd = demand->common_sd.at[i];
        const double x = next_state(drivers->common_state.at[i], sd,
                                    demand->common_phi.at[i], z.at[i], quarter);
        const double growth = 0.25 * quarter * log_of(1.0 + demand->growth.at[i]);

        drivers->common_state.at[i] = x;
        drivers->common.at[i] =
            exp_of(growth + x - 0.5 * sd * sd) * drivers->demand.at[i];
    }
}

void demand_site(const struct demand_parameters *demand,
                 const struct draw_source *source, uint32_t entity, int quarter,
                 const struct drivers *drivers, struct nature *nature)
{
    struct lanes z;

    lane_normal(source, draw_address(entity, DRAW_SITE_DEMAND, (uint32_t)quarter, 0),
                &z);
    EACH_LANE (i) {
        const double sd = demand->site_sd.at[i];
        const double x = next_state(nature->demand_state.at[i], sd,
                                    demand->site_phi.at[i], z.at[i], quarter);

        nature->demand_state.at[i] = x;
        nature->demand.at[i] = drivers->common.at[i] * exp_of(x - 0.5 * sd * sd);
    }
}
