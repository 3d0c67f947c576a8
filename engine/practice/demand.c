#include "demand.h"

#include "near_tie.h"

/* A stationary AR(1) in logs: its next state is memory x state + noise x z. */
static void open_process(const struct lanes *sd, const struct lanes *phi, int quarter,
                         struct demand_process *process)
{
    EACH_LANE (i) {
        const double s = sd->at[i], p = phi->at[i];
        const double later = s * sqrt(1.0 - p * p);

        process->memory.at[i] = quarter == 0 ? 0.0 : p;
        process->noise.at[i] = quarter == 0 ? s : later;
        process->mean.at[i] = 0.5 * s * s;
    }
}

void demand_common(const struct demand_parameters *demand,
                   const struct draw_source *source, int quarter,
                   struct drivers *drivers)
{
    struct demand_process process;
    struct lanes z;

    open_process(&demand->site_sd, &demand->site_phi, quarter, &drivers->site_demand);
    open_process(&demand->common_sd, &demand->common_phi, quarter, &process);
    lane_normal(source, draw_address(0, DRAW_COMMON_DEMAND, (uint32_t)quarter, 0), &z);
    EACH_LANE (i) {
        const double x = process.memory.at[i] * drivers->common_state.at[i] +
                         process.noise.at[i] * z.at[i];
        const double growth = 0.25 * quarter * log_of(1.0 + demand->growth.at[i]);

        drivers->common_state.at[i] = x;
        drivers->common.at[i] =
            exp_of(growth + x - process.mean.at[i]) * drivers->demand.at[i];
    }
}

void demand_lists(const struct demand_parameters *demand, const double *yearly,
                  int quarter, struct drivers *drivers)
{
    const double on = quarter == 0 ? 0.0 : 0.25;

    EACH_LANE (i) {
        const double drawn = demand->list_growth.at[i];
        const double growth = yearly == NULL ? drawn : *yearly;
        const double factor = exp_of(on * log_of(1.0 + growth));

        drivers->list_growth.at[i] = factor;
        drivers->grown.at[i] = quarter == 0 ? 1.0 : drivers->grown.at[i] * factor;
    }
}

void demand_site(const struct draw_source *source, uint32_t entity, int quarter,
                 const struct drivers *drivers, struct nature *nature)
{
    const struct demand_process *process = &drivers->site_demand;
    struct lanes z;

    lane_normal(source, draw_address(entity, DRAW_SITE_DEMAND, (uint32_t)quarter, 0),
                &z);
    EACH_LANE (i) {
        const double x = process->memory.at[i] * nature->demand_state.at[i] +
                         process->noise.at[i] * z.at[i];

        nature->demand_state.at[i] = x;
        nature->demand.at[i] = drivers->common.at[i] * exp_of(x - process->mean.at[i]);
    }
}
