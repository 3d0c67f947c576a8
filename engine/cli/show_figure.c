#include "show_figure.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WIDEST = 8 };

const char *show_figure(double number, double error, const struct hr_metric *metric,
                        bool sign, char *text)
{
    const struct figure_unit unit = {metric->scale, false, "", metric->decimals};

    if (isnan(number))
        return strcpy(text, "-");
    (void)figure_write(number, figure_to_error(error), &unit,
                       sign ? FIGURE_SIGNED : FIGURE_PLAIN, text);
    if (strlen(text) > WIDEST && fabs(number / unit.scale) < 1.0)
        snprintf(text, FIGURE_SIZE, sign ? "%+.1e" : "%.1e", number / unit.scale);
    return text;
}

void show_unit(const struct hr_metric *metric, char *text, size_t size)
{
    const char *suffix = strcmp(metric->suffix, "k") == 0 && !metric->money
                             ? "thousand"
                             : metric->suffix;
    const char *per = strncmp(metric->unit, "GBP/", 4) == 0 ? metric->unit + 4 : "";

    if (metric->money)
        snprintf(text, size, "GBP%s%s%s%s", *suffix != '\0' ? " " : "", suffix,
                 *per != '\0' ? " a " : "", per);
    else
        snprintf(text, size, "%s", *suffix != '\0' ? suffix : metric->unit);
}
