#include "slab.h"

#include <stdlib.h>
#include <string.h>

enum hr_status slab_init(struct slab *slab, const struct shape *shape, uint64_t first,
                         size_t room, struct hr_error *error)
{
    *slab = (struct slab){
        .first = first,
        .room = room,
        .value = malloc((shape->rows * room + 1) * sizeof(double)),
    };
    if (slab->value != NULL)
        return HR_OK;
    return hr_fail(error, HR_FAILED, "no memory for the results of %zu trials", room);
}

void slab_free(struct slab *slab)
{
    free(slab->value);
    if (slab->file != NULL)
        part_file_close(slab->file);
    free(slab->file);
    *slab = (struct slab){0};
}

void slab_move_to(struct slab *slab, struct part_file *file)
{
    free(slab->value);
    slab->value = NULL;
    slab->file = file;
}

enum hr_status slab_read(const struct slab *slab, const struct row_stretch *stretch,
                         double *value, struct hr_error *error)
{
    if (slab->value == NULL)
        return part_file_row(slab->file, stretch, value, error);
    memcpy(value, slab_row(slab, stretch->row, stretch->first),
           stretch->count * sizeof(*value));
    return HR_OK;
}

static void store(const struct block *block, const struct lanes *lanes, double *to)
{
    for (int i = 0; i < block->count; i++)
        to[i] = lanes->at[i];
}

void slab_store(const struct slab *slab, const struct shape *shape,
                const struct block *block)
{
    double *first = &slab->value[block->first - slab->first];

    for (size_t m = 0; m < METRICS; m++) {
        for (size_t f = 0; f < shape->plan->forms; f++)
            store(block, &block->metric[f * METRICS + m],
                  &first[shape_metric(shape, m, f) * slab->room]);
    }
    for (size_t d = 0; d < shape->drawn; d++)
        store(block, &block->value[shape->drawn_value[d]],
              &first[shape_parameter(shape, d) * slab->room]);
    store(block, &block->near_ties, &first[shape_near_ties(shape) * slab->room]);
    for (size_t k = 0; k < shape->site_rows; k++)
        store(block, &block->site_quarters[k],
              &first[shape_site(shape, k) * slab->room]);
    site_store_add(&shape->site_store, block);
}

enum hr_status slab_restore_sites(const struct slab *slab, const struct shape *shape,
                                  struct hr_error *error)
{
    double *value = malloc((slab->trials + 1) * sizeof(*value));
    enum hr_status status = HR_OK;

    if (value == NULL)
        return hr_fail(error, HR_FAILED, "no memory for practices by quarter");
    for (size_t k = 0; k < shape->site_rows && status == HR_OK; k++) {
        const struct row_stretch all = {shape_site(shape, k), slab->first,
                                        slab->trials};

        status = slab_read(slab, &all, value, error);
        if (status == HR_OK)
            site_store_put(&shape->site_store, shape->plan, k,
                           &(struct site_stretch){slab->first, slab->trials, value});
    }
    free(value);
    return status;
}
