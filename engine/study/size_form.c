/* A form's size in the full model. The metric is a step function of the target (what
 * practices are grouped changes one by one) and carries Monte Carlo error; the same
 * trials at every size make differences between sizes far surer than levels. */
#include "headroom/study.h"

#include "estimate_points.h"
#include "headroom/result.h"
#include "problems.h"

#include <math.h>
#include <stdio.h>

enum { GRID = 7, HALVINGS = 5 };

static const double confidence = 0.95;

/** A search under way. */
struct search {
    const struct hr_base *base;
    const char *form;
    uint64_t trials;
    const struct hr_size_target *target;
    const struct hr_run_options *options;
    struct hr_size_answer *answer;
};

static enum hr_status read_metric(const struct search *search, struct hr_result *result,
                                  struct hr_size_point *point, struct hr_error *error)
{
    struct hr_result_values values;
    struct moments moments;
    struct interval_estimate mean;
    size_t form = 0, trials;
    char name[128];

    snprintf(name, sizeof(name), "/trials/%s", search->target->metric);
    if (hr_result_values(result, name, &values, error) != HR_OK)
        return error->status;
    if (hr_result_find_form(result, search->form, &form, error) != HR_OK)
        return error->status;
    trials = values.size[values.rank - 1];
    moments = moments_of(&values.value[form * trials], trials);
    mean = estimate_mean_of(&moments, confidence);
    point->value = mean.value;
    point->standard_error = mean.error;
    point->low = mean.low;
    point->high = mean.high;
    if (isnan(point->value))
        return hr_fail(error, HR_BAD_INPUT, "%s does not exist under %s",
                       search->target->metric, search->form);
    return HR_OK;
}

static enum hr_status at_size(const struct search *search, double people,
                              struct hr_scenario **variant, struct hr_error *error)
{
    struct hr_messages problems = {0};
    char text[192];
    const char *change = text;
    enum hr_status status;

    snprintf(text, sizeof(text), "forms.%s.target_population=%.0f", search->form,
             people);
    status = hr_base_variant(search->base, &change, 1, variant, &problems);
    return status == HR_OK ? HR_OK : problems_fail(&problems, status, "", error);
}

static enum hr_status run_variant(const struct search *search,
                                  const struct hr_scenario *variant,
                                  struct hr_size_point *point, struct hr_error *error)
{
    struct hr_runner *runner = NULL;
    struct hr_result *result = NULL;
    enum hr_status status = hr_run_open(variant, search->options, &runner, error);

    if (status == HR_OK)
        status = hr_run_advance(runner, search->trials, error);
    if (status == HR_OK)
        status = hr_run_result(runner, &result, error);
    if (status == HR_OK)
        status = read_metric(search, result, point, error);
    hr_result_close(result);
    hr_run_close(runner);
    return status;
}

static enum hr_status run_at(const struct search *search, struct hr_size_point *point,
                             struct hr_error *error)
{
    struct hr_scenario *variant = NULL;
    enum hr_status status = at_size(search, point->people, &variant, error);

    if (status == HR_OK)
        status = run_variant(search, variant, point, error);
    hr_scenario_free(variant);
    return status;
}

static bool meets(const struct hr_size_target *target, double value)
{
    return target->at_least ? value >= target->limit : value <= target->limit;
}

/* Run one size and put it among the others. */
static enum hr_status try_size(const struct search *search, double people,
                               struct hr_error *error)
{
    struct hr_size_answer *answer = search->answer;
    struct hr_size_point point = {.people = rint(people)};
    const enum hr_status status = run_at(search, &point, error);
    size_t at = answer->points;

    if (status != HR_OK)
        return status;
    point.meets = meets(search->target, point.value);
    for (; at > 0 && answer->curve[at - 1].people > point.people; at--)
        answer->curve[at] = answer->curve[at - 1];
    answer->curve[at] = point;
    answer->points++;
    return HR_OK;
}

/* The place from which on all sizes meet the target; points where none does. */
static size_t first_met(const struct hr_size_answer *answer)
{
    size_t at = answer->points;

    while (at > 0 && answer->curve[at - 1].meets)
        at--;
    return at;
}

/* Whether all of a value's interval meets the target, or none of it; neither where
 * there is no interval. */
static bool is_sure(const struct hr_size_target *target,
                    const struct hr_size_point *point)
{
    return target->at_least ? point->low >= target->limit
                            : point->high <= target->limit;
}

static bool is_out(const struct hr_size_target *target,
                   const struct hr_size_point *point)
{
    return target->at_least ? point->high < target->limit : point->low > target->limit;
}

static void read_answer(const struct search *search)
{
    struct hr_size_answer *answer = search->answer;
    const size_t met = first_met(answer);
    size_t sure = answer->points;

    answer->low = 0.0;
    answer->high = INFINITY;
    answer->people = met < answer->points ? answer->curve[met].people : NAN;
    while (sure > 0 && is_sure(search->target, &answer->curve[sure - 1]))
        sure--;
    if (sure < answer->points)
        answer->high = answer->curve[sure].people;
    for (size_t i = 0; i < answer->points; i++) {
        if (is_out(search->target, &answer->curve[i]))
            answer->low = answer->curve[i].people;
    }
}

static enum hr_status look(const struct search *search, double low, double high,
                           struct hr_error *error)
{
    const double step = pow(high / low, 1.0 / (GRID - 1));
    struct hr_size_answer *answer = search->answer;
    enum hr_status status = HR_OK;

    for (int i = 0; i < GRID && status == HR_OK; i++)
        status = try_size(search, low * pow(step, i), error);
    for (int i = 0; i < HALVINGS && status == HR_OK; i++) {
        const size_t at = first_met(answer);

        if (at == 0 || at == answer->points)
            break;
        status = try_size(search,
                          sqrt(answer->curve[at - 1].people * answer->curve[at].people),
                          error);
    }
    if (status == HR_OK)
        read_answer(search);
    return status;
}

static enum hr_status open_base(const struct hr_scenario *scenario,
                                struct hr_base **base, struct hr_error *error)
{
    struct hr_messages problems = {0};
    enum hr_status status = hr_base_open(scenario, base, &problems);

    return status == HR_OK ? HR_OK : problems_fail(&problems, status, "", error);
}

enum hr_status hr_size_of_form(const struct hr_scenario *scenario,
                               const struct hr_size_search *wanted,
                               const struct hr_run_options *options,
                               struct hr_size_answer *answer, struct hr_error *error)
{
    const double low = wanted->low, high = wanted->high;
    struct hr_base *base = NULL;
    struct search search = {
        .form = wanted->form,
        .trials = (uint64_t)hr_scenario_number(scenario, "trials"),
        .target = wanted->target,
        .options = options,
        .answer = answer,
    };
    enum hr_status status;

    *answer = (struct hr_size_answer){.people = NAN, .low = NAN, .high = NAN};
    if (!(low >= 1.0 && high > low && isfinite(high)))
        return hr_fail(error, HR_BAD_INPUT,
                       "sizes from %g to %g: the first must be at least 1 and below "
                       "the second",
                       low, high);
    status = open_base(scenario, &base, error);
    search.base = base;
    if (status == HR_OK)
        status = look(&search, low, high, error);
    hr_base_close(base);
    return status;
}
