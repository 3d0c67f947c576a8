#include "exact_normal.h"

#include <math.h>
#include <string.h>

/* The transform of a normal law has died away at this over its deviation. */
static const double fastest = 9.0;

enum hr_status exact_normal(struct annual_law *law, const struct portfolio *portfolio,
                            double people, struct hr_error *error)
{
    const double mean = law->mean;
    struct factor_nodes nodes;
    enum hr_status status;

    law->normal = true;
    if (portfolio->factor.kind == FACTOR_NONE)
        return HR_OK;
    law->part_sd = sqrt(portfolio_kept_given(portfolio, people, 1.0).variance);
    status = factor_nodes_init(&nodes, &portfolio->factor,
                               fastest * mean / law->part_sd, error);
    if (status != HR_OK)
        return status;
    for (size_t i = 0; i < nodes.n; i++)
        nodes.at[i] *= mean;
    law->parts = nodes.n;
    law->centre = nodes.at; /* one allocation, now the law's */
    law->weight = nodes.weight;
    status = annual_allocate(law, law->parts, error);
    if (status != HR_OK)
        return status;
    memcpy(law->mass, law->weight, law->parts * sizeof(*law->mass));
    annual_accumulate(law);
    return HR_OK;
}
