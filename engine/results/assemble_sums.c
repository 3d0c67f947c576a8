#include "assemble_parts.h"

#include "columns.h"
#include "histogram.h"
#include "sums.h"

static void add_places(struct assembly *a, const struct sums *sums)
{
    double *first = result_set_numbers(a->set, sums->count);
    double *blocks = result_set_numbers(a->set, sums->count);

    for (size_t n = 0; first != NULL && blocks != NULL && n < sums->count; n++) {
        first[n] = (double)sums->node[n].first;
        blocks[n] = (double)sums->node[n].blocks;
    }
    columns_add(a->set, "/sums/first", first);
    columns_add(a->set, "/sums/blocks", blocks);
}

enum member { COUNT, MISSING, MEAN, M2, MEMBERS };

static double member_of(const struct moments *moments, enum member member)
{
    const double all[MEMBERS] = {(double)moments->count, (double)moments->missing,
                                 moments->mean, moments->m2};

    return all[member];
}

/** Nodes as rows, once for each member: many practices make them long. */
struct nodes {
    const struct sums *sums;
    struct row_source source;
};

static enum hr_status read_node(void *context, const struct row_stretch *stretch,
                                double *value, struct hr_error *error)
{
    const struct sums *sums = ((const struct nodes *)context)->sums;
    const enum member member = (enum member)(stretch->row / sums->count);
    const struct moments *moments =
        &sums->node[stretch->row % sums->count].moments[stretch->first];

    (void)error;
    for (size_t i = 0; i < stretch->count; i++)
        value[i] = member_of(&moments[i], member);
    return HR_OK;
}

static void add_moments(struct assembly *a, const struct sums *sums)
{
    static const char *const path[MEMBERS] = {"/sums/count", "/sums/missing",
                                              "/sums/mean", "/sums/m2"};
    struct nodes *nodes = result_set_memory(a->set, sizeof(*nodes));

    if (nodes == NULL)
        return;
    nodes->sums = sums;
    nodes->source = (struct row_source){read_node, nodes};
    for (size_t m = 0; m < MEMBERS; m++)
        columns_add_rows(a->set, path[m], NULL, &nodes->source, m * sums->count);
}

static size_t bins_of(const struct histogram *histogram)
{
    const struct histogram_range range = histogram_range_of(histogram);
    size_t bins = 0;

    for (size_t b = range.first; b <= range.last; b++)
        bins += *histogram_bin(histogram, b) != 0;
    return bins;
}

/** The bins of all paths that are not empty as two rows, places and numbers: many paths
 * have many. */
struct bins {
    const struct histogram *histogram; /**< of each path */
    size_t paths;
    size_t *before; /**< of the paths before each, and of all */
    struct row_source source;
};

enum bin_row { BIN_PLACE, BIN_NUMBER };

static void add_extents(struct assembly *a, const struct bins *bins)
{
    static const char *const path[] = {"/sums/path_count", "/sums/path_missing",
                                       "/sums/path_lowest", "/sums/path_highest",
                                       "/sums/path_bins"};
    enum { COLUMNS = sizeof(path) / sizeof(*path) };
    double *value = result_set_numbers(a->set, COLUMNS * bins->paths);

    for (size_t p = 0; value != NULL && p < bins->paths; p++) {
        const struct histogram *histogram = &bins->histogram[p];
        const double member[COLUMNS] = {
            (double)histogram->count,
            (double)histogram->missing,
            histogram->lowest,
            histogram->highest,
            (double)(bins->before[p + 1] - bins->before[p]),
        };

        for (size_t c = 0; c < COLUMNS; c++)
            value[c * bins->paths + p] = member[c];
    }
    for (size_t c = 0; value != NULL && c < COLUMNS; c++)
        columns_add(a->set, path[c], value + c * bins->paths);
}

/* The path that bin @p bin is of. */
static size_t path_of(const struct bins *bins, size_t bin)
{
    size_t low = 0, high = bins->paths;

    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;

        if (bins->before[middle] <= bin)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Of its bins that are not empty those after the first @p skip, at most @p most.
 * Returns how many. */
static size_t read_path(const struct histogram *histogram, enum bin_row row,
                        size_t skip, size_t most, double *value)
{
    const struct histogram_range range = histogram_range_of(histogram);
    size_t met = 0;

    for (size_t b = range.first; b <= range.last && met < skip + most; b++) {
        const uint32_t number = *histogram_bin(histogram, b);

        if (number == 0)
            continue;
        if (met >= skip)
            value[met - skip] = row == BIN_PLACE ? (double)b : (double)number;
        met++;
    }
    return met > skip ? met - skip : 0;
}

static enum hr_status read_bins(void *context, const struct row_stretch *stretch,
                                double *value, struct hr_error *error)
{
    const struct bins *bins = context;
    const enum bin_row row = (enum bin_row)stretch->row;
    size_t path = path_of(bins, stretch->first);
    size_t skip = stretch->first - bins->before[path];

    (void)error;
    for (size_t done = 0; done < stretch->count; skip = 0, path++)
        done += read_path(&bins->histogram[path], row, skip, stretch->count - done,
                          value + done);
    return HR_OK;
}

static void add_bins(struct assembly *a, struct bins *bins)
{
    const size_t count = bins->before[bins->paths];

    bins->source = (struct row_source){read_bins, bins};
    columns_add_axis(a->set, "/sums/bin", count, NULL);
    columns_add_rows(a->set, "/sums/bin_place", NULL, &bins->source, BIN_PLACE);
    columns_add_rows(a->set, "/sums/bin_number", NULL, &bins->source, BIN_NUMBER);
}

static void add_paths(struct assembly *a, const struct outcome_sums *all)
{
    struct bins *bins = result_set_memory(a->set, sizeof(*bins));
    size_t *before = result_set_memory(a->set, (all->paths + 1) * sizeof(*before));

    if (bins == NULL || before == NULL)
        return;
    before[0] = 0;
    for (size_t p = 0; p < all->paths; p++)
        before[p + 1] = before[p] + bins_of(&all->histogram[p]);
    *bins = (struct bins){
        .histogram = all->histogram, .paths = all->paths, .before = before};
    columns_add_axis(a->set, "/sums/path", all->paths, NULL);
    add_extents(a, bins);
    if (before[all->paths] > 0)
        add_bins(a, bins);
}

void assemble_sums(struct assembly *a)
{
    const struct outcome_sums *all = &a->outcome->sums;

    if (all->sums == NULL)
        return;
    columns_add_axis(a->set, "/sums/node", all->sums->count, NULL);
    columns_add_axis(a->set, "/sums/sum", all->sums->width, NULL);
    add_places(a, all->sums);
    add_moments(a, all->sums);
    add_paths(a, all);
}
