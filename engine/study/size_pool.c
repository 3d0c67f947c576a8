#include "headroom/study.h"

#include "sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double curve_sizes[] = {1000,   2000,   5000,   8000,   15000,
                                     30000,  50000,  75000,  100000, 150000,
                                     200000, 300000, 500000, 1000000};

enum { CURVE = sizeof(curve_sizes) / sizeof(*curve_sizes), MOST_DRAWS = 10000 };

static enum hr_status fill_curve(const struct hr_pool_terms *terms,
                                 const struct hr_size_target *target,
                                 struct hr_size_answer *answer, struct hr_error *error)
{
    for (size_t i = 0; i < CURVE; i++) {
        struct hr_size_point *point = &answer->curve[i];
        const enum hr_status status = hr_pool_value_at(
            terms, curve_sizes[i], &target->pool, &point->value, error);

        if (status != HR_OK)
            return status;
        point->people = curve_sizes[i];
        point->meets = point->value <= target->pool.limit;
    }
    answer->points = CURVE;
    return HR_OK;
}

/* INFINITY where no size will do: that is an answer too. */
static enum hr_status size_of(const struct hr_pool_terms *terms,
                              const struct hr_size_target *target, double *people,
                              struct hr_error *error)
{
    const enum hr_status status = hr_pool_size(terms, &target->pool, people, error);

    return status == HR_BAD_INPUT && isinf(*people) ? HR_OK : status;
}

static bool leaves_something_open(const struct hr_scenario *scenario)
{
    size_t count;
    const struct hr_assumption *item = hr_scenario_assumptions(scenario, &count);

    for (size_t i = 0; i < count; i++) {
        if (item[i].distributed && strncmp(item[i].key, "delegated.", 10) == 0)
            return true;
    }
    return false;
}

/* Of the sizes of all draws; whole ranks, since a size may be infinite. */
static void read_interval(const double *size, uint64_t draws, double *memory,
                          struct hr_size_answer *answer)
{
    const struct sample sample = sample_sort(size, draws, memory);
    const double last = (double)(draws - 1);

    answer->low = sample.value[(size_t)floor(0.025 * last)];
    answer->high = sample.value[(size_t)ceil(0.975 * last)];
    answer->draws = draws;
    for (uint64_t i = 0; i < draws; i++)
        answer->open += isinf(size[i]) ? 1 : 0;
}

static void name_draw(uint64_t trial, struct hr_error *error)
{
    const struct hr_error why = *error;

    (void)hr_fail(error, why.status, "draw %llu of what the scenario leaves open: %s",
                  (unsigned long long)trial, why.message);
}

static enum hr_status fill_interval(const struct hr_scenario *scenario,
                                    const struct hr_size_target *target, uint64_t draws,
                                    struct hr_size_answer *answer,
                                    struct hr_error *error)
{
    double *size = calloc(3 * draws, sizeof(*size));
    enum hr_status status = HR_OK;

    if (size == NULL)
        return hr_fail(error, HR_FAILED, "no memory for %llu draws",
                       (unsigned long long)draws);
    for (uint64_t trial = 0; trial < draws && status == HR_OK; trial++) {
        struct hr_pool_terms terms;

        status = hr_scenario_budget(scenario, &trial, &terms, error);
        if (status == HR_OK)
            status = size_of(&terms, target, &size[trial], error);
        if (status == HR_BAD_INPUT)
            name_draw(trial, error);
    }
    if (status == HR_OK)
        read_interval(size, draws, size + draws, answer);
    free(size);
    return status;
}

enum hr_status hr_size_of_pool(const struct hr_scenario *scenario,
                               const struct hr_size_target *target, uint64_t draws,
                               struct hr_size_answer *answer, struct hr_error *error)
{
    struct hr_pool_terms terms;
    enum hr_status status = hr_scenario_budget(scenario, NULL, &terms, error);

    *answer = (struct hr_size_answer){.people = NAN, .low = NAN, .high = NAN};
    if (draws > MOST_DRAWS)
        return hr_fail(error, HR_BAD_INPUT, "more than %d draws", (int)MOST_DRAWS);
    if (status == HR_OK)
        status = fill_curve(&terms, target, answer, error);
    if (status == HR_OK)
        status = size_of(&terms, target, &answer->people, error);
    if (status == HR_OK && draws > 0 && leaves_something_open(scenario))
        status = fill_interval(scenario, target, draws, answer, error);
    return status;
}
