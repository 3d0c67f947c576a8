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
};

/** Print @p n reports, before the contract's terms and, where these change anything,
 * after them. */
void pool_table_print(const struct pool_question *question,
                      const struct hr_pool_report *report, int n);

#endif
