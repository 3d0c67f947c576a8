#include "part_layout.h"

#include <stddef.h>

/* clang-format off */
const struct part_number part_numbers[PART_NUMBERS] = {
    {"numbers", offsetof(struct part_identity, numbers)},
    {"variant", offsetof(struct part_identity, variant)},
    {"point",   offsetof(struct part_identity, point)},
    {"first",   offsetof(struct part_identity, first)},
    {"trials",  offsetof(struct part_identity, trials)},
    {"wanted",  offsetof(struct part_identity, wanted)},
    {"shard",   offsetof(struct part_identity, shard)},
    {"shards",  offsetof(struct part_identity, shards)},
};

const char *const part_text_paths[PART_TEXTS] = {
    [PART_SCENARIO]  = "/inputs/scenario",
    [PART_RESOLVED]  = "/inputs/scenario_resolved",
    [PART_PRACTICES] = "/inputs/practices_csv",
    [PART_COMMAND]   = "/command",
    [PART_VERSION]   = "/engine_version",
    [PART_COMMIT]    = "/commit",
    [PART_CHANGES]   = "/inputs/changes",
};

/* All are eight bytes wide. */
const struct part_moment part_moments[PART_MOMENTS] = {
    {"/nodes/count",   offsetof(struct moments, count)},
    {"/nodes/missing", offsetof(struct moments, missing)},
    {"/nodes/mean",    offsetof(struct moments, mean)},
    {"/nodes/m2",      offsetof(struct moments, m2)},
};

const struct part_moment part_counts[PART_COUNTS] = {
    {"/counts/count",   offsetof(struct histogram_extent, count)},
    {"/counts/missing", offsetof(struct histogram_extent, missing)},
    {"/counts/lowest",  offsetof(struct histogram_extent, lowest)},
    {"/counts/highest", offsetof(struct histogram_extent, highest)},
};
/* clang-format on */
