/** @file
 * Writing JSON: one object, indented by what contains what.
 */
#ifndef HEADROOM_JSON_H
#define HEADROOM_JSON_H

#include "text.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/** Names are NULL within a list. */
struct json {
    FILE *out;
    char *text;
    size_t size;
    int depth;
    bool first; /**< nothing stands yet in the innermost object or list */
    bool failed;
};

void json_start(struct json *json);

/** The text, to be freed by the caller; NULL where memory ran out. */
char *json_end(struct json *json);

void json_open(struct json *json, const char *name, char bracket);
void json_close(struct json *json, char bracket);
void json_text(struct json *json, const char *name, const char *text);
void json_text_if(struct json *json, const char *name,
                  const char *text); /**< unless "" */
void json_text_or_null(struct json *json, const char *name, const char *text);

/** null where it is none; a whole number below 2^53 without point or exponent. */
void json_number(struct json *json, const char *name, double number);
void json_whole(struct json *json, const char *name, uint64_t number);
void json_flag(struct json *json, const char *name, bool flag);

/** A text in quotes, as JSON writes it and YAML reads it. */
void json_print_text(FILE *out, const char *text);

#endif
