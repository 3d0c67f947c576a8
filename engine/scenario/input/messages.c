#include "messages.h"

#include "stream.h"
#include "text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void free_message(struct hr_message *message)
{
    free(message->text);
    free(message->path);
    free(message->key);
}

void hr_messages_free(struct hr_messages *messages)
{
    for (size_t i = 0; i < messages->count; i++)
        free_message(&messages->item[i]);
    free(messages->item);
    *messages = (struct hr_messages){0};
}

static void append(struct hr_messages *messages, struct hr_message *message)
{
    struct hr_message *item =
        realloc(messages->item, (messages->count + 1) * sizeof(*item));

    if (item == NULL) {
        messages->incomplete = true;
        free_message(message);
        return;
    }
    messages->item = item;
    item[messages->count++] = *message;
}

/* A message quotes what stands in a file, whatever that is. */
static char *visible(const char *raw)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = raw == NULL ? NULL : stream_to_memory(&text, &size);

    if (out == NULL)
        return NULL;
    text_print_visible(out, raw);
    (void)stream_close(out); /* NULL where any of it was lost */
    return text;
}

static char *formatted(const char *format, va_list arguments)
{
    char *raw = NULL, *text;

    if (vasprintf(&raw, format, arguments) < 0)
        return NULL;
    text = visible(raw);
    free(raw);
    return text;
}

static void print_place(FILE *out, const struct hr_message *message)
{
    fputs(message->path, out);
    if (message->line > 0)
        fprintf(out, message->column == PLACE_ROW ? ":row %d" : ":%d", message->line);
    if (message->line > 0 && message->column > 0)
        fprintf(out, ":%d", message->column);
    fputs(": ", out);
}

/* The whole of it: `file:line:column: key: sentence`. False where memory ran out. */
static bool compose(struct hr_message *message, const char *sentence)
{
    size_t size = 0;
    FILE *out = stream_to_memory(&message->text, &size);

    if (out == NULL)
        return false;
    print_place(out, message);
    if (message->key != NULL)
        fprintf(out, "%s: ", message->key);
    fputs(sentence, out);
    if (!stream_close(out))
        return false;
    message->sentence = message->text + size - strlen(sentence);
    return true;
}

void messages_add(struct hr_messages *messages, const struct place *at, const char *key,
                  const char *format, ...)
{
    struct hr_message message = {
        .file = at->number, .line = at->line, .column = at->column};
    char *sentence;
    va_list arguments;

    if (errno == ENOMEM) {
        messages->incomplete = true;
        return;
    }
    if (!messages_are_kept(messages)) {
        messages->more++;
        return;
    }
    va_start(arguments, format);
    sentence = formatted(format, arguments);
    va_end(arguments);
    message.path = visible(at->file);
    message.key = visible(key);
    if (sentence == NULL || message.path == NULL ||
        (key != NULL && message.key == NULL) || !compose(&message, sentence)) {
        messages->incomplete = true;
        free_message(&message);
    } else {
        append(messages, &message);
    }
    free(sentence);
}

static bool copy_message(const struct hr_message *from, struct hr_message *to)
{
    *to = *from;
    to->text = strdup(from->text);
    to->path = strdup(from->path);
    to->key = from->key == NULL ? NULL : strdup(from->key);
    if (to->text == NULL || to->path == NULL || (from->key != NULL && to->key == NULL))
        return false;
    to->sentence = to->text + (from->sentence - from->text);
    return true;
}

void messages_copy(const struct hr_messages *from, struct hr_messages *to)
{
    *to = (struct hr_messages){.more = from->more, .incomplete = from->incomplete};
    for (size_t i = 0; i < from->count; i++) {
        struct hr_message copy;

        if (copy_message(&from->item[i], &copy)) {
            append(to, &copy);
        } else {
            to->incomplete = true;
            free_message(&copy);
        }
    }
}

bool messages_are_kept(const struct hr_messages *messages)
{
    return messages->count < MOST_MESSAGES;
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
            free_message(&messages->item[i]);
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
