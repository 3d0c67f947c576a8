#include "facts.h"

#include "command.h"
#include "json.h"

static void write_integer(struct json *json, const struct hr_result *result,
                          const char *name)
{
    uint64_t number;

    if (hr_result_integer(result, name, &number))
        json_whole(json, name, number);
    else
        json_text_or_null(json, name, NULL);
}

static void write_hash(struct json *json, const struct hr_result *result)
{
    json_text_or_null(json, "content_hash", hr_result_text(result, "content_hash"));
}

void facts_of_result(struct json *json, const struct hr_result *result)
{
    write_integer(json, result, "seed");
    write_integer(json, result, "trials");
    write_hash(json, result);
}

void facts_of_source(struct json *json, const struct hr_result *result)
{
    write_integer(json, result, "seed");
    write_hash(json, result);
}

void facts_of_file(struct json *json, const char *path)
{
    const struct hr_result_options options = {.unproven = true};
    struct hr_result *result = NULL;
    struct hr_error error;

    if (hr_result_open_as(path, &options, &result, &error) == HR_OK)
        facts_of_result(json, result);
    hr_result_close(result);
}

void facts_of_run(struct json *json, const struct hr_scenario *scenario,
                  uint64_t trials, const char *path)
{
    char hash[HR_RESULT_HASH];
    struct hr_error error;

    json_number(json, "seed", hr_scenario_number(scenario, "seed"));
    json_whole(json, "trials", trials);
    if (hr_result_hash_of(path, hash, &error) == HR_OK)
        json_text(json, "content_hash", hash);
}

void facts_of_scenario(struct json *json, const struct hr_scenario *scenario)
{
    json_number(json, "seed", hr_scenario_number(scenario, "seed"));
    json_number(json, "trials", hr_scenario_number(scenario, "trials"));
}

void facts_of_units(struct json *json, const char *const *pairs)
{
    json_open(json, "units", '{');
    for (; *pairs != NULL; pairs += 2)
        json_text(json, pairs[0], pairs[1]);
    json_close(json, '}');
}

enum hr_status facts_print(void (*facts)(struct json *json,
                                         const struct hr_result *result),
                           const struct hr_result *result)
{
    struct json json;

    json_start(&json);
    facts(&json, result);
    return print_text_and_free(json_end(&json));
}
