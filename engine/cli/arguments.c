#include "command.h"

#include "text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

uint64_t whole_number(const struct argp_state *state, const char *option,
                      const char *text, double most)
{
    double number = 0.0;

    if (text_to_number(text, &number) != TEXT_NUMBER || number < 0.0 || number > most ||
        floor(number) != number)
        argp_error(state, "%s takes a whole number from 0 to %.0f, not \"%s\"", option,
                   most, text);
    return (uint64_t)number;
}

const char *plural(double number)
{
    return number == 1.0 ? "" : "s";
}

char *file_text(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t size = 0;
    FILE *copy = file == NULL ? NULL : open_memstream(&text, &size);

    if (copy != NULL) {
        for (int c = getc(file); c != EOF; c = getc(file))
            putc(c, copy);
        fclose(copy);
    }
    if (file != NULL)
        fclose(file);
    return text;
}

enum hr_status result_scenario(const struct hr_result *result,
                               struct hr_scenario **scenario)
{
    const char *resolved = hr_result_text(result, "/inputs/scenario_resolved");
    const char *practices = hr_result_text(result, "/inputs/practices_csv");
    struct hr_messages problems = {0};
    enum hr_status status;

    if (resolved == NULL || practices == NULL) {
        fputs("headroom: the result holds no inputs\n", stderr);
        return HR_NOT_HELD;
    }
    status = hr_scenario_read_text(resolved, practices, NULL, 0, scenario, &problems);
    if (status != HR_OK)
        print_problems(&problems, false);
    hr_messages_free(&problems);
    return status;
}
