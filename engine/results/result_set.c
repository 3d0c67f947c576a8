#include "result_set.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One allocation of the set's; what it holds follows it. */
struct result_memory {
    struct result_memory *next;
    max_align_t content[];
};

enum { FIRST_ROOM = 16 };

void result_set_free(struct result_set *set)
{
    struct result_memory *memory = set->memory;

    while (memory != NULL) {
        struct result_memory *next = memory->next;

        free(memory);
        memory = next;
    }
    free(set->data);
    free(set->words);
    free(set->text);
    free(set->attribute);
    *set = (struct result_set){0};
}

enum hr_status result_set_status(const struct result_set *set, struct hr_error *error)
{
    if (set->failed)
        return hr_fail(error, HR_FAILED, "no memory for the result set");
    return HR_OK;
}

void *result_set_memory(struct result_set *set, size_t bytes)
{
    struct result_memory *memory = NULL;

    if (!set->failed && bytes < SIZE_MAX - sizeof(*memory))
        memory = malloc(sizeof(*memory) + bytes);
    if (memory == NULL) {
        set->failed = true;
        return NULL;
    }
    memory->next = set->memory;
    set->memory = memory;
    return memory->content;
}

void result_set_forget(struct result_set *set, const void *memory)
{
    struct result_memory **at = &set->memory;

    while (*at != NULL && (const void *)(*at)->content != memory)
        at = &(*at)->next;
    if (*at != NULL) {
        struct result_memory *found = *at;

        *at = found->next;
        free(found);
    }
}

double *result_set_numbers(struct result_set *set, size_t count)
{
    double *numbers = result_set_memory(set, count * sizeof(*numbers));

    for (size_t i = 0; numbers != NULL && i < count; i++)
        numbers[i] = NAN;
    return numbers;
}

const char *result_set_name(struct result_set *set, const char *format, ...)
{
    va_list arguments;
    char *name = NULL;
    int length;

    va_start(arguments, format);
    length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length >= 0)
        name = result_set_memory(set, (size_t)length + 1);
    if (name == NULL) {
        set->failed = true;
        return "";
    }
    va_start(arguments, format);
    vsnprintf(name, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return name;
}

/* Room for one more item at the end of a list: doubled at each power of two. */
static bool has_room(struct result_set *set, void *list, size_t *count, size_t item)
{
    const bool full =
        *count == 0 || (*count >= FIRST_ROOM && (*count & (*count - 1)) == 0);
    const size_t room = *count < FIRST_ROOM ? FIRST_ROOM : 2 * *count;
    void *old, *moved;

    if (set->failed || !full)
        return !set->failed;
    memcpy(&old, list, sizeof(old));
    moved = realloc(old, room * item);
    if (moved == NULL) {
        set->failed = true;
        return false;
    }
    memcpy(list, &moved, sizeof(moved));
    return true;
}

int result_set_add_axis(struct result_set *set, struct result_axis axis)
{
    if (set->axes == RESULT_AXES) {
        set->failed = true;
        return 0;
    }
    set->axis[set->axes] = axis;
    return set->axes++;
}

void result_set_add_data(struct result_set *set, struct result_data data)
{
    if (has_room(set, &set->data, &set->data_count, sizeof(data)))
        set->data[set->data_count++] = data;
}

void result_set_add_words(struct result_set *set, struct result_words words)
{
    if (has_room(set, &set->words, &set->words_count, sizeof(words)))
        set->words[set->words_count++] = words;
}

void result_set_add_text(struct result_set *set, struct result_text text)
{
    if (text.value != NULL && has_room(set, &set->text, &set->text_count, sizeof(text)))
        set->text[set->text_count++] = text;
}

void result_set_add_attribute(struct result_set *set, struct result_attribute attribute)
{
    if (attribute.kind == KIND_TEXT && attribute.text == NULL)
        return;
    if (has_room(set, &set->attribute, &set->attribute_count, sizeof(attribute)))
        set->attribute[set->attribute_count++] = attribute;
}

/* Every kind of item begins with its path. */
static const void *find(const void *list, size_t count, size_t item, const char *path)
{
    const char *at = list;

    for (size_t i = 0; i < count; i++, at += item) {
        const char *own;

        memcpy(&own, at, sizeof(own));
        if (strcmp(own, path) == 0)
            return at;
    }
    return NULL;
}

const struct result_axis *result_set_find_axis(const struct result_set *set,
                                               const char *path)
{
    return find(set->axis, (size_t)set->axes, sizeof(*set->axis), path);
}

const struct result_data *result_set_find_data(const struct result_set *set,
                                               const char *path)
{
    return find(set->data, set->data_count, sizeof(*set->data), path);
}

const struct result_words *result_set_find_words(const struct result_set *set,
                                                 const char *path)
{
    return find(set->words, set->words_count, sizeof(*set->words), path);
}

const struct result_text *result_set_find_text(const struct result_set *set,
                                               const char *path)
{
    return find(set->text, set->text_count, sizeof(*set->text), path);
}

const struct result_attribute *result_set_find_attribute(const struct result_set *set,
                                                         const char *path)
{
    return find(set->attribute, set->attribute_count, sizeof(*set->attribute), path);
}

size_t result_data_count(const struct result_set *set, const struct result_data *data)
{
    size_t count = 1;

    for (int d = 0; d < data->rank; d++)
        count *= set->axis[data->axis[d]].size;
    return count;
}

const char *result_leaf(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}
