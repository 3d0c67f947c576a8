/** @file
 * Where things stand in a part's file.
 */
#ifndef HEADROOM_PART_LAYOUT_H
#define HEADROOM_PART_LAYOUT_H

#include "part_file.h"

/** An attribute of the file and the member of struct part_identity that it holds. */
struct part_number {
    const char *name;
    size_t place;
};

enum { PART_NUMBERS = 8 };

extern const struct part_number part_numbers[PART_NUMBERS];
extern const char *const part_text_paths[PART_TEXTS];

#define PART_IDENTITY_PATH "/run"
#define PART_TABLE_PATH    "/table"

/** A member of moments as an array [node][sum], so that a file is read by column. */
struct part_moment {
    const char *path;
    size_t place;
};

enum { PART_MOMENTS = 4 };

extern const struct part_moment part_moments[PART_MOMENTS];

/** A member of a histogram but for its bins, as an array [path]. */
enum { PART_COUNTS = 4 };

extern const struct part_moment part_counts[PART_COUNTS];

#endif
