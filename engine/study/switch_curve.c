#include "switch_curve.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

static const double from = 0.01, to = 0.99;

enum hr_status switch_draw_init(struct switch_draw *draw, const double *value, size_t n,
                                struct hr_error *error)
{
    if (spline_init(&draw->spline, value, n, error) != HR_OK)
        return error->status;
    draw->memory = malloc((2 * n + 1) * sizeof(double));
    if (draw->memory == NULL) {
        spline_free(&draw->spline);
        return hr_fail(error, HR_FAILED, "no memory for a draw");
    }
    draw->sample = sample_sort(value, n, draw->memory);
    for (int i = 0; i < SWITCH_POINTS; i++) {
        draw->chance[i] = from + (to - from) * i / (SWITCH_POINTS - 1);
        draw->score[i] = gsl_cdf_ugaussian_Pinv(draw->chance[i]);
        draw->x[i] = sample_quantile(&draw->sample, draw->chance[i]).value;
    }
    return HR_OK;
}

void switch_draw_free(struct switch_draw *draw)
{
    spline_free(&draw->spline);
    free(draw->memory);
}

double switch_draw_middle(const struct switch_draw *draw)
{
    return sample_quantile(&draw->sample, 0.5).value;
}

/* Between two points, where a line through two values is zero. */
static double crossing(double x0, double x1, double y0, double y1)
{
    return y0 == y1 ? x0 : x0 + (x1 - x0) * y0 / (y0 - y1);
}

/* How far the curve is from zero beyond its error; below zero: not told from it. */
static double beyond_error(const struct spline_value *g, double z)
{
    return fabs(g->value) - z * g->se;
}

/* The end of the set around point @p i in which the curve is not told from zero. */
static double end_of(const struct switch_draw *draw, const struct spline_value *g,
                     double z, int i, int step)
{
    while (i >= 0 && i < SWITCH_POINTS && beyond_error(&g[i], z) < 0.0)
        i += step;
    if (i < 0 || i >= SWITCH_POINTS)
        return NAN;
    if (i - step < 0 || i - step >= SWITCH_POINTS ||
        !(beyond_error(&g[i - step], z) < 0.0))
        return draw->x[i];
    return crossing(draw->x[i], draw->x[i - step], beyond_error(&g[i], z),
                    beyond_error(&g[i - step], z));
}

static double share_below(const struct sample *sample, double x)
{
    size_t low = 0, high = sample->count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (sample->value[middle] < x)
            low = middle + 1;
        else
            high = middle;
    }
    return (double)low / (double)sample->count;
}

static struct switch_root root_at(const struct switch_draw *draw,
                                  const struct spline_value *g, double z, double lead,
                                  int i)
{
    const double x = crossing(draw->x[i], draw->x[i + 1], g[i].value, g[i + 1].value);
    const double below = share_below(&draw->sample, x);
    const double low = end_of(draw, g, z, i, -1), high = end_of(draw, g, z, i + 1, 1);

    return (struct switch_root){
        .at = x,
        .low = low <= x || isnan(low) ? low : x,
        .high = high >= x || isnan(high) ? high : x,
        .quantile = below,
        .beyond = lead * g[i].value > 0.0 ? 1.0 - below : below,
    };
}

void switch_curve_of(const struct switch_draw *draw, const double *difference,
                     double confidence, double lead, struct switch_curve *curve)
{
    const double z = gsl_cdf_ugaussian_Pinv(0.5 * (1.0 + confidence));
    struct spline_value g[SWITCH_POINTS];
    struct spline_fit fit;

    spline_fit(&draw->spline, difference, &fit);
    for (int i = 0; i < SWITCH_POINTS; i++)
        g[i] = spline_at(&draw->spline, &fit, draw->score[i]);
    *curve = (struct switch_curve){.at_low = g[0].value,
                                   .at_high = g[SWITCH_POINTS - 1].value};
    for (int i = 0; i + 1 < SWITCH_POINTS && curve->roots < SWITCH_ROOTS; i++) {
        if ((g[i].value > 0.0) != (g[i + 1].value > 0.0) && g[i].value != 0.0)
            curve->root[curve->roots++] = root_at(draw, g, z, lead, i);
    }
}
