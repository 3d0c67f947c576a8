/* How often do the intervals hold the truth for numbers of a model? The trials of a
 * long result are all there is, so that the truth is known; samples are drawn from
 * them, one trial for all forms, and an interval is taken from each. Where no flag is
 * set, 93 to 97 of 100 have to hold it, within 3 standard errors of what is counted, or
 * more where values are few. Where a flag is set in more than a tenth of samples, those
 * without are no fair choice of all - a mean of which nothing large was seen is too low
 * - and how many of all intervals hold it is printed, as `all`. Status 1 where any does
 * not. usage: coverage_result RESULT N REPETITIONS [METRIC..] */
#include "headroom/result.h"

#include "estimate_pair.h"

#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STATISTICS = 6, FEW = 100 };

static const char *const names[STATISTICS] = {
    "mean", "q95", "tvar95", "mean difference", "q95 difference", "tvar95 difference"};

static const double least = 0.93, most = 0.97;

/* A metric's trials under a form and under the reference. */
struct world {
    const double *own, *reference;
    size_t trials;
    double truth[STATISTICS];
    double *memory; /* [12][trial] */
};

/* Samples without a flag, those of them that hold the truth, and whether any was said
 * to be of few values. */
struct counted {
    size_t samples, good, held;
    size_t any, any_held; /* intervals, flagged or not */
    int few_values;
};

static void estimate(const double *own, const double *reference, size_t n,
                     double *memory, struct interval_estimate of[STATISTICS])
{
    const struct sample sample = sample_sort(own, n, memory);
    struct estimate_pair pair;

    of[0] = estimate_mean(&sample, 0.95);
    of[1] = estimate_quantile(&sample, 0.95, 0.95);
    of[2] = estimate_upper_tail(&sample, 0.95, 0.95);
    pair = estimate_pair_of(own, reference, n, memory);
    of[3] = estimate_mean_difference(&pair, 0.95);
    of[4] = estimate_quantile_difference(&pair, 0.95, 0.95);
    of[5] = estimate_tail_difference(&pair, 0.95, 0, 0.95);
}

static void learn(struct world *world)
{
    struct interval_estimate of[STATISTICS];

    estimate(world->own, world->reference, world->trials, world->memory, of);
    for (int s = 0; s < STATISTICS; s++)
        world->truth[s] = of[s].value;
}

static void count(const struct interval_estimate *of, double truth,
                  struct counted *counted)
{
    const int lenient = ESTIMATE_DISCRETE | ESTIMATE_ONE_SIDED;

    counted->samples++;
    counted->few_values |= of->flags & lenient;
    if (isnan(of->low) || isnan(of->high))
        return;
    counted->any++;
    counted->any_held += of->low <= truth && truth <= of->high;
    if ((of->flags & ~lenient) != 0)
        return;
    counted->good++;
    counted->held += of->low <= truth && truth <= of->high;
}

static void draw(const struct world *world, const gsl_rng *rng, size_t n,
                 struct counted counted[STATISTICS])
{
    double *own = world->memory, *reference = own + n;
    struct interval_estimate of[STATISTICS];

    for (size_t i = 0; i < n; i++) {
        const size_t t = gsl_rng_uniform_int(rng, world->trials);

        own[i] = world->own[t];
        reference[i] = world->reference[t];
    }
    estimate(own, reference, n, reference + n, of);
    for (int s = 0; s < STATISTICS; s++)
        count(&of[s], world->truth[s], &counted[s]);
}

static int is_flagged(const struct counted *counted)
{
    return 2 * counted->good < counted->samples;
}

static int is_mixed(const struct counted *counted)
{
    return 10 * counted->good < 9 * counted->samples;
}

static double share_of(const struct counted *counted)
{
    return is_mixed(counted) ? (double)counted->any_held / (double)counted->any
                             : (double)counted->held / (double)counted->good;
}

static int is_right(const struct counted *counted)
{
    const double n = (double)counted->good, share = share_of(counted);
    const double noise = 3.0 * sqrt(0.95 * 0.05 / n);

    return is_flagged(counted) ||
           (share > least - noise && (counted->few_values || share < most + noise));
}

/* Counts of practices, and what is the same in nearly every trial: of few values. */
static int has_few_values(const struct world *world)
{
    const struct sample sample = sample_sort(world->own, world->trials, world->memory);
    size_t distinct = 1;

    for (size_t i = 1; i < sample.count; i++)
        distinct += sample.value[i] != sample.value[i - 1];
    return distinct < FEW;
}

static int say(const char *metric, const char *form,
               const struct counted counted[STATISTICS])
{
    int wrong = 0;

    printf("| %s, %s", metric, form);
    for (int s = 0; s < STATISTICS; s++) {
        if (is_flagged(&counted[s]))
            printf(" | flagged");
        else
            printf(" | %s%.1f%s", is_mixed(&counted[s]) ? "all " : "",
                   100.0 * share_of(&counted[s]), is_right(&counted[s]) ? "" : "!");
        wrong |= !is_right(&counted[s]);
    }
    puts(" |");
    fflush(stdout);
    return wrong;
}

static int cover(struct hr_result *result, const char *metric, size_t n, long samples)
{
    size_t forms, reference = 0;
    const char *const *form = hr_result_labels(result, "form", &forms);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    struct hr_result_values values;
    struct hr_error error;
    char path[128];
    int wrong = 0;

    snprintf(path, sizeof(path), "/trials/%s", metric);
    if (hr_result_values(result, path, &values, &error) != HR_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    (void)hr_result_find(result, "form", hr_result_text(result, "reference"),
                         &reference);
    for (size_t f = 0; f < forms; f++) {
        const size_t trials = values.count / forms;
        struct counted counted[STATISTICS] = {{0}};
        struct world world = {values.value + f * trials,
                              values.value + reference * trials, trials,
                              .memory = NULL};

        world.memory = f == reference ? NULL : malloc(12 * trials * sizeof(double));
        if (world.memory == NULL)
            continue;
        learn(&world);
        for (int i = 0; i < STATISTICS; i++)
            counted[i].few_values = has_few_values(&world);
        for (long s = 0; s < samples; s++)
            draw(&world, rng, n, counted);
        wrong |= say(metric, form[f], counted);
        free(world.memory);
    }
    gsl_rng_free(rng);
    return wrong;
}

int main(int argc, char **argv)
{
    static const struct hr_result_options unproven = {.unproven = true};
    struct hr_result *result;
    struct hr_error error;
    int wrong = 0;

    if (argc < 5) {
        fprintf(stderr, "usage: coverage_result RESULT N REPETITIONS METRIC..\n");
        return 2;
    }
    if (hr_result_open_as(argv[1], &unproven, &result, &error) != HR_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 2;
    }
    printf("| %s numbers", argv[2]);
    for (int s = 0; s < STATISTICS; s++)
        printf(" | %s", names[s]);
    puts(" |");
    for (int m = 4; m < argc; m++)
        wrong |= cover(result, argv[m], strtoul(argv[2], NULL, 10), atol(argv[3]));
    hr_result_close(result);
    return wrong;
}
