#include "value.h"

#include "text.h"

#include <math.h>
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

/* 139,94 as 139.94, and 1.234,5 as 1234.5 */
static const char *with_point(const char *text, char *plain)
{
    size_t n = 0;

    for (; *text != '\0' && n < TEXT_NUMBER_SIZE - 1; text++) {
        if (*text != '.')
            plain[n++] = *text == ',' ? '.' : *text;
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

void value_refuse_number(struct hr_messages *problems, const struct place *at,
                         const char *key, const char *unit, const char *text,
                         enum text_number why)
{
    char hint[TEXT_NUMBER_SIZE];

    switch (why) {
    case TEXT_EMPTY:
        messages_add(problems, at, key, "has no value");
        break;
    case TEXT_THOUSANDS:
        messages_add(problems, at, key,
                     "\"%s\" is not a plain number: leave out the separators, as in %s",
                     text, without_separators(text, hint));
        break;
    case TEXT_DECIMAL_COMMA:
        messages_add(problems, at, key,
                     "\"%s\" is not a plain number: write a decimal point, as in %s",
                     text, with_point(text, hint));
        break;
    case TEXT_PERCENT:
        messages_add(problems, at, key,
                     "\"%s\" is not a plain number: write a share, as in %s", text,
                     text_from_number(share_of(text), hint));
        break;
    case TEXT_UNIT:
        messages_add(problems, at, key,
                     "\"%s\" is not a plain number: leave out the unit%s%s", text,
                     *unit == '\0' ? "" : ", the key is in ", unit);
        break;
    case TEXT_NOT_FINITE:
        messages_add(problems, at, key, "\"%s\" is not a finite number", text);
        break;
    default:
        messages_add(problems, at, key, "\"%s\" is not a decimal number", text);
    }
}

bool value_number(const struct reader *reader, struct fy_node *node, struct place at,
                  const char *key, const char *unit, double *number)
{
    const char *text = yaml_text(node);
    enum text_number why;

    at = yaml_place(reader->yaml, node, at);
    if (text == NULL) {
        messages_add(reader->problems, &at, key, "takes one number here");
        return false;
    }
    if (*text != '\0' && !yaml_is_plain(node)) {
        messages_add(reader->problems, &at, key,
                     "\"%s\" is text: write a number without quotes", text);
        return false;
    }
    why = text_to_number(text, number);
    if (why != TEXT_NUMBER)
        value_refuse_number(reader->problems, &at, key, unit, text, why);
    return why == TEXT_NUMBER;
}

static void refuse_fixed(const struct reader *reader, const struct setting *setting)
{
    char number[TEXT_NUMBER_SIZE], low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE];
    const struct field *field = setting->field;

    messages_add(reader->problems, &setting->at, setting->key,
                 "%s is outside [%s, %s]%s%s",
                 text_from_number(setting->number.a, number),
                 text_from_number(field->low, low), text_from_number(field->high, high),
                 *field->unit == '\0' ? "" : " ", field->unit);
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
