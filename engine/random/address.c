#include "draw.h"

#include "text.h"

enum { CODE_LENGTH = 6 };

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 10;
    return -1;
}

/* UINT64_MAX where the code is not six characters A-Z0-9 with the first not 0 */
static uint64_t in_base_36(const char *code)
{
    uint64_t value = 0;

    if (strlen(code) != CODE_LENGTH || code[0] == '0')
        return UINT64_MAX;
    for (int i = 0; i < CODE_LENGTH; i++) {
        if (digit_of(code[i]) < 0)
            return UINT64_MAX;
        value = value * 36 + (uint64_t)digit_of(code[i]);
    }
    return value;
}

uint32_t draw_entity_of_code(const char *code)
{
    const uint64_t value = in_base_36(code);

    return value < 0x80000000u ? (uint32_t)value : text_hash32(code) | 0x80000000u;
}
