#include "reading.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for {"key" : value}, which needs no indentation. A line break is a space to YAML
 * there, and would end a comment, which then went unnoticed. */
static char *flow_of(const char *text, const char *equals)
{
    char *flow = NULL;

    if (asprintf(&flow, "{\"%.*s\": %s}", (int)(equals - text), text, equals + 1) < 0)
        return NULL;
    for (char *c = flow; *c != '\0'; c++) {
        if (*c == '\n' || *c == '\r')
            *c = ' ';
    }
    return flow;
}

static bool is_key(const char *text, const char *equals)
{
    for (; text < equals; text++) {
        if (!isalnum((unsigned char)*text) && strchr("_-.", *text) == NULL)
            return false;
    }
    return true;
}

static bool has_comment(const char *value)
{
    const char *sign = strchr(value, '#');

    while (sign != NULL && sign > value && !isspace((unsigned char)sign[-1]))
        sign = strchr(sign + 1, '#');
    return sign != NULL;
}

/* One key and its value, nothing before and nothing after. */
static bool is_one(const struct yaml *yaml, const struct place *at, const char *text,
                   struct hr_messages *problems)
{
    const char *comma = strchr(text, ',');

    if (fy_node_mapping_item_count(yaml->root) == 1)
        return true;
    if (comma != NULL && strpbrk(comma, "=:") == NULL)
        messages_add(problems, at, NULL,
                     "\"%s\" holds a comma: a number has a point for its decimals and "
                     "no separators, as in 0.01 or 98000; put a text in quotes",
                     text);
    else
        messages_add(problems, at, NULL,
                     "\"%s\" gives more than one key: give each a -s of its own", text);
    return false;
}

static void read_flow(struct input *input, const struct place *at, const char *text,
                      char *flow)
{
    struct hr_messages unheard = {0};
    struct yaml yaml = {.start = {at->file, at->number, at->line - 1, 0}, .shift = 4};
    const char *value = strchr(text, '=') + 1;
    const bool comment =
        has_comment(value) && !yaml_open(&yaml, flow, strlen(flow), &unheard);

    hr_messages_free(&unheard);
    yaml_close(&yaml);
    input->reader.yaml = &yaml;
    if (comment)
        messages_add(
            input->reader.problems, at, NULL,
            "\"%s\": what follows # would be lost: put the value in quotes, as "
            "in title='\"ward # 3\"'",
            text);
    else if (!yaml_open(&yaml, flow, strlen(flow), input->reader.problems))
        input->scenario->partly_read = true;
    else if (is_one(&yaml, at, text, input->reader.problems))
        reading_map(input, yaml.root, "");
    yaml_close(&yaml);
}

static void refuse(const struct place *at, const char *text, const char *equals,
                   struct hr_messages *problems)
{
    const bool spaced =
        equals != NULL && equals > text && isspace((unsigned char)equals[-1]);

    messages_add(problems, at, NULL, "\"%s\" is not key=value%s", text,
                 spaced ? ": leave out the space before =" : "");
}

void reading_override(struct hr_scenario *scenario, size_t i, int file,
                      struct hr_messages *problems)
{
    struct input input = {
        .reader = {.store = &scenario->store, .problems = problems},
        .scenario = scenario,
        .from.last = true,
    };
    const char *text = scenario->recipe.override[i];
    const char *equals = strchr(text, '=');
    const struct place at = {"command line", file, (int)i + 1, 1};
    char *flow;

    if (equals == NULL || equals == text || !is_key(text, equals)) {
        refuse(&at, text, equals, problems);
        return;
    }
    if (strncmp(text, "include=", 8) == 0 && scenario->recipe.base != NULL) {
        reading_file(scenario, equals + 1, NULL, problems);
        return;
    }
    if (strncmp(text, "include=", 8) == 0) {
        messages_add(problems, &at, "include", "is for files: a change gives one key");
        return;
    }
    flow = flow_of(text, equals);
    if (flow == NULL)
        scenario->store.failed = true;
    else
        read_flow(&input, &at, text, flow);
    free(flow);
}
