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

enum { WORDS = sizeof(words) / sizeof(*words), LONGEST_KEY = 32 };

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
                          const char *text, struct hr_error *error)
{
    const struct parameter *parameter = find_parameter(name);
    double number;

    if (is_word(name) || *text == '\0')
        return HR_OK;
    if (parameter == NULL)
        return hr_fail(error, HR_BAD_INPUT, "%s: no such parameter", name);
    if (text_to_number(text, &number) != TEXT_NUMBER)
        return hr_fail(error, HR_BAD_INPUT, "%s: \"%s\" is not a plain number", name,
                       text);
    memcpy((char *)row + parameter->offset, &number, sizeof(number));
    return HR_OK;
}

/* The value of a `# key: value` line and, in @p key, its key; NULL of any other. */
static const char *split_note(const char *note, char key[LONGEST_KEY])
{
    const char *name = note + strspn(note, "# ");
    const size_t length = strcspn(name, ":");

    if (*note != '#' || name[length] == '\0' || length >= LONGEST_KEY)
        return NULL;
    memcpy(key, name, length);
    key[length] = '\0';
    name += length + 1;
    return name + strspn(name, " ");
}

const char *published_key(const struct published_table *table, const char *key)
{
    char own[LONGEST_KEY];

    for (size_t n = 0; n < table->csv.above; n++) {
        const char *value = split_note(csv_note(&table->csv, n), own);

        if (value != NULL && strcmp(own, key) == 0)
            return value;
    }
    return "";
}

const char *published_cell(const struct published_table *table, size_t at,
                           const char *column)
{
    for (size_t c = 0; c < csv_cells(&table->csv, 0); c++) {
        if (strcmp(csv_cell(&table->csv, 0, c), column) == 0)
            return csv_cell(&table->csv, at, c);
    }
    return "";
}

static enum hr_status read_keys(struct published_case *row,
                                const struct published_table *table,
                                struct hr_error *error)
{
    enum hr_status status = HR_OK;
    char key[LONGEST_KEY];

    for (size_t n = 0; n < table->csv.above && status == HR_OK; n++) {
        const char *value = split_note(csv_note(&table->csv, n), key);

        if (value != NULL)
            status = set(row, key, value, error);
    }
    return status;
}

static enum hr_status read_cells(struct published_case *row, const struct csv *csv,
                                 size_t at, struct hr_error *error)
{
    const size_t columns = csv_cells(csv, 0);
    enum hr_status status = HR_OK;

    if (csv_cells(csv, at) != columns)
        return hr_fail(error, HR_BAD_INPUT, "has %zu fields, not %zu",
                       csv_cells(csv, at), columns);
    for (size_t c = 0; c < columns && status == HR_OK; c++)
        status = set(row, csv_cell(csv, 0, c), csv_cell(csv, at, c), error);
    return status;
}

enum hr_status published_case_read(struct published_case *row,
                                   const struct published_table *table, size_t at,
                                   struct hr_error *error)
{
    enum hr_status status;

    *row = (struct published_case){.limit = INFINITY};
    status = read_keys(row, table, error);
    if (status == HR_OK)
        status = read_cells(row, &table->csv, at, error);
    return status == HR_OK ? HR_OK : published_refuse(table, at, error);
}

enum hr_status published_refuse(const struct published_table *table, size_t at,
                                struct hr_error *error)
{
    const struct hr_error why = *error;

    return hr_fail(error, why.status, "%s:row %zu: %s", table->path,
                   table->csv.above + at + 1, why.message);
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
