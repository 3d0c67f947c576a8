#include "switch_reverse.h"

#include <math.h>

enum { NAME = 35 };

static void print_reverse(const struct decision_run *run)
{
    size_t draws = 0;
    const char *const *draw = decision_labels(run, "draw", &draws);
    const double *value = decision_values(run, "value"),
                 *middle = decision_values(run, "middle"),
                 *score = decision_values(run, "score"),
                 *path = decision_values(run, "path_share");
    char name[NAME], one[FIGURE_SIZE], other[FIGURE_SIZE], odds[FIGURE_SIZE];

    if (isnan(decision_attribute(run, "distance")))
        return;
    putchar('\n');
    print_trials_used(run);
    printf("%-*s%12s%12s%9s%11s\n", NAME, "", "middle", "there", "sd", "of the way");
    for (size_t k = 0; k < draws; k++)
        printf("%-*s%12s%12s%9.2f%11s\n", NAME, cut_name(draw[k], NAME, name),
               plain_number(middle[k], one), plain_number(value[k], other), score[k],
               percent(path[k], odds));
    printf("together %.2f +- %.2f standard deviations\n",
           decision_attribute(run, "distance"), decision_attribute(run, "distance_se"));
}

static enum hr_status ask(struct decision_run *run, const struct hr_again *again,
                          void *context, struct hr_error *error)
{
    (void)context;
    return hr_reverse(run->result[0], &run->options->question,
                      again->scenario == NULL ? NULL : again, &run->analysis, error);
}

enum hr_status switch_reverse(struct decision_run *run, uint64_t trials, bool runs,
                              struct hr_error *error)
{
    const enum hr_status status =
        runs ? decision_ask_again(run, trials, ask, NULL, error)
             : ask(run, &(struct hr_again){0}, NULL, error);

    return status == HR_OK ? decision_print(run, print_reverse, error) : status;
}
