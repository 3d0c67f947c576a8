#include "backtest_parts.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/** A sentence being written. */
struct words {
    char *text;
    size_t size, used;
};

HR_PRINTF(2, 3)
static void say(struct words *words, const char *format, ...)
{
    va_list arguments;
    int more;

    va_start(arguments, format);
    more = vsnprintf(words->text + words->used, words->size - words->used, format,
                     arguments);
    va_end(arguments);
    words->used += more < 0 ? 0 : (size_t)more;
    if (words->used >= words->size)
        words->used = words->size - 1;
}

static bool is_by_practice(const struct hr_forecast_group *group)
{
    return strcmp(group->kind, "by practice") == 0;
}

static void say_name(struct words *words, const struct hr_forecast_group *group)
{
    say(words, "%s%s%s", group->measure, *group->kind == '\0' ? "" : " ", group->kind);
}

static void say_coverage(struct words *words, const struct hr_forecast_group *group)
{
    if (is_by_practice(group))
        say(words,
            "the sum of %zu practices is %s its 90 %% interval and %s its 50 %% "
            "one",
            group->rows, group->in_90 == 1 ? "within" : "outside",
            group->in_50 == 1 ? "within" : "outside");
    else
        say(words, "%zu of %zu within their 90 %% interval, %zu within that of 50 %%",
            group->in_90, group->rows, group->in_50);
}

static void say_bias(struct words *words, const struct hr_forecast_group *group)
{
    if (isnan(group->bias))
        return;
    say(words, "; forecast %.1f %% too %s in all (%.1f %% Monte Carlo error)",
        100.0 * fabs(group->bias), group->bias < 0.0 ? "low" : "high",
        100.0 * group->bias_error);
}

static void say_skill(struct words *words, const struct hr_forecast_group *group)
{
    say(words, "; CRPS %.3g", group->crps);
    if (group->naive == NULL)
        say(words, ", and nothing to make a forecast without a model of");
    else
        say(words, " against %.3g of %s, %.2f times that", group->naive_crps,
            group->naive, group->crps / group->naive_crps);
}

static void write_sentence(struct hr_forecast_group *group)
{
    struct words words = {group->sentence, sizeof(group->sentence), 0};

    say_name(&words, group);
    say(&words, ": ");
    say_coverage(&words, group);
    say_bias(&words, group);
    say_skill(&words, group);
    say(&words, ".%s",
        group->fitted ? " In-sample: numbers of the scenario were fitted to some of "
                        "these rows."
                      : "");
}

static bool holds(const struct hr_forecast_group *group)
{
    return group->calibrated && group->skilled;
}

static void say_failure(struct words *words, const struct hr_forecast_group *group)
{
    say_name(words, group);
    if (!group->calibrated)
        say(words, " lies outside its intervals more often than it would if they were "
                   "right");
    if (!group->calibrated && !group->skilled)
        say(words, " and");
    if (!group->skilled)
        say(words, " is forecast worse than by %s", group->naive);
}

void backtest_sentences(struct hr_backtest *backtest)
{
    struct words words = {backtest->verdict, sizeof(backtest->verdict), 0};
    size_t held = 0, said = 0;

    for (size_t i = 0; i < backtest->groups; i++) {
        write_sentence(&backtest->group[i]);
        held += holds(&backtest->group[i]);
    }
    backtest->holds = held == backtest->groups;
    say(&words, "The forecasts hold for %zu of %zu kinds of what was seen", held,
        backtest->groups);
    for (size_t i = 0; i < backtest->groups; i++) {
        if (holds(&backtest->group[i]))
            continue;
        say(&words, "%s", said++ == 0 ? ": " : "; ");
        say_failure(&words, &backtest->group[i]);
    }
    say(&words, ".");
}
