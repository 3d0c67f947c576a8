#include "practice_words.h"

#include "plan.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

static const char *const no_data[] = {
    "",     "NA", "N/A", "#N/A", "ND",  "NS",  "EST",
    "NULL", "*",  "..",  "[c]",  "[x]", "[z]", NULL,
};
static const char *const totals[] = {"total", "totals", "grand total", "sum", NULL};
static const char *const contracts[] = {"GMS", "PMS", "APMS", NULL};

/* The word as the list has it; NULL where it has not. */
static const char *find(const char *text, const char *const *words)
{
    while (*words != NULL && strcasecmp(text, *words) != 0)
        words++;
    return *words;
}

bool words_of_no_data(const char *text)
{
    return find(text, no_data) != NULL;
}

bool words_of_total(const char *text)
{
    return find(text, totals) != NULL;
}

const char *words_of_contract(const char *text)
{
    return find(text, contracts);
}

bool words_of_code(const char *text)
{
    size_t n = 0;

    while (isalnum((unsigned char)text[n]) || strchr("_-.", text[n]) != NULL) {
        if (text[n++] == '\0')
            break;
    }
    return n > 1 && n <= LONGEST_CODE && text[n - 1] == '\0';
}
