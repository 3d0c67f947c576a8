/** @file
 * The simulation: a quarter is an ordered table of stages, each a loop over lanes.
 *
 * Nothing here can fail, allocate, lock or print. The same source is compiled for
 * several instruction sets, which give the same bits; kernel_best() picks one.
 */
#ifndef HEADROOM_KERNEL_H
#define HEADROOM_KERNEL_H

#include "block.h"

#include <stddef.h>

enum { KERNEL_STAGES = 16 /**< most that a quarter may have */ };

/** One build of the kernel. */
struct kernel {
    const char *name; /**< x86-64 level: "v2", "v3", "v4" */
    /** @p count trials from number @p first on, all quarters */
    void (*run)(struct block *block, uint64_t first, int count);
    const char *(*stage_name)(size_t stage);
    size_t stages;
};

/** Kernels built in, best first; those this processor cannot run are left out. */
size_t kernel_list(struct kernel kernels[], size_t most);

/** The named kernel, or the best one where @p name is NULL. */
HR_MUST_CHECK
enum hr_status kernel_choose(const char *name, struct kernel *kernel,
                             struct hr_error *error);

#endif
