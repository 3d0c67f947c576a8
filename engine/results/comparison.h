/** @file
 * A result and what running it again gave, held against each other.
 */
#ifndef HEADROOM_RESULTS_COMPARISON_H
#define HEADROOM_RESULTS_COMPARISON_H

#include "headroom/result.h"

#include "result_set.h"

#include <string.h>

/** What is held against what: of a sweep its inputs with those of its scenario without
 * the sweep, and each point with a run of its own. */
enum comparison_scope { COMPARE_RUN, COMPARE_SWEEP, COMPARE_POINT };

struct comparison {
    struct hr_result *result, *again;
    const struct result_set *stored, *found; /**< of the two */
    bool same_build; /**< the one that wrote the file runs it again */
    enum comparison_scope scope;
    char *noted; /**< HR_RESULT_NOTE bytes: what another build words otherwise */
    struct hr_error *error;
};

static inline bool comparison_same_text(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

/** What is stored of data set @p i of what was found, mostly at the same place; or
 * NULL.
 */
static inline const struct result_data *comparison_data(const struct comparison *c,
                                                        size_t i)
{
    const char *path = c->found->data[i].path;

    return i < c->stored->data_count && strcmp(c->stored->data[i].path, path) == 0
               ? &c->stored->data[i]
               : result_set_find_data(c->stored, path);
}

/** What is only words, and what is there at all, need not be the same when another
 * build wrote the file: it is noted then, the first time, and else HR_NOT_HELD. */
HR_MUST_CHECK
HR_PRINTF(2, 3)
enum hr_status comparison_worded(const struct comparison *c, const char *format, ...);

/** Whether what stands at a path is in the scope of the comparison. */
bool comparison_covers(const struct comparison *c, const char *path);

/** Whether it may be there and hold no number: what other points of a sweep draw. */
bool comparison_may_be_empty(const struct comparison *c, const char *path);

/** Whether a path is of what a build says of inputs, by its own table of keys. */
bool comparison_is_of_keys(const char *path);

/** What is there, words, texts and attributes. */
HR_MUST_CHECK
enum hr_status comparison_of_words(const struct comparison *c);

/** Attributes of data sets that are not of what a result says. */
HR_MUST_CHECK
enum hr_status comparison_of_attributes(const struct comparison *c);

#endif
