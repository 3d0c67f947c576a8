#include "command.h"

int schema_main(int argc, char **argv)
{
    (void)json_only(argc, argv,
                    "Write the JSON Schema (draft 7) of scenarios. An editor with "
                    "yaml-language-server uses it where a scenario's first line is\n"
                    "# yaml-language-server: $schema=headroom.schema.json\v"
                    "The schema is JSON with or without --json.");
    return (int)print_text_and_free(hr_scenario_schema());
}
