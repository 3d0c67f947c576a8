#include "show_decision.h"

#include "decision_options.h"
#include "wrapping.h"

#include <stdio.h>
#include <string.h>

static const double *numbers(struct hr_result *result, const char *objective,
                             const char *name)
{
    struct hr_result_values values;
    struct hr_error error;
    char path[160];

    snprintf(path, sizeof(path), "/decision/%s/%s", objective, name);
    return hr_result_values(result, path, &values, &error) == HR_OK ? values.value
                                                                    : NULL;
}

static void print_form(struct hr_result *result, const char *objective,
                       const struct hr_answer *answer, size_t form, int width)
{
    const double *best = numbers(result, objective, "p_best");
    const double *low = numbers(result, objective, "p_best_low");
    const double *high = numbers(result, objective, "p_best_high");
    const double *rank = numbers(result, objective, "mean_rank");
    char odds[3][FIGURE_SIZE], line[256];

    if (best == NULL || low == NULL || high == NULL || rank == NULL)
        return;
    snprintf(line, sizeof(line),
             "    %-28.27s best in %s of futures (%s to %s), mean rank %.1f",
             answer->label[form], percent(best[form], odds[0]),
             percent(low[form], odds[1]), percent(high[form], odds[2]), rank[form]);
    if (strlen(line) <= (size_t)width)
        puts(line);
    else
        (void)print_wrapped(line, width);
}

/* The objective that the result decides by; an empty word where there is none. */
static void find_objective(const struct hr_result *result, char objective[64])
{
    char found[64];

    *objective = '\0';
    for (size_t i = 0; i < hr_result_count(result); i++) {
        if (sscanf(hr_result_path(result, i), "/decision/%63[^/]/p_best", found) == 1)
            snprintf(objective, 64, "%s", found);
    }
}

void show_decision(struct hr_result *result, const struct hr_answer *answer, int width)
{
    char objective[64], line[128];

    find_objective(result, objective);
    if (*objective == '\0')
        return;
    snprintf(line, sizeof(line), "By the scenario's own objective, %s:", objective);
    putchar('\n');
    (void)print_wrapped(line, width);
    for (size_t f = 0; f < answer->forms; f++)
        print_form(result, objective, answer, f, width);
}
