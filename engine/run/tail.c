#include "tail.h"

#include "path_counts.h"

#include <stdlib.h>

static enum hr_status make_room(struct tail *tail, const struct shape *shape,
                                uint64_t first, struct hr_error *error)
{
    tail->leaf = malloc((shape->sums + 1) * sizeof(*tail->leaf));
    tail->path = aligned_alloc(_Alignof(struct lanes),
                               (shape->counted + 1) * sizeof(*tail->path));
    if (tail->leaf == NULL || tail->path == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the last trials of a run");
    return slab_init(&tail->slab, shape, first, LANES, error);
}

static void keep(struct tail *tail, const struct shape *shape,
                 const struct block *block)
{
    tail->trials = (size_t)block->count;
    tail->slab.trials = tail->trials;
    shape_keep_reference(shape, block);
    slab_store(&tail->slab, shape, block);
    part_sum(shape, block, tail->leaf);
    path_counts_of(shape, block, tail->path);
}

enum hr_status tail_run(struct tail *tail, const struct shape *shape,
                        const struct kernel *kernel, uint64_t trials,
                        struct hr_error *error)
{
    const int left = (int)(trials % LANES);
    const uint64_t first = trials - (uint64_t)left;
    struct block block;

    if (left == 0)
        return HR_OK;
    if (make_room(tail, shape, first, error) != HR_OK ||
        block_init(&block, shape->plan, error) != HR_OK) {
        tail_free(tail);
        return error->status;
    }
    kernel->run(&block, first, left);
    keep(tail, shape, &block);
    block_free(&block);
    if (quality_add(&tail->quality, &tail->slab, shape, error) == HR_OK)
        return HR_OK;
    tail_free(tail);
    return error->status;
}

void tail_free(struct tail *tail)
{
    slab_free(&tail->slab);
    free(tail->leaf);
    free(tail->path);
    quality_free(&tail->quality);
    *tail = (struct tail){0};
}
