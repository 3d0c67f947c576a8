#include "stream.h"
#include "sweep_axes.h"

#include "contents.h"

void sweep_print_change(FILE *out, const struct hr_scenario *scenario,
                        const struct sweep_axis *axis, const struct sweep_value *value)
{
    if (axis->key == NULL) {
        fprintf(out, "%s%s", value->text, *value->text == '\0' ? "" : "\n");
        return;
    }
    for (size_t i = 0; i < scenario->settings.count; i++) {
        const char *key = scenario->settings.item[i]->key;

        if (schema_matches(axis->key, key))
            fprintf(out, "%s=%s\n", key, value->text);
    }
}

bool sweep_changes(const struct hr_scenario *scenario, size_t point, char **text)
{
    const struct sweep *sweep = &scenario->sweep;
    size_t size = 0;
    FILE *out = stream_to_memory(text, &size);

    if (out == NULL)
        return false;
    for (size_t a = 0; a < sweep->axes; a++)
        sweep_print_change(out, scenario, &sweep->axis[a],
                           sweep->point[point * sweep->axes + a]);
    return stream_close(out);
}

const char *sweep_leaf(const char *key)
{
    const char *dot = strrchr(key, '.');

    return dot == NULL ? key : dot + 1;
}

const struct sweep *scenario_sweep(const struct hr_scenario *scenario)
{
    return &scenario->sweep;
}
