#include "voi_prices.h"
#include "wrapping.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 12, MOST_FORMS = 4, MOST_LINES = 16 };

struct hr_prices prices_parse(const struct argp_state *state, const char *text)
{
    struct hr_prices prices = {0};
    double *const number[] = {&prices.from, &prices.to, &prices.step};
    char part[FIGURE_SIZE];
    const char *at = text + strcspn(text, "=");

    if (strncmp(text, "unmet=", 6) != 0)
        argp_error(state, "--price takes unmet=FROM:TO:STEP, such as unmet=0:300:10");
    for (int i = 0; i < 3 && *at != '\0'; i++) {
        const size_t length = strcspn(++at, ":");

        snprintf(part, sizeof(part), "%.*s", (int)length, at);
        *number[i] = option_number(state, "--price", part, 0.0, 1e9);
        at += length;
    }
    if (*at != '\0' || !(prices.step > 0.0))
        argp_error(state, "--price takes unmet=FROM:TO:STEP, such as unmet=0:300:10");
    return prices;
}

static void print_changes(const struct decision_run *run)
{
    size_t changes, words;
    const char *const *from = decision_labels(run, "change_from", &changes);
    const char *const *to = decision_labels(run, "change_to", &words);
    static const struct figure_unit pounds = {1.0, false, "", 0};
    char line[256], text[3 * FIGURE_SIZE];

    for (size_t c = 0; from != NULL && to != NULL && c < changes; c++) {
        const struct ranged at = {decision_values(run, "break_even")[c],
                                  decision_values(run, "break_even_low")[c],
                                  decision_values(run, "break_even_high")[c]};

        snprintf(line, sizeof(line), "%.64s gives way to %.64s at GBP %s%s", from[c],
                 to[c], range_text(at, &pounds, false, text),
                 decision_values(run, "break_even_open")[c] > 0.0
                     ? ", an interval without end"
                     : "");
        print_wrapped(line, DECISION_WIDTH);
    }
}

/* As many prices as a screen has room for, the first and the last among them. */
void print_prices(const struct decision_run *run)
{
    struct hr_result_values price;
    struct hr_error error;
    size_t forms, prices, shown;
    const char *const *form = decision_labels(run, "form", &forms);
    const char *const *best = decision_labels(run, "frontier", &prices);
    const double *share = decision_values(run, "p_best_future");
    const size_t step = run->options->verbose || prices <= MOST_LINES
                            ? 1
                            : (prices + MOST_LINES - 1) / MOST_LINES;
    char name[32], text[FIGURE_SIZE];

    print_changes(run);
    if (hr_result_values(run->analysis, "/frontier_p_best", &price, &error) != HR_OK)
        return;
    shown = forms < MOST_FORMS ? forms : MOST_FORMS;
    printf("\n%-8s%-20s%s\n%-8s%-20s", "price", "best on average",
           "chance of being best", "GBP", "");
    for (size_t f = 0; f < shown; f++)
        printf("%*s", NAME, cut_name(form[f], NAME, name));
    putchar('\n');
    for (size_t p = 0; p < prices; p += step) {
        printf("%-8g%-20s",
               run->options->prices.from + (double)p * run->options->prices.step,
               cut_name(best[p], 20, name));
        for (size_t f = 0; f < shown; f++)
            printf("%*s", NAME, percent(share[p * forms + f], text));
        putchar('\n');
    }
    if (shown < forms)
        printf("%zu more forms: --json has all\n", forms - shown);
}
