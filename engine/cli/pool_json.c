#include "command.h"
#include "facts.h"
#include "json.h"
#include "pool_table.h"

static void write_side(struct json *json, const char *name,
                       const struct hr_pool_value *side, bool simulated)
{
    json_open(json, name, '{');
    for (enum hr_pool_measure m = 0; m < HR_POOL_MEASURES; m++) {
        json_open(json, hr_pool_measure_name(m), '{');
        json_text(json, "unit", hr_pool_measure_unit(m));
        json_number(json, "exact", side[m].exact);
        json_number(json, "uncertainty", side[m].uncertainty);
        if (simulated) {
            json_number(json, "simulated", side[m].simulated);
            json_number(json, "standard_error", side[m].standard_error);
            json_number(json, "z", side[m].z);
        }
        json_close(json, '}');
    }
    json_close(json, '}');
}

static void write_report(struct json *json, const struct hr_pool_report *report,
                         bool simulated)
{
    json_open(json, NULL, '{');
    json_number(json, "people", report->people);
    json_number(json, "budget", report->budget);
    json_number(json, "ceded", report->ceded);
    json_number(json, "premium", report->premium);
    json_text(json, "method", report->method);
    write_side(json, "before", report->before, simulated);
    write_side(json, "after", report->after, simulated);
    json_close(json, '}');
}

enum hr_status pool_json_print(const struct pool_question *question,
                               const struct hr_pool_report *report, int n)
{
    const char *missing = pool_table_missing_ruin(report, n);
    struct json json;

    if (missing != NULL)
        fprintf(stderr, "note: %s\n", missing);
    if (question->error)
        fprintf(stderr, "note: %s\n", pool_table_error_note);
    json_start(&json);
    facts_of_units(&json, (const char *const[]){
                              "people", "people", "budget", "GBP/person/year", "ceded",
                              "GBP/person/year", "premium", "GBP/person/year", NULL});
    json_whole(&json, "seed", question->seed);
    json_whole(&json, "trials", (uint64_t)question->trials);
    json_open(&json, "pools", '[');
    for (int i = 0; i < n; i++)
        write_report(&json, &report[i], question->trials > 0);
    json_close(&json, ']');
    return print_text_and_free(json_end(&json));
}
