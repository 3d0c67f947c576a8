/** @file
 * Which point of a sweep is meant: --point and --at, as all commands have them that
 * look at one.
 */
#ifndef HEADROOM_POINT_OPTIONS_H
#define HEADROOM_POINT_OPTIONS_H

#include "headroom/result.h"

#include <argp.h>

/** The point that was asked for. */
struct point_choice {
    bool is_made, numbered;
    size_t point;
    const char *at; /**< NAME=VALUE, or NULL for the point by its number */
};

/** --point and --at; its input is a struct point_choice. */
extern const struct argp point_argp;

/** Choose it. HR_BAD_INPUT where the result has no such point, or none at all. */
HR_MUST_CHECK
enum hr_status point_choose(const struct point_choice *choice, struct hr_result *result,
                            struct hr_error *error);

#endif
