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

static double count_of(const struct moments *moments)
{
    return (double)moments->count;
}

static double missing_of(const struct moments *moments)
{
    return (double)moments->missing;
}

static double mean_of(const struct moments *moments)
{
    return moments->mean;
}

static double m2_of(const struct moments *moments)
{
    return moments->m2;
}

static void add_moments(struct assembly *a, const struct sums *sums)
{
    static const struct {
        const char *path;
        double (*of)(const struct moments *);
    } member[] = {
        {"/sums/count", count_of},
        {"/sums/missing", missing_of},
        {"/sums/mean", mean_of},
        {"/sums/m2", m2_of},
    };

    for (size_t m = 0; m < sizeof(member) / sizeof(*member); m++) {
        double *value = result_set_numbers(a->set, sums->count * sums->width);

        for (size_t i = 0; value != NULL && i < sums->count * sums->width; i++)
            value[i] =
                member[m].of(&sums->node[i / sums->width].moments[i % sums->width]);
        columns_add(a->set, member[m].path, value);
    }
}

static size_t bins_of(const struct histogram *histogram)
{
    size_t bins = 0;

    for (size_t b = 0; b < HISTOGRAM_BINS; b++)
        bins += histogram->bin[b] != 0;
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
        for (size_t b = 0; b < HISTOGRAM_BINS; b++) {
            if (all->histogram[p].bin[b] == 0)
                continue;
            place[at] = (double)b;
            number[at++] = (double)all->histogram[p].bin[b];
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
