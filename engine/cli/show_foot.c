#include "show_foot.h"

#include "decision_options.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

enum { LINE = 1024 };

void show_chosen(struct hr_result *result)
{
    size_t rows = 0, others = 0;
    const char *const *evidence =
        hr_result_labels(result, "/inputs/assumptions/evidence", &rows);
    const char *const *key =
        hr_result_labels(result, "/inputs/assumptions/key", &others);
    const char *const *value =
        hr_result_labels(result, "/inputs/assumptions/value", &others);

    if (evidence == NULL || key == NULL || value == NULL)
        return;
    for (size_t i = 0; i < rows; i++) {
        char shown[LINE], set_to[LINE];

        if (strcmp(evidence[i], "chosen") == 0)
            printf("chosen: %s %s\n", text_visible(key[i], shown, sizeof(shown)),
                   text_visible(value[i], set_to, sizeof(set_to)));
    }
}

static void print_note(const char *note, int width)
{
    if (note != NULL)
        print_wrapped(note, width);
}

void show_foot(const struct hr_answer *answer, const struct show_choice *choice,
               const struct show_foot *foot)
{
    char line[512];

    snprintf(line, sizeof(line),
             "?  within 3 Monte Carlo errors of zero;  ~  under %g GBP a "
             "patient and year, or 1 %%;  =  always the same",
             answer->materiality);
    print_wrapped(line, foot->width);
    if (foot->neutral)
        print_wrapped("+  turns round with the forms' terms neutral, or (all) with "
                      "contracts and hospital effects too",
                      foot->width);
    print_note(show_mark_heavy_note(foot->marks), foot->width);
    print_note(show_mark_unbounded_note(foot->marks), foot->width);
    if (!choice->full && choice->metric == NULL) {
        snprintf(
            line, sizeof(line),
            "headroom show --full %s for all %zu measures, --metric NAME for one%s",
            foot->path, answer->metrics,
            foot->neutral ? ""
                          : ", --neutral for what is left without assumed "
                            "terms");
        print_wrapped(line, foot->width);
    }
}
