#include "command.h"

#include "calibration_note.h"
#include "json.h"
#include "moments.h"
#include "progress.h"
#include "show_lines.h"
#include "temporary.h"
#include "text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    FORMS_ABREAST = 5, /* of a table, to fit a screen */
    SHOWN = 1024,      /* longest text of a file on it */
};

/* Mean, its error, and the paired difference from the reference form. */
struct cell {
    double mean, se;
    double difference, difference_se;
};

struct show_options {
    struct file_options file;
    bool neutral;
};

/* An open result and what every line of a table needs of it. */
struct table {
    struct hr_result *result;
    const char *const *form;
    size_t forms;
    size_t reference;
    size_t assumed;    /* keys that rest on assumption alone */
    struct cell *cell; /* of each line, of each form; see cell_of() */
};

enum { OPTION_NEUTRAL = 0x200 };

static const struct argp_option show_list[] = {
    {"neutral", OPTION_NEUTRAL, NULL, 0,
     "run it again with every assumed term at the value that makes no difference, and "
     "show those differences too",
     0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct show_options *options = state->input;

    (void)argument;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->file;
        return 0;
    case OPTION_NEUTRAL:
        options->neutral = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static struct cell *cell_of(const struct table *table, size_t line, size_t form)
{
    return &table->cell[line * table->forms + form];
}

static enum hr_status fill_line(struct table *table, size_t l, struct hr_error *error)
{
    struct hr_result_values values;
    char path[128];
    size_t trials;

    snprintf(path, sizeof(path), "/trials/%s", show_lines[l].metric);
    if (hr_result_values(table->result, path, &values, error) != HR_OK)
        return error->status;
    trials = values.count / table->forms;
    for (size_t f = 0; f < table->forms; f++) {
        const double *own = &values.value[f * trials];
        const double *other = &values.value[table->reference * trials];
        const struct moments level = moments_of(own, trials);
        const struct moments change = moments_of_difference(own, other, trials);

        *cell_of(table, l, f) = (struct cell){
            .mean = moments_mean(&level) / show_lines[l].divisor,
            .se = moments_se(&level) / show_lines[l].divisor,
            .difference = moments_mean(&change) / show_lines[l].divisor,
            .difference_se = moments_se(&change) / show_lines[l].divisor,
        };
    }
    return HR_OK;
}

static enum hr_status count_assumed(struct table *table, struct hr_error *error)
{
    size_t rows = 0;
    const char *const *evidence =
        hr_result_labels(table->result, "/inputs/assumptions/evidence", &rows);

    if (evidence == NULL)
        return hr_fail(error, HR_NOT_HELD, "the assumptions cannot be read");
    for (size_t i = 0; i < rows; i++)
        table->assumed += strcmp(evidence[i], "assumption") == 0;
    return HR_OK;
}

static enum hr_status fill_table(const char *path, const struct hr_result_options *open,
                                 struct table *table, struct hr_error *error)
{
    const char *reference;

    if (hr_result_open_as(path, open, &table->result, error) != HR_OK)
        return error->status;
    table->form = hr_result_labels(table->result, "form", &table->forms);
    reference = hr_result_text(table->result, "reference");
    if (table->form == NULL || reference == NULL ||
        !hr_result_find(table->result, "form", reference, &table->reference))
        return hr_fail(error, HR_NOT_HELD, "%s: its forms cannot be read", path);
    table->cell = calloc(show_line_count * table->forms, sizeof(*table->cell));
    if (table->cell == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a table of %zu forms",
                       table->forms);
    for (size_t l = 0; l < show_line_count; l++) {
        if (fill_line(table, l, error) != HR_OK)
            return error->status;
    }
    return count_assumed(table, error);
}

static void free_table(struct table *table)
{
    hr_result_close(table->result);
    free(table->cell);
}

/* Of one trial there is no error. */
static void print_number(double number, double error, int decimals, bool sign)
{
    char text[64];

    if (isnan(number)) {
        printf(" %22s", "does not exist");
        return;
    }
    if (fabs(number) < 0.5 * pow(10.0, -decimals))
        number = 0.0; /* and not -0 */
    if (isnan(error)) {
        printf(sign ? " %+22.*f" : " %22.*f", decimals, number);
        return;
    }
    snprintf(text, sizeof(text), sign ? "%+.*f ±%.*f" : "%.*f ±%.*f", decimals, number,
             decimals, error);
    printf(" %23s", text); /* ± is two bytes wide */
}

/* What exists under no form, as a delegated budget where there is none, is left out. */
static bool exists(const struct table *table, size_t l)
{
    for (size_t f = 0; f < table->forms; f++) {
        if (!isnan(cell_of(table, l, f)->mean))
            return true;
    }
    return false;
}

static void print_cell(const struct table *table, size_t l, size_t f, bool difference)
{
    const struct cell *cell = cell_of(table, l, f);

    if (!difference)
        print_number(cell->mean, cell->se, show_lines[l].decimals, false);
    else if (f == table->reference)
        printf(" %22s", "reference");
    else
        print_number(cell->difference, cell->difference_se, show_lines[l].decimals,
                     true);
}

/* The forms from first to last - 1. */
static void print_columns(const struct table *table, size_t first, size_t last,
                          bool difference)
{
    char shown[SHOWN];

    printf("%-30s %-14s", "", "");
    for (size_t f = first; f < last; f++)
        printf(" %22s", text_visible(table->form[f], shown, sizeof(shown)));
    putchar('\n');
    for (size_t l = 0; l < show_line_count; l++) {
        if (!exists(table, l))
            continue;
        printf("%-30s %-14s", show_lines[l].words, show_lines[l].unit);
        for (size_t f = first; f < last; f++)
            print_cell(table, l, f, difference);
        putchar('\n');
    }
}

static void print_table(const struct table *table, bool difference)
{
    for (size_t first = 0; first < table->forms; first += FORMS_ABREAST) {
        const size_t left = table->forms - first;

        if (first > 0)
            putchar('\n');
        print_columns(table, first,
                      first + (left < FORMS_ABREAST ? left : FORMS_ABREAST),
                      difference);
    }
}

static void print_head(const struct table *table, const char *path)
{
    char title[SHOWN], file[SHOWN], base[SHOWN];
    uint64_t trials = 0, seed = 0;
    size_t sites = 0;

    (void)hr_result_labels(table->result, "site", &sites);
    (void)hr_result_integer(table->result, "trials", &trials);
    (void)hr_result_integer(table->result, "seed", &seed);
    printf(
        "%s\n%s: %zu practice%s, %llu trial%s, seed %llu\n"
        "Real money, %s; positions are present values. ± is one Monte Carlo "
        "standard error.\n\n",
        text_visible(hr_result_text(table->result, "title"), title, sizeof(title)),
        text_visible(path, file, sizeof(file)), sites, plural((double)sites),
        (unsigned long long)trials, plural((double)trials), (unsigned long long)seed,
        text_visible(hr_result_text(table->result, "price_base"), base, sizeof(base)));
}

/* The result again, with assumed terms neutral, in a file of its own for a moment. */
static enum hr_status run_neutral(const struct table *table, struct table *neutral,
                                  size_t *changed, struct hr_error *error)
{
    struct progress progress;
    const struct hr_run_options options = {.progress = progress_report,
                                           .progress_context = &progress};
    struct hr_messages problems = {0};
    struct hr_scenario *scenario = NULL;
    struct hr_run_facts facts;
    char path[PATH_MAX];
    enum hr_status status = temporary_file("neutral", path, error);

    if (status != HR_OK)
        return status;
    status = result_scenario(table->result, &scenario);
    if (status == HR_OK)
        status = hr_scenario_neutralise(scenario, changed, &problems);
    if (status != HR_OK) {
        print_problems(&problems, false);
        (void)hr_fail(error, status, "the assumed terms cannot be made neutral");
    } else {
        progress_start(&progress);
        status = hr_run(scenario, &options, path, &facts, error);
        progress_end(&progress);
    }
    if (status == HR_OK)
        status = fill_table(path, NULL, neutral, error);
    unlink(path);
    hr_messages_free(&problems);
    hr_scenario_free(scenario);
    return status;
}

static void write_table(struct json *json, const char *name, const struct table *table)
{
    json_open(json, name, '{');
    for (size_t l = 0; l < show_line_count; l++) {
        json_open(json, show_lines[l].metric, '{');
        for (size_t f = 0; f < table->forms; f++) {
            const struct cell *cell = cell_of(table, l, f);

            json_open(json, table->form[f], '{');
            json_number(json, "mean", cell->mean * show_lines[l].divisor);
            json_number(json, "se", cell->se * show_lines[l].divisor);
            json_number(json, "difference", cell->difference * show_lines[l].divisor);
            json_number(json, "difference_se",
                        cell->difference_se * show_lines[l].divisor);
            json_close(json, '}');
        }
        json_close(json, '}');
    }
    json_close(json, '}');
}

static enum hr_status write_show(const struct table *table, const struct table *neutral,
                                 size_t changed)
{
    struct json json;

    json_start(&json);
    json_text(&json, "title", hr_result_text(table->result, "title"));
    json_text(&json, "reference", table->form[table->reference]);
    json_text(&json, "price_base", hr_result_text(table->result, "price_base"));
    json_number(&json, "assumptions_without_evidence", (double)table->assumed);
    calibration_note_write(&json, table->result);
    write_table(&json, "metrics", table);
    if (neutral->result != NULL) {
        json_number(&json, "terms_made_neutral", (double)changed);
        write_table(&json, "neutral", neutral);
    }
    return print_text_and_free(json_end(&json));
}

static void print_show(const struct table *table, const struct table *neutral,
                       size_t changed, const char *path)
{
    char form[SHOWN], file[SHOWN];
    const char *reference =
        text_visible(table->form[table->reference], form, sizeof(form));

    print_head(table, path);
    print_table(table, false);
    printf("\nDifference from %s, trial by trial\n", reference);
    print_table(table, true);
    putchar('\n');
    calibration_note_print(table->result);
    printf("%zu of the keys behind this rest on assumption alone", table->assumed);
    if (neutral->result == NULL) {
        fputs("; headroom show --neutral ", stdout);
        print_word(stdout, text_visible(path, file, sizeof(file)));
        puts(" shows what is left without those of the forms.");
        return;
    }
    printf(".\n\nDifference from %s with the forms' %zu assumed terms neutral\n",
           reference, changed);
    print_table(neutral, true);
}

static enum hr_status show(const struct show_options *options, struct table *table,
                           struct table *neutral)
{
    struct hr_error error;
    size_t changed = 0;
    enum hr_status status =
        fill_table(options->file.path, &options->file.open, table, &error);

    if (status == HR_OK && options->neutral)
        status = run_neutral(table, neutral, &changed, &error);
    if (status != HR_OK) {
        fprintf(stderr, "headroom show: %s\n", error.message);
        return status;
    }
    if (options->file.json)
        return write_show(table, neutral, changed);
    print_show(table, neutral, changed, options->file.path);
    return HR_OK;
}

int show_main(int argc, char **argv)
{
    const struct argp_child children[] = {{&file_argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        .children = children,
        .options = show_list,
        .parser = parse,
        .args_doc = "RESULT",
        .doc = "Show a result in tables: every form's figures with their Monte Carlo "
               "errors, and their paired differences from the reference form.",
    };
    struct show_options options = {0};
    struct table table = {0}, neutral = {0};
    enum hr_status status;

    if (parse_arguments(&argp, argc, argv, &options) != 0)
        return HR_FAILED;
    status = show(&options, &table, &neutral);
    free_table(&table);
    free_table(&neutral);
    return (int)status;
}
