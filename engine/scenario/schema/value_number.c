#include "value.h"

#include "text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* 115,000 as 115000 */
static const char *without_separators(const char *text, char *plain)
{
    size_t n = 0;

    for (; *text != '\0' && n < TEXT_NUMBER_SIZE - 1; text++) {
        if (strchr(",_ '", *text) == NULL)
            plain[n++] = *text;
    }
    plain[n] = '\0';
    return plain;
}

/* With plain spaces for those that programs set between thousands: false, and an empty
 * text, where there are none. */
static bool has_other_spaces(const char *text, char *plain)
{
    static const char *const spaces[] = {"\xc2\xa0", "\xe2\x80\x89", "\xe2\x80\xaf"};
    bool found = false;
    size_t n = 0;

    while (*text != '\0' && n < TEXT_NUMBER_SIZE - 1) {
        size_t length = 0;

        for (size_t i = 0; i < sizeof(spaces) / sizeof(*spaces) && length == 0; i++) {
            if (strncmp(text, spaces[i], strlen(spaces[i])) == 0)
                length = strlen(spaces[i]);
        }
        found = found || length > 0;
        plain[n++] = (char)(length > 0 ? ' ' : *text);
        text += length > 0 ? length : 1;
    }
    plain[found ? n : 0] = '\0';
    return found;
}

/* 139,94 as 139.94, and 1.234,5 as 1234.5 */
static const char *with_point(const char *text, char *plain)
{
    size_t n = 0;

    for (; *text != '\0' && n < TEXT_NUMBER_SIZE - 1; text++) {
        if (*text != '.')
            plain[n++] = (char)(*text == ',' ? '.' : *text);
    }
    plain[n] = '\0';
    return plain;
}

/* 8% as 0.08; 0 where it cannot be said */
static double share_of(const char *text)
{
    char number[TEXT_NUMBER_SIZE] = "";
    double percent = 0.0;

    strncpy(number, text, sizeof(number) - 1);
    number[strcspn(number, "%")] = '\0';
    return text_to_number(text_trim(number), &percent) == TEXT_NUMBER ? percent / 100
                                                                      : 0.0;
}

/* Whether a number of this unit is sometimes said in percent. */
static bool is_share(const char *unit)
{
    static const char *const units[] = {"share",  "share of budget", "1/year",
                                        "log",    "log/year",        "ratio",
                                        "factor", "correlation",     ""};

    for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
        if (strcmp(units[i], unit) == 0)
            return true;
    }
    return false;
}

static void refuse_percent(struct hr_messages *problems, const struct place *at,
                           const char *key, const char *unit, const char *text)
{
    char hint[TEXT_NUMBER_SIZE];
    const double share = share_of(text);

    if (!is_share(unit))
        messages_add(
            problems, at, key,
            "\"%s\" is not a plain number: leave out the percent sign, the key "
            "is in %s",
            text, unit);
    else if (share == 0.0)
        messages_add(problems, at, key, "\"%s\" is not a plain number: write a share",
                     text);
    else
        messages_add(problems, at, key,
                     "\"%s\" is not a plain number: write a share, as in %s", text,
                     text_from_number(share, hint));
}

/* What a word processor makes of a quote or a minus sign; NULL where it is neither. */
static const char *remedy_of_sign(const char *text)
{
    static const struct {
        const char *sign, *remedy;
    } signs[] = {
        {"\xe2\x80\x9c", "write a number without quotes"},
        {"\xe2\x80\x9d", "write a number without quotes"},
        {"\xe2\x80\x98", "write a number without quotes"},
        {"\xe2\x80\x99", "write a number without quotes"},
        {"'", "write a number without quotes"},
        {"\xe2\x88\x92", "it begins with a dash: the minus sign is -"},
        {"\xe2\x80\x93", "it begins with a dash: the minus sign is -"},
    };

    for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
        if (strncmp(text, signs[i].sign, strlen(signs[i].sign)) == 0)
            return signs[i].remedy;
    }
    return NULL;
}

/* 2024/25, 2024-25, 2024-2025 */
static bool is_financial_year(const char *text)
{
    const size_t year = strspn(text, "0123456789");
    const size_t next =
        year == 4 && strchr("/-", text[year]) != NULL && text[year] != '\0'
            ? strspn(text + year + 1, "0123456789")
            : 0;

    return (next == 2 || next == 4) && text[year + 1 + next] == '\0';
}

static void refuse_other(struct hr_messages *problems, const struct place *at,
                         const char *key, const char *text)
{
    if (is_financial_year(text))
        messages_add(problems, at, key,
                     "\"%s\" is not a plain number: write the year that it begins in, "
                     "as in %.4s",
                     text, text);
    else
        messages_add(problems, at, key, "\"%s\" is not a decimal number", text);
}

void value_refuse_number(struct hr_messages *problems, const struct value_said *said,
                         const char *text, enum text_number why)
{
    const struct place *at = &said->at;
    const char *key = said->key, *unit = said->unit;
    char hint[TEXT_NUMBER_SIZE], spaced[TEXT_NUMBER_SIZE], plain[TEXT_NUMBER_SIZE];
    double number;

    if (has_other_spaces(text, spaced) &&
        text_to_number(without_separators(spaced, plain), &number) == TEXT_NUMBER)
        why = TEXT_THOUSANDS;
    if (remedy_of_sign(text) != NULL) {
        messages_add(problems, at, key, "\"%s\" is not a plain number: %s", text,
                     remedy_of_sign(text));
        return;
    }
    switch (why) {
    case TEXT_EMPTY:
        messages_add(problems, at, key, "has no value");
        break;
    case TEXT_THOUSANDS:
        messages_add(problems, at, key,
                     "\"%s\" is not a plain number: leave out the separators, as in %s",
                     text, without_separators(*spaced == '\0' ? text : spaced, hint));
        break;
    case TEXT_DECIMAL_COMMA:
        messages_add(problems, at, key,
                     "\"%s\" is not a plain number: write a decimal point, as in %s",
                     text, with_point(text, hint));
        break;
    case TEXT_PERCENT:
        refuse_percent(problems, at, key, unit, text);
        break;
    case TEXT_UNIT:
        messages_add(problems, at, key,
                     "\"%s\" is not a plain number: leave out the unit%s%s", text,
                     *unit == '\0' ? "" : ", the key is in ", unit);
        break;
    case TEXT_TOO_SMALL:
        messages_add(problems, at, key, "\"%s\" would be taken for 0: write 0", text);
        break;
    case TEXT_NOT_FINITE:
        messages_add(problems, at, key, "\"%s\" is not a finite number", text);
        break;
    default:
        refuse_other(problems, at, key, text);
    }
}

bool value_number(const struct reader *reader, struct fy_node *node,
                  struct value_said said, double *number)
{
    const char *text = yaml_text(node);
    enum text_number why;

    said.at = yaml_place(reader->yaml, node, said.at);
    if (text == NULL) {
        messages_add(reader->problems, &said.at, said.key, "takes one number here");
        return false;
    }
    why = text_to_number(text, number);
    if (why == TEXT_NUMBER && !yaml_is_plain(node)) {
        messages_add(reader->problems, &said.at, said.key,
                     "\"%s\" is text: write a number without quotes", text);
        return false;
    }
    if (why != TEXT_NUMBER)
        value_refuse_number(reader->problems, &said, text, why);
    return why == TEXT_NUMBER;
}

bool value_is_spelled(const struct reader *reader, const struct setting *setting,
                      const char *text)
{
    if (setting->field->type != FIELD_INTEGER || text == NULL ||
        !text_is_odd_whole(text))
        return true;
    messages_add(reader->problems, &setting->at, setting->key,
                 "\"%s\" is no way to write a whole number: leave out the sign and "
                 "zeros before it",
                 text);
    return false;
}

/* Whether a share was said in percent: 22 for 0.22. */
static bool is_percent(const struct setting *setting)
{
    const struct field *field = setting->field;
    const double number = setting->number.a;

    return (strncmp(field->unit, "share", 5) == 0 ||
            strcmp(field->unit, "1/year") == 0) &&
           number > field->high && number > 1.0 && number / 100.0 <= field->high;
}

static void refuse_fixed(const struct reader *reader, const struct setting *setting)
{
    char number[TEXT_NUMBER_SIZE], low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE],
        share[3 * TEXT_NUMBER_SIZE] = "";
    const struct field *field = setting->field;

    if (setting->number.a >= 1900.0 && setting->number.a <= 2200.0 &&
        field->high < 1900.0 && strncmp(field->unit, "year", 4) == 0) {
        messages_add(
            reader->problems, &setting->at, setting->key,
            strcmp(field->unit, "year") == 0
                ? "%s is a calendar year; this counts years from the start: 0 is "
                  "the first, patch.base_year"
                : "%s is a calendar year; this is a number of years",
            text_from_number(setting->number.a, number));
        return;
    }
    text_from_number(setting->number.a, number);
    if (is_percent(setting))
        snprintf(share, sizeof(share), ": %s %% is %s", number,
                 text_from_number(setting->number.a / 100.0, high));
    messages_add(reader->problems, &setting->at, setting->key,
                 "%s is outside [%s, %s]%s%s%s", number,
                 text_from_number(field->low, low), text_from_number(field->high, high),
                 *field->unit == '\0' ? "" : " ", field->unit, share);
}

bool value_in_range(const struct reader *reader, struct setting *setting)
{
    const struct field *field = setting->field;
    struct distribution *number = &setting->number;
    struct hr_error error = {0};

    if (number->kind == FIXED &&
        !(number->a >= field->low && number->a <= field->high)) {
        refuse_fixed(reader, setting);
        return false;
    }
    if (field->type == FIELD_INTEGER && number->kind == FIXED &&
        number->a != floor(number->a)) {
        messages_add(reader->problems, &setting->at, setting->key,
                     "%g is not a whole number", number->a);
        return false;
    }
    if (distribution_truncate(number, field->low, field->high, &error) != HR_OK) {
        messages_add(reader->problems, &setting->at, setting->key, "%s", error.message);
        return false;
    }
    return true;
}
