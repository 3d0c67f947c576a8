#include "comparing.h"

#include "dominance.h"
#include "lead_told.h"
#include "ranking.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <string.h>

/* clang-format off */
const struct decision_column compare_columns[COMPARE_NUMBERS] = {
    [COMPARE_MEAN] = {"mean", "own", "mean over the trials in which it exists"},
    [COMPARE_MEAN_SE] = {"mean_se", "own", "its standard error"},
    [COMPARE_MEAN_LOW] = {"mean_low", "own", "low end of its interval"},
    [COMPARE_MEAN_HIGH] = {"mean_high", "own", "high end of its interval"},
    [COMPARE_MEAN_FLAGS] = {"mean_flags", "sum", "what the interval is not to be leaned on for"},
    [COMPARE_EXISTS] = {"exists", "trials", "trials in which it exists"},
    [COMPARE_DIFFERENCE] = {"difference", "own", "mean difference from the reference in the same trials"},
    [COMPARE_DIFFERENCE_SE] = {"difference_se", "own", "its standard error"},
    [COMPARE_DIFFERENCE_LOW] = {"difference_low", "own", "low end of its interval"},
    [COMPARE_DIFFERENCE_HIGH] = {"difference_high", "own", "high end of its interval"},
    [COMPARE_DIFFERENCE_FLAGS] = {"difference_flags", "sum", "what the interval is not to be leaned on for"},
    [COMPARE_BETTER] = {"better", "share", "trials in which it is better than the reference; more, where neither way is better"},
    [COMPARE_BETTER_LOW] = {"better_low", "share", "low end of its interval (Wilson)"},
    [COMPARE_BETTER_HIGH] = {"better_high", "share", "high end of its interval (Wilson)"},
    [COMPARE_EQUAL] = {"equal", "share", "trials in which they are equal, within the indifference"},
    [COMPARE_WORSE] = {"worse", "share", "trials in which it is worse"},
    [COMPARE_BEST] = {"p_best_future", "share", "trials in which it is best; ties are shared"},
    [COMPARE_BEST_LOW] = {"p_best_future_low", "share", "low end of its interval (Wilson)"},
    [COMPARE_BEST_HIGH] = {"p_best_future_high", "share", "high end of its interval (Wilson)"},
    [COMPARE_MEAN_RANK] = {"mean_rank", "rank", "mean rank, 1 the best"},
    [COMPARE_REGRET] = {"regret", "own", "mean cost of choosing it against the best of each trial"},
    [COMPARE_REGRET_LOW] = {"regret_low", "own", "low end of its interval"},
    [COMPARE_REGRET_HIGH] = {"regret_high", "own", "high end of its interval"},
    [COMPARE_REGRET_Q95] = {"regret_q95", "own", "what 1 trial in 20 exceeds"},
    [COMPARE_REGRET_MAX] = {"regret_max", "own", "largest seen in these trials"},
    [COMPARE_VARIANCE_RATIO] = {"variance_ratio", "ratio", "variance of the difference on independent trials over that on common ones"},
    [COMPARE_RANK_CORRELATION] = {"rank_correlation", "ratio", "Spearman's, with the reference"},
};
/* clang-format on */

static double *cell(const struct comparing *c, enum compare_number number, size_t m,
                    size_t form)
{
    return &c->number[number][m * c->decision->forms + form];
}

static void put(const struct comparing *c, enum compare_number first, size_t m,
                size_t form, struct interval_estimate estimate)
{
    *cell(c, first, m, form) = estimate.value;
    *cell(c, first + 1, m, form) = estimate.error;
    *cell(c, first + 2, m, form) = estimate.low;
    *cell(c, first + 3, m, form) = estimate.high;
    *cell(c, first + 4, m, form) = estimate.flags;
}

static void put_share(const struct comparing *c, enum compare_number first, size_t m,
                      size_t form, struct interval_estimate share)
{
    *cell(c, first, m, form) = share.value;
    *cell(c, first + 1, m, form) = share.low;
    *cell(c, first + 2, m, form) = share.high;
}

/* Better, equal and worse among pairs that exist; in the metric's own sign. */
static void put_odds(const struct comparing *c, size_t m, size_t form,
                     const struct estimate_pair *pair)
{
    const bool lower = c->metric[m].better == HR_BETTER_LOWER;
    const struct versus versus =
        alternatives_versus(lower ? pair->b : pair->a, lower ? pair->a : pair->b,
                            pair->n, c->decision->question.indifference);
    const double n = (double)pair->n;

    if (pair->n == 0)
        return;
    put_share(
        c, COMPARE_BETTER, m, form,
        estimate_share((double)versus.better, n, c->decision->question.confidence));
    *cell(c, COMPARE_EQUAL, m, form) = (double)versus.equal / n;
    *cell(c, COMPARE_WORSE, m, form) = (double)versus.worse / n;
}

/* How far pairing has cut the variance, and how alike the two move. */
static void put_pairing(const struct comparing *c, size_t m, size_t form,
                        const struct estimate_pair *pair, double *memory)
{
    double apart, together;

    if (!c->decision->question.thorough || pair->n < 2)
        return;
    apart = gsl_stats_variance(pair->a, 1, pair->n) +
            gsl_stats_variance(pair->b, 1, pair->n);
    together = gsl_stats_variance(pair->sorted_difference.value, 1, pair->n);
    if (together > 0.0)
        *cell(c, COMPARE_VARIANCE_RATIO, m, form) = apart / together;
    *cell(c, COMPARE_RANK_CORRELATION, m, form) =
        gsl_stats_spearman(pair->a, 1, pair->b, 1, pair->n, memory);
}

static void describe_forms(const struct comparing *c, size_t m,
                           const struct decision_trials *trials)
{
    const double confidence = c->decision->question.confidence;
    const size_t n = trials->trials, reference = c->decision->reference;

    for (size_t f = 0; f < trials->forms; f++) {
        const struct sample sample = sample_sort(trials->value + f * n, n, c->memory);
        struct estimate_pair pair;

        put(c, COMPARE_MEAN, m, f, estimate_mean(&sample, confidence));
        *cell(c, COMPARE_EXISTS, m, f) = (double)trials->exists[f];
        if (f == reference)
            continue;
        pair = estimate_pair_of(trials->value + f * n, trials->value + reference * n, n,
                                c->memory);
        put(c, COMPARE_DIFFERENCE, m, f, estimate_mean_difference(&pair, confidence));
        put_odds(c, m, f, &pair);
        put_pairing(c, m, f, &pair, c->memory + 8 * n);
    }
}

static void put_ranking(const struct comparing *c, size_t m, size_t form,
                        const struct ranking *ranking)
{
    *cell(c, COMPARE_BEST, m, form) = ranking->best.value;
    *cell(c, COMPARE_BEST_LOW, m, form) = ranking->best.low;
    *cell(c, COMPARE_BEST_HIGH, m, form) = ranking->best.high;
    *cell(c, COMPARE_MEAN_RANK, m, form) = ranking->mean_rank;
    *cell(c, COMPARE_REGRET, m, form) = ranking->regret.value;
    *cell(c, COMPARE_REGRET_LOW, m, form) = ranking->regret.low;
    *cell(c, COMPARE_REGRET_HIGH, m, form) = ranking->regret.high;
    *cell(c, COMPARE_REGRET_Q95, m, form) = ranking->regret_q95;
    *cell(c, COMPARE_REGRET_MAX, m, form) = ranking->regret_max;
}

static void put_ranks(const struct comparing *c, size_t m,
                      const struct decision_trials *trials)
{
    const size_t ranked = trials->ranked.count, forms = c->decision->forms;
    double *share = c->memory + 8 * trials->trials;

    alternatives_ranks(&trials->ranked, share);
    for (size_t i = 0; i < ranked; i++) {
        const size_t form = trials->which[i];
        const struct ranking ranking = ranking_of(
            &trials->ranked, i, share, c->decision->question.confidence, c->memory);

        memcpy(c->rank + (m * forms + form) * forms, share + i * ranked,
               ranked * sizeof(*share));
        put_ranking(c, m, form, &ranking);
    }
}

static void put_rivals(const struct comparing *c, size_t m,
                       const struct decision_trials *trials)
{
    const struct alternatives *all = &trials->ranked;
    const size_t forms = c->decision->forms;

    for (size_t i = 0; i < all->count * all->count; i++) {
        const size_t a = i / all->count, b = i % all->count;
        const size_t at = (m * forms + trials->which[a]) * forms + trials->which[b];
        const struct versus versus =
            alternatives_versus(alternatives_of(all, a), alternatives_of(all, b),
                                all->trials, c->decision->question.indifference);

        if (a == b)
            continue;
        c->better_than[at] = (double)versus.better / (double)all->trials;
        c->equal_to[at] = (double)versus.equal / (double)all->trials;
    }
}

/* The metric alone is looked at this closely: it takes as long as all else. */
static enum hr_status put_dominance(const struct comparing *c, size_t m,
                                    const struct decision_trials *trials, size_t leader,
                                    struct hr_error *error)
{
    const struct alternatives *all = &trials->ranked;
    uint64_t seed = 0;

    (void)hr_result_integer(c->decision->result, "seed", &seed);
    for (size_t i = 0; i < all->count; i++) {
        const size_t at = m * c->decision->forms + trials->which[i];
        const struct dominance_pair pair = {alternatives_of(all, leader),
                                            alternatives_of(all, i), all->trials};
        struct dominance dominance;

        if (i == leader)
            continue;
        if (dominance_test(&pair, seed, &dominance, error) != HR_OK)
            return error->status;
        c->dominance[at] = dominance.verdict;
        c->violation[at] = dominance.first.violation;
        c->violated_at[at] = dominance.first.at;
    }
    return HR_OK;
}

/* The sentence's names are the ranked forms', as people call them. */
static void tell_lead(const struct comparing *c, size_t m,
                      const struct decision_trials *trials,
                      const struct leading *leading)
{
    const size_t ranked = trials->ranked.count;
    const char **name = c->ranked_name;
    double *best = c->memory + 8 * trials->trials;
    struct lead_of of = {.all = &trials->ranked,
                         .name = name,
                         .reference = ranked,
                         .confidence = c->decision->question.confidence,
                         .best = best,
                         .memory = c->memory};

    for (size_t i = 0; i < ranked; i++) {
        name[i] = c->decision->label[trials->which[i]];
        best[i] = *cell(c, COMPARE_BEST, m, trials->which[i]);
        if (trials->which[i] == c->decision->reference)
            of.reference = i;
    }
    lead_told(&of, leading, &c->lead[m]);
}

static void put_totals(const struct comparing *c, size_t m,
                       const struct decision_trials *trials,
                       const struct leading *leading)
{
    c->total[COMPARE_RESOLVED][m] = leading->resolved;
    c->total[COMPARE_CONFIDENCE][m] = leading->confidence;
    c->total[COMPARE_NEEDED][m] = leading->needed;
    c->leader[m] = c->decision->name[trials->which[leading->leader]];
}

/* The form whose largest regret is least. */
static void find_minimax(const struct comparing *c, size_t m,
                         const struct decision_trials *trials)
{
    double least = INFINITY;

    for (size_t i = 0; i < trials->ranked.count; i++) {
        const double most = *cell(c, COMPARE_REGRET_MAX, m, trials->which[i]);

        if (!(most < least))
            continue;
        least = most;
        c->minimax[m] = c->decision->name[trials->which[i]];
    }
}

static enum hr_status rank_forms(const struct comparing *c, size_t m,
                                 const struct decision_trials *trials,
                                 struct hr_error *error)
{
    const struct hr_question *question = &c->decision->question;
    const struct leading leading = alternatives_leading(
        &trials->ranked, question->confidence, question->indifference);

    put_ranks(c, m, trials);
    put_rivals(c, m, trials);
    find_minimax(c, m, trials);
    put_totals(c, m, trials, &leading);
    c->lead[m].leader = c->decision->label[trials->which[leading.leader]];
    if (trials->ranked.count < 2)
        return HR_OK;
    tell_lead(c, m, trials, &leading);
    return c->metrics == 1 ? put_dominance(c, m, trials, leading.leader, error) : HR_OK;
}

static void begin_lead(const struct comparing *c, size_t m,
                       const struct decision_trials *trials)
{
    const double n = (double)trials->trials;

    c->lead[m] = (struct lead_case){
        .view = decision_view(&c->metric[m]),
        .label = c->metric[m].label,
        .better = c->metric[m].better,
        .unit = decision_unit(&c->metric[m]),
        .years = c->metric[m].discounted ? c->decision->years : 0,
        .forms = trials->ranked.count,
        .leader = "",
        .rival = "",
        .hardest = "",
        .indifference = c->decision->question.indifference,
        .trials = (double)trials->ranked.trials,
        .complete = n > 0.0 ? (double)trials->ranked.trials / n : 0.0,
    };
    c->total[COMPARE_COMPLETE][m] = (double)trials->ranked.trials;
    c->total[COMPARE_LEFT_OUT][m] = n - (double)trials->ranked.trials;
}

enum hr_status compare_metric(struct comparing *c, size_t m, struct hr_error *error)
{
    struct decision_trials trials;
    enum hr_status status =
        decision_read(c->decision, c->metric[m].name, 0, &trials, error);

    if (status != HR_OK)
        return status;
    describe_forms(c, m, &trials);
    begin_lead(c, m, &trials);
    if (trials.ranked.count > 0 && trials.ranked.trials > 0 &&
        c->metric[m].better != HR_BETTER_NEITHER)
        status = rank_forms(c, m, &trials, error);
    decision_trials_free(&trials);
    return status;
}
