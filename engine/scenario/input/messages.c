#include "messages.h"

#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void hr_messages_free(struct hr_messages *messages)
{
    for (size_t i = 0; i < messages->count; i++)
        free(messages->item[i].text);
    free(messages->item);
    *messages = (struct hr_messages){0};
}

static void append(struct hr_messages *messages, const struct place *at, char *text)
{
    struct hr_message *item =
        realloc(messages->item, (messages->count + 1) * sizeof(*item));

    if (item == NULL) {
        messages->incomplete = true;
        free(text);
        return;
    }
    messages->item = item;
    item[messages->count++] = (struct hr_message){
        .text = text, .file = at->number, .line = at->line, .column = at->column};
}

static void print_place(FILE *out, const struct place *at)
{
    fputs(at->file, out);
    if (at->line > 0)
        fprintf(out, at->column == PLACE_ROW ? ":row %d" : ":%d", at->line);
    if (at->line > 0 && at->column > 0)
        fprintf(out, ":%d", at->column);
    fputs(": ", out);
}

/* A message quotes what stands in a file, whatever that is. */
static char *visible(const char *raw)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = raw == NULL ? NULL : open_memstream(&text, &size);

    if (out == NULL)
        return NULL;
    text_print_visible(out, raw);
    if (fclose(out) == 0)
        return text;
    free(text);
    return NULL;
}

void messages_add(struct hr_messages *messages, const struct place *at, const char *key,
                  const char *format, ...)
{
    char *raw = NULL, *text = NULL;
    size_t size = 0;
    FILE *out;
    va_list arguments;

    if (messages->count >= MOST_MESSAGES) {
        messages->more++;
        return;
    }
    out = open_memstream(&raw, &size);
    if (out != NULL) {
        print_place(out, at);
        if (key != NULL)
            fprintf(out, "%s: ", key);
        va_start(arguments, format);
        vfprintf(out, format, arguments);
        va_end(arguments);
        if (fclose(out) == 0)
            text = visible(raw);
    }
    free(raw);
    if (text == NULL)
        messages->incomplete = true;
    else
        append(messages, at, text);
}

size_t messages_total(const struct hr_messages *messages)
{
    return messages->count + messages->more;
}

static bool goes_before(const struct hr_message *a, const struct hr_message *b)
{
    if (a->file != b->file)
        return a->file < b->file;
    if (a->line != b->line)
        return a->line < b->line;
    return a->column < b->column;
}

/* Insertion keeps the order of messages at one place. */
static void insert_in_order(struct hr_message *item, size_t i)
{
    const struct hr_message message = item[i];

    for (; i > 0 && goes_before(&message, &item[i - 1]); i--)
        item[i] = item[i - 1];
    item[i] = message;
}

static bool is_said(const struct hr_messages *messages, const char *text)
{
    for (size_t i = 0; i < messages->count; i++) {
        if (strcmp(messages->item[i].text, text) == 0)
            return true;
    }
    return false;
}

static void drop_repetitions(struct hr_messages *messages)
{
    const size_t count = messages->count;

    messages->count = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_said(messages, messages->item[i].text))
            free(messages->item[i].text);
        else
            messages->item[messages->count++] = messages->item[i];
    }
}

void messages_sort(struct hr_messages *messages)
{
    for (size_t i = 1; i < messages->count; i++)
        insert_in_order(messages->item, i);
    drop_repetitions(messages);
}

enum hr_status messages_status(const struct hr_messages *messages)
{
    if (messages->incomplete)
        return HR_FAILED;
    return messages->count == 0 ? HR_OK : HR_BAD_INPUT;
}
