#include "json.h"

#include "stream.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

/* Objects deeper than this are written on one line. */
enum { LINES_TO_DEPTH = 2, INDENT = 1 };

/* From here on not every whole number is a double. */
static const double FIRST_NOT_WHOLE = 0x1p53;

/* JSON is UTF-8; a byte that is none, such as of a file's name, becomes U+FFFD. */
void json_print_text(FILE *out, const char *text)
{
    fputc('"', out);
    for (size_t bytes; *text != '\0'; text += bytes > 0 ? bytes : 1) {
        const char c = *text;

        const uint32_t code = text_invisible(text, text_character(text));

        bytes = text_character(text);
        if (c == '\n')
            fputs("\\n", out);
        else if (code != 0)
            fprintf(out, "\\u%04x", (unsigned)code);
        else if (bytes != 1)
            fprintf(out, "%.*s", bytes > 0 ? (int)bytes : 3,
                    bytes > 0 ? text : "\xef\xbf\xbd");
        else if (c == '"' || c == '\\')
            fprintf(out, "\\%c", c);
        else
            fputc(c, out);
    }
    fputc('"', out);
}

static void print_name(struct json *json, const char *name)
{
    if (json->out == NULL)
        return;
    if (!json->first)
        fputc(',', json->out);
    if (json->depth <= LINES_TO_DEPTH && json->depth > 0)
        fprintf(json->out, "\n%*s", json->depth * INDENT, "");
    else if (!json->first)
        fputc(' ', json->out);
    json->first = false;
    if (name == NULL)
        return;
    json_print_text(json->out, name);
    fputs(": ", json->out);
}

void json_open(struct json *json, const char *name, char bracket)
{
    print_name(json, name);
    if (json->out != NULL)
        fputc(bracket, json->out);
    json->depth++;
    json->first = true;
}

void json_close(struct json *json, char bracket)
{
    json->depth--;
    if (json->out != NULL) {
        if (json->depth < LINES_TO_DEPTH && !json->first)
            fprintf(json->out, "\n%*s", json->depth * INDENT, "");
        fputc(bracket, json->out);
    }
    json->first = false;
}

void json_text(struct json *json, const char *name, const char *text)
{
    print_name(json, name);
    if (json->out != NULL)
        json_print_text(json->out, text == NULL ? "" : text);
}

void json_text_or_null(struct json *json, const char *name, const char *text)
{
    print_name(json, name);
    if (json->out == NULL)
        return;
    if (text == NULL)
        fputs("null", json->out);
    else
        json_print_text(json->out, text);
}

void json_text_if(struct json *json, const char *name, const char *text)
{
    if (text != NULL && *text != '\0')
        json_text(json, name, text);
}

void json_number(struct json *json, const char *name, double number)
{
    char text[TEXT_NUMBER_SIZE];

    print_name(json, name);
    if (json->out == NULL)
        return;
    if (number == floor(number) && fabs(number) < FIRST_NOT_WHOLE)
        fprintf(json->out, "%.0f", number + 0.0); /* no minus before zero */
    else
        fputs(isfinite(number) ? text_from_number(number, text) : "null", json->out);
}

void json_whole(struct json *json, const char *name, uint64_t number)
{
    print_name(json, name);
    if (json->out != NULL)
        fprintf(json->out, "%" PRIu64, number);
}

void json_flag(struct json *json, const char *name, bool flag)
{
    print_name(json, name);
    if (json->out != NULL)
        fputs(flag ? "true" : "false", json->out);
}

void json_start(struct json *json)
{
    *json = (struct json){.first = true};
    json->out = stream_to_memory(&json->text, &json->size);
    json->failed = json->out == NULL;
    json_open(json, NULL, '{');
}

char *json_end(struct json *json)
{
    json_close(json, '}');
    if (json->out == NULL)
        return NULL;
    fputc('\n', json->out);
    if (!stream_close(json->out) || json->failed) {
        free(json->text);
        return NULL;
    }
    return json->text;
}
