#include "answer_parts.h"

#include "estimate.h"

#include <math.h>
#include <stdio.h>

double answer_statistic(const struct hr_result *result,
                        const struct hr_result_values *values, size_t form,
                        const char *label)
{
    size_t place, n;

    if (values->value == NULL || !hr_result_find(result, "statistic", label, &place))
        return NAN;
    return answer_row(values, form, &n)[place];
}

static double part_of(const struct hr_result *result,
                      const struct hr_result_values *values, size_t form,
                      const char *label, const char *part)
{
    char name[64];

    snprintf(name, sizeof(name), "%s_%s", label, part);
    return answer_statistic(result, values, form, name);
}

struct hr_answer_interval answer_interval(const struct hr_result *result,
                                          const struct hr_result_values *values,
                                          size_t form, const char *label)
{
    const double flags = part_of(result, values, form, label, "flags");

    return (struct hr_answer_interval){
        .low = part_of(result, values, form, label, "low"),
        .high = part_of(result, values, form, label, "high"),
        .flags = flags >= 0.0 && flags < 1 << HR_ANSWER_FLAGS ? (int)flags : 0,
    };
}

const char *hr_answer_flag(int i)
{
    static const char *const names[HR_ANSWER_FLAGS] = {
        "few", "thin", "heavy", "open", "discrete", "selected", "one-sided"};

    _Static_assert(ESTIMATE_ONE_SIDED == 1 << (HR_ANSWER_FLAGS - 1),
                   "each flag has a name");
    return i >= 0 && i < HR_ANSWER_FLAGS ? names[i] : NULL;
}

bool hr_answer_is_heavy(const struct hr_answer_interval *of_mean)
{
    return (of_mean->flags & ESTIMATE_HEAVY) != 0;
}

bool hr_answer_is_unbounded(const struct hr_answer_interval *interval)
{
    return (interval->flags & (ESTIMATE_FEW | ESTIMATE_OPEN)) != 0;
}
