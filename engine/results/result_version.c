/* What a file of another version lacks, and whether its numbers are those of this one.
 */
#include "headroom/result.h"

#include "columns.h"
#include "held.h"

const char *hr_result_lacks(const struct hr_result *result, size_t i)
{
    for (size_t r = 0; r < columns_count(); r++) {
        const struct data_row *row = columns_row(r);

        if (row->since > 0 && (row->flags & DATA_OPTIONAL) == 0 &&
            !columns_holds(&result->reader.set, row) && i-- == 0)
            return row->path;
    }
    return NULL;
}

bool hr_result_same_numbers(const struct hr_result *result)
{
    uint64_t numbers = 1;

    (void)hr_result_integer(result, "numbers", &numbers);
    return numbers == HR_RESULT_NUMBERS;
}
