#include "option_ties.h"

#include "headroom/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tie {
    const char *command, *option;
    const char *other[2]; /**< the one, or the other */
    const char *because; /**< what the other does, beside which the option says nothing;
                              NULL: without which it says nothing */
};

static const char cost[] = "says what claims cost", all[] = "has all of it",
                  price[] = "asks who is best at each price",
                  split[] = "is of the spread as a whole", none[] = "runs nothing";

static const struct tie ties[] = {
    {"pool", "tail", {"splice"}, NULL},
    {"pool", "splice", {"tail"}, NULL},
    {"pool", "cost", {"k"}, NULL},
    {"pool", "persistence-phi", {"persistence-sd"}, NULL},
    {"pool", "error-wide-sd", {"error-wide-share"}, NULL},
    {"pool", "premium-loading", {"limit"}, NULL},
    {"pool", "factor-gamma", {"factor-variance"}, NULL},
    {"size", "trials", {"form"}, NULL},
    {"size", "threads", {"form"}, NULL},
    {"size", "instruction-set", {"form"}, NULL},
    {"compare", "risk-aversion", {"sites"}, NULL},
    {"compare", "verbose", {"over"}, "says one line of a point"},
    {"compare", "force", {"output"}, NULL},
    {"switch", "force", {"output"}, NULL},
    {"sensitivity", "force", {"output"}, NULL},
    {"voi", "force", {"output"}, NULL},
    {"voi", "reference", {"forms"}, NULL},
    {"switch", "reference", {"forms"}, NULL},
    {"sensitivity", "reference", {"forms", "terms"}, NULL},
    {"voi", "years", {"per-year"}, NULL},
    {"voi", "per-year", {"years"}, NULL},
    {"voi", "discount", {"years"}, NULL},
    {"pool", "rate", {"k"}, cost},
    {"pool", "mean", {"k"}, cost},
    {"pool", "cv", {"k"}, cost},
    {"pool", "splice", {"k"}, cost},
    {"pool", "two-part", {"k"}, cost},
    {"pool", "values", {"k"}, cost},
    {"pool", "quantiles", {"k"}, cost},
    {"pool", "mean", {"values"}, cost},
    {"pool", "cv", {"values"}, cost},
    {"pool", "splice", {"values"}, cost},
    {"pool", "mean", {"quantiles"}, cost},
    {"pool", "cv", {"quantiles"}, cost},
    {"pool", "splice", {"quantiles"}, cost},
    {"pool", "quantiles", {"values"}, cost},
    {"sensitivity", "key", {"split"}, split},
    {"switch", "trials", {"no-run"}, none},
    {"switch", "confidence", {"no-run"}, none},
    {"voi", "metric", {"price"}, price},
    {"voi", "objective", {"price"}, price},
    {"voi", "reference", {"price"}, price},
    {"voi", "confidence", {"price"}, price},
    {"voi", "top", {"price"}, price},
    {"voi", "group", {"price"}, price},
    {"voi", "decisions", {"price"}, price},
    {"voi", "per-year", {"price"}, price},
    {"show", "metric", {"json"}, all},
    {"show", "form", {"json"}, all},
};

static bool is_of(const struct tie *tie, const char *command)
{
    const char *name = strrchr(command, ' ');

    return strcmp(tie->command, name == NULL ? command : name + 1) == 0;
}

static void refuse(const struct tie *tie, const char *command)
{
    const char *const *other = tie->other;

    if (tie->because == NULL)
        fprintf(stderr, "%s: --%s says nothing without --%s%s%s\n", command,
                tie->option, other[0], other[1] == NULL ? "" : " or --",
                other[1] == NULL ? "" : other[1]);
    else
        fprintf(stderr, "%s: --%s says nothing beside --%s, which %s: take one out\n",
                command, tie->option, other[0], tie->because);
    exit(HR_BAD_INPUT);
}

void option_ties_check(const char *command, option_is_given *is_given,
                       const void *given)
{
    for (size_t i = 0; i < sizeof(ties) / sizeof(*ties); i++) {
        const struct tie *tie = &ties[i];
        const char *const *other = tie->other;

        if (is_of(tie, command) && is_given(given, tie->option) &&
            (is_given(given, other[0]) ||
             (other[1] != NULL && is_given(given, other[1]))) == (tie->because != NULL))
            refuse(tie, command);
    }
}
