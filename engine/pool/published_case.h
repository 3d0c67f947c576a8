/** @file
 * One row of a published or exact table: parameters by name, and the quantities
 * the engine can set beside a printed value.
 *
 * A new table of known quantities is a file; a new quantity is a row in
 * published_quantities.c, published_formulas.c or published_samples.c; a new parameter
 * a row in published_case.c.
 */
#ifndef HEADROOM_PUBLISHED_CASE_H
#define HEADROOM_PUBLISHED_CASE_H

#include "headroom/error.h"

#include "csv.h"
#include "portfolio.h"

struct published_case {
    double people, rate, mean, cv, limit;
    double exponential; /**< mean claim of an exponential severity */
    double lattice_1, lattice_2, lattice_3; /**< chances of claims of 1, 2, 3 */
    double factor;                          /**< variance of a gamma common factor */
    double k;                  /**< normal mode; its mean per person is 1 */
    double users, log_sd;      /**< two-part lognormal */
    double argument;           /**< of the quantity: x, p or a multiple of the mean */
    double window;             /**< GBP: totals beyond are counted at the bottom */
    double members, share, sd; /**< pooling */
    double holders;            /**< independent organisations */
    double error_sd, wide_share, wide_sd;
    double list_mean, list_cv;        /**< lognormal list sizes */
    double ratio_mean, sigma;         /**< loss ratio; sd of one policyholder's */
    double years;                     /**< of a published simulation */
    double value, absolute, relative; /**< printed, and its tolerances */
};

/** A table as a file holds it: `# key: value` lines, a heading, rows. */
struct published_table {
    const char *path;
    struct csv csv;
};

/** What a `# key: value` line of the table says, or "". */
const char *published_key(const struct published_table *table, const char *key);

/** What row @p at, the first of which is 1, says in a column; "" without it. */
const char *published_cell(const struct published_table *table, size_t at,
                           const char *column);

/** Parameters of a row: the file's keys, then the row's own columns. */
HR_MUST_CHECK
enum hr_status published_case_read(struct published_case *row,
                                   const struct published_table *table, size_t at,
                                   struct hr_error *error);

/** Refuse row @p at for the reason of @p error: its place stands before it. */
enum hr_status published_refuse(const struct published_table *table, size_t at,
                                struct hr_error *error);

/** The severity and the portfolio a row describes; release with *_free(). */
HR_MUST_CHECK
enum hr_status published_severity(const struct published_case *row,
                                  struct severity *severity, struct hr_error *error);
HR_MUST_CHECK
enum hr_status published_portfolio(const struct published_case *row,
                                   struct portfolio *portfolio, struct hr_error *error);

/** What can be set beside a printed value; a table of them ends with a NULL name. */
struct quantity {
    const char *name;
    enum hr_status (*of)(const struct published_case *row, double *value,
                         struct hr_error *error);
};

extern const struct quantity published_formulas[];
extern const struct quantity published_samples[];

/** The engine's value of a quantity such as "quantile_over_mean". */
HR_MUST_CHECK
enum hr_status published_quantity(const struct published_case *row,
                                  const char *quantity, double *value,
                                  struct hr_error *error);

#endif
