#include "comparison.h"

#include "columns.h"
#include "held.h"
#include "same_bits.h"

#include <string.h>

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

/* The first place where they are not the same; as many as there are where they are. */
static size_t first_other(const struct hr_result_values *stored,
                          const struct hr_result_values *found)
{
    size_t i = 0;

    while (i < stored->count &&
           same_bits(stored->value[i], found->value[place_of(stored, found, i)]))
        i++;
    return i;
}

/* Data set @p i of what was found, and number @p at of what is stored. */
static enum hr_status compare_values(const struct comparison *c, size_t at, size_t i)
{
    const char *path = c->found->data[i].path;
    struct hr_result_values stored, found;
    size_t other;

    if (result_values_at(c->again, i, &found, c->error) != HR_OK ||
        result_values_at(c->result, at, &stored, c->error) != HR_OK)
        return c->error->status;
    if (stored.count != found.count && comparison_is_of_keys(path) && !c->same_build)
        return HR_OK; /* by another table of keys */
    if (stored.count != found.count && !has_fewer_statistics(&stored, &found))
        return hr_fail(c->error, HR_NOT_HELD,
                       "%s has %zu numbers in the file and %zu when run again", path,
                       stored.count, found.count);
    other = first_other(&stored, &found);
    if (other == stored.count)
        return HR_OK;
    if (comparison_is_of_keys(path))
        return comparison_worded(c, "%s is another in the file than when run again",
                                 path);
    return hr_fail(c->error, HR_NOT_HELD,
                   "%s is %.17g in the file and %.17g when run again, in place %zu",
                   path, stored.value[other],
                   found.value[place_of(&stored, &found, other)], other);
}

/* The unit, and how a table shows it. */
static bool same_figure(const struct result_data *a, const struct result_data *b)
{
    return comparison_same_text(a->unit, b->unit) && a->money == b->money &&
           a->discounted == b->discounted &&
           comparison_same_text(a->shown.better, b->shown.better) &&
           same_bits(a->shown.scale, b->shown.scale);
}

/* What is the same at all points of a sweep, such as what was drawn, has no points. */
static bool same_axes(const struct comparison *c, const struct result_data *stored,
                      const struct result_data *found)
{
    const int less = c->scope == COMPARE_POINT && stored->rank == found->rank - 1;
    bool same = stored->rank == found->rank - less;

    for (int d = 0; same && d < stored->rank; d++)
        same = strcmp(c->stored->axis[stored->axis[d]].path,
                      c->found->axis[found->axis[d + less]].path) == 0;
    return same;
}

static enum hr_status compare_meaning(const struct comparison *c,
                                      const struct result_data *stored,
                                      const struct result_data *found)
{
    if (same_figure(stored, found) && same_axes(c, stored, found))
        return HR_OK;
    return hr_fail(c->error, HR_NOT_HELD,
                   "%s has another unit, axes or way to be shown in the file than when "
                   "run again",
                   found->path);
}

static enum hr_status compare_data(const struct comparison *c)
{
    enum hr_status status = HR_OK;

    for (size_t i = 0; i < c->found->data_count && status == HR_OK; i++) {
        const struct result_data *found = &c->found->data[i];
        const struct result_data *stored = comparison_data(c, i);

        if (stored == NULL || !comparison_covers(c, found->path))
            continue;
        status = compare_meaning(c, stored, found);
        if (status == HR_OK)
            status = compare_values(c, (size_t)(stored - c->stored->data), i);
    }
    return status;
}

/* What a point does not draw is no number in the file. */
static enum hr_status compare_undrawn(const struct comparison *c)
{
    enum hr_status status = HR_OK;

    for (size_t i = 0; i < c->stored->data_count && status == HR_OK; i++) {
        const char *path = c->stored->data[i].path;
        struct hr_result_values stored;

        if (!comparison_may_be_empty(c, path) ||
            result_set_find_data(c->found, path) != NULL)
            continue;
        status = result_values_at(c->result, i, &stored, c->error);
        for (size_t k = 0; status == HR_OK && k < stored.count; k++) {
            if (!isnan(stored.value[k]))
                status =
                    hr_fail(c->error, HR_NOT_HELD,
                            "%s is in the file, and the point does not draw it", path);
        }
    }
    return status;
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

static enum hr_status compare_axis(const struct comparison *c,
                                   const struct result_axis *stored,
                                   const struct result_axis *found)
{
    for (size_t i = 0; i < stored->size && i < found->size; i++) {
        if (same_label(stored, found, i))
            continue;
        if (comparison_is_of_keys(found->path))
            return comparison_worded(c, "label %zu of %s is another than is run by", i,
                                     found->path);
        return hr_fail(c->error, HR_NOT_HELD,
                       "label %zu of %s is another in the file than when run again", i,
                       found->path);
    }
    return stored->size == found->size
               ? HR_OK
               : comparison_worded(c, "%s has %zu labels in the file and %zu here",
                                   found->path, stored->size, found->size);
}

static enum hr_status compare_axes(const struct comparison *c)
{
    enum hr_status status = HR_OK;

    for (int a = 0; a < c->found->axes && status == HR_OK; a++) {
        const struct result_axis *found = &c->found->axis[a];
        const struct result_axis *stored = result_set_find_axis(c->stored, found->path);

        if (stored != NULL && comparison_covers(c, found->path))
            status = compare_axis(c, stored, found);
    }
    return status;
}

static bool same_word_of(const struct hr_result *a, const struct hr_result *b,
                         const char *path)
{
    return comparison_same_text(hr_result_text(a, path), hr_result_text(b, path));
}

enum hr_status hr_result_compare(struct hr_result *result, struct hr_result *again,
                                 char *noted, struct hr_error *error)
{
    const struct result_set *set = &result->reader.set;
    const bool sweep = result_set_find_words(set, "/points/id") != NULL;
    const struct comparison c = {
        .result = result,
        .again = again,
        .stored = set,
        .found = &again->reader.set,
        .same_build = same_word_of(result, again, "engine_version") &&
                      same_word_of(result, again, "commit"),
        .scope = !sweep                ? COMPARE_RUN
                 : result->chosen == 0 ? COMPARE_SWEEP
                                       : COMPARE_POINT,
        .noted = noted,
        .error = error,
    };
    enum hr_status status = compare_axes(&c);

    if (status == HR_OK)
        status = compare_data(&c);
    if (status == HR_OK)
        status = compare_undrawn(&c);
    if (status == HR_OK)
        status = comparison_of_words(&c);
    return status == HR_OK && c.scope != COMPARE_POINT ? comparison_of_attributes(&c)
                                                       : status;
}
