#include "command.h"

#include "json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_choices(struct json *json, size_t i)
{
    const char *word;

    if (hr_key_choice(i, 0) == NULL)
        return;
    json_open(json, "choices", '[');
    for (size_t c = 0; (word = hr_key_choice(i, c)) != NULL; c++)
        json_text(json, NULL, word);
    json_close(json, ']');
}

static void write_key(struct json *json, size_t i)
{
    const struct hr_key key = hr_key_at(i);

    json_open(json, NULL, '{');
    json_text(json, "key", key.key);
    json_text(json, "type", key.type);
    json_text_if(json, "unit", key.unit);
    if (key.low < key.high) {
        json_number(json, "low", key.low);
        json_number(json, "high", key.high);
    }
    write_choices(json, i);
    json_flag(json, "required", key.required);
    if (key.fallback != NULL)
        json_text(json, "default", key.fallback);
    if (!isnan(key.neutral))
        json_number(json, "neutral", key.neutral);
    json_text_if(json, "uplift", key.uplift);
    json_flag(json, "structural", key.structural);
    json_text(json, "meaning", key.meaning);
    json_close(json, '}');
}

static enum hr_status write_keys(void)
{
    struct json json;

    json_start(&json);
    json_open(&json, "keys", '[');
    for (size_t i = 0; i < hr_key_count(); i++)
        write_key(&json, i);
    json_close(&json, ']');
    return print_text_and_free(json_end(&json));
}

static void print_takes(size_t i)
{
    const struct hr_key key = hr_key_at(i);
    const char *word;

    if (hr_key_choice(i, 0) != NULL) {
        for (size_t c = 0; (word = hr_key_choice(i, c)) != NULL; c++)
            printf("%s%s", c == 0 ? "" : ", ", word);
    } else if (key.low < key.high && strcmp(key.type, "flag") != 0) {
        printf("%.16g to %.16g%s%s", key.low, key.high, *key.unit == '\0' ? "" : " ",
               key.unit);
    } else {
        fputs(strcmp(key.type, "flag") == 0 ? "true, false" : key.type, stdout);
    }
}

static void print_key(size_t i)
{
    const struct hr_key key = hr_key_at(i);

    printf("%s\n    %s\n    ", key.key, key.meaning);
    print_takes(i);
    if (key.fallback != NULL && *key.fallback != '\0')
        printf("; default %s", key.fallback);
    if (!key.required && key.fallback == NULL)
        fputs("; may be left out", stdout);
    if (!isnan(key.neutral))
        printf("; neutral %g", key.neutral);
    if (*key.uplift != '\0')
        printf("; year: by %s", key.uplift);
    if (key.structural)
        fputs("; no distribution", stdout);
    putchar('\n');
}

static void print_keys(void)
{
    for (size_t i = 0; i < hr_key_count(); i++)
        print_key(i);
    puts("\nA * stands for the name of a form or of a shock, or for a year. A number "
         "may be\n"
         "a distribution unless it says otherwise; its range truncates it. Every key "
         "with\n"
         "no default must be given.");
}

static int keys_main(int argc, char **argv)
{
    bool json;

    if (json_only(argc, argv,
                  "List the keys of a scenario: what they mean, and what they take.",
                  &json) != 0)
        return HR_FAILED;
    if (json)
        return (int)write_keys();
    print_keys();
    return HR_OK;
}

const struct command keys_command = {"keys", "list the keys of a scenario", keys_main,
                                     ANSWERS, 210};
