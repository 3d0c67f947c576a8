#include "dominance.h"

#include "draw.h"
#include "sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_DIFFERING = 20 /* trials, for a level to be kept */ };

static const double claim_below = -1.6448536269514722; /* 5 % of a normal */
static const double tail = 0.025;                      /* outside the central range */

/* What the tests of one order share. */
struct levels {
    const double *a, *b;
    size_t n;
    int order;
    size_t count;
    double level[DOMINANCE_LEVELS];
    double mean[DOMINANCE_LEVELS], sd[DOMINANCE_LEVELS];
};

static double shortfall(double level, double value)
{
    return level > value ? level - value : 0.0;
}

/* How much @p a falls short of a level beyond @p b, in one trial. */
static double violation_in(const struct levels *levels, double level, size_t trial)
{
    const double a = levels->a[trial], b = levels->b[trial];

    if (levels->order == 1)
        return (double)(a <= level) - (double)(b <= level);
    return shortfall(level, a) - shortfall(level, b);
}

static bool differs_in(const struct levels *levels, double level, size_t trial)
{
    const double a = levels->a[trial], b = levels->b[trial];

    if (levels->order == 1)
        return (a <= level) != (b <= level);
    return fmin(a, b) < level;
}

static size_t differing(const struct levels *levels, double level)
{
    size_t count = 0;

    for (size_t t = 0; t < levels->n; t++)
        count += differs_in(levels, level, t);
    return count;
}

static void keep_level(struct levels *levels, double level)
{
    const double n = (double)levels->n;
    double sum = 0.0, squares = 0.0, mean;

    for (size_t t = 0; t < levels->n; t++) {
        const double violation = violation_in(levels, level, t);

        sum += violation;
        squares += violation * violation;
    }
    mean = sum / n;
    levels->level[levels->count] = level;
    levels->mean[levels->count] = mean;
    levels->sd[levels->count] = sqrt(fmax(squares / n - mean * mean, 0.0));
    levels->count++;
}

/* Levels are order statistics of both alternatives together. */
static void keep_levels(struct levels *levels, const struct sample *pooled)
{
    double before = NAN;

    for (size_t j = 0; pooled->count > 0 && j < DOMINANCE_LEVELS; j++) {
        const double place =
            ((double)j + 0.5) * (double)pooled->count / DOMINANCE_LEVELS;
        const double level = pooled->value[(size_t)place];

        if (level == before)
            continue;
        before = level;
        if (differing(levels, level) >= LEAST_DIFFERING)
            keep_level(levels, level);
    }
}

static double studentised(const struct levels *levels, size_t i)
{
    const double root = sqrt((double)levels->n);

    if (levels->sd[i] > 0.0)
        return root * levels->mean[i] / levels->sd[i];
    return levels->mean[i] > 0.0 ? INFINITY : levels->mean[i] < 0.0 ? -INFINITY : 0.0;
}

static void find_largest(const struct levels *levels, const struct sample *pooled,
                         struct dominance_order *order)
{
    const double low = sample_quantile(pooled, tail).value;
    const double high =
        levels->order == 1 ? sample_quantile(pooled, 1.0 - tail).value : INFINITY;

    *order = (struct dominance_order){.kept = levels->count,
                                      .largest = NAN,
                                      .critical = NAN,
                                      .claim = NAN,
                                      .violation = NAN,
                                      .at = NAN};
    for (size_t i = 0; i < levels->count; i++) {
        const double t = studentised(levels, i), x = levels->level[i];

        order->largest = fmax(order->largest, t);
        if (x >= low && x <= high)
            order->claim = fmax(order->claim, t);
        if (!(levels->mean[i] <= order->violation)) {
            order->violation = levels->mean[i];
            order->at = x;
        }
    }
}

/* The multiplier process of both orders: each trial's deviation from the mean
 * violation, at the active levels, times one normal number a multiplier. */
struct process {
    const struct levels *levels[2];
    size_t active[2]; /* those of the first order come first */
    size_t which[2 * DOMINANCE_LEVELS];
    double scaled[2 * DOMINANCE_LEVELS]; /* of one trial */
    double sum[DOMINANCE_MULTIPLIERS][2 * DOMINANCE_LEVELS];
};

static size_t active_levels(const struct process *process)
{
    return process->active[0] + process->active[1];
}

static void find_active(struct process *process, int order)
{
    const struct levels *levels = process->levels[order];
    const double bound = -sqrt(2.0 * log(log((double)levels->n)));

    for (size_t i = 0; i < levels->count; i++) {
        if (levels->sd[i] > 0.0 && studentised(levels, i) > bound) {
            process->which[active_levels(process)] = i;
            process->active[order]++;
        }
    }
}

static void scale_trial(struct process *process, size_t trial)
{
    for (size_t k = 0; k < active_levels(process); k++) {
        const struct levels *levels = process->levels[k >= process->active[0]];
        const size_t i = process->which[k];
        const double violation = violation_in(levels, levels->level[i], trial);

        process->scaled[k] =
            (violation - levels->mean[i]) / (levels->sd[i] * sqrt((double)levels->n));
    }
}

static void multiply(struct process *process, size_t multiplier, double uniform)
{
    const double e = normal_quantile_alone(uniform);
    double *sum = process->sum[multiplier];

    for (size_t k = 0; k < active_levels(process); k++)
        sum[k] += e * process->scaled[k];
}

/* Multipliers 2 m and 2 m + 1 of a trial are the two words of one draw. */
static void add_trial(struct process *process, uint64_t seed, size_t trial)
{
    scale_trial(process, trial);
    for (size_t m = 0; m < DOMINANCE_MULTIPLIERS; m += 2) {
        double even, odd;

        draw_two(seed, trial,
                 draw_address(0, DRAW_DOMINANCE, ONCE_PER_TRIAL, (uint32_t)m / 2),
                 &even, &odd);
        multiply(process, m, even);
        if (m + 1 < DOMINANCE_MULTIPLIERS)
            multiply(process, m + 1, odd);
    }
}

static double largest_of(const double *values, size_t n)
{
    double largest = 0.0;

    for (size_t i = 0; i < n; i++)
        largest = fmax(largest, values[i]);
    return largest;
}

static double critical_value(const struct process *process, int order)
{
    const size_t first = order == 0 ? 0 : process->active[0];
    double largest[DOMINANCE_MULTIPLIERS], memory[2 * DOMINANCE_MULTIPLIERS];
    struct sample sample;

    for (size_t m = 0; m < DOMINANCE_MULTIPLIERS; m++)
        largest[m] = largest_of(process->sum[m] + first, process->active[order]);
    sample = sample_sort(largest, DOMINANCE_MULTIPLIERS, memory);
    return sample_quantile(&sample, 0.95).value;
}

static void judge(struct dominance_order *order, const struct process *process,
                  int which)
{
    if (order->largest > 0.0) {
        order->critical = critical_value(process, which);
        order->refuted = order->largest > order->critical;
    }
    order->claimed = order->claim < claim_below && !order->refuted;
}

/* Where nothing is violated in the sample the process is not needed. */
static void judge_both(struct dominance *dominance, struct process *process,
                       uint64_t seed)
{
    find_active(process, 0);
    find_active(process, 1);
    if (dominance->first.largest > 0.0 || dominance->second.largest > 0.0) {
        for (size_t t = 0; t < dominance->trials; t++)
            add_trial(process, seed, t);
    }
    judge(&dominance->first, process, 0);
    judge(&dominance->second, process, 1);
}

static enum dominance_verdict verdict_of(const struct dominance *dominance)
{
    if (dominance->first.claimed)
        return DOMINANCE_FIRST;
    if (dominance->second.claimed)
        return DOMINANCE_SECOND;
    return dominance->first.refuted && dominance->second.refuted
               ? DOMINANCE_REFUTED
               : DOMINANCE_NOT_RESOLVED;
}

static struct sample pool(const double *a, const double *b, size_t n, double *memory)
{
    memcpy(memory, a, n * sizeof(*memory));
    memcpy(memory + n, b, n * sizeof(*memory));
    return sample_sort(memory, 2 * n, memory + 2 * n);
}

enum hr_status dominance_test(const struct dominance_pair *pair, uint64_t seed,
                              struct dominance *dominance, struct hr_error *error)
{
    const size_t used = pair->n < DOMINANCE_TRIALS ? pair->n : DOMINANCE_TRIALS;
    struct levels first = {.a = pair->a, .b = pair->b, .n = used, .order = 1};
    struct levels second = first;
    struct process *process = calloc(1, sizeof(*process));
    double *memory = malloc((6 * used + 1) * sizeof(*memory));

    *dominance = (struct dominance){.trials = used};
    if (process != NULL && memory != NULL) {
        const struct sample pooled = pool(pair->a, pair->b, used, memory);

        second.order = 2;
        keep_levels(&first, &pooled);
        keep_levels(&second, &pooled);
        find_largest(&first, &pooled, &dominance->first);
        find_largest(&second, &pooled, &dominance->second);
        process->levels[0] = &first;
        process->levels[1] = &second;
        judge_both(dominance, process, seed);
        dominance->verdict = verdict_of(dominance);
    }
    free(memory);
    free(process);
    if (process == NULL || memory == NULL)
        return hr_fail(error, HR_FAILED, "no memory to test dominance");
    return HR_OK;
}
