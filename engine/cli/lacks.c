#include "lacks.h"

#include "stream.h"
#include "wrapping.h"

#include <stdio.h>
#include <stdlib.h>

void lacks_print(const struct hr_result *result, int width)
{
    const char *path;
    size_t size = 0;
    char *line = NULL;
    FILE *out =
        hr_result_lacks(result, 0) != NULL ? stream_to_memory(&line, &size) : NULL;

    if (out == NULL)
        return;
    fputs("note: an earlier version wrote this file, without ", out);
    for (size_t i = 0; (path = hr_result_lacks(result, i)) != NULL; i++)
        fprintf(out, "%s%s", i == 0 ? "" : ", ", path);
    fputs(": run its scenario again to have them", out);
    if (stream_close(out))
        (void)print_wrapped(line, width);
    free(line);
}

void lacks_write(struct json *json, const struct hr_result *result)
{
    const char *path;

    json_open(json, "lacks", '[');
    for (size_t i = 0; (path = hr_result_lacks(result, i)) != NULL; i++)
        json_text(json, NULL, path);
    json_close(json, ']');
}
