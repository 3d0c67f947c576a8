#include "lead_told.h"

#include "estimate.h"

#include <gsl/gsl_statistics_double.h>

static struct ranged difference_of(const struct lead_of *of, size_t a, size_t b)
{
    const struct alternatives *all = of->all;
    const struct sample difference = sample_sort_difference(
        alternatives_of(all, a), alternatives_of(all, b), all->trials, of->memory);
    const struct interval_estimate estimate =
        estimate_mean(&difference, of->confidence);

    return (struct ranged){estimate.value, estimate.low, estimate.high};
}

/* The best on average of those but the leader. */
static size_t next_after(const struct alternatives *all, size_t leader)
{
    size_t next = leader == 0 ? 1 : 0;

    for (size_t i = 0; i < all->count; i++) {
        const double *a = alternatives_of(all, i), *b = alternatives_of(all, next);

        if (i != leader &&
            gsl_stats_mean(a, 1, all->trials) > gsl_stats_mean(b, 1, all->trials))
            next = i;
    }
    return next;
}

/* Whom the leader is held against: the reference, or who comes next to that. */
static size_t rival_of(const struct lead_of *of, size_t leader)
{
    if (of->reference < of->all->count && of->reference != leader)
        return of->reference;
    return next_after(of->all, leader);
}

static void tell_often(const struct lead_of *of, struct lead_case *lead)
{
    for (size_t i = 0; i < of->all->count; i++) {
        if (lead->often != NULL && of->best[i] <= lead->often_share)
            continue;
        lead->often = of->name[i];
        lead->often_share = of->best[i];
    }
}

void lead_told(const struct lead_of *of, const struct leading *leading,
               struct lead_case *lead)
{
    const struct alternatives *all = of->all;
    const size_t rival = rival_of(of, leading->leader);
    const size_t hardest =
        leading->hardest == leading->leader ? rival : leading->hardest;
    const struct versus versus =
        alternatives_versus(alternatives_of(all, leading->leader),
                            alternatives_of(all, rival), all->trials, 0.0);

    lead->leader = of->name[leading->leader];
    lead->rival = of->name[rival];
    lead->ahead = difference_of(of, leading->leader, rival);
    lead->odds = (double)versus.better / (double)all->trials;
    lead->equal = (double)versus.equal / (double)all->trials;
    lead->hardest = of->name[hardest];
    lead->margin = difference_of(of, leading->leader, hardest);
    lead->resolved = leading->resolved;
    lead->same = lead->margin.value == 0.0 && leading->same;
    lead->needed = leading->needed;
    tell_often(of, lead);
}
