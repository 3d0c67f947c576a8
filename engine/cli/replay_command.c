#include "command.h"

#include "headroom/metrics.h"

#include "facts.h"
#include "json.h"
#include "show_points.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

struct replay_options {
    struct file_options file;
    const char *form; /**< only this one, or NULL */
    uint64_t trial;
};

/* What is printed: one form of a replayed trial. */
struct view {
    const struct hr_scenario *scenario;
    const struct hr_replay *replay;
    const char *form; /**< only this one, or NULL */
    size_t forms;
};

static const char *const status_words[] = {"open", "taken_over", "caretaker", "closed"};

enum { OPTION_TRIAL = 0x200, OPTION_FORM };
enum { SHOWN = 1024 /* longest text of a file on a screen */ };

static const struct argp_option replay_list[] = {
    {"trial", OPTION_TRIAL, "N", 0, "the trial to run again, counted from 0 (0)", 0},
    {"form", OPTION_FORM, "NAME", 0, "show this form only", 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct replay_options *options = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->file;
        return 0;
    case OPTION_TRIAL:
        options->trial = whole_number(state, "--trial", argument, 1e12);
        return 0;
    case OPTION_FORM:
        options->form = argument;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static bool is_wanted(const struct view *view, size_t form)
{
    return view->form == NULL ||
           strcmp(view->form, hr_scenario_form(view->scenario, form)) == 0;
}

/* A column by name in a row of a table; every caller's name is a column. */
static double cell(const double *row, enum hr_replay_table table, const char *name)
{
    size_t c = 0;

    while (strcmp(hr_replay_column(table, c), name) != 0)
        c++;
    return row[c];
}

/* Only a past that is replayed may lie between. */
static const char *market_word(double shortage)
{
    if (shortage == 1.0)
        return "shortage";
    return shortage == 0.0 ? "glut" : "between";
}

/* Codes as words, and the two counts that follow from the others. */
static void write_words(struct json *json, enum hr_replay_table table,
                        const double *row)
{
    if (table == HR_REPLAY_DRIVERS)
        json_text(json, "market", market_word(cell(row, table, "shortage")));
    if (table != HR_REPLAY_SITES)
        return;
    json_text(json, "status", status_words[(size_t)cell(row, table, "status")]);
    json_number(json, "salaried",
                cell(row, table, "filled") - cell(row, table, "partners"));
    json_number(json, "vacant",
                cell(row, table, "wanted") - cell(row, table, "filled"));
}

/* Whose quarters: one practice's, say. */
struct whose {
    enum hr_replay_table table;
    size_t form, unit;
};

static void write_row(struct json *json, const struct view *view, struct whose whose,
                      size_t quarter)
{
    const enum hr_replay_table table = whose.table;
    const double *row =
        hr_replay_row(view->replay, table, whose.form, whose.unit, quarter);

    json_open(json, NULL, '{');
    json_number(json, "quarter", (double)quarter);
    write_words(json, table, row);
    for (size_t c = 0; hr_replay_column(table, c) != NULL; c++) {
        if (strcmp(hr_replay_column(table, c), "status") != 0)
            json_number(json, hr_replay_column(table, c), row[c]);
    }
    json_close(json, '}');
}

static void write_quarters(struct json *json, const struct view *view, const char *name,
                           struct whose whose)
{
    json_open(json, name, '[');
    for (size_t q = 0; q < hr_replay_quarters(view->replay); q++)
        write_row(json, view, whose, q);
    json_close(json, ']');
}

static void write_units(struct json *json, const struct view *view, const char *name,
                        enum hr_replay_table table, size_t form)
{
    json_open(json, name, '[');
    for (size_t u = 0; u < hr_replay_units(view->replay, table, form); u++) {
        json_open(json, NULL, '{');
        json_text(json, "code", hr_replay_name(view->replay, table, form, u));
        write_quarters(json, view, "quarters", (struct whose){table, form, u});
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_form(struct json *json, const struct view *view, size_t form)
{
    json_open(json, NULL, '{');
    json_text(json, "name", hr_scenario_form(view->scenario, form));
    json_open(json, "metrics", '{');
    for (size_t m = 0; m < hr_replay_metrics(); m++)
        json_number(json, hr_replay_metric_name(m),
                    hr_replay_metric(view->replay, form, m));
    json_close(json, '}');
    write_quarters(json, view, "ledger", (struct whose){HR_REPLAY_LEDGER, form, 0});
    write_units(json, view, "organisations", HR_REPLAY_ORGANISATIONS, form);
    write_units(json, view, "sites", HR_REPLAY_SITES, form);
    json_close(json, '}');
}

static void write_measures(struct json *json)
{
    static const char *const tables[] = {"ledger", "organisations", "sites"};

    json_open(json, "units", '{');
    for (size_t t = 0; t < sizeof(tables) / sizeof(*tables); t++)
        json_text(json, tables[t], "GBP/quarter, nominal, where money");
    for (size_t m = 0; m < hr_metric_count(); m++)
        json_text(json, hr_metric_at(m).name, hr_metric_at(m).unit);
    json_close(json, '}');
}

static enum hr_status write_replay(const struct view *view, uint64_t trial)
{
    struct json json;

    json_start(&json);
    json_text(&json, "title", hr_scenario_text(view->scenario, "title"));
    json_whole(&json, "trial", trial);
    write_measures(&json);
    write_quarters(&json, view, "drivers", (struct whose){HR_REPLAY_DRIVERS, 0, 0});
    json_open(&json, "forms", '[');
    for (size_t f = 0; f < view->forms; f++) {
        if (is_wanted(view, f))
            write_form(&json, view, f);
    }
    json_close(&json, ']');
    return print_text_and_free(json_end(&json));
}

/* The bearers and the outside; what was paid for, which follows, is for --json. */
static size_t ledger_width(void)
{
    size_t c = 0;

    while (strcmp(hr_replay_column(HR_REPLAY_LEDGER, c), "outside") != 0)
        c++;
    return c + 1;
}

static void print_ledger(const struct view *view, size_t form)
{
    const size_t width = ledger_width();

    printf("%-8s", "quarter");
    for (size_t c = 0; c < width; c++)
        printf(" %14s", hr_replay_column(HR_REPLAY_LEDGER, c));
    putchar('\n');
    for (size_t q = 0; q < hr_replay_quarters(view->replay); q++) {
        const double *row = hr_replay_row(view->replay, HR_REPLAY_LEDGER, form, 0, q);

        printf("%-8zu", q);
        for (size_t c = 0; c < width; c++)
            printf(" %14.2f", row[c]);
        putchar('\n');
    }
}

static size_t status_of(const struct view *view, size_t form, size_t site, size_t q)
{
    return (size_t)cell(hr_replay_row(view->replay, HR_REPLAY_SITES, form, site, q),
                        HR_REPLAY_SITES, "status");
}

static void print_events(const struct view *view, size_t form)
{
    static const char *const became[] = {"opens again", "is taken over",
                                         "falls to a caretaker", "closes"};
    const size_t sites = hr_replay_units(view->replay, HR_REPLAY_SITES, form);
    char shown[SHOWN];

    for (size_t q = 0; q < hr_replay_quarters(view->replay); q++) {
        for (size_t s = 0; s < sites; s++) {
            const size_t before = q == 0 ? 0 : status_of(view, form, s, q - 1);
            const size_t status = status_of(view, form, s, q);

            if (status != before)
                printf(
                    "quarter %zu: %s %s\n", q,
                    text_visible(hr_replay_name(view->replay, HR_REPLAY_SITES, form, s),
                                 shown, SHOWN),
                    became[status]);
        }
    }
}

static void print_replay(const struct view *view, uint64_t trial)
{
    char shown[SHOWN];

    printf("%s, trial %llu\n",
           text_visible(hr_scenario_text(view->scenario, "title"), shown, SHOWN),
           (unsigned long long)trial);
    for (size_t f = 0; f < view->forms; f++) {
        if (!is_wanted(view, f))
            continue;
        printf("\n%s: changes of the bearers and payments to the outside, nominal GBP; "
               "a quarter sums to 0\n",
               text_visible(hr_scenario_form(view->scenario, f), shown, SHOWN));
        print_ledger(view, f);
        print_events(view, f);
    }
}

static bool is_scenario(const char *path)
{
    const char *dot = strrchr(path, '.');

    return dot != NULL && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
}

static enum hr_status print_facts(const struct hr_scenario *scenario)
{
    struct json json;

    json_start(&json);
    facts_of_scenario(&json, scenario);
    return print_text_and_free(json_end(&json));
}

static enum hr_status open_inputs(const struct file_options *file,
                                  struct hr_scenario **scenario)
{
    struct scenario_options options = {.path = file->path, .json = file->json};
    struct hr_result *result = NULL;
    struct hr_error error;
    enum hr_status status;

    if (is_scenario(file->path)) {
        status = scenario_open(&options, scenario);
        return status == HR_OK && file->json ? print_facts(*scenario) : status;
    }
    status = hr_result_open_as(file->path, &file->open, &result, &error);
    if (status == HR_OK)
        status = points_refuse(result, &error);
    if (status == HR_OK)
        status = hr_run_scenario(result, scenario, &error);
    if (status != HR_OK)
        fprintf(stderr, "headroom replay: %s\n", error.message);
    if (status == HR_OK && file->json)
        status = facts_print(facts_of_result, result);
    hr_result_close(result);
    return status;
}

/* Simulated forms come first; a name that is none of them is refused. */
static enum hr_status check_form(const struct view *view)
{
    for (size_t f = 0; f < view->forms; f++) {
        if (is_wanted(view, f))
            return HR_OK;
    }
    fputs("headroom replay: no form \"", stderr);
    text_print_visible(stderr, view->form);
    fputs("\" here; there are", stderr);
    for (size_t f = 0; f < view->forms; f++) {
        fputc(' ', stderr);
        text_print_visible(stderr, hr_scenario_form(view->scenario, f));
    }
    fputc('\n', stderr);
    return HR_BAD_INPUT;
}

static enum hr_status replay(const struct replay_options *options,
                             const struct hr_scenario *scenario)
{
    struct hr_replay *replayed = NULL;
    struct hr_error error;
    struct view view = {.scenario = scenario, .form = options->form};
    enum hr_status status = hr_replay_run(scenario, options->trial, &replayed, &error);

    if (status != HR_OK) {
        fprintf(stderr, "headroom replay: %s\n", error.message);
        return status;
    }
    view.replay = replayed;
    view.forms = hr_replay_forms(replayed);
    status = check_form(&view);
    if (status == HR_OK && options->file.json)
        status = write_replay(&view, options->trial);
    else if (status == HR_OK)
        print_replay(&view, options->trial);
    hr_replay_free(replayed);
    return status;
}

static int replay_main(int argc, char **argv)
{
    const struct argp_child children[] = {{&file_argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        .children = children,
        .options = replay_list,
        .parser = parse,
        .args_doc = "RESULT|SCENARIO",
        .doc = "Run one trial again and show its full ledger, quarter by quarter: what "
               "every bearer gained or lost, and what became of every practice; with "
               "--json also every site and every quarter.",
    };
    struct replay_options options = {0};
    struct hr_scenario *scenario = NULL;
    enum hr_status status;

    if (parse_arguments(&argp, argc, argv, &options) != 0)
        return HR_FAILED;
    status = open_inputs(&options.file, &scenario);
    if (status == HR_OK)
        status = replay(&options, scenario);
    hr_scenario_free(scenario);
    return (int)status;
}

const struct command replay_command = {
    "replay", "run one trial again with its full ledger", replay_main, ANSWERS, 140};
