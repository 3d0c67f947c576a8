/** @file
 * That a result rests on a calibration which is not usual, and the stated reason.
 */
#ifndef HEADROOM_CALIBRATION_NOTE_H
#define HEADROOM_CALIBRATION_NOTE_H

#include "headroom/result.h"

struct json;

/** Says nothing where the calibration is the usual 0.5 to 1.5 times its evidence. */
void calibration_note_print(const struct hr_result *result);
void calibration_note_write(struct json *json, const struct hr_result *result);

#endif
