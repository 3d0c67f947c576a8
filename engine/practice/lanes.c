#include "lanes.h"

#define LANE(set, i) -(uint64_t)((set) >> (i)&1)
#define SET(set)                                                                       \
    {                                                                                  \
        {                                                                              \
            LANE(set, 0), LANE(set, 1), LANE(set, 2), LANE(set, 3), LANE(set, 4),      \
                LANE(set, 5), LANE(set, 6), LANE(set, 7)                               \
        }                                                                              \
    }
#define FOUR(set)    SET(set), SET(set + 1), SET(set + 2), SET(set + 3)
#define SIXTEEN(set) FOUR(set), FOUR(set + 4), FOUR(set + 8), FOUR(set + 12)
#define QUARTER(set)                                                                   \
    SIXTEEN(set), SIXTEEN(set + 16), SIXTEEN(set + 32), SIXTEEN(set + 48)

const struct flags lanes_masks[LANE_SETS] = {QUARTER(0), QUARTER(64), QUARTER(128),
                                             QUARTER(192)};
