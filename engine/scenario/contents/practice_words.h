/** @file
 * Words that tables of practices use, in any case of letters.
 */
#ifndef HEADROOM_PRACTICE_WORDS_H
#define HEADROOM_PRACTICE_WORDS_H

#include <stdbool.h>

/** Whether a cell says that there is no data: blank, or as official files mark it. */
bool words_of_no_data(const char *text);

/** Whether it heads the row of sums that a spreadsheet puts below a table. */
bool words_of_total(const char *text);

/** GMS, PMS or APMS; NULL where it is none of them. */
const char *words_of_contract(const char *text);

/** Whether it is a practice's code: few letters, digits, _, - and . */
bool words_of_code(const char *text);

#endif
