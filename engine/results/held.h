/** @file
 * What a result is, to those who make one: a file that is open, or numbers in memory.
 */
#ifndef HEADROOM_HELD_H
#define HEADROOM_HELD_H

#include "headroom/result.h"

#include "publish.h"
#include "reader.h"

struct hr_result {
    struct reader reader;
    enum hr_result_proof proof;
    struct result_owner owner; /**< of a result in memory */
    size_t chosen; /**< one more than the point that readers are given; 0: all */
};

#endif
