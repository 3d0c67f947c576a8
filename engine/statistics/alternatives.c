#include "alternatives.h"

#include "moments.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

size_t alternatives_ranked(const struct alternatives *all, size_t *exists,
                           size_t *which)
{
    size_t most = 0, count = 0;

    for (size_t a = 0; a < all->count; a++) {
        const double *own = alternatives_of(all, a);

        exists[a] = 0;
        for (size_t t = 0; t < all->trials; t++)
            exists[a] += isnan(own[t]) ? 0 : 1;
        most = exists[a] > most ? exists[a] : most;
    }
    for (size_t a = 0; a < all->count; a++) {
        if (exists[a] > 0 && 2 * exists[a] >= most)
            which[count++] = a;
    }
    return count;
}

static bool is_complete(const double *value, size_t count, size_t trials, size_t trial)
{
    for (size_t a = 0; a < count; a++) {
        if (isnan(value[a * trials + trial]))
            return false;
    }
    return true;
}

struct alternatives alternatives_keep(double *value, size_t count, size_t trials)
{
    size_t kept = 0;

    for (size_t t = 0; t < trials; t++) {
        if (is_complete(value, count, trials, t))
            continue;
        for (size_t a = 0; a < count; a++)
            value[a * trials + t] = NAN;
    }
    for (size_t i = 0; i < count * trials; i++) {
        if (!isnan(value[i]))
            value[kept++] = value[i];
    }
    return (struct alternatives){value, count, count > 0 ? kept / count : 0};
}

struct alternatives alternatives_complete(const struct alternatives *all,
                                          double *memory)
{
    memcpy(memory, all->value, all->count * all->trials * sizeof(*memory));
    return alternatives_keep(memory, all->count, all->trials);
}

struct versus alternatives_versus(const double *a, const double *b, size_t n,
                                  double indifference)
{
    struct versus counts = {0};

    for (size_t t = 0; t < n; t++) {
        const double difference = a[t] - b[t];

        counts.better += difference > indifference;
        counts.worse += difference < -indifference;
    }
    counts.equal = n - counts.better - counts.worse;
    return counts;
}

/* Alternative @p a has rank @p above at best, and shares it with @p tied others. */
static void rank_in_trial(const struct alternatives *all, size_t a, size_t trial,
                          double *share)
{
    const double mine = alternatives_of(all, a)[trial];
    size_t above = 0, tied = 0;

    for (size_t b = 0; b < all->count; b++) {
        above += alternatives_of(all, b)[trial] > mine;
        tied += alternatives_of(all, b)[trial] == mine;
    }
    for (size_t rank = above; rank < above + tied; rank++)
        share[a * all->count + rank] += 1.0 / (double)tied;
}

void alternatives_ranks(const struct alternatives *all, double *share)
{
    const size_t cells = all->count * all->count;

    memset(share, 0, cells * sizeof(*share));
    for (size_t t = 0; t < all->trials; t++) {
        for (size_t a = 0; a < all->count; a++)
            rank_in_trial(all, a, t, share);
    }
    for (size_t c = 0; c < cells; c++)
        share[c] /= (double)all->trials;
}

static double mean_of(const struct alternatives *all, size_t which)
{
    const struct moments moments = moments_of(alternatives_of(all, which), all->trials);

    return moments.mean;
}

size_t alternatives_leader(const struct alternatives *all)
{
    size_t leader = 0;

    for (size_t a = 1; a < all->count; a++) {
        if (mean_of(all, a) > mean_of(all, leader))
            leader = a;
    }
    return leader;
}

/* How far the leader's mean is above a rival's, in standard errors; 0 where there are
 * too few trials to say. */
static double lead_of(const struct moments *difference, double indifference)
{
    const double mean = difference->mean + indifference;

    if (difference->count < 2)
        return 0.0;
    return difference->m2 > 0.0 ? mean / moments_se(difference) : INFINITY;
}

double alternatives_lead(const struct alternatives *all, size_t a, size_t b,
                         double indifference)
{
    const struct moments difference = moments_of_difference(
        alternatives_of(all, a), alternatives_of(all, b), all->trials);

    return lead_of(&difference, indifference);
}

/* Ways to be wrong about so many pairs. */
static double ways(size_t pairs)
{
    return fmax((double)pairs, 2.0);
}

double alternatives_wanted_lead(size_t pairs, double error)
{
    return gsl_cdf_ugaussian_Qinv(error / ways(pairs));
}

static void meet_rival(const struct alternatives *all, size_t rival,
                       double indifference, struct leading *leading)
{
    const struct moments difference =
        moments_of_difference(alternatives_of(all, leading->leader),
                              alternatives_of(all, rival), all->trials);
    const double lead = lead_of(&difference, indifference);

    if (difference.mean == 0.0 && difference.m2 == 0.0)
        leading->same = true;
    leading->confidence -=
        gsl_cdf_ugaussian_Q(lead) * ways(all->count - 1) / ((double)all->count - 1.0);
    if (lead < leading->lead) {
        leading->lead = lead;
        leading->hardest = rival;
    }
}

struct leading alternatives_leading(const struct alternatives *all, double confidence,
                                    double indifference)
{
    const double z = alternatives_wanted_lead(all->count - 1, 1.0 - confidence);
    const size_t leader = alternatives_leader(all);
    struct leading leading = {
        .leader = leader, .hardest = leader, .lead = INFINITY, .confidence = 1.0};

    for (size_t a = 0; a < all->count; a++) {
        if (a != leader)
            meet_rival(all, a, indifference, &leading);
    }
    leading.confidence = fmax(leading.confidence, 0.0);
    leading.resolved = leading.lead > z;
    if (!leading.resolved)
        leading.needed = (double)all->trials * (z / leading.lead) * (z / leading.lead);
    return leading;
}

void alternatives_regret(const struct alternatives *all, size_t which, double *regret)
{
    for (size_t t = 0; t < all->trials; t++) {
        double best = alternatives_of(all, which)[t];

        for (size_t a = 0; a < all->count; a++)
            best = fmax(best, alternatives_of(all, a)[t]);
        regret[t] = best - alternatives_of(all, which)[t];
    }
}
