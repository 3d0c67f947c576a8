#include "ending_rate.h"

#include "elementary.h"

static const double usual_list = 7000.0;

/* A factor of mean 1 and a log standard deviation. */
static void factor_of(const struct lanes *sd, const struct lanes *z,
                      struct lanes *factor)
{
    EACH_LANE (i) {
        const double s = sd->at[i];

        factor->at[i] = exp_of(s * z->at[i] - 0.5 * s * s);
    }
}

void ending_rate_start(const struct distress_parameters *distress,
                       const struct draw_source *source, uint32_t area,
                       double start_list, struct nature *nature)
{
    const double size = log_of(start_list / usual_list);
    struct lanes z;

    lane_normal(source, draw_address(area, DRAW_ENDING_AREA, ONCE_PER_TRIAL, 0), &z);
    factor_of(&distress->ending_area_sd, &z, &nature->ending);
    EACH_LANE (i)
        nature->ending.at[i] *=
            distress->ending_rate.at[i] * exp_of(-distress->ending_size.at[i] * size);
}

void ending_rate_year(const struct distress_parameters *distress,
                      const struct draw_source *source, int quarter,
                      struct drivers *drivers)
{
    struct lanes z;

    if (quarter % 4 != 0)
        return;
    lane_normal(source, draw_address(0, DRAW_ENDING_YEAR, (uint32_t)quarter, 0), &z);
    factor_of(&distress->ending_year_sd, &z, &drivers->ending_year);
}

/* No list is shorter than it was at the start, but by growth that is common to all. */
void ending_rate_most(const struct distress_parameters *distress,
                      const struct lanes *factor, struct drivers *drivers)
{
    EACH_LANE (i) {
        const double shrunk = smaller(1.0, drivers->grown.at[i]);

        drivers->ending_most.at[i] =
            factor->at[i] * drivers->ending_year.at[i] *
            exp_of(-distress->ending_size.at[i] * log_of(shrunk));
    }
}

void ending_rate_draw(const struct draw_source *source, uint32_t entity, int quarter,
                      struct nature *nature)
{
    const struct draw_source s = *source;
    const uint64_t address = draw_address(entity, DRAW_NOTICE, (uint32_t)quarter, 0);

    EACH_LANE (i) {
        const struct draw_pair draw =
            threefry(s.first + lane_number[i], address, s.seed, 0);

        nature->notice.at[i] = uniform_of(draw.word[0]);
        nature->route.at[i] = uniform_of_32(draw.word[0]);
        nature->exit.at[i] = uniform_of(draw.word[1]);
    }
}

double ending_rate_at(const struct distress_parameters *distress,
                      const struct drivers *drivers, const struct nature *nature,
                      double list_over_start, int lane)
{
    return nature->ending.at[lane] * drivers->ending_year.at[lane] *
           exp_of(-distress->ending_size.at[lane] * log_of(list_over_start));
}
