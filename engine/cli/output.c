#include "output.h"

#include "stream.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST_NAME = 200 };

static const char *leaf_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}

/* The last part of a key and its value; what does not belong in a file's name is cut.
 */
static void add_change(char name[LONGEST_NAME], const char *change)
{
    const char *leaf = change + strcspn(change, "=");
    size_t length = strlen(name);

    while (leaf > change && leaf[-1] != '.')
        leaf--;
    for (const char *c = leaf; *c != '\0' && length + 2 < LONGEST_NAME; c++) {
        if (c == leaf)
            name[length++] = '+';
        if (isalnum((unsigned char)*c) || strchr("=._-", *c) != NULL)
            name[length++] = *c;
        else if (length > 0 && name[length - 1] != '_')
            name[length++] = '_';
    }
    name[length] = '\0';
}

/* Options of their own: --trials, --seed and those of stop, which say how long. */
static bool is_change(const char *text)
{
    return strncmp(text, "trials=", 7) != 0 && strncmp(text, "seed=", 5) != 0 &&
           strncmp(text, "stop.", 5) != 0;
}

static void name_of(const struct scenario_options *options, char name[LONGEST_NAME])
{
    const char *leaf = leaf_of(options->path);
    const char *dot = strrchr(leaf, '.');
    const size_t stem =
        dot == NULL || dot == leaf ? strlen(leaf) : (size_t)(dot - leaf);

    snprintf(name, LONGEST_NAME, "%.*s", (int)stem, leaf);
    for (size_t i = 0; i < options->overrides; i++) {
        if (is_change(options->override[i]))
            add_change(name, options->override[i]);
    }
    if (options->neutral && strlen(name) + 9 < LONGEST_NAME)
        strcat(name, "+neutral");
}

/* The folder that a file lies in, its links followed; false where there is none. */
static bool folder_of(const char *file, char folder[PATH_MAX])
{
    char *slash;

    if (realpath(file, folder) == NULL)
        return false;
    slash = strrchr(folder, '/');
    *slash = '\0';
    return true;
}

static bool find_results(const char *scenario, char results[LONGEST_PATH])
{
    char folder[PATH_MAX];
    int length;

    if (!folder_of(scenario, folder))
        return false;
    length = snprintf(results, LONGEST_PATH, "%s/results", folder);
    if (length < LONGEST_PATH && access(results, W_OK | X_OK) == 0)
        return true;
    if (strcmp(leaf_of(folder), "scenarios") != 0)
        return false;
    *strrchr(folder, '/') = '\0';
    length = snprintf(results, LONGEST_PATH, "%s/results", folder);
    return length < LONGEST_PATH && access(results, W_OK | X_OK) == 0;
}

/* As short as it can be said from here. */
static const char *from_here(const char *path)
{
    char here[PATH_MAX];
    size_t length;

    if (getcwd(here, sizeof(here)) == NULL)
        return path;
    length = strlen(here);
    return strncmp(path, here, length) == 0 && path[length] == '/' ? path + length + 1
                                                                   : path;
}

void output_default(const struct scenario_options *options, char path[LONGEST_PATH])
{
    char name[LONGEST_NAME], results[LONGEST_PATH];

    name_of(options, name);
    if (!find_results(options->path, results) ||
        snprintf(path, LONGEST_PATH, "%s/%s.h5", from_here(results), name) >=
            LONGEST_PATH)
        snprintf(path, LONGEST_PATH, "%s.h5", name);
}

char *output_changes(const struct scenario_options *options)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = stream_to_memory(&text, &size);

    if (out == NULL)
        return NULL;
    for (size_t i = 0; i < options->overrides; i++)
        fprintf(out, "%s\n", options->override[i]);
    if (options->neutral)
        fputs("--neutral\n", out);
    (void)stream_close(out); /* NULL where any of it was lost */
    return text;
}
