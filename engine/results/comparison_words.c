#include "comparison.h"

#include "columns.h"
#include "held.h"
#include "same_bits.h"
#include "writer.h"

#include <stdarg.h>
#include <stdio.h>

enum hr_status comparison_worded(const struct comparison *c, const char *format, ...)
{
    char sentence[HR_RESULT_NOTE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(sentence, sizeof(sentence), format, arguments);
    va_end(arguments);
    if (c->same_build)
        return hr_fail(c->error, HR_NOT_HELD, "%s", sentence);
    if (*c->noted == '\0')
        memcpy(c->noted, sentence, sizeof(sentence));
    return HR_OK;
}

static bool begins(const char *path, const char *with)
{
    return strncmp(path, with, strlen(with)) == 0;
}

/* What draws were to be tied is the scenario's; what points came to is theirs. */
bool comparison_covers(const struct comparison *c, const char *path)
{
    static const char tied[] = "/quality/correlation/";
    const bool input = begins(path, "/inputs/") || begins(path, tied);

    if (c->scope == COMPARE_RUN)
        return true;
    if (begins(path, "/points/") || strcmp(path, "/point") == 0 ||
        strcmp(path, "/quality/correlation/achieved") == 0)
        return false;
    return input == (c->scope == COMPARE_SWEEP);
}

bool comparison_is_of_keys(const char *path)
{
    static const char assumptions[] = "/inputs/assumptions/";

    return strncmp(path, assumptions, sizeof(assumptions) - 1) == 0 ||
           strcmp(path, "/inputs/scenario_resolved") == 0;
}

enum { ATTRIBUTES = 4, KINDS };

/* All of one kind; each begins with its path. */
struct listing {
    const void *first;
    size_t count, size;
};

static void list_all(const struct result_set *set, struct listing list[KINDS])
{
    const struct listing all[KINDS] = {
        {set->axis, (size_t)set->axes, sizeof(*set->axis)},
        {set->data, set->data_count, sizeof(*set->data)},
        {set->words, set->words_count, sizeof(*set->words)},
        {set->text, set->text_count, sizeof(*set->text)},
        {set->attribute, set->attribute_count, sizeof(*set->attribute)},
    };

    memcpy(list, all, sizeof(all));
}

static const char *path_at(const struct listing *list, size_t i)
{
    const char *path;

    memcpy(&path, (const char *)list->first + i * list->size, sizeof(path));
    return path;
}

/* Mostly at the same place. */
static bool has(const struct listing *list, size_t near, const char *path)
{
    if (near < list->count && strcmp(path_at(list, near), path) == 0)
        return true;
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(path_at(list, i), path) == 0)
            return true;
    }
    return false;
}

/* What a sweep does not keep of its points, and what the first files of this version
 * of the schema were made without. */
static bool may_lack(const struct comparison *c, const char *path)
{
    static const char *const runs[] = {
        "/sums/", "/trials/", "/neutral/",         "/decision/",
        "/rival", "/rank",    "/quality/near_ties"};
    bool may = strcmp(path, "/inputs/practices/area") == 0;

    for (size_t i = 0; c->scope != COMPARE_RUN && i < sizeof(runs) / sizeof(*runs); i++)
        may = may || begins(path, runs[i]);
    return may;
}

bool comparison_may_be_empty(const struct comparison *c, const char *path)
{
    return c->scope == COMPARE_POINT && begins(path, "/parameters/");
}

/* Attributes are those of the scenario without a sweep, be they of the inputs or not.
 */
static bool covers(const struct comparison *c, int kind, const char *path)
{
    return kind != ATTRIBUTES ? comparison_covers(c, path)
                              : c->scope != COMPARE_POINT && !begins(path, "/points/");
}

static const char *first_missing(const struct comparison *c, int kind,
                                 const struct listing *stored,
                                 const struct listing *found)
{
    for (size_t i = 0; i < found->count; i++) {
        const char *path = path_at(found, i);

        if (covers(c, kind, path) && !has(stored, i, path) && !may_lack(c, path))
            return path;
    }
    return NULL;
}

static const char *first_added(const struct comparison *c, int kind,
                               const struct listing *stored,
                               const struct listing *found)
{
    for (size_t i = 0; i < stored->count; i++) {
        const char *path = path_at(stored, i);

        if (covers(c, kind, path) && !has(found, i, path) && !columns_is_stated(path) &&
            !comparison_may_be_empty(c, path))
            return path;
    }
    return NULL;
}

static enum hr_status compare_presence(const struct comparison *c)
{
    struct listing stored[KINDS], found[KINDS];
    enum hr_status status = HR_OK;

    list_all(c->stored, stored);
    list_all(c->found, found);
    for (int k = 0; k < KINDS && status == HR_OK; k++) {
        const char *lacks = first_missing(c, k, &stored[k], &found[k]);
        const char *more = first_added(c, k, &stored[k], &found[k]);

        if (lacks != NULL)
            status = comparison_worded(
                c, "%s is not in the file, and a run of its inputs gives it", lacks);
        else if (more != NULL)
            status = comparison_worded(
                c, "%s is in the file, and no run of its inputs gives it", more);
    }
    return status;
}

static bool same_presentation(const struct result_shown *a,
                              const struct result_shown *b)
{
    return comparison_same_text(a->group, b->group) &&
           comparison_same_text(a->label, b->label) &&
           comparison_same_text(a->prefix, b->prefix) &&
           comparison_same_text(a->suffix, b->suffix) && a->decimals == b->decimals &&
           a->count == b->count;
}

static enum hr_status describe(const struct comparison *c, const char *path, bool same)
{
    return same ? HR_OK
                : comparison_worded(c,
                                    "%s is described in other words in the file than "
                                    "when run again",
                                    path);
}

static enum hr_status compare_descriptions(const struct comparison *c)
{
    enum hr_status status = HR_OK;

    for (int i = 0; i < c->found->axes && status == HR_OK; i++) {
        const struct result_axis *found = &c->found->axis[i];
        const struct result_axis *stored = result_set_find_axis(c->stored, found->path);

        status =
            describe(c, found->path,
                     stored == NULL || !comparison_covers(c, found->path) ||
                         comparison_same_text(stored->long_name, found->long_name));
    }
    for (size_t i = 0; i < c->found->data_count && status == HR_OK; i++) {
        const struct result_data *found = &c->found->data[i];
        const struct result_data *stored = result_set_find_data(c->stored, found->path);

        status =
            describe(c, found->path,
                     stored == NULL ||
                         (comparison_same_text(stored->long_name, found->long_name) &&
                          comparison_same_text(stored->key, found->key) &&
                          same_presentation(&stored->shown, &found->shown)));
    }
    return status;
}

/* Of a sweep, one of whose points was run again, the word of that point. */
static const char *word_of(const struct comparison *c, const struct result_words *words,
                           size_t i)
{
    const bool along_points = strcmp(c->stored->axis[words->axis].path, "/point") == 0;

    return words->value[along_points ? i + hr_result_chosen(c->result) : i];
}

static enum hr_status compare_column(const struct comparison *c,
                                     const struct result_words *stored,
                                     const struct result_words *found)
{
    const size_t size = c->found->axis[found->axis].size;
    const bool of_keys = comparison_is_of_keys(found->path);

    if (!of_keys && c->stored->axis[stored->axis].size < size)
        return hr_fail(c->error, HR_NOT_HELD, "%s is shorter than when run again",
                       found->path);
    for (size_t i = 0; i < size; i++) {
        if (strcmp(word_of(c, stored, i), found->value[i]) == 0)
            continue;
        if (of_keys || columns_is_told(found->path))
            return comparison_worded(
                c, "word %zu of %s is another in the file than when run again", i,
                found->path);
        return hr_fail(c->error, HR_NOT_HELD,
                       "word %zu of %s is another in the file than when run again", i,
                       found->path);
    }
    return HR_OK;
}

static enum hr_status compare_columns(const struct comparison *c)
{
    enum hr_status status = HR_OK;

    for (size_t i = 0; i < c->found->words_count && status == HR_OK; i++) {
        const struct result_words *found = &c->found->words[i];
        const struct result_words *stored =
            result_set_find_words(c->stored, found->path);

        if (stored == NULL || columns_is_stated(found->path) ||
            !comparison_covers(c, found->path))
            continue;
        status = describe(c, found->path,
                          comparison_same_text(stored->long_name, found->long_name) &&
                              comparison_same_text(stored->key, found->key));
        if (status == HR_OK)
            status = compare_column(c, stored, found);
    }
    return status;
}

static enum hr_status compare_text(const struct comparison *c,
                                   const struct result_text *stored,
                                   const struct result_text *found)
{
    if (strcmp(stored->value, found->value) == 0)
        return describe(c, found->path,
                        comparison_same_text(stored->long_name, found->long_name));
    if (comparison_is_of_keys(found->path))
        return comparison_worded(c, "%s is another in the file than when run again",
                                 found->path);
    return hr_fail(c->error, HR_NOT_HELD,
                   "%s is another in the file than when run again", found->path);
}

static enum hr_status compare_texts(const struct comparison *c)
{
    enum hr_status status = HR_OK;

    for (size_t i = 0; i < c->stored->text_count && status == HR_OK; i++) {
        const struct result_text *stored = &c->stored->text[i];
        const struct result_text *found = result_set_find_text(c->found, stored->path);

        if (found != NULL && !columns_is_stated(stored->path) &&
            comparison_covers(c, stored->path))
            status = compare_text(c, stored, found);
    }
    return status;
}

static bool same_attribute(const struct result_attribute *a,
                           const struct result_attribute *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == KIND_TEXT)
        return strcmp(a->text, b->text) == 0;
    return a->kind == KIND_NUMBER ? same_bits(a->number, b->number)
                                  : a->integer == b->integer;
}

static enum hr_status compare_attributes(const struct comparison *c)
{
    for (size_t i = 0; i < c->found->attribute_count; i++) {
        const struct result_attribute *found = &c->found->attribute[i];
        const struct result_attribute *stored =
            result_set_find_attribute(c->stored, found->path);

        if (stored != NULL && !columns_is_stated(found->path) &&
            c->scope != COMPARE_POINT && !same_attribute(stored, found))
            return hr_fail(c->error, HR_NOT_HELD,
                           "%s is another in the file than when run again",
                           found->path);
    }
    return HR_OK;
}

static enum hr_status compare_version(const struct comparison *c)
{
    const char *version = hr_result_text(c->result, "schema_version");

    return c->result->reader.file < 0 || comparison_same_text(version, writer_version())
               ? HR_OK
               : comparison_worded(c, "/schema_version is %s, and here %s is written",
                                   version != NULL ? version : "no text",
                                   writer_version());
}

enum hr_status comparison_of_words(const struct comparison *c)
{
    static enum hr_status (*const parts[])(const struct comparison *) = {
        compare_attributes,   compare_columns, compare_texts,
        compare_descriptions, compare_version,
    };
    enum hr_status status = compare_presence(c);

    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts) && status == HR_OK; i++)
        status = parts[i](c);
    return status;
}
