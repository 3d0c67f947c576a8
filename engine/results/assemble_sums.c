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

/* Returns the bins of all paths that are not empty. */
static size_t add_extents(struct assembly *a, const struct outcome_sums *all)
{
    static const char *const path[] = {"/sums/path_count", "/sums/path_missing",
                                       "/sums/path_lowest", "/sums/path_highest",
                                       "/sums/path_bins"};
    enum { COLUMNS = sizeof(path) / sizeof(*path) };
    double *value = result_set_numbers(a->set, COLUMNS * all->paths);
    size_t bins = 0;

    for (size_t p = 0; value != NULL && p < all->paths; p++) {
        const struct histogram *histogram = &all->histogram[p];
        const size_t own = bins_of(histogram);
        const double member[COLUMNS] = {
            (double)histogram->count,
            (double)histogram->missing,
            histogram->lowest,
            histogram->highest,
            (double)own,
        };

        for (size_t c = 0; c < COLUMNS; c++)
            value[c * all->paths + p] = member[c];
        bins += own;
    }
    for (size_t c = 0; value != NULL && c < COLUMNS; c++)
        columns_add(a->set, path[c], value + c * all->paths);
    return bins;
}

static void add_bins(struct assembly *a, const struct outcome_sums *all, size_t bins)
{
    double *place = result_set_numbers(a->set, bins);
    double *number = result_set_numbers(a->set, bins);
    size_t at = 0;

    for (size_t p = 0; place != NULL && number != NULL && p < all->paths; p++) {
        const struct histogram *histogram = &all->histogram[p];
        const struct histogram_range range = histogram_range_of(histogram);

        for (size_t b = range.first; b <= range.last; b++) {
            if (*histogram_bin(histogram, b) == 0)
                continue;
            place[at] = (double)b;
            number[at++] = (double)*histogram_bin(histogram, b);
        }
    }
    columns_add_axis(a->set, "/sums/bin", bins, NULL);
    columns_add(a->set, "/sums/bin_place", place);
    columns_add(a->set, "/sums/bin_number", number);
}

void assemble_sums(struct assembly *a)
{
    const struct outcome_sums *all = &a->outcome->sums;
    size_t bins;

    if (all->sums == NULL)
        return;
    columns_add_axis(a->set, "/sums/node", all->sums->count, NULL);
    columns_add_axis(a->set, "/sums/sum", all->sums->width, NULL);
    columns_add_axis(a->set, "/sums/path", all->paths, NULL);
    add_places(a, all->sums);
    add_moments(a, all->sums);
    bins = add_extents(a, all);
    if (bins > 0)
        add_bins(a, all, bins);
}
