#include "command.h"

#include <stdlib.h>

/* As a member of an object: its lines one deeper. */
static void print_as_member(const char *name, const char *text)
{
    printf("{\n \"%s\": ", name);
    for (; *text != '\0' && (*text != '\n' || text[1] != '\0'); text++) {
        putchar(*text);
        if (*text == '\n')
            putchar(' ');
    }
    puts("\n}");
}

static int schema_main(int argc, char **argv)
{
    bool json;
    char *schema;

    if (json_only(
            argc, argv,
            "Write the JSON Schema (draft 7) of scenarios. An editor with "
            "yaml-language-server uses it where a scenario's first line is\n"
            "# yaml-language-server: $schema=headroom.schema.json\v"
            "With --json it stands in an object as all answers do; what an editor "
            "takes is written without.",
            &json) != 0)
        return HR_FAILED;
    schema = hr_scenario_schema();
    if (!json || schema == NULL)
        return (int)print_text_and_free(schema);
    print_as_member("scenario_schema", schema);
    free(schema);
    return HR_OK;
}

const struct command schema_command = {
    "schema", "write the JSON Schema of scenarios, for editors", schema_main, ANSWERS,
    230};
