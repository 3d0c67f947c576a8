#include "command.h"

#include "facts.h"
#include "headroom/export.h"
#include "json.h"
#include "lacks.h"
#include "named.h"
#include "place.h"
#include "point_options.h"
#include "show_points.h"
#include "text.h"
#include "wrapping.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct export_options {
    struct file_options file;
    struct point_choice point;
    const char *workbook, *folder;
    bool force;
    char beside[4096]; /* the workbook's name where nobody says */
};

static const struct argp_option export_list[] = {
    {"output", 'o', "BOOK.xlsx", 0,
     "the workbook; default, without --csv: beside the result, .xlsx for .h5", 0},
    {"csv", 'c', "FOLDER", 0,
     "tidy tables as text into a folder: a number a row, in full precision; trials "
     "stay in the result. Of a sweep all points, unless one is named; points.csv says "
     "where they are",
     0},
    {"force", 'f', NULL, 0, "replace a workbook or tables that are there", 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct export_options *options = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->file;
        state->child_inputs[1] = &options->point;
        return 0;
    case 'o':
        check_name(state, argument, NAMED_WORKBOOK);
        options->workbook = argument;
        return 0;
    case 'c':
        options->folder = argument;
        return 0;
    case 'f':
        options->force = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void name_workbook(struct export_options *options)
{
    const char *path = options->file.path;
    const size_t length = strlen(path);
    const size_t stem =
        length > 3 && strcmp(path + length - 3, ".h5") == 0 ? length - 3 : length;

    if (options->workbook != NULL || options->folder != NULL)
        return;
    snprintf(options->beside, sizeof(options->beside), "%.*s.xlsx", (int)stem, path);
    options->workbook = options->beside;
}

static enum hr_status check_places(const struct export_options *options,
                                   struct hr_error *error)
{
    char table[4096];

    if (options->workbook != NULL &&
        place_check(options->workbook, &options->file.path, 1, error) != HR_OK)
        return error->status;
    if (options->force)
        return HR_OK;
    if (options->workbook != NULL && access(options->workbook, F_OK) == 0)
        return hr_fail(error, HR_BAD_INPUT, "%s is there already; --force replaces it",
                       options->workbook);
    if (options->folder != NULL &&
        snprintf(table, sizeof(table), "%s/summary.csv", options->folder) > 0 &&
        access(table, F_OK) == 0)
        return hr_fail(error, HR_BAD_INPUT, "%s is there already; --force replaces it",
                       table);
    return HR_OK;
}

/* A workbook is of one point; tables may be of all. */
static enum hr_status choose(const struct export_options *options,
                             struct hr_result *result, struct hr_error *error)
{
    if (options->point.is_made)
        return point_choose(&options->point, result, error);
    if (!points_are_swept(result) || options->workbook == NULL)
        return HR_OK;
    return hr_fail(
        error, HR_BAD_INPUT,
        "the file is of a sweep, and a workbook is of one point: say --point "
        "K or --at NAME=VALUE; --csv FOLDER writes all points");
}

static enum hr_status write_all(const struct export_options *options,
                                struct hr_result *result, struct hr_error *error)
{
    enum hr_status status = HR_OK;

    if (options->workbook != NULL)
        status = hr_export_workbook(result, options->workbook, error);
    if (status == HR_OK && options->folder != NULL)
        status = hr_export_csv(result, options->folder, error);
    return status;
}

static enum hr_status export_result(const struct export_options *options,
                                    struct hr_error *error)
{
    struct hr_result *result = NULL;
    char lack[768];
    enum hr_status status = check_places(options, error);

    if (status == HR_OK)
        status =
            hr_result_open_as(options->file.path, &options->file.open, &result, error);
    if (status == HR_OK)
        status = choose(options, result, error);
    if (status == HR_OK)
        status = write_all(options, result, error);
    if (status == HR_OK && hr_result_left_out(result, lack, sizeof(lack)))
        fprintf(stderr, "note: tables of trials are not whole: %s\n", lack);
    if (status == HR_OK && !options->file.json)
        lacks_print(result, show_width());
    if (status == HR_OK && options->file.json)
        status = facts_print(facts_of_result, result);
    hr_result_close(result);
    return status;
}

static void say_written(const char *path)
{
    if (path == NULL)
        return;
    fputs("wrote ", stdout);
    text_print_visible(stdout, path);
    putchar('\n');
}

static enum hr_status write_json(const struct export_options *options)
{
    struct json json;

    json_start(&json);
    if (options->workbook != NULL)
        json_text(&json, "workbook", options->workbook);
    if (options->folder != NULL)
        json_text(&json, "tables", options->folder);
    return print_text_and_free(json_end(&json));
}

static int export_main(int argc, char **argv)
{
    const struct argp_child children[] = {
        {&file_argp, 0, NULL, 0}, {&point_argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        .children = children,
        .options = export_list,
        .parser = parse,
        .args_doc = "RESULT",
        .doc = "Write a result as a workbook for a spreadsheet, or as tidy tables of "
               "text. "
               "Numbers are numbers; the same result gives the same bytes.",
    };
    struct export_options options = {0};
    struct hr_error error = {0};
    enum hr_status status;

    if (parse_arguments(&argp, argc, argv, &options) != 0)
        return HR_FAILED;
    name_workbook(&options);
    status = export_result(&options, &error);
    if (*error.message != '\0')
        fprintf(stderr, "headroom export: %s\n", error.message);
    else if (status != HR_OK)
        return (int)status; /* which is said */
    else if (options.file.json)
        status = write_json(&options);
    else {
        say_written(options.workbook);
        say_written(options.folder);
    }
    return (int)status;
}

const struct command export_command = {
    "export", "write a result as a workbook or as tables of text", export_main, REPORTS,
    130};
