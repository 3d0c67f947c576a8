/** @file
 * Text and numbers without locale.
 */
#ifndef HEADROOM_TEXT_H
#define HEADROOM_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/** Why a piece of text is not a plain number; TEXT_NUMBER if it is one. */
enum text_number {
    TEXT_NUMBER,
    TEXT_EMPTY,
    TEXT_THOUSANDS,     /**< 1,000 or 1 000 */
    TEXT_DECIMAL_COMMA, /**< 139,94, 0,125 or 1.234,5 */
    TEXT_PERCENT,       /**< 2% */
    TEXT_UNIT,          /**< 94600GBP, £94600, 3 weeks */
    TEXT_NOT_FINITE,
    TEXT_TOO_SMALL, /**< 1e-400, which would be 0 */
    TEXT_OTHER,
};

/** Read all of @p text as one decimal number, whatever the locale says. */
enum text_number text_to_number(const char *text, double *number);

/** Whether a number is written as no whole number is: 010, which is eight to some, -0
 * and +1. */
bool text_is_odd_whole(const char *text);

/** Edits (insert, delete, replace, swap of neighbours) that turn @p a into @p b. */
size_t text_distance(const char *a, const char *b);

/** Bytes of the character that @p text begins with; 0 where it is not UTF-8. */
size_t text_character(const char *text);

/** Take the spaces beside commas, and at both ends, out of a list: "a, b" is a,b. */
char *text_tight_list(char *list);

/** Whether @p name is one of a list with commas. */
bool text_is_listed(const char *name, const char *list);

/** Whether @p key is @p name or ends in a dot and that: forms.joined.levy in levy. */
bool text_is_end_of_key(const char *key, const char *name, size_t length);

/** The first place in @p text that is not UTF-8; NULL where all of it is. */
const char *text_not_utf8(const char *text);

/** Write @p text to @p out fit for a terminal and for one line: characters that control
 * it or turn the direction of writing as \u001b, bytes that are not UTF-8 as \xff. */
void text_print_visible(FILE *out, const char *text);

/** @p text as text_print_visible() writes it: itself where nothing has to be shown
 * otherwise, else in @p buffer, cut to what fits there. */
const char *text_visible(const char *text, char *buffer, size_t size);

/** The code of the character of @p bytes at @p text where a terminal would obey it, or
 * it turns the direction of writing; else 0. */
uint32_t text_invisible(const char *text, size_t bytes);

/** A name as people say it, in @p spoken of @p size bytes: "run_by_all" is
 * "Run by all", "joint_practice" is "Joint-practice". */
const char *text_spoken(const char *name, char *spoken, size_t size);

/** FNV-1a, 32 bits, of the bytes of @p text. */
uint32_t text_hash32(const char *text);

/** @p text with leading and trailing white space cut, in place. */
char *text_trim(char *text);

enum { TEXT_NUMBER_SIZE = 32 /**< bytes any double needs as text */ };

/** The shortest decimal that reads back as the same double, whatever the locale
 * says; @p buffer has TEXT_NUMBER_SIZE bytes. */
const char *text_from_number(double number, char *buffer);

enum { TEXT_SECONDS_SIZE = 340 /**< bytes any number of seconds needs as text */ };

/** A duration as people say it: `6.2 s`, `4 min 20 s`, `2 h 5 min`; @p text has
 * TEXT_SECONDS_SIZE bytes. */
const char *text_from_seconds(double seconds, char *text);

#endif
