#include "show_marks.h"

#include "figure.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>

const char *show_mark_mean(struct show_marks *marks,
                           const struct hr_answer_interval *of_mean)
{
    if (!hr_answer_is_heavy(of_mean))
        return "";
    marks->heavy = true;
    return "*";
}

const char *show_mark_quantile(struct show_marks *marks,
                               const struct hr_answer_interval *of_quantile)
{
    if (!hr_answer_is_unbounded(of_quantile))
        return "";
    marks->unbounded = true;
    return "^";
}

const char *show_mark_better(struct show_marks *marks, const struct hr_metric *metric,
                             double better, char *text)
{
    if (metric->better == HR_BETTER_NEITHER)
        marks->sideless = true;
    else if (isnan(better))
        marks->uncounted = true;
    else {
        snprintf(text, FIGURE_SIZE, "%.0f", 100.0 * better);
        return text;
    }
    return "-";
}

const char *show_mark_heavy_note(const struct show_marks *marks)
{
    return marks->heavy
               ? "*  a mean not to be leaned on, nor its error: a few futures "
                 "lie so far out that more of them may move it anywhere; go by "
                 "the middle and the 1 in 20"
               : NULL;
}

const char *show_mark_unbounded_note(const struct show_marks *marks)
{
    return marks->unbounded
               ? "^  without a bound: too few futures lie beyond to say how "
                 "far off this is; run more trials"
               : NULL;
}

const char *show_mark_better_note(const struct show_marks *marks)
{
    if (marks->uncounted && marks->sideless)
        return "-  under Better: neither way is better, or its trials are not kept to "
               "count";
    if (marks->uncounted)
        return "-  under Better: its trials are not kept to count";
    return marks->sideless ? "-  under Better: neither way is better" : NULL;
}
