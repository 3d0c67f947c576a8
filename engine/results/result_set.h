/** @file
 * What a result file holds, described in memory: axes, numbers, words, attributes.
 *
 * Knows nothing of HDF5 or of the subject. Names, texts and numbers are borrowed
 * unless they come from the set itself (result_set_name(), result_set_numbers()).
 *
 * Building cannot fail half-way: what fails is remembered, later calls do nothing, and
 * result_set_status() says so at the end.
 */
#ifndef HEADROOM_RESULT_SET_H
#define HEADROOM_RESULT_SET_H

#include "headroom/error.h"
#include "row_source.h"
#include "scratch.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RESULT_RANK = 4, RESULT_AXES = 24 };

/** Labels are words or, where word is NULL, numbers; where both are, places from 0. */
struct result_axis {
    const char *path; /**< "/form": its name is what follows the last slash */
    const char *long_name;
    size_t size;
    const char *const *word;
    const double *number;
};

/** How a table shows a metric; better is NULL where nothing is said. */
struct result_shown {
    const char *better; /**< "higher", "lower" or "none" */
    const char *group, *label;
    const char *prefix, *suffix; /**< of the number over scale: "GBP", "m" */
    double scale;
    uint64_t decimals;
    uint64_t count; /**< 1: whole in every trial */
};

struct result_data {
    const char *path;
    const char *unit;
    const char *long_name;
    bool money;
    bool discounted;
    struct result_shown shown;
    const char *key; /**< of the scenario, that a sweep varies; or none: NULL, "" */
    int rank;
    int axis[RESULT_RANK];         /**< numbers of axes */
    const double *value;           /**< NULL where not read yet, or not held */
    const struct row_source *rows; /**< of numbers that are not held; or NULL */
    size_t row;                    /**< its first there, of rows along the last axis */
    bool by_row;                   /**< a file keeps each row by itself */
    const char *kept_in; /**< the data set of a file whose row it is; NULL: its own */
    size_t kept_row;
};

/** A column of words along an axis. */
struct result_words {
    const char *path;
    const char *long_name;
    int axis;
    const char *const *value;
    const char *key; /**< as of numbers */
};

struct result_text {
    const char *path;
    const char *long_name;
    const char *value;
};

enum result_kind { KIND_TEXT, KIND_NUMBER, KIND_INTEGER };

struct result_attribute {
    const char *path; /**< "/seed" of the file, "/quality/trials" of a group */
    enum result_kind kind;
    const char *text;
    double number;
    uint64_t integer;
};

struct result_memory;

/** Start with {0}. */
struct result_set {
    const char *price_base; /**< of all money */
    struct result_axis axis[RESULT_AXES];
    int axes;
    struct result_data *data;
    size_t data_count;
    struct result_words *words;
    size_t words_count;
    struct result_text *text;
    size_t text_count;
    struct result_attribute *attribute;
    size_t attribute_count;
    struct scratch_home home;     /**< of columns that are held for a moment */
    struct result_memory *memory; /**< freed with the set */
    bool failed;
};

void result_set_free(struct result_set *set);

/** HR_FAILED where memory ran out or there are too many axes. */
HR_MUST_CHECK
enum hr_status result_set_status(const struct result_set *set, struct hr_error *error);

/** Returns the axis's number. */
int result_set_add_axis(struct result_set *set, struct result_axis axis);
void result_set_add_data(struct result_set *set, struct result_data data);
void result_set_add_words(struct result_set *set, struct result_words words);

/** A NULL text, attribute text or not, is left out. */
void result_set_add_text(struct result_set *set, struct result_text text);
void result_set_add_attribute(struct result_set *set,
                              struct result_attribute attribute);

/** Memory that lives as long as the set; NULL where there is none. */
void *result_set_memory(struct result_set *set, size_t bytes);
double *result_set_numbers(struct result_set *set, size_t count); /**< all NaN */

/** Free memory of the set before the set is freed; NULL is harmless. */
void result_set_forget(struct result_set *set, const void *memory);

HR_PRINTF(2, 3)
const char *result_set_name(struct result_set *set, const char *format, ...);

/** Find by path; NULL where there is none. */
const struct result_axis *result_set_find_axis(const struct result_set *set,
                                               const char *path);
const struct result_data *result_set_find_data(const struct result_set *set,
                                               const char *path);
const struct result_words *result_set_find_words(const struct result_set *set,
                                                 const char *path);
const struct result_text *result_set_find_text(const struct result_set *set,
                                               const char *path);
const struct result_attribute *result_set_find_attribute(const struct result_set *set,
                                                         const char *path);

/** Product of the sizes of the axes. */
size_t result_data_count(const struct result_set *set, const struct result_data *data);

/** What follows the last slash of a path. */
const char *result_leaf(const char *path);

#endif
