/** @file
 * The risk of a pool as people read it: measures down, list sizes across.
 */
#ifndef HEADROOM_POOL_TABLE_H
#define HEADROOM_POOL_TABLE_H

#include "headroom/claims.h"

/** What was asked, for the headings. */
struct pool_question {
    double reserve; /**< GBP a head */
    int64_t trials; /**< 0: exact only */
    uint64_t seed;
    bool error; /**< the budget has an error of risk adjustment */
};

/** Print @p n reports, before the contract's terms and, where these change anything,
 * after them. */
void pool_table_print(const struct pool_question *question,
                      const struct hr_pool_report *report, int n);

/** How good exact chances of ruin are under an error of the budget. */
extern const char pool_table_error_note[];

/** Why an exact chance of ruin is missing from @p n reports, or NULL where none is. */
const char *pool_table_missing_ruin(const struct hr_pool_report *report, int n);

/** HR_NOT_HELD, and a sentence, where exact and simulated differ by more than chance.
 */
HR_MUST_CHECK
enum hr_status pool_table_agrees(const struct hr_pool_report *report, int n);

/** The same as JSON, both sides whole. */
HR_MUST_CHECK
enum hr_status pool_json_print(const struct pool_question *question,
                               const struct hr_pool_report *report, int n);

#endif
