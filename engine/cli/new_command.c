#include "command.h"

#include "json.h"
#include "stream.h"
#include "text.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The scenario to be written, and what its template leaves open. */
struct draft {
    const char *name;      /* as given: where it goes, with or without .yaml */
    const char *practices; /* as given, or NULL: the shipped patch */
    bool json;
    char path[PATH_MAX];
    char title[NAME_MAX + 1];
    char table[PATH_MAX];
};

enum { OPTION_PRACTICES = 0x200, OPTION_JSON };

static const struct argp_option new_list[] = {
    {"practices", OPTION_PRACTICES, "TABLE.csv", 0,
     "your practices, as scripts/import-nhs writes them (the shipped synthetic patch)",
     0},
    {"json", OPTION_JSON, NULL, 0, "write JSON", 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct draft *draft = state->input;

    switch (key) {
    case OPTION_PRACTICES:
        if (draft->practices != NULL)
            argp_error(state, "one table at a time: \"%s\" is a second", argument);
        draft->practices = argument;
        return 0;
    case OPTION_JSON:
        draft->json = true;
        return 0;
    case ARGP_KEY_ARG:
        if (draft->name != NULL)
            argp_error(state, "one name at a time: \"%s\" is a second", argument);
        draft->name = argument;
        return 0;
    case ARGP_KEY_END:
        if (draft->name == NULL || *draft->name == '\0')
            argp_error(state, "which name? Such as our_practices");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* The system's error number tells where the cause is memory. */
static int refuse(const char *what, const char *why)
{
    if (errno == ENOMEM)
        return (int)no_memory();
    fputs("headroom new: ", stderr);
    text_print_visible(stderr, what);
    fprintf(stderr, ": %s\n", why);
    return HR_BAD_INPUT;
}

/* Beside the scenario the table's own name does; elsewhere only its full path. */
static int find_table(struct draft *draft)
{
    char full[PATH_MAX];

    snprintf(draft->table, sizeof(draft->table), "%s", "patches/example_patch.csv");
    if (draft->practices == NULL)
        return HR_OK;
    if (text_not_utf8(draft->practices) != NULL)
        return refuse(draft->practices, "a scenario is UTF-8, and this name is not");
    if (realpath(draft->practices, full) == NULL || access(full, R_OK) != 0)
        return refuse(draft->practices, strerror(errno));
    snprintf(draft->table, sizeof(draft->table), "%s",
             strchr(draft->name, '/') == NULL ? draft->practices : full);
    return HR_OK;
}

/* The path and, without .yaml, the title; @p whole: the name has it. */
static bool copy_names(struct draft *draft, const char *base, bool whole)
{
    if (snprintf(draft->path, sizeof(draft->path), whole ? "%s" : "%s.yaml",
                 draft->name) >= PATH_MAX ||
        snprintf(draft->title, sizeof(draft->title), "%s", base) > NAME_MAX)
        return false;
    if (whole)
        draft->title[strlen(base) - 5] = '\0';
    return true;
}

static int name_draft(struct draft *draft)
{
    const char *slash = strrchr(draft->name, '/');
    const char *base = slash == NULL ? draft->name : slash + 1;
    const size_t length = strlen(draft->name);
    const bool whole = length > 5 && strcmp(draft->name + length - 5, ".yaml") == 0;

    if (*base == '\0' || strchr(".-", *base) != NULL)
        return refuse(draft->name, "names no scenario; such as our_practices");
    if (text_not_utf8(draft->name) != NULL || strpbrk(draft->name, "\n\r") != NULL)
        return refuse(draft->name, "a name is UTF-8, and one line");
    if (!copy_names(draft, base, whole))
        return refuse(draft->name, "is too long");
    return find_table(draft);
}

/* The template, with what stands between two @ filled in. */
static void fill(FILE *out, const char *template, const struct draft *draft)
{
    char word[LONGEST_WORD];

    while (*template != '\0') {
        if (strncmp(template, "@TITLE@", 7) == 0) {
            json_print_text(out, draft->title);
            template += 7;
        } else if (strncmp(template, "@PRACTICES@", 11) == 0) {
            json_print_text(out, draft->table);
            template += 11;
        } else if (strncmp(template, "@FILE@", 6) == 0) {
            fputs(shell_word(draft->path, word), out);
            template += 6;
        } else {
            fputc(*template ++, out);
        }
    }
}

static int write_draft(const struct draft *draft)
{
    char folder[PATH_MAX - 64], path[PATH_MAX], *template = NULL;
    FILE *out = NULL;

    if (hr_shipped_folder(folder, sizeof(folder))) {
        snprintf(path, sizeof(path), "%s/templates/question.yaml", folder);
        template = file_text(path);
    }
    if (template == NULL)
        return refuse("templates/question.yaml", "is not among the shipped scenarios; "
                                                 "HEADROOM_SCENARIOS may name them");
    out = fopen(draft->path, "wx");
    if (out == NULL) {
        free(template);
        return refuse(draft->path, errno == EEXIST
                                       ? "is there already; nothing is overwritten"
                                       : strerror(errno));
    }
    fill(out, template, draft);
    free(template);
    if (stream_close(out))
        return HR_OK;
    unlink(draft->path);
    (void)refuse(draft->path, "cannot be written: the disk is full, or worse");
    return HR_FAILED;
}

/* What the check came to, and what is to do next. */
static enum hr_status say(const struct draft *draft, enum hr_status checked)
{
    struct json json;
    char word[LONGEST_WORD];

    if (draft->json) {
        json_start(&json);
        json_text(&json, "scenario", draft->path);
        if (checked == HR_OK || checked == HR_BAD_INPUT)
            json_flag(&json, "valid", checked == HR_OK);
        else
            json_text_or_null(&json, "valid", NULL); /* not known */
        return print_text_and_free(json_end(&json));
    }
    printf("wrote %s", draft->path);
    if (checked == HR_BAD_INPUT)
        fputs("; what is said above is to be mended before it runs", stdout);
    else if (checked != HR_OK)
        fputs("; it could not be checked", stdout);
    printf("\nnext: headroom %s %s\n", checked == HR_OK ? "run" : "check",
           shell_word(draft->path, word));
    return HR_OK;
}

/* It is kept where its practices are at fault: they may be mended beside it. */
static enum hr_status try_draft(const struct draft *draft)
{
    struct hr_messages problems = {0};
    struct hr_scenario *scenario = NULL;
    const enum hr_status status =
        hr_scenario_read(draft->path, NULL, 0, &scenario, &problems);
    enum hr_status said;

    if (status != HR_OK)
        print_problems(&problems, draft->json);
    hr_messages_free(&problems);
    hr_scenario_free(scenario);
    said = say(draft, status);
    return status != HR_OK ? status : said;
}

static int new_main(int argc, char **argv)
{
    const struct argp argp = {
        .options = new_list,
        .parser = parse,
        .args_doc = "NAME",
        .doc =
            "Write NAME.yaml, a scenario of a dozen lines with comments that runs as "
            "it is and is yours to change. Nothing is overwritten.",
    };
    struct draft draft = {0};
    int status;

    if (parse_arguments(&argp, argc, argv, &draft) != 0)
        return HR_FAILED;
    errno = 0;
    status = name_draft(&draft);
    if (status == HR_OK)
        status = write_draft(&draft);
    return status == HR_OK ? (int)try_draft(&draft) : status;
}

const struct command new_command = {"new", "write a scenario of your own to start from",
                                    new_main, REPORTS, 10};
