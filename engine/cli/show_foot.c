#include "show_foot.h"

#include "command.h"
#include "text.h"
#include "wrapping.h"

#include <stdio.h>
#include <string.h>

enum { LINE = 1024, FEW_CHOSEN = 2 };

static void print_chosen(const char *key, const char *value, int width)
{
    char shown[LINE], set_to[LINE], line[2 * LINE + 16];

    snprintf(line, sizeof(line), "chosen: %s %s",
             text_visible(key, shown, sizeof(shown)),
             text_visible(value, set_to, sizeof(set_to)));
    (void)print_wrapped(line, width);
}

void show_chosen(struct hr_result *result, bool all, int width)
{
    size_t rows = 0, others = 0, count = 0;
    char line[128];
    const char *const *evidence =
        hr_result_labels(result, "/inputs/assumptions/evidence", &rows);
    const char *const *key =
        hr_result_labels(result, "/inputs/assumptions/key", &others);
    const char *const *value =
        hr_result_labels(result, "/inputs/assumptions/value", &others);

    for (size_t i = 0; i < rows && evidence != NULL && key != NULL && value != NULL;
         i++) {
        if (strcmp(evidence[i], "chosen") != 0)
            continue;
        if (all || count < FEW_CHOSEN)
            print_chosen(key[i], value[i], width);
        count++;
    }
    if (all || count <= FEW_CHOSEN)
        return;
    snprintf(line, sizeof(line), "and %zu more chosen: --full lists them",
             count - FEW_CHOSEN);
    (void)print_wrapped(line, width);
}

static void print_note(const char *note, int width)
{
    if (note != NULL)
        print_wrapped(note, width);
}

void show_foot(const struct hr_answer *answer, const struct show_choice *choice,
               const struct show_foot *foot)
{
    char line[LONGEST_WORD + 512], word[LONGEST_WORD];

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
    print_note(show_mark_better_note(foot->marks), foot->width);
    if (!choice->full && choice->metric == NULL) {
        snprintf(
            line, sizeof(line),
            "headroom show --full %s for all %zu measures, --metric NAME for one%s",
            shell_word(foot->path, word), answer->metrics,
            foot->neutral ? ""
                          : ", --neutral for what is left without assumed "
                            "terms");
        print_wrapped(line, foot->width);
    }
}
