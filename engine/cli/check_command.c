#include "command.h"

#include "facts.h"
#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct check_options {
    struct scenario_options scenario;
    bool all;
};

enum { OPTION_ALL = 0x200 };

static const struct argp_option check_list[] = {
    {"all", OPTION_ALL, NULL, 0, "list every key with its value, unit and evidence", 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct check_options *options = state->input;

    (void)argument;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->scenario;
        return 0;
    case OPTION_ALL:
        options->all = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/** What check has found out. */
struct finding {
    const struct hr_scenario *scenario;
    const struct hr_outline *outline;
    const int *organisations; /* of each form */
    bool all;                 /* every key is to be listed */
    const struct hr_assumption *assumption;
    size_t assumptions;
};

static size_t group_length(const char *key)
{
    const size_t first = strcspn(key, ".");

    if (strncmp(key, "forms.", 6) != 0 && strncmp(key, "shocks.", 7) != 0)
        return first;
    return first + 1 + strcspn(key + first + 1, ".");
}

static bool is_same_group(const char *a, const char *b)
{
    const size_t length = group_length(a);

    return length == group_length(b) && strncmp(a, b, length) == 0;
}

static void print_assumption(const struct hr_assumption *assumption)
{
    const char *name = assumption->key + group_length(assumption->key) + 1;

    printf("  %-26s %-38s", name, assumption->value);
    if (assumption->uplift != 1.0 && assumption->number)
        printf(" x %.4g (%d money)", assumption->uplift, assumption->year);
    printf("%s%s  %s%s\n", *assumption->unit == '\0' ? "" : " ", assumption->unit,
           assumption->evidence, assumption->defaulted ? "  DEFAULT" : "");
}

static void print_assumptions(const struct finding *finding)
{
    const struct hr_assumption *assumption = finding->assumption;

    for (size_t i = 0; i < finding->assumptions; i++) {
        if (i == 0 || !is_same_group(assumption[i].key, assumption[i - 1].key))
            printf("\n%.*s\n", (int)group_length(assumption[i].key), assumption[i].key);
        print_assumption(&assumption[i]);
    }
}

static size_t imputed(const struct hr_scenario *scenario)
{
    size_t count, sites = 0;
    const struct hr_practice *practice = hr_scenario_practices(scenario, &count);

    for (size_t i = 0; i < count; i++)
        sites += practice[i].imputed != 0;
    return sites;
}

static size_t defaulted(const struct finding *finding)
{
    size_t count = 0;

    for (size_t i = 0; i < finding->assumptions; i++)
        count += finding->assumption[i].defaulted;
    return count;
}

static void print_head(const struct finding *finding)
{
    const struct hr_scenario *scenario = finding->scenario;
    const struct hr_outline *outline = finding->outline;
    const char *reference = hr_scenario_text(scenario, "reference");

    printf("title       %s\n", hr_scenario_text(scenario, "title"));
    printf("trials      %.0f, seed %.0f\n", hr_scenario_number(scenario, "trials"),
           hr_scenario_number(scenario, "seed"));
    printf("patch       %zu practice%s, %.0f patients, %d year%s from %.0f\n",
           outline->practices, plural((double)outline->practices), outline->patients,
           outline->years, plural(outline->years),
           hr_scenario_number(scenario, "patch.base_year"));
    if (outline->areas > 1)
        printf("areas       %zu, of %zu to %zu practices: each has its own labour and "
               "organisations\n",
               outline->areas, outline->smallest_area, outline->largest_area);
    for (size_t f = 0; f < hr_scenario_form_count(scenario); f++) {
        const char *form = hr_scenario_form(scenario, f);

        printf("%-11s %s: %d organisation%s%s\n", f == 0 ? "forms" : "", form,
               finding->organisations[f], plural(finding->organisations[f]),
               strcmp(form, reference) == 0 ? " (reference)" : "");
    }
}

static void print_doubts(const struct hr_messages *doubts)
{
    if (doubts->count == 0) {
        puts("implausible nothing");
        return;
    }
    printf(
        "implausible %zu; left as it is: correct it, or leave the cell blank to have "
        "it filled in; --strict refuses\n",
        doubts->count + doubts->more);
    for (size_t i = 0; i < doubts->count; i++)
        printf("            %s\n", doubts->item[i].text);
    if (doubts->more > 0)
        printf("            and %zu more\n", doubts->more);
}

/* The name in a key shocks.NAME.at; NULL where it is another key. */
static const char *shock_at(const char *key, int *length)
{
    const char *name = strncmp(key, "shocks.", 7) == 0 ? key + 7 : NULL;

    *length = name != NULL ? (int)strcspn(name, ".") : 0;
    return name != NULL && strcmp(name + *length, ".at") == 0 ? name : NULL;
}

/* What a reader would not look for among the keys: shocks that strike for certain,
 * numbers that somebody set, and what is assumed of forms that employ their partners.
 */
static void print_held_and_chosen(const struct hr_scenario *scenario)
{
    size_t count = 0;
    const struct hr_assumption *all = hr_scenario_assumptions(scenario, &count);

    for (size_t i = 0; i < count; i++) {
        int length;
        const char *shock = shock_at(all[i].key, &length);

        if (shock != NULL)
            printf("shock       %.*s in year %s, the first being 0\n", length, shock,
                   all[i].value);
        if (strcmp(all[i].evidence, "chosen") == 0)
            printf("chosen      %s %s\n", all[i].key, all[i].value);
        else if (strstr(all[i].key, ".held_practices") != NULL)
            printf("assumed     %s: %s\n", all[i].key, all[i].value);
    }
}

static void print_tail(const struct finding *finding)
{
    const struct hr_outline *outline = finding->outline;
    const struct hr_messages *warnings = hr_scenario_warnings(finding->scenario);
    size_t assumed, numbers;

    printf("\ncalibration %.2f GBP/patient/year of cost other than GPs%s: %.3f of the "
           "evidence; %g to %g is accepted\n",
           outline->flat_rate,
           outline->carried ? ", given or kept from before the changes" : "",
           outline->factor, outline->least_factor, outline->most_factor);
    printf("loop gain   %.3f; below 1 is accepted\n", outline->loop_gain);
    if (outline->delegated > 0.0)
        printf(
            "delegated   %.0f GBP/patient/year of other care; claims drawn by the fast "
            "method at %zu of %zu practices\n",
            outline->delegated, outline->fast, outline->practices);
    assumed = hr_scenario_assumption_count(finding->scenario, &numbers);
    printf("evidence    %zu of the %zu numbers put in have no published evidence; %zu "
           "keys are defaults\n",
           assumed, numbers, defaulted(finding));
    print_held_and_chosen(finding->scenario);
    printf("imputed     %zu of %zu practices in part\n", imputed(finding->scenario),
           outline->practices);
    for (size_t i = 0; i < warnings->count; i++)
        printf("note        %s\n", warnings->item[i].text);
    if (warnings->more > 0)
        printf("note        and %zu more\n", warnings->more);
    print_doubts(hr_scenario_doubts(finding->scenario));
    puts("\nvalid");
    if (!finding->all)
        puts("(--all lists every key with its value, unit and evidence)");
}

static void write_outline(struct json *json, const struct finding *finding)
{
    const struct hr_outline *outline = finding->outline;
    size_t numbers;

    json_open(json, "calibration", '{');
    json_number(json, "flat_rate", outline->flat_rate);
    json_number(json, "factor", outline->factor);
    json_number(json, "least_factor", outline->least_factor);
    json_number(json, "most_factor", outline->most_factor);
    json_flag(json, "carried", outline->carried);
    json_close(json, '}');
    json_number(json, "loop_gain", outline->loop_gain);
    json_number(json, "delegated", outline->delegated);
    json_number(json, "claims_drawn_fast", (double)outline->fast);
    json_number(json, "patients", outline->patients);
    json_number(json, "practices", (double)outline->practices);
    json_number(json, "areas", (double)outline->areas);
    json_number(json, "practices_imputed", (double)imputed(finding->scenario));
    json_number(json, "assumptions_without_evidence",
                (double)hr_scenario_assumption_count(finding->scenario, &numbers));
    json_open(json, "organisations", '{');
    for (size_t f = 0; f < hr_scenario_form_count(finding->scenario); f++)
        json_number(json, hr_scenario_form(finding->scenario, f),
                    finding->organisations[f]);
    json_close(json, '}');
}

static void write_assumption(struct json *json, const struct hr_assumption *assumption)
{
    json_open(json, NULL, '{');
    json_text(json, "key", assumption->key);
    json_text(json, "value", assumption->value);
    if (assumption->number) {
        json_number(json, "central", assumption->central);
        json_number(json, "low", assumption->low);
        json_number(json, "high", assumption->high);
        json_number(json, "uplift", assumption->uplift);
    }
    json_text_if(json, "unit", assumption->unit);
    json_text(json, "evidence", assumption->evidence);
    json_text_if(json, "source", assumption->source);
    json_text_if(json, "owner", assumption->owner);
    json_text_if(json, "date", assumption->date);
    json_flag(json, "defaulted", assumption->defaulted);
    json_close(json, '}');
}

static void write_messages(struct json *json, const char *name,
                           const struct hr_messages *messages)
{
    json_open(json, name, '[');
    for (size_t i = 0; i < messages->count; i++)
        json_text(json, NULL, messages->item[i].text);
    json_close(json, ']');
}

static enum hr_status write_finding(const struct finding *finding)
{
    struct json json;

    json_start(&json);
    facts_of_scenario(&json, finding->scenario);
    facts_of_units(&json, (const char *const[]){"flat_rate", "GBP/patient/year",
                                                "delegated", "GBP/patient/year", NULL});
    json_flag(&json, "valid", true);
    json_text(&json, "title", hr_scenario_text(finding->scenario, "title"));
    write_outline(&json, finding);
    write_messages(&json, "warnings", hr_scenario_warnings(finding->scenario));
    write_messages(&json, "implausible", hr_scenario_doubts(finding->scenario));
    json_open(&json, "assumptions", '[');
    for (size_t i = 0; i < finding->assumptions; i++)
        write_assumption(&json, &finding->assumption[i]);
    json_close(&json, ']');
    return print_text_and_free(json_end(&json));
}

static enum hr_status show(const struct finding *finding, bool json)
{
    if (json)
        return write_finding(finding);
    print_head(finding);
    if (finding->all)
        print_assumptions(finding);
    print_tail(finding);
    return HR_OK;
}

static enum hr_status check(const struct hr_scenario *scenario,
                            const struct check_options *options)
{
    struct hr_messages problems = {0};
    struct hr_outline outline;
    int *organisations = calloc(hr_scenario_form_count(scenario), sizeof(int));
    struct finding finding = {.scenario = scenario,
                              .outline = &outline,
                              .organisations = organisations,
                              .all = options->all};
    const bool json = options->scenario.json;
    enum hr_status status = HR_FAILED;

    problems.incomplete = organisations == NULL;
    if (organisations != NULL)
        status = hr_scenario_outline(scenario, &outline, organisations, &problems);
    finding.assumption = hr_scenario_assumptions(scenario, &finding.assumptions);
    if (status == HR_OK)
        status = show(&finding, json);
    else
        print_problems(&problems, json);
    free(organisations);
    hr_messages_free(&problems);
    return status;
}

static int check_main(int argc, char **argv)
{
    const struct argp_child children[] = {{&scenario_argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        .options = check_list,
        .parser = parse,
        .children = children,
        .args_doc = "SCENARIO",
        .doc = "Validate a scenario and show what it comes to: its forms, the "
               "calibration, "
               "how much rests on assumption, and what was imputed. With --all, and in "
               "JSON, also every key resolved.\v"
               "All that is wrong is said at once, by file, line and column; the exit "
               "status is then 2.",
    };
    struct check_options options = {.scenario = {.says_doubts = true}};
    struct hr_scenario *scenario = NULL;
    enum hr_status status;

    if (parse_arguments(&argp, argc, argv, &options) != 0)
        return HR_FAILED;
    status = scenario_open(&options.scenario, &scenario);
    if (status == HR_OK)
        status = check(scenario, &options);
    hr_scenario_free(scenario);
    return (int)status;
}

const struct command check_command = {
    "check", "validate a scenario and show it resolved", check_main, ANSWERS, 50};
