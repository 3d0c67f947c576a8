/** @file
 * What was drawn, as a file keeps it: one table /parameters/values for all that lie
 * along the same axes, in place of a data set each, of which there are more than a
 * hundred. In memory they stand one by one, /parameters/<key>; hashes are of that, so
 * that files of before have the same ones.
 */
#ifndef HEADROOM_PARAMETERS_TABLE_H
#define HEADROOM_PARAMETERS_TABLE_H

#include "result_set.h"
#include "row_source.h"

/** Whether a data set is one of a parameter. */
bool parameters_are(const struct result_data *data);

/** Whether a parameter of this unit is money; what was drawn has been uplifted: its
 * pounds are of the price base. */
bool parameters_are_money(const char *unit);

/** A set as a file keeps it. Its arrays are its own, all else is the set's. */
struct parameters_packed {
    struct result_set set;
    const struct result_data *all; /**< of the set as it is in memory */
    size_t *packed;                /**< places there, by row of the table */
    size_t count;
    struct row_source rows;
};

/** On failure, for want of memory, it is empty. It must stay where it is. */
HR_MUST_CHECK
enum hr_status parameters_pack(const struct result_set *set,
                               struct parameters_packed *packed,
                               struct hr_error *error);
void parameters_packed_free(struct parameters_packed *packed);

/** Put the parameters of a set as a file keeps it in place of their table. */
void parameters_unpack(struct result_set *set);

#endif
