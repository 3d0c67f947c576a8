#include "command.h"

#include "json.h"

#include <stdio.h>
#include <string.h>

/* Whether a key is a term of the form; *term is what follows its name. */
static bool is_of(const char *key, const char *form, const char **term)
{
    const size_t length = strlen(form);

    if (strncmp(key, "forms.", 6) != 0 || strncmp(key + 6, form, length) != 0 ||
        key[6 + length] != '.')
        return false;
    *term = key + 7 + length;
    return true;
}

static void write_term(struct json *json, const char *term,
                       const struct hr_assumption *assumption)
{
    json_open(json, term, '{');
    json_text(json, "value", assumption->value);
    if (assumption->number)
        json_number(json, "central", assumption->central);
    json_text_if(json, "unit", assumption->unit);
    if (assumption->year != 0)
        json_number(json, "year", assumption->year);
    json_text(json, "evidence", assumption->evidence);
    json_text_if(json, "source", assumption->source);
    json_close(json, '}');
}

static enum hr_status write_forms(const struct hr_scenario *scenario)
{
    size_t count;
    const struct hr_assumption *terms = hr_scenario_assumptions(scenario, &count);
    struct json json;

    json_start(&json);
    json_open(&json, "forms", '{');
    for (size_t f = 0; f < hr_scenario_form_count(scenario); f++) {
        json_open(&json, hr_scenario_form(scenario, f), '{');
        for (size_t i = 0; i < count; i++) {
            const char *term;

            if (is_of(terms[i].key, hr_scenario_form(scenario, f), &term))
                write_term(&json, term, &terms[i]);
        }
        json_close(&json, '}');
    }
    json_close(&json, '}');
    return print_text_and_free(json_end(&json));
}

static void print_form(const char *form, const struct hr_assumption *terms,
                       size_t count)
{
    printf("%s\n", form);
    for (size_t i = 0; i < count; i++) {
        const char *term;

        if (!is_of(terms[i].key, form, &term))
            continue;
        printf("  %-22s %-40s %-11s %s", term, terms[i].value, terms[i].evidence,
               terms[i].unit);
        if (terms[i].year != 0)
            printf(", money of %d", terms[i].year);
        putchar('\n');
        if (*terms[i].source != '\0')
            printf("  %-22s   %s\n", "", terms[i].source);
    }
    putchar('\n');
}

static void print_forms(const struct hr_scenario *scenario)
{
    size_t count;
    const struct hr_assumption *terms = hr_scenario_assumptions(scenario, &count);

    for (size_t f = 0; f < hr_scenario_form_count(scenario); f++)
        print_form(hr_scenario_form(scenario, f), terms, count);
}

static int forms_main(int argc, char **argv)
{
    bool json;
    struct hr_messages problems = {0};
    struct hr_scenario *scenario = NULL;
    enum hr_status status;

    if (json_only(argc, argv,
                  "Show the shipped forms: every term, its value, its evidence and "
                  "where it comes from.",
                  &json) != 0)
        return HR_FAILED;
    status = hr_scenario_read_forms(&scenario, &problems);
    if (status != HR_OK)
        print_problems(&problems, json);
    else if (json)
        status = write_forms(scenario);
    else
        print_forms(scenario);
    hr_scenario_free(scenario);
    hr_messages_free(&problems);
    return (int)status;
}

const struct command forms_command = {
    "forms", "show the shipped forms with their terms and evidence", forms_main,
    ANSWERS, 220};
