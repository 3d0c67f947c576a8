#include "looks.h"

#include <math.h>

double looks_trials(double first, int look)
{
    return ldexp(first, look - 1);
}

double looks_confidence(double confidence, int look)
{
    return 1.0 - (1.0 - confidence) / ((double)look * ((double)look + 1.0));
}

static void meet(const struct alternatives *all, size_t ahead, size_t behind,
                 double indifference, struct looks_ranking *ranking)
{
    const double lead = alternatives_lead(all, ahead, behind, indifference);

    if (lead >= ranking->lead)
        return;
    ranking->lead = lead;
    ranking->ahead = ahead;
    ranking->behind = behind;
}

static double mean_of(const struct alternatives *all, size_t which)
{
    const double *value = alternatives_of(all, which);
    double sum = 0.0;

    for (size_t t = 0; t < all->trials; t++)
        sum += value[t];
    return sum / (double)all->trials;
}

/* The next in the order of the means, equal ones in theirs; all->count after the last.
 */
static size_t next_after(const struct alternatives *all, size_t which)
{
    const double mean = mean_of(all, which);
    size_t next = all->count;
    double best = -INFINITY;

    for (size_t a = 0; a < all->count; a++) {
        const double other = mean_of(all, a);
        const bool follows = other < mean || (other == mean && a > which);

        if (follows && (next == all->count || other > best)) {
            next = a;
            best = other;
        }
    }
    return next;
}

static void meet_neighbours(const struct alternatives *all, double indifference,
                            struct looks_ranking *ranking)
{
    size_t ahead = ranking->leader, behind;

    while ((behind = next_after(all, ahead)) < all->count) {
        meet(all, ahead, behind, indifference, ranking);
        ahead = behind;
    }
}

static void meet_rivals(const struct alternatives *all, double indifference,
                        struct looks_ranking *ranking)
{
    for (size_t a = 0; a < all->count; a++) {
        if (a != ranking->leader)
            meet(all, ranking->leader, a, indifference, ranking);
    }
}

struct looks_ranking looks_rank(const struct alternatives *all,
                                const struct looks_rule *rule, int look)
{
    const size_t rivals = all->count > 0 ? all->count - 1 : 0;
    const size_t pairs = rule->order ? all->count * rivals / 2 : rivals;
    const double spent = 1.0 - looks_confidence(rule->confidence, look);
    const size_t leader = alternatives_leader(all);
    struct looks_ranking ranking = {
        .leader = leader, .ahead = leader, .behind = leader, .lead = INFINITY};

    ranking.wanted = alternatives_wanted_lead(pairs, spent);
    if (rule->order)
        meet_neighbours(all, rule->indifference, &ranking);
    else
        meet_rivals(all, rule->indifference, &ranking);
    ranking.resolved = all->trials > 1 && ranking.lead > ranking.wanted;
    return ranking;
}
