#include "gains.h"

#include <math.h>

/* Less of a difference, of what the reference gives, leaves a practice as it was. */
static const double noticed = 0.005;

static void fill(struct lanes *lanes, double number)
{
    for (int i = 0; i < LANES; i++)
        lanes->at[i] = number;
}

static void compare_site(const struct lanes *reference, struct lanes *site,
                         struct lanes *worse, struct lanes *better)
{
    for (int i = 0; i < LANES; i++) {
        const double own = site[SITE_TODAYS_PARTNERS].at[i];
        const double other = reference[SITE_TODAYS_PARTNERS].at[i];
        const double least = noticed * fabs(other);
        const double loses = other - own > least ? 1.0 : 0.0;

        site[SITE_WORSE_OFF].at[i] = loses;
        site[SITE_MORE].at[i] = own > other ? 1.0 : 0.0;
        worse->at[i] += loses;
        better->at[i] += own - other > least ? 1.0 : 0.0;
    }
}

static void compare_form(struct block *block, size_t form)
{
    const struct plan *plan = block->whole;
    const size_t own = form * plan->sites,
                 other = (size_t)plan->reference * plan->sites;
    struct lanes *metric = &block->metric[form * METRICS];
    struct lanes *worse = &metric[METRIC_SITES_WORSE_OFF];
    struct lanes *better = &metric[METRIC_SITES_BETTER_OFF];

    fill(worse, 0.0);
    fill(better, 0.0);
    for (size_t s = 0; s < plan->sites; s++) {
        struct lanes *site = &block->site_metric[(own + s) * SITE_METRICS];

        if (own != other && plan->site[s].posts[PARTNER] > 0) {
            compare_site(&block->site_metric[(other + s) * SITE_METRICS], site, worse,
                         better);
            continue;
        }
        fill(&site[SITE_WORSE_OFF], NAN);
        fill(&site[SITE_MORE], NAN);
    }
}

void gains_and_losses(struct block *block)
{
    for (size_t f = 0; f < block->whole->forms; f++)
        compare_form(block, f);
}
