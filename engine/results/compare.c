#include "headroom/result.h"

#include "held.h"
#include "same_bits.h"

#include <string.h>

/* Inputs, in a run from a resolved scenario, say other things of whence they are; what
 * the practices are they say too. */
static bool is_reckoned(const char *path)
{
    static const char inputs[] = "/inputs/", practices[] = "/inputs/practices/";

    return strncmp(path, inputs, sizeof(inputs) - 1) != 0 ||
           (strncmp(path, practices, sizeof(practices) - 1) == 0 &&
            strstr(path, "_imputed") == NULL);
}

/* Labels of statistics are added at the end, so an earlier file has fewer. */
static bool has_fewer_statistics(const struct hr_result_values *stored,
                                 const struct hr_result_values *found)
{
    const int last = found->rank - 1;

    return stored->rank == found->rank && strcmp(found->axis[last], "statistic") == 0 &&
           stored->size[last] < found->size[last] &&
           stored->count / stored->size[last] == found->count / found->size[last];
}

/* Where what is stored at place @p i is found. */
static size_t place_of(const struct hr_result_values *stored,
                       const struct hr_result_values *found, size_t i)
{
    const size_t ours = stored->size[stored->rank - 1];
    const size_t theirs = found->size[found->rank - 1];

    return i / ours * theirs + i % ours;
}

static enum hr_status compare_values(struct hr_result *result, struct hr_result *again,
                                     const char *path, struct hr_error *error)
{
    struct hr_result_values stored, found;

    if (hr_result_values(again, path, &found, error) != HR_OK)
        return error->status;
    if (hr_result_values(result, path, &stored, error) != HR_OK)
        return error->status == HR_BAD_INPUT ? HR_OK : error->status;
    if (stored.count != found.count && !has_fewer_statistics(&stored, &found))
        return hr_fail(error, HR_NOT_HELD,
                       "%s has %zu numbers in the file and %zu when run again", path,
                       stored.count, found.count);
    for (size_t i = 0; i < stored.count; i++) {
        const size_t at = place_of(&stored, &found, i);

        if (!same_bits(stored.value[i], found.value[at]))
            return hr_fail(error, HR_NOT_HELD,
                           "%s is %.17g in the file and %.17g when run again, in "
                           "place %zu",
                           path, stored.value[i], found.value[at], i);
    }
    return HR_OK;
}

static bool same_text(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

/* The unit, and how a table shows it. */
static bool same_figure(const struct result_data *a, const struct result_data *b)
{
    return same_text(a->unit, b->unit) && a->money == b->money &&
           a->discounted == b->discounted &&
           same_text(a->shown.better, b->shown.better) &&
           same_bits(a->shown.scale, b->shown.scale);
}

static bool same_axes(const struct result_set *set, const struct result_data *stored,
                      const struct result_set *again, const struct result_data *found)
{
    bool same = stored->rank == found->rank;

    for (int d = 0; same && d < found->rank; d++)
        same = same_text(set->axis[stored->axis[d]].path,
                         again->axis[found->axis[d]].path);
    return same;
}

static enum hr_status compare_meaning(const struct result_set *set,
                                      const struct result_set *again,
                                      const struct result_data *found,
                                      struct hr_error *error)
{
    const struct result_data *stored = result_set_find_data(set, found->path);

    if (stored == NULL ||
        (same_figure(stored, found) && same_axes(set, stored, again, found)))
        return HR_OK;
    return hr_fail(error, HR_NOT_HELD,
                   "%s has another unit, axes or way to be shown in the file than when "
                   "run again",
                   found->path);
}

/* A label of an axis in both. */
static bool same_label(const struct result_axis *a, const struct result_axis *b,
                       size_t i)
{
    if ((a->word == NULL) != (b->word == NULL))
        return false;
    if (a->word != NULL)
        return strcmp(a->word[i], b->word[i]) == 0;
    return same_bits(a->number != NULL ? a->number[i] : (double)i,
                     b->number != NULL ? b->number[i] : (double)i);
}

/* Labels of an earlier file may be fewer. */
static enum hr_status compare_axis(const struct result_set *set,
                                   const struct result_axis *found,
                                   struct hr_error *error)
{
    const struct result_axis *stored = result_set_find_axis(set, found->path);

    for (size_t i = 0; stored != NULL && i < stored->size && i < found->size; i++) {
        if (!same_label(stored, found, i))
            return hr_fail(error, HR_NOT_HELD,
                           "label %zu of %s is another in the file than when run again",
                           i, found->path);
    }
    return HR_OK;
}

/* The year and the prices without which a number says nothing. */
static enum hr_status compare_base(struct hr_result *result, struct hr_result *again,
                                   struct hr_error *error)
{
    uint64_t stored = 0, found = 0;

    if (hr_result_integer(result, "start_year", &stored) &&
        hr_result_integer(again, "start_year", &found) && stored != found)
        return hr_fail(error, HR_NOT_HELD,
                       "/start_year is another in the file than when run again");
    if (!same_text(hr_result_text(result, "price_base"), again->reader.set.price_base))
        return hr_fail(error, HR_NOT_HELD,
                       "/price_base is another in the file than when run again");
    return HR_OK;
}

static enum hr_status compare_meanings(const struct result_set *set,
                                       const struct result_set *again,
                                       struct hr_error *error)
{
    enum hr_status status = HR_OK;

    for (int a = 0; a < again->axes && status == HR_OK; a++) {
        if (is_reckoned(again->axis[a].path))
            status = compare_axis(set, &again->axis[a], error);
    }
    for (size_t i = 0; i < again->data_count && status == HR_OK; i++) {
        if (is_reckoned(again->data[i].path))
            status = compare_meaning(set, again, &again->data[i], error);
    }
    return status;
}

enum hr_status hr_result_compare(struct hr_result *result, struct hr_result *again,
                                 struct hr_error *error)
{
    enum hr_status status = compare_base(result, again, error);

    if (status == HR_OK)
        status = compare_meanings(&result->reader.set, &again->reader.set, error);

    for (size_t i = 0; i < hr_result_count(again) && status == HR_OK; i++) {
        if (is_reckoned(hr_result_path(again, i)))
            status = compare_values(result, again, hr_result_path(again, i), error);
    }
    return status;
}
