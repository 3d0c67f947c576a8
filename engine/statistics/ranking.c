#include "ranking.h"

struct ranking ranking_of(const struct alternatives *all, size_t which,
                          const double *share, double confidence, double *memory)
{
    const double n = (double)all->trials, *row = share + which * all->count;
    struct ranking ranking;
    struct sample sample;

    alternatives_regret(all, which, memory);
    sample = sample_sort_here(memory, all->trials);
    ranking = (struct ranking){
        .best = estimate_share(row[0] * n, n, confidence),
        .regret = estimate_mean(&sample, confidence),
        .regret_q95 = sample_quantile(&sample, 0.95).value,
        .regret_max = sample.value[all->trials - 1],
    };
    for (size_t r = 0; r < all->count; r++)
        ranking.mean_rank += row[r] * (double)(r + 1);
    return ranking;
}
