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

static void print_facts(const struct hr_result *result, bool trials)
{
    struct json json;

    json_start(&json);
    write_integer(&json, result, "seed");
    if (trials)
        write_integer(&json, result, "trials");
    json_text_or_null(&json, "content_hash", hr_result_text(result, "content_hash"));
    (void)print_text_and_free(json_end(&json));
}

void facts_of_result(const struct hr_result *result)
{
    print_facts(result, true);
}

void facts_of_source(const struct hr_result *result)
{
    print_facts(result, false);
}

void facts_of_file(const char *path)
{
    const struct hr_result_options options = {.unproven = true};
    struct hr_result *result = NULL;
    struct hr_error error;

    if (hr_result_open_as(path, &options, &result, &error) == HR_OK)
        facts_of_result(result);
    hr_result_close(result);
}

void facts_of_run(const struct hr_scenario *scenario, uint64_t trials, const char *path)
{
    char hash[HR_RESULT_HASH];
    struct hr_error error;
    struct json json;

    json_start(&json);
    json_number(&json, "seed", hr_scenario_number(scenario, "seed"));
    json_whole(&json, "trials", trials);
    if (hr_result_hash_of(path, hash, &error) == HR_OK)
        json_text(&json, "content_hash", hash);
    (void)print_text_and_free(json_end(&json));
}

void facts_of_scenario(const struct hr_scenario *scenario)
{
    struct json json;

    json_start(&json);
    json_number(&json, "seed", hr_scenario_number(scenario, "seed"));
    json_number(&json, "trials", hr_scenario_number(scenario, "trials"));
    (void)print_text_and_free(json_end(&json));
}

void facts_of_units(const char *const *pairs)
{
    struct json json;

    json_start(&json);
    json_open(&json, "units", '{');
    for (; *pairs != NULL; pairs += 2)
        json_text(&json, pairs[0], pairs[1]);
    json_close(&json, '}');
    (void)print_text_and_free(json_end(&json));
}
