#include "demand.h"

#include "near_tie.h"
#include "workforce.h"

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

/* So many sites go side by side through the steps below, each of which waits for the
 * one before but not for that of another site. */
enum { TOGETHER = 16 };

/* Whether some lane lies in the far tail, once in 10^11 draws. */
static bool find_roots(const struct lanes *uniform, struct lanes *root)
{
    uint64_t set = 0;

    EACH_LANE (i)
        root->at[i] = quantile_root(uniform->at[i]);
    GATHER_LANES (i)
        set |= root->at[i] > QUANTILE_FAR ? lane_bit[i] : 0;
    return set != 0;
}

static void find_normals(const struct lanes *uniform, bool far, struct lanes *root)
{
    if (far) {
        EACH_LANE (i)
            root->at[i] = normal_quantile(uniform->at[i]);
        return;
    }
    EACH_LANE (i)
        root->at[i] = normal_quantile_near(uniform->at[i], root->at[i]);
}

static void step(const struct drivers *drivers, const struct lanes *z,
                 struct nature *nature)
{
    const struct demand_process *process = &drivers->site_demand;

    EACH_LANE (i) {
        const double x = process->memory.at[i] * nature->demand_state.at[i] +
                         process->noise.at[i] * z->at[i];

        nature->demand_state.at[i] = x;
        nature->demand.at[i] = drivers->common.at[i] * exp_of(x - process->mean.at[i]);
    }
}

/* May write the demand of some sites and its state; z begins as the root of its tail.
 */
static void step_together(const struct draw_source *source, const struct site *site,
                          int count, int quarter, const struct drivers *drivers,
                          struct nature *nature)
{
    struct lanes uniform[TOGETHER], z[TOGETHER];
    bool far[TOGETHER];

    for (int s = 0; s < count; s++)
        lane_draw(source,
                  draw_address(site[s].entity, DRAW_SITE_DEMAND, (uint32_t)quarter, 0),
                  &uniform[s]);
    for (int s = 0; s < count; s++)
        far[s] = find_roots(&uniform[s], &z[s]);
    for (int s = 0; s < count; s++)
        find_normals(&uniform[s], far[s], &z[s]);
    for (int s = 0; s < count; s++)
        step(drivers, &z[s], &nature[s]);
}

void demand_sites(const struct draw_source *source, const struct site *site, int sites,
                  int quarter, const struct drivers *drivers, struct nature *nature)
{
    for (int s = 0; s < sites; s += TOGETHER) {
        const int left = sites - s;

        step_together(source, &site[s], left < TOGETHER ? left : TOGETHER, quarter,
                      drivers, &nature[s]);
    }
}
