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

enum hr_status published_severity(const struct published_case *row,
                                  struct severity *severity, struct hr_error *error)
{
    if (row->exponential > 0.0)
        return severity_exponential(severity, row->exponential, error);
    if (row->lattice_1 > 0.0) { /* a table of pieces without width */
        const double chance[] = {row->lattice_1, row->lattice_2, row->lattice_3};
        double value[1000];
        size_t n = 0;

        for (int j = 0; j < 3; j++) {
            for (size_t i = 0; i < (size_t)lrint(1000.0 * chance[j]) && n < 1000; i++)
                value[n++] = j + 1.0;
        }
        return severity_values(severity, value, n, error);
    }
    return severity_lognormal(severity, row->mean, row->cv, error);
}

enum hr_status published_portfolio(const struct published_case *row,
                                   struct portfolio *portfolio, struct hr_error *error)
{
    enum hr_status status = HR_OK;

    *portfolio = (struct portfolio){
        .limit = row->limit,
        .normal_mean = 1.0,
        .normal_k = row->k,
        .factor = {row->factor > 0.0 ? FACTOR_GAMMA : FACTOR_NONE, row->factor},
    };
    if (!(row->k > 0.0)) {
        portfolio->cells = 1;
        portfolio->cell[0].share = 1.0;
        portfolio->cell[0].rate = row->rate;
        status = published_severity(row, &portfolio->cell[0].severity, error);
    }
    return status == HR_OK ? portfolio_check(portfolio, error) : status;
}
