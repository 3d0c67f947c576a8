#include "published_case.h"

#include "text.h"

#include <math.h>
#include <string.h>

struct parameter {
    const char *name;
    size_t offset; /* of a double in struct published_case */
};

#define PARAMETER(name)                                                                \
    {                                                                                  \
#name, offsetof(struct published_case, name)                                   \
    }

static const struct parameter parameters[] = {
    PARAMETER(people),     PARAMETER(rate),      PARAMETER(mean),
    PARAMETER(cv),         PARAMETER(limit),     PARAMETER(exponential),
    PARAMETER(lattice_1),  PARAMETER(lattice_2), PARAMETER(lattice_3),
    PARAMETER(factor),     PARAMETER(k),         PARAMETER(users),
    PARAMETER(log_sd),     PARAMETER(argument),  PARAMETER(window),
    PARAMETER(members),    PARAMETER(share),     PARAMETER(sd),
    PARAMETER(holders),    PARAMETER(error_sd),  PARAMETER(wide_share),
    PARAMETER(wide_sd),    PARAMETER(list_mean), PARAMETER(list_cv),
    PARAMETER(ratio_mean), PARAMETER(sigma),     PARAMETER(years),
    PARAMETER(value),      PARAMETER(absolute),  PARAMETER(relative),
};

enum { PARAMETERS = sizeof(parameters) / sizeof(*parameters) };

static const char *const words[] = {"title", "source",   "note",
                                    "label", "quantity", "must"};

enum { WORDS = sizeof(words) / sizeof(*words) };

static int is_word(const char *name)
{
    for (int i = 0; i < WORDS; i++) {
        if (strcmp(words[i], name) == 0)
            return 1;
    }
    return 0;
}

static const struct parameter *find_parameter(const char *name)
{
    for (int i = 0; i < PARAMETERS; i++) {
        if (strcmp(parameters[i].name, name) == 0)
            return &parameters[i];
    }
    return NULL;
}

static enum hr_status set(struct published_case *row, const char *name,
                          const char *text, const char *path, struct hr_error *error)
{
    const struct parameter *parameter = find_parameter(name);
    double number;

    if (is_word(name) || *text == '\0')
        return HR_OK;
    if (parameter == NULL)
        return hr_fail(error, HR_BAD_INPUT, "%s: %s: no such parameter", path, name);
    if (text_to_number(text, &number) != TEXT_NUMBER)
        return hr_fail(error, HR_BAD_INPUT, "%s: %s: \"%s\" is not a plain number",
                       path, name, text);
    memcpy((char *)row + parameter->offset, &number, sizeof(number));
    return HR_OK;
}

enum hr_status published_case_read(struct published_case *row,
                                   const struct table *table, size_t at,
                                   const char *path, struct hr_error *error)
{
    enum hr_status status = HR_OK;

    *row = (struct published_case){.limit = INFINITY};
    for (int i = 0; i < table->keys && status == HR_OK; i++)
        status = set(row, table->key[i], table->value[i], path, error);
    for (int i = 0; i < table->columns && status == HR_OK; i++)
        status = set(row, table->column[i], table_cell(table, at, i), path, error);
    return status;
}
