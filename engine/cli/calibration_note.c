#include "calibration_note.h"

#include "json.h"
#include "wrapping.h"

#include <stdio.h>
#include <string.h>

static const double usual_least = 0.5, usual_most = 1.5;

/* False where there is nothing to say. */
static bool unusual_factor(const struct hr_result *result, double *factor)
{
    return hr_result_number(result, "/inputs/calibration/factor", factor) &&
           (*factor < usual_least || *factor > usual_most);
}

/* The source of the key that accepts it. */
static const char *reason(const struct hr_result *result, double factor)
{
    const char *accepts = factor > usual_most ? "money.calibration_factor.most"
                                              : "money.calibration_factor.least";
    size_t keys = 0, sources = 0;
    const char *const *key = hr_result_labels(result, "/inputs/assumptions/key", &keys);
    const char *const *source =
        hr_result_labels(result, "/inputs/assumptions/source", &sources);

    for (size_t i = 0; key != NULL && source != NULL && i < keys && i < sources; i++) {
        if (strcmp(key[i], accepts) == 0)
            return source[i];
    }
    return "not stated";
}

void calibration_note_print(const struct hr_result *result)
{
    double factor;
    char line[1024] = "";

    if (unusual_factor(result, &factor))
        snprintf(line, sizeof(line),
                 "Costs other than GPs are calibrated to %.2f times money.cost_rate, "
                 "and %g to %g is usual; accepted because: %s",
                 factor, usual_least, usual_most, reason(result, factor));
    if (*line != '\0')
        (void)print_wrapped(line, show_width());
}

void calibration_note_write(struct json *json, const struct hr_result *result)
{
    double factor;

    if (!unusual_factor(result, &factor))
        return;
    json_number(json, "calibration_factor", factor);
    json_text(json, "calibration_reason", reason(result, factor));
}
