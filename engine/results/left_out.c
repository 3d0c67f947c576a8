/* What a run was told not to store by trial. */
#include "headroom/result.h"

#include "name_list.h"

#include <stdio.h>
#include <string.h>

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* Metrics whose trials are there, out of how many. */
static size_t count_metrics(const struct hr_result *result, size_t *all,
                            struct name_list *kept)
{
    size_t count = 0;

    *all = 0;
    for (size_t i = 0; i < hr_result_count(result); i++) {
        const char *path = hr_result_path(result, i);

        *all += begins(path, "/summary/");
        if (begins(path, "/trials/")) {
            name_list_add(kept, path + strlen("/trials/"));
            count++;
        }
    }
    return count;
}

/* The value of an assumption as written; NULL where it does not stand there. */
static const char *assumption(const struct hr_result *result, const char *key)
{
    size_t count, place;
    const char *const *value =
        hr_result_labels(result, "/inputs/assumptions/value", &count);

    if (value == NULL ||
        !hr_result_find(result, "/inputs/assumptions/key", key, &place))
        return NULL;
    return value[place];
}

static void say_trials(const char *kept, size_t count, char *text, size_t size)
{
    if (count == 0)
        snprintf(text, size, "it keeps no trials (store.trials)");
    else
        snprintf(text, size, "it keeps the trials of %s alone (store.trials)", kept);
}

bool hr_result_left_out(const struct hr_result *result, char *text, size_t size)
{
    char list[512] = "", trials[640] = "";
    struct name_list kept = {.text = list, .size = sizeof(list)};
    size_t all;
    const size_t count = count_metrics(result, &all, &kept);
    const char *drawn = assumption(result, "store.parameters");
    const bool parameters = drawn != NULL && strcmp(drawn, "none") == 0;

    text[0] = '\0';
    if (hr_result_points(result) > 1 || (count == all && !parameters))
        return false;
    name_list_end(&kept);
    if (count < all)
        say_trials(list, count, trials, sizeof(trials));
    snprintf(text, size, "%s%s%s", trials,
             *trials != '\0' && parameters ? ", and " : "",
             !parameters       ? ""
             : *trials != '\0' ? "not what was drawn (store.parameters)"
                               : "it does not keep what was drawn (store.parameters)");
    return true;
}
