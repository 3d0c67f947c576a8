#include "changes.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST = 320 };

const struct hr_assumption *changes_about(const struct hr_scenario *scenario,
                                          const char *key)
{
    size_t count;
    const struct hr_assumption *list = hr_scenario_assumptions(scenario, &count);

    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].key, key) == 0 && list[i].number)
            return &list[i];
    }
    return NULL;
}

void changes_set(struct changes *changes, const char *key, double value)
{
    if (changes->count < CHANGES_MOST)
        changes->text[changes->count++] =
            result_set_name(changes->set, "%s=%.17g", key, value);
}

void changes_set_draw(struct changes *changes, const struct draws *draws, size_t k,
                      double value)
{
    for (const char *at = draws->keys[k]; *at != '\0';) {
        const size_t length = strcspn(at, ",");
        const struct hr_assumption *about;
        char key[LONGEST];

        snprintf(key, sizeof(key), "%.*s", (int)length, at);
        about = changes_about(changes->scenario, key);
        changes_set(changes, key, about != NULL ? value / about->uplift : value);
        at += length + (at[length] == ',');
    }
}
