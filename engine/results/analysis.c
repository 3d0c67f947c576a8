#include "analysis.h"

#include "guard.h"
#include "headroom/decision.h"
#include "held.h"
#include "json.h"
#include "layout.h"
#include "probe.h"
#include "publication.h"

#include <stdlib.h>
#include <string.h>

/* Where a data set's numbers stand: how far along its axes. */
struct nesting {
    const struct result_set *set;
    const struct result_data *data;
    int depth;
    size_t first;
};

static void write_numbers(struct json *json, const char *name, const struct nesting *at)
{
    const struct result_data *data = at->data;
    const size_t size = at->set->axis[data->axis[at->depth]].size;
    size_t stride = 1;

    for (int d = at->depth + 1; d < data->rank; d++)
        stride *= at->set->axis[data->axis[d]].size;
    json_open(json, name, '[');
    for (size_t i = 0; i < size; i++) {
        const struct nesting within = {at->set, data, at->depth + 1,
                                       at->first + i * stride};

        if (within.depth == data->rank)
            json_number(json, NULL, data->value[within.first]);
        else
            write_numbers(json, NULL, &within);
    }
    json_close(json, ']');
}

static void write_words(struct json *json, const char *path, size_t size,
                        const char *const *word)
{
    json_open(json, result_leaf(path), '[');
    for (size_t i = 0; i < size; i++)
        json_text(json, NULL, word[i]);
    json_close(json, ']');
}

/* What stands first in every answer. */
static const char *const first[] = {"/schema", "/sentence"};

static bool stands_first(const char *path)
{
    return strcmp(path, first[0]) == 0 || strcmp(path, first[1]) == 0;
}

static void write_first(struct json *json, const struct result_set *set)
{
    for (size_t i = 0; i < sizeof(first) / sizeof(*first); i++) {
        const struct result_attribute *found = result_set_find_attribute(set, first[i]);

        if (found != NULL && found->kind == KIND_TEXT)
            json_text(json, result_leaf(first[i]), found->text);
    }
}

static void write_attributes(struct json *json, const struct result_set *set)
{
    for (size_t i = 0; i < set->attribute_count; i++) {
        const struct result_attribute *attribute = &set->attribute[i];
        const char *name = result_leaf(attribute->path);

        if (strcmp(name, "kind") == 0 || stands_first(attribute->path))
            continue;
        if (attribute->kind == KIND_TEXT)
            json_text(json, name, attribute->text);
        else if (attribute->kind == KIND_NUMBER)
            json_number(json, name, attribute->number);
        else
            json_number(json, name, (double)attribute->integer);
    }
}

static void write_units(struct json *json, const struct result_set *set)
{
    json_open(json, "units", '{');
    for (size_t i = 0; i < set->data_count; i++)
        json_text_if(json, result_leaf(set->data[i].path), set->data[i].unit);
    json_close(json, '}');
}

static void write_axes(struct json *json, const struct result_set *set)
{
    for (int i = 0; i < set->axes; i++) {
        const struct result_axis *axis = &set->axis[i];

        if (axis->word != NULL) {
            write_words(json, axis->path, axis->size, axis->word);
            continue;
        }
        json_open(json, result_leaf(axis->path), '[');
        for (size_t j = 0; j < axis->size; j++)
            json_number(json, NULL, axis->number != NULL ? axis->number[j] : (double)j);
        json_close(json, ']');
    }
}

char *hr_analysis_json(const struct hr_result *analysis)
{
    const struct result_set *set = &analysis->reader.set;
    struct json json;

    json_start(&json);
    write_first(&json, set);
    write_attributes(&json, set);
    write_units(&json, set);
    write_axes(&json, set);
    for (size_t i = 0; i < set->words_count; i++)
        write_words(&json, set->words[i].path, set->axis[set->words[i].axis].size,
                    set->words[i].value);
    for (size_t i = 0; i < set->data_count; i++) {
        const struct nesting all = {set, &set->data[i], 0, 0};

        write_numbers(&json, result_leaf(set->data[i].path), &all);
    }
    return json_end(&json);
}

static enum hr_status look_for_analysis(void *path, struct hr_error *error)
{
    struct reader reader;
    enum hr_status status = reader_open(&reader, path, error);

    if (status != HR_OK)
        return status;
    status = layout_is_analysis(&reader.set) ? HR_OK : HR_BAD_INPUT;
    reader_close(&reader);
    return status;
}

bool hr_analysis_is_at(const char *path)
{
    const struct quiet quiet = quiet_begin();
    struct hr_error error;
    char *name = strdup(path);
    const bool found =
        name != NULL && probe_file(name, look_for_analysis, name, &error) == HR_OK;

    free(name);
    quiet_end(quiet);
    return found;
}

enum hr_status hr_analysis_write(const struct hr_result *analysis, const char *path,
                                 struct hr_error *error)
{
    const struct writer_options how = {.compress = false};

    return publication_write(path, &analysis->reader.set, &how, error);
}

enum hr_status analysis_hold(struct result_set *set, struct hr_result **analysis,
                             struct hr_error *error)
{
    enum hr_status status = result_set_status(set, error);

    *analysis = status == HR_OK ? calloc(1, sizeof(**analysis)) : NULL;
    if (*analysis == NULL) {
        result_set_free(set);
        return status != HR_OK ? status
                               : hr_fail(error, HR_FAILED, "no memory for an analysis");
    }
    (*analysis)->reader = (struct reader){.file = -1, .set = *set};
    *set = (struct result_set){0};
    (*analysis)->reader.path = strdup("the analysis");
    if ((*analysis)->reader.path != NULL)
        return HR_OK;
    hr_result_close(*analysis);
    *analysis = NULL;
    return hr_fail(error, HR_FAILED, "no memory for an analysis");
}
