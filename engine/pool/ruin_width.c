#include "ruin_width.h"

#include "gaussian.h"

#include <gsl/gsl_integration.h>
#include <math.h>

struct width width_start(double ratio)
{
    return (struct width){.ratio = ratio, .n = 1, .chance = {1.0}};
}

struct width width_of(double claims, double ratio, double most)
{
    const double reach = WIDTH_REACH * sqrt(ratio * claims);
    gsl_integration_glfixed_table *rule =
        gsl_integration_glfixed_table_alloc(WIDTH_NODES);
    struct width width = {.claims = claims, .ratio = ratio, .most = most};

    if (rule == NULL)
        return width;
    width.n = WIDTH_NODES;
    for (size_t i = 0; i < width.n; i++)
        gsl_integration_glfixed_point(-reach, fmin(most, reach), i, &width.at[i],
                                      &width.rule[i], rule);
    gsl_integration_glfixed_table_free(rule);
    return width;
}

double width_chance(const struct width *width)
{
    double sum = 0.0;

    for (size_t i = 0; i < width->n; i++)
        sum += width->chance[i];
    return sum;
}

/* A sum of claims that lies so far above its mean, on the scale of a normal law. */
struct shape {
    double claims, sd;
};

static struct shape shape_between(const struct width *from, const struct width *to)
{
    const double claims = to->claims - from->claims;

    return (struct shape){claims, sqrt(log1p(to->ratio / claims))};
}

static double scaled(const struct shape *shape, double away)
{
    return log1p(away / shape->claims) / shape->sd + 0.5 * shape->sd;
}

static double density(const struct shape *shape, double away)
{
    const double z = scaled(shape, away);

    return 0.39894228040143267794 * exp(-0.5 * z * z) /
           (shape->sd * (shape->claims + away));
}

/* The rule's sum is brought to what the law says is left. */
static void spread_left(struct width *to, const struct width *from, double share,
                        double left)
{
    const struct shape shape = shape_between(from, to);
    double come[WIDTH_NODES], all = 0.0;

    for (size_t i = 0; i < to->n; i++) {
        come[i] = 0.0;
        for (size_t j = 0; j < from->n; j++)
            come[i] += from->chance[j] * density(&shape, to->at[i] - from->at[j]);
        come[i] *= share * to->rule[i];
        all += come[i];
    }
    for (size_t i = 0; i < to->n && all > 0.0; i++)
        to->chance[i] += come[i] * left / all;
}

double width_arrive(struct width *to, const struct width *from, double share)
{
    const struct shape shape = shape_between(from, to);
    double ruined = 0.0, left = 0.0;

    for (size_t j = 0; j < from->n; j++) {
        const double z = scaled(&shape, to->most - from->at[j]);

        ruined += share * from->chance[j] * normal_above(z);
        left += share * from->chance[j] * normal_above(-z);
    }
    spread_left(to, from, share, left);
    return ruined;
}
