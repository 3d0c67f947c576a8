#include "compare_table.h"

#include "order.h"
#include "wrapping.h"

#include <math.h>
#include <stdlib.h>

static void print_site(const struct decision_run *run, size_t at, const char *site)
{
    static const struct figure_unit thousands = {1e3, false, "", 1};
    const double mean = decision_values(run, "site_difference")[at];
    const double se = decision_values(run, "site_difference_se")[at];
    const struct ranged range = {mean, mean - 1.96 * se, mean + 1.96 * se};
    char text[3 * FIGURE_SIZE], odds[FIGURE_SIZE];

    if (isnan(mean))
        return;
    printf("%-16.15s%-32s%10s%9s%9s\n", site, range_text(range, &thousands, true, text),
           percent(decision_values(run, "site_worse_off")[at], odds),
           decision_values(run, "site_joins")[at] > 0.0 ? "yes" : "no",
           decision_values(run, "site_joins_careful")[at] > 0.0 ? "yes" : "no");
}

/* Worst off first. */
static void print_each(const struct decision_run *run, size_t form)
{
    size_t sites;
    const char *const *site = decision_labels(run, "site", &sites);
    const double *mean = decision_values(run, "site_difference") + form * sites;
    double *key = calloc(sites, sizeof(*key));
    size_t *place = calloc(sites, sizeof(*place));

    printf("%-16s%-32s%10s%9s%9s\n", "", "today's partners, GBP k", "worse in", "joins",
           "careful");
    for (size_t s = 0; key != NULL && s < sites; s++)
        key[s] = -mean[s];
    if (key != NULL && place != NULL) {
        order_falling(key, sites, place);
        for (size_t i = 0; i < sites; i++)
            print_site(run, form * sites + place[i], site[place[i]]);
    } else {
        *run->lost = true;
    }
    free(key);
    free(place);
}

void print_sites(const struct decision_run *run, size_t form)
{
    const double *worse = decision_values(run, "sites_worse_on_average");
    const double *future = decision_values(run, "sites_worse_in_future");
    size_t forms;
    char line[512];

    if (worse == NULL) {
        if (run->options->sites)
            puts(
                "\nThe file does not say what today's partners of each practice get "
                "against that\nreference: it is its own reference that it does so for, "
                "if it is of this version.");
        return;
    }
    snprintf(
        line, sizeof(line),
        "Partners worse off on average under %.64s if all join: %.0f of %.0f "
        "(%.0f to %.0f) practices; %.0f would join, %.0f if they dislike risk. One "
        "practice staying out alone is not simulated.",
        decision_labels(run, "form", &forms)[form], worse[form],
        decision_values(run, "sites_counted")[form],
        decision_values(run, "sites_worse_on_average_low")[form],
        decision_values(run, "sites_worse_on_average_high")[form],
        decision_values(run, "sites_joining")[form],
        decision_values(run, "sites_joining_careful")[form]);
    putchar('\n');
    print_wrapped(line, DECISION_WIDTH);
    if (!isnan(future[form])) {
        snprintf(line, sizeof(line),
                 "In one future: %.1f on average, %.0f to %.0f in 18 of 20 futures.",
                 future[form], decision_values(run, "sites_worse_in_future_q05")[form],
                 decision_values(run, "sites_worse_in_future_q95")[form]);
        print_wrapped(line, DECISION_WIDTH);
    }
    if (run->options->sites)
        print_each(run, form);
}
