#include "store_keys.h"

#include "contents.h"
#include "metric.h"
#include "plan.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

/* The next of the names in *rest; false after the last. */
static bool next_name(const char **rest, char name[LONGEST_NAME])
{
    *rest += strspn(*rest, ", ");
    snprintf(name, LONGEST_NAME, "%.*s", (int)strcspn(*rest, ", "), *rest);
    *rest += strlen(name);
    return *name != '\0';
}

_Static_assert((int)METRICS <= 64, "a bit a metric");

/* METRICS where there is none of the name. */
static size_t find_metric(const char *name)
{
    size_t m = 0;

    while (m < METRICS && strcmp(metric_columns[m].name, name) != 0)
        m++;
    return m;
}

static bool is_word(const char *text)
{
    return strcmp(text, "all") == 0 || strcmp(text, "none") == 0;
}

void store_keys_check(const struct hr_scenario *scenario, struct hr_messages *problems)
{
    const struct setting *trials = settings_find(&scenario->settings, "store.trials");
    const char *rest = trials == NULL ? "" : trials->text;
    char name[LONGEST_NAME];

    if (trials == NULL || is_word(rest))
        return;
    while (next_name(&rest, name)) {
        if (find_metric(name) == METRICS)
            messages_add(problems, &trials->at, trials->key,
                         "\"%s\" is no metric: did you mean %s? `headroom metrics` "
                         "lists them; all and none stand alone",
                         name, hr_metric_nearest(name));
    }
}

void store_keys_compile(const struct hr_scenario *scenario, struct plan *plan)
{
    const struct settings *settings = &scenario->settings;
    const struct setting *trials = settings_find(settings, "store.trials");
    const struct setting *parameters = settings_find(settings, "store.parameters");
    const char *rest = trials == NULL ? "all" : trials->text;
    char name[LONGEST_NAME];

    plan->stores_sites = settings_find(settings, "store.sites")->choice != 0;
    plan->drops_parameters = parameters != NULL && parameters->choice == 0;
    plan->drops_metric = strcmp(rest, "all") == 0 ? 0 : UINT64_MAX;
    while (!is_word(rest) && next_name(&rest, name)) {
        const size_t m = find_metric(name);

        if (m < METRICS)
            plan->drops_metric &= ~((uint64_t)1 << m);
    }
}
