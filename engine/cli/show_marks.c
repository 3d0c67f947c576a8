#include "show_marks.h"

#include <stddef.h>

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
