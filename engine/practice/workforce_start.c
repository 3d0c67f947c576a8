#include "workforce.h"

#include "near_tie.h"

static const double youngest = 26.0;
static const double oldest = 75.0;

double workforce_mean_fte(const int posts[ROLES], const double fte[ROLES])
{
    const double filled = posts[PARTNER] + posts[SALARIED];

    return workforce_fte(
        (posts[PARTNER] * fte[PARTNER] + posts[SALARIED] * fte[SALARIED]) / filled);
}

/* Share of time off sick in the long run. */
static double expected_sick(double sick_rate, double sick_years)
{
    return sick_rate / (sick_rate + 1.0 / sick_years);
}

static void capacity_expected(const struct parameters *parameters,
                              const struct site *site, struct nature *nature)
{
    const struct workforce_parameters *w = &parameters->workforce;
    const struct capacity_parameters *c = &parameters->capacity;
    const double filled = site->posts[PARTNER] + site->posts[SALARIED];
    const double partner_fte = site->posts[PARTNER] * site->fte[PARTNER];
    const double salaried_fte = site->posts[SALARIED] * site->fte[SALARIED];
    const double mean_fte = workforce_mean_fte(site->posts, site->fte);

    EACH_LANE (i) {
        const double sick = expected_sick(w->sick_rate.at[i], w->sick_years.at[i]);
        const double vacant = (nature->wanted.at[i] - filled) * mean_fte;
        const double able = partner_fte * c->productivity[PARTNER].at[i] +
                            salaried_fte * c->productivity[SALARIED].at[i];
        const double absent = sick * (partner_fte + salaried_fte) + vacant;

        const double expected = able * (1.0 - sick) + c->locum_cover.at[i] * absent;

        nature->work_of_fte.at[i] = c->gp_share.at[i] / expected;
        nature->fte_of_work.at[i] = expected / c->gp_share.at[i];
    }
}

void workforce_nature(const struct parameters *parameters,
                      const struct draw_source *source, const struct site *site,
                      struct nature *nature)
{
    const struct workforce_parameters *w = &parameters->workforce;
    const double filled = site->posts[PARTNER] + site->posts[SALARIED];
    const uint32_t entity = site->entity;
    struct lanes frailty, efficiency, windup, wanted;

    lane_normal(source, draw_address(entity, DRAW_FRAILTY, ONCE_PER_TRIAL, 0),
                &frailty);
    lane_normal(source, draw_address(entity, DRAW_EFFICIENCY, ONCE_PER_TRIAL, 0),
                &efficiency);
    lane_normal(source, draw_address(entity, DRAW_WINDUP, ONCE_PER_TRIAL, 0), &windup);
    lane_draw(source, draw_address(entity, DRAW_WANTED, ONCE_PER_TRIAL, 0), &wanted);
    lane_draw(source, draw_address(entity, DRAW_PARTICIPATION, ONCE_PER_TRIAL, 0),
              &nature->participation);
    EACH_LANE (i) {
        const double cv = w->frailty_cv.at[i];
        const double variance = log_of(1.0 + cv * cv);
        const double sd = parameters->money.efficiency_sd.at[i];
        const double posts = filled / (1.0 - w->vacancy_start.at[i]);

        nature->frailty.at[i] = exp_of(sqrt(variance) * frailty.at[i] - 0.5 * variance);
        nature->efficiency.at[i] = exp_of(sd * efficiency.at[i] - 0.5 * sd * sd);
        nature->windup_cost.at[i] =
            parameters->distress.windup_cost.at[i] *
            exp_of(parameters->distress.windup_sd.at[i] * windup.at[i]);
        nature->wanted_exact.at[i] = posts;
        nature->wanted_draw.at[i] = wanted.at[i];
        nature->wanted.at[i] = rounded(posts + (wanted.at[i] - 0.5));
        nature->demand_state.at[i] = 0.0;
    }
    capacity_expected(parameters, site, nature);
}

void workforce_newcomers(const struct workforce_parameters *workforce,
                         struct newcomer_range *range)
{
    for (int i = 0; i < LANES; i++) {
        const double mean = workforce->newcomer_mean.at[i];
        const double sd = workforce->newcomer_sd.at[i];
        const double below = normal_cdf((workforce->newcomer_min.at[i] - mean) / sd);

        range->below.at[i] = below;
        range->mass.at[i] =
            normal_cdf((workforce->newcomer_max.at[i] - mean) / sd) - below;
    }
}

/* Start post @p k of a group in each lane; returns those of them who are off sick. */
static uint64_t start_post(const struct workforce_parameters *w, int k, enum role role,
                           const struct lanes *site_z, const struct lanes *u_age,
                           const struct lanes *u_sick, struct lanes *score)
{
    uint64_t set = 0;

    EACH_LANE (i) {
        const double age = w->age_mean[role].at[i] +
                           w->age_site_sd.at[i] * site_z->at[i] +
                           w->age_sd[role].at[i] * normal_quantile(u_age->at[i]);
        const double working = w->retire_mid.at[i] - within(age, youngest, oldest);

        score->at[i] = exp_of(working / w->retire_spread.at[i]);
    }
    GATHER_LANES (i) {
        const double sick = expected_sick(w->sick_rate.at[i], w->sick_years.at[i]);

        set |= u_sick->at[i] < sick ? post_bit(k, i) : 0;
    }
    return set;
}

void workforce_start(const struct parameters *parameters,
                     const struct draw_source *source, const struct site *site,
                     struct practice *practice)
{
    const int filled = site->posts[PARTNER] + site->posts[SALARIED];
    const uint32_t entity = site->entity;
    struct lanes site_z, age[2], sick[2];

    practice->active = filled;
    lane_normal(source, draw_address(entity, DRAW_SITE_AGE, ONCE_PER_TRIAL, 0),
                &site_z);
    for (int g = 0; g < post_groups(site->slots); g++)
        practice->posts[g] = (struct post_group){0};
    for (int slot = 0; slot < filled; slot++) {
        const enum role role = slot < site->posts[PARTNER] ? PARTNER : SALARIED;
        const uint32_t pair = (uint32_t)slot / 2;
        const int odd = slot % 2, k = slot % POSTS;
        struct post_group *posts = &practice->posts[slot / POSTS];

        if (!odd) {
            lane_draw_two(source,
                          draw_address(entity, DRAW_START_AGE, ONCE_PER_TRIAL, pair),
                          &age[0], &age[1]);
            lane_draw_two(source,
                          draw_address(entity, DRAW_START_SICK, ONCE_PER_TRIAL, pair),
                          &sick[0], &sick[1]);
        }
        posts->sick |= start_post(&parameters->workforce, k, role, &site_z, &age[odd],
                                  &sick[odd], &practice->score[slot]);
        posts->today |= post_in_all(k);
        posts->held[role == PARTNER ? HOLDER_PARTNER : HOLDER_SALARIED] |=
            post_in_all(k);
    }
}
