#include "command.h"

#include "headroom/claims.h"
#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct validation {
    struct json *json; /* NULL: as text */
    char table[256];   /* the one being printed */
};

static const char *verdict_of(const struct hr_published_line *line)
{
    if (line->must_miss)
        return line->holds ? "missed, as it must be" : "MET, but must be missed";
    return line->holds ? "met" : "NOT MET";
}

static void print_line(const struct hr_published_line *line, void *context)
{
    struct validation *validation = context;

    if (strcmp(validation->table, line->table) != 0) {
        snprintf(validation->table, sizeof(validation->table), "%s", line->table);
        printf("\n%s\n  %s\n", line->table, line->source);
        printf("  %-24s %14s %14s %9s  %s\n", "", "printed", "engine", "tolerance",
               "verdict");
    }
    printf("  %-24s %14.8g %14.8g %9.2g  %s%s%s\n", line->quantity, line->value,
           line->engine, line->tolerance, verdict_of(line),
           *line->label == '\0' ? "" : ": ", line->label);
}

static void write_line(const struct hr_published_line *line, void *context)
{
    struct json *json = ((struct validation *)context)->json;

    json_open(json, NULL, '{');
    json_text(json, "table", line->table);
    json_text(json, "source", line->source);
    json_text_if(json, "label", line->label);
    json_text(json, "quantity", line->quantity);
    json_number(json, "printed", line->value);
    json_number(json, "engine", line->engine);
    json_number(json, "tolerance", line->tolerance);
    json_flag(json, "must_miss", line->must_miss);
    json_flag(json, "holds", line->holds);
    json_close(json, '}');
}

static bool published_folder(char *folder, size_t size)
{
    char shipped[3584];

    if (!hr_shipped_folder(shipped, sizeof(shipped)))
        return false;
    snprintf(folder, size, "%s/published", shipped);
    return true;
}

static int validate_main(int argc, char **argv)
{
    bool json;
    struct json out;
    struct validation validation = {0};
    struct hr_error error = {0};
    enum hr_status status;
    struct hr_published_count count = {0};
    char folder[4096];

    if (json_only(argc, argv,
                  "Run the published and exact tables shipped with the program, and "
                  "set the engine's values beside them. Exit status 4 if one does not "
                  "hold.",
                  &json) != 0)
        return HR_FAILED;
    validation.json = json ? &out : NULL;
    if (!published_folder(folder, sizeof(folder))) {
        fputs("headroom validate: the shipped tables are nowhere to be found\n",
              stderr);
        return HR_FAILED;
    }
    if (json) {
        json_start(&out);
        json_open(&out, "rows", '[');
    }
    status = hr_validate(folder, json ? write_line : print_line, &validation, &count,
                         &error);
    if (json) {
        json_close(&out, ']');
        json_number(&out, "count", (double)count.rows);
        json_number(&out, "failed", (double)count.failed);
        if (print_text_and_free(json_end(&out)) != HR_OK)
            return HR_FAILED;
    } else {
        printf("\n%zu rows, %zu do not hold\n", count.rows, count.failed);
    }
    if (status != HR_OK)
        fprintf(stderr, "headroom validate: %s\n", error.message);
    return (int)status;
}

const struct command validate_command = {"validate",
                                         "run the published tables beside the engine",
                                         validate_main, ANSWERS, 190};
