#include "text.h"

#include <ctype.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_WORD = 128 };

static double number_in_c_locale(const char *text, char **end)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    double number;

    if (plain == (locale_t)0)
        return strtod(text, end);
    number = strtod_l(text, end, plain);
    freelocale(plain);
    return number;
}

static bool is_hexadecimal(const char *text)
{
    const char *digits = text + strspn(text, "+-");

    return digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X');
}

static bool has_digits(const char *text)
{
    return strpbrk(text, "0123456789") != NULL;
}

static bool is_thousands_separator(const char *text)
{
    return *text != '\0' && strchr(", '_", *text) != NULL &&
           strspn(text + 1, "0123456789") == 3;
}

/* Three digits after a comma are thousands, but where nothing or a point is before. */
static bool is_decimal_comma(const char *text, const char *end)
{
    const size_t digits = *end == ',' ? strspn(end + 1, "0123456789") : 0;
    const char *whole = text + strspn(text, "+-");
    const bool small = end - whole == 1 && *whole == '0';

    return digits > 0 && end[1 + digits] == '\0' &&
           (digits != 3 || small || memchr(text, '.', (size_t)(end - text)) != NULL);
}

static enum text_number why_not_a_number(const char *text, const char *end)
{
    if (!has_digits(text))
        return TEXT_OTHER;
    if (is_decimal_comma(text, end))
        return TEXT_DECIMAL_COMMA;
    if (is_thousands_separator(end))
        return TEXT_THOUSANDS;
    if (strchr(end, '%') != NULL)
        return TEXT_PERCENT;
    return end > text && has_digits(end) ? TEXT_OTHER : TEXT_UNIT;
}

/* Whether digits that are not all 0 came to 0. */
static bool has_vanished(const char *text, double number)
{
    const size_t zeros = strspn(text, "+-0.");

    return number == 0.0 && isdigit((unsigned char)text[zeros]);
}

enum text_number text_to_number(const char *text, double *number)
{
    char *end = NULL;

    if (*text == '\0')
        return TEXT_EMPTY;
    if (is_hexadecimal(text) || isspace((unsigned char)*text))
        return TEXT_OTHER;
    *number = number_in_c_locale(text, &end) + 0.0; /* -0 is 0 */
    if (*end != '\0' || end == text)
        return why_not_a_number(text, end);
    if (has_vanished(text, *number))
        return TEXT_TOO_SMALL;
    return isfinite(*number) ? TEXT_NUMBER : TEXT_NOT_FINITE;
}

bool text_is_odd_whole(const char *text)
{
    const char *digits = text + (*text == '-');
    const bool zero = *digits == '0';

    return *text == '+' ||
           (zero && (digits > text || isdigit((unsigned char)digits[1])));
}

static size_t least(size_t a, size_t b, size_t c)
{
    const size_t ab = a < b ? a : b;

    return ab < c ? ab : c;
}

static bool are_swapped(const char *a, const char *b)
{
    return a[0] == b[1] && a[1] == b[0];
}

size_t text_distance(const char *a, const char *b)
{
    size_t rows[3][LONGEST_WORD + 1];
    const size_t n = strlen(a), m = strlen(b);

    if (n > LONGEST_WORD || m > LONGEST_WORD)
        return n > m ? n : m;
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3], *above2 = rows[(i + 1) % 3];

        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            const size_t change = above[j - 1] + (a[i - 1] != b[j - 1]);

            row[j] = least(above[j] + 1, row[j - 1] + 1, change);
            if (i > 1 && j > 1 && are_swapped(&a[i - 2], &b[j - 2]))
                row[j] = least(row[j], row[j], above2[j - 2] + 1);
        }
    }
    return rows[n % 3][m];
}

uint32_t text_hash32(const char *text)
{
    uint32_t hash = 2166136261u;

    for (; *text != '\0'; text++)
        hash = (hash ^ (uint8_t)*text) * 16777619u;
    return hash;
}

char *text_trim(char *text)
{
    char *end;

    while (isspace((unsigned char)*text))
        text++;
    end = text + strlen(text);
    while (end > text && isspace((unsigned char)end[-1]))
        end--;
    *end = '\0';
    return text;
}

static void print_in_c_locale(char *buffer, size_t size, int digits, double number)
{
    const locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    const locale_t before = uselocale(plain);

    snprintf(buffer, size, "%.*g", digits, number);
    uselocale(before);
    if (plain != (locale_t)0)
        freelocale(plain);
}

const char *text_from_number(double number, char *buffer)
{
    double again = 0.0;

    for (int digits = 6; digits <= 17; digits++) {
        print_in_c_locale(buffer, TEXT_NUMBER_SIZE, digits, number);
        if (text_to_number(buffer, &again) == TEXT_NUMBER && again == number)
            break;
    }
    return buffer;
}

/* Lead bytes by how many bytes follow; what is below `least` could be written shorter.
 */
static const struct utf8_lead {
    unsigned char mask, lead;
    size_t bytes;
    uint32_t least;
} utf8_leads[] = {
    {0x80, 0x00, 1, 0},
    {0xe0, 0xc0, 2, 0x80},
    {0xf0, 0xe0, 3, 0x800},
    {0xf8, 0xf0, 4, 0x10000},
};

static size_t character_of(const unsigned char *byte, const struct utf8_lead *lead)
{
    uint32_t code = byte[0] & (unsigned char)~lead->mask;

    for (size_t i = 1; i < lead->bytes; i++) {
        if ((byte[i] & 0xc0) != 0x80)
            return 0;
        code = code << 6 | (byte[i] & 0x3f);
    }
    if (code < lead->least || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        return 0;
    return lead->bytes;
}

size_t text_character(const char *text)
{
    const unsigned char *byte = (const unsigned char *)text;

    for (size_t i = 0; i < sizeof(utf8_leads) / sizeof(*utf8_leads); i++) {
        if ((byte[0] & utf8_leads[i].mask) == utf8_leads[i].lead)
            return character_of(byte, &utf8_leads[i]);
    }
    return 0;
}

/* Of a character of so many bytes. */
static uint32_t code_point(const char *text, size_t bytes)
{
    const unsigned char *byte = (const unsigned char *)text;
    uint32_t code = bytes == 1 ? byte[0] : byte[0] & (0x7fu >> bytes);

    for (size_t i = 1; i < bytes; i++)
        code = code << 6 | (byte[i] & 0x3fu);
    return code;
}

/* Characters a terminal obeys, or that change the order in which others are read. */
static bool is_invisible(uint32_t code)
{
    static const uint32_t range[][2] = {
        {0x0, 0x1f},      {0x7f, 0x9f},     {0x61c, 0x61c},   {0x200b, 0x200f},
        {0x2028, 0x202e}, {0x2060, 0x2069}, {0xfeff, 0xfeff},
    };

    for (size_t i = 0; i < sizeof(range) / sizeof(*range); i++) {
        if (code >= range[i][0] && code <= range[i][1])
            return true;
    }
    return false;
}

uint32_t text_invisible(const char *text, size_t bytes)
{
    const uint32_t code = bytes == 0 ? 0 : code_point(text, bytes);

    return is_invisible(code) ? code : 0;
}

void text_print_visible(FILE *out, const char *text)
{
    while (*text != '\0') {
        const size_t bytes = text_character(text);
        const uint32_t code = text_invisible(text, bytes);

        if (bytes == 0)
            fprintf(out, "\\x%02x", (unsigned)(unsigned char)*text);
        else if (code != 0)
            fprintf(out, "\\u%04x", (unsigned)code);
        else
            fwrite(text, 1, bytes, out);
        text += bytes == 0 ? 1 : bytes;
    }
}

static bool is_visible(const char *text)
{
    while (*text != '\0') {
        const size_t bytes = text_character(text);

        if (bytes == 0 || text_invisible(text, bytes) != 0)
            return false;
        text += bytes;
    }
    return true;
}

/* Where there is no memory for more: a question mark for whatever is not plain. */
static const char *without_the_rest(const char *text, char *buffer, size_t size)
{
    size_t i = 0;

    for (; text[i] != '\0' && i + 1 < size; i++)
        buffer[i] = (char)(text[i] >= ' ' && text[i] <= '~' ? text[i] : '?');
    buffer[i] = '\0';
    return buffer;
}

const char *text_visible(const char *text, char *buffer, size_t size)
{
    FILE *out;

    if (is_visible(text))
        return text;
    out = fmemopen(buffer, size, "w");
    if (out == NULL)
        return without_the_rest(text, buffer, size);
    setvbuf(out, NULL, _IONBF, 0); /* what does not fit is left out, not refused */
    text_print_visible(out, text);
    fclose(out);
    buffer[size - 1] = '\0';
    return buffer;
}

const char *text_not_utf8(const char *text)
{
    while (*text != '\0') {
        const size_t bytes = text_character(text);

        if (bytes == 0)
            return text;
        text += bytes;
    }
    return NULL;
}

const char *text_from_seconds(double seconds, char *text)
{
    const double whole = floor(seconds + 0.5), minutes = floor(seconds / 60.0 + 0.5);

    if (whole < 60.0)
        snprintf(text, TEXT_SECONDS_SIZE, "%.*f s", seconds < 9.95 ? 1 : 0, seconds);
    else if (whole < 3600.0)
        snprintf(text, TEXT_SECONDS_SIZE, "%.0f min %.0f s", floor(whole / 60.0),
                 fmod(whole, 60.0));
    else
        snprintf(text, TEXT_SECONDS_SIZE, "%.0f h %.0f min", floor(minutes / 60.0),
                 fmod(minutes, 60.0));
    return text;
}

const char *text_spoken(const char *name, char *spoken, size_t size)
{
    const char *first = strchr(name, '_');
    const bool one = first != NULL && strchr(first + 1, '_') == NULL;

    snprintf(spoken, size, "%s", name);
    spoken[0] = (char)toupper((unsigned char)spoken[0]);
    for (char *at = spoken; *at != '\0'; at++) {
        if (*at == '_')
            *at = one ? '-' : ' ';
    }
    return spoken;
}

bool text_is_end_of_key(const char *key, const char *name, size_t length)
{
    const size_t whole = strlen(key);

    return length > 0 && whole >= length &&
           strncmp(key + whole - length, name, length) == 0 &&
           (whole == length || key[whole - length - 1] == '.');
}

bool text_is_listed(const char *name, const char *list)
{
    const size_t whole = strlen(name);

    for (const char *at = list; *at != '\0';) {
        const size_t length = strcspn(at, ",");

        if (length == whole && strncmp(at, name, length) == 0)
            return true;
        at += length + (at[length] == ',');
    }
    return false;
}

char *text_tight_list(char *list)
{
    char *to = list;

    for (const char *at = list; *at != '\0';) {
        const size_t spaces = strspn(at, " ");

        if (spaces > 0 &&
            (to == list || to[-1] == ',' || at[spaces] == ',' || at[spaces] == '\0'))
            at += spaces;
        else
            *to++ = *at++;
    }
    *to = '\0';
    return list;
}
