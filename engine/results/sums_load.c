#include "sums_load.h"

#include <stdlib.h>

/* A result whose sums are read. */
struct loading {
    struct hr_result *result;
    const struct sums_target *target;
    enum hr_status status;
    struct hr_error *error;
};

/* The numbers of a data set of @p count of them; NULL after a failure. */
static const double *numbers(struct loading *l, const char *path, size_t count)
{
    struct hr_result_values values;

    if (l->status == HR_OK)
        l->status = hr_result_values(l->result, path, &values, l->error);
    if (l->status == HR_OK && values.count != count)
        l->status = hr_fail(l->error, HR_NOT_HELD,
                            "%s has %zu numbers, and the run has %zu of them", path,
                            values.count, count);
    return l->status == HR_OK ? values.value : NULL;
}

/* A power of two that divides the first block. */
static bool is_place(double first, double blocks)
{
    uint64_t size;

    if (!(first >= 0.0 && blocks >= 1.0 && first + blocks < 0x1p53))
        return false;
    size = (uint64_t)blocks;
    return (size & (size - 1)) == 0 && (uint64_t)first % size == 0;
}

/* Node @p n from the columns of all. */
static enum hr_status add_node(struct loading *l, const double *const column[6],
                               size_t n)
{
    struct sums *sums = l->target->sums;
    struct sums_node node;

    if (!is_place(column[0][n], column[1][n]))
        return hr_fail(l->error, HR_NOT_HELD, "/sums has a node that is none");
    node = (struct sums_node){(uint64_t)column[0][n], (uint64_t)column[1][n],
                              sums_memory(sums)};
    if (node.moments == NULL)
        return hr_fail(l->error, HR_FAILED, "no memory to read the sums");
    for (size_t k = 0; k < sums->width; k++) {
        const size_t at = n * sums->width + k;

        node.moments[k] = (struct moments){
            .count = (uint64_t)column[2][at],
            .missing = (uint64_t)column[3][at],
            .mean = column[4][at],
            .m2 = column[5][at],
        };
    }
    return sums_add(sums, node, l->error);
}

static void load_nodes(struct loading *l, size_t nodes)
{
    const size_t all = nodes * l->target->sums->width;
    const double *const column[6] = {
        numbers(l, "/sums/first", nodes), numbers(l, "/sums/blocks", nodes),
        numbers(l, "/sums/count", all),   numbers(l, "/sums/missing", all),
        numbers(l, "/sums/mean", all),    numbers(l, "/sums/m2", all),
    };

    for (size_t n = 0; l->status == HR_OK && n < nodes; n++)
        l->status = add_node(l, column, n);
}

static size_t load_extents(struct loading *l)
{
    const size_t paths = l->target->paths;
    const double *count = numbers(l, "/sums/path_count", paths);
    const double *missing = numbers(l, "/sums/path_missing", paths);
    const double *lowest = numbers(l, "/sums/path_lowest", paths);
    const double *highest = numbers(l, "/sums/path_highest", paths);
    const double *bins = numbers(l, "/sums/path_bins", paths);
    size_t all = 0;

    for (size_t p = 0; l->status == HR_OK && p < paths; p++) {
        const struct histogram_extent extent = {
            (uint64_t)count[p], (uint64_t)missing[p], lowest[p], highest[p]};

        if (!(bins[p] >= 0.0 && bins[p] <= HISTOGRAM_BINS))
            l->status = hr_fail(l->error, HR_NOT_HELD,
                                "/sums/path_bins has a number of bins that is none");
        else
            all += (size_t)bins[p];
        histogram_widen(&l->target->histogram[p], &extent);
    }
    return all;
}

static void load_bins(struct loading *l, size_t all)
{
    const double *bins = numbers(l, "/sums/path_bins", l->target->paths);
    const double *place = numbers(l, "/sums/bin_place", all);
    const double *number = numbers(l, "/sums/bin_number", all);
    size_t at = 0;

    for (size_t p = 0; l->status == HR_OK && p < l->target->paths; p++) {
        for (size_t last = at + (size_t)bins[p]; at < last; at++)
            *histogram_bin(&l->target->histogram[p],
                           (size_t)place[at] % HISTOGRAM_BINS) += (uint32_t)number[at];
    }
}

enum hr_status sums_load(struct hr_result *result, const struct sums_target *target,
                         struct hr_error *error)
{
    struct loading l = {.result = result, .target = target, .error = error};
    struct hr_result_values nodes;
    struct hr_error why;
    size_t bins;

    if (hr_result_values(result, "/sums/first", &nodes, &why) != HR_OK)
        return hr_fail(error, HR_BAD_INPUT,
                       "it keeps no sums to go on from (/sums), as files of earlier "
                       "versions and of fewer than eight trials do not");
    load_nodes(&l, nodes.count);
    bins = load_extents(&l);
    if (l.status == HR_OK && bins > 0)
        load_bins(&l, bins);
    return l.status;
}
