/** @file
 * Reading result files: what a run has written, checked before it is believed.
 *
 * A file that is open has the right schema, was completed, holds what was written and
 * is laid out as documented; its numbers are read when first asked for. Everything
 * returned belongs to the result and lives until it is closed. One thread at a time.
 *
 * Paths and axes are documented in results/README.md.
 */
#ifndef HEADROOM_RESULT_H
#define HEADROOM_RESULT_H

#include "headroom/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct hr_result;

enum {
    HR_RESULT_RANK = 4,   /**< most axes a data set has */
    HR_RESULT_NUMBERS = 7 /**< the attribute "numbers": raised whenever the same inputs
                               give other numbers; files before it have none: 1 */
};

/** A data set of numbers, the last axis running fastest. */
struct hr_result_values {
    const double *value; /**< NaN where a number does not exist */
    size_t count;        /**< product of the sizes */
    int rank;
    size_t size[HR_RESULT_RANK];
    const char *axis[HR_RESULT_RANK]; /**< such as "form" */
    const char *unit;
    const char *long_name;
    bool money;      /**< in pounds of the price base */
    bool discounted; /**< a present value */
};

/** Whether the bytes of a file are those that were written: HR_NOT_HELD where one bit
 * is not, or where nothing says so, as another program wrote to the file. */
HR_MUST_CHECK
enum hr_status hr_result_check_bytes(const char *path, struct hr_error *error);

/** Why what stands in an open file is what was written. */
enum hr_result_proof {
    HR_RESULT_BY_SEAL,    /**< its bytes are */
    HR_RESULT_BY_CONTENT, /**< the seal is gone, as where another program wrote a copy
                             or opened the file for writing, but both hashes hold */
    HR_RESULT_UNPROVEN,   /**< nobody looked: see hr_result_options */
};

/** Open a file. Its bytes are checked or, without a seal, its hashes; then its layout,
 * by another process first, since a hostile file may bring HDF5 down. Fails with
 * HR_BAD_INPUT where there is no such file, it is no result set, is made as none is,
 * incomplete or cut short, or needs a newer program; with HR_NOT_HELD where what it
 * holds is not what was written. Takes as long as reading the file twice. */
HR_MUST_CHECK
enum hr_status hr_result_open(const char *path, struct hr_result **result,
                              struct hr_error *error);

/** How a result is opened; {0}: proven first. */
struct hr_result_options {
    bool unproven; /**< check its layout only: for files of gigabytes. Numbers are still
                        checked against their checksums when they are read */
    bool analyses; /**< open what was made of a result (decision.h) too */
};

/** The same; @p options may be NULL. */
HR_MUST_CHECK
enum hr_status hr_result_open_as(const char *path,
                                 const struct hr_result_options *options,
                                 struct hr_result **result, struct hr_error *error);

enum hr_result_proof hr_result_proof(const struct hr_result *result);
bool hr_result_is_analysis(const struct hr_result *result);
void hr_result_close(struct hr_result *result); /**< NULL is harmless */

/** A text: of a data set ("/inputs/scenario_resolved") or of an attribute of the file
 * ("title") or of a group ("/inputs/calibration/note"). NULL where there is none. */
const char *hr_result_text(const struct hr_result *result, const char *path);

/** A number among the attributes of the file ("seconds") or of a group
 * ("/inputs/calibration/factor"). False where there is none. */
bool hr_result_number(const struct hr_result *result, const char *path, double *number);

/** The same for whole numbers ("seed", "trials"), exact up to 2^64 - 1. */
bool hr_result_integer(const struct hr_result *result, const char *path,
                       uint64_t *integer);

/** Labels of an axis ("form") or a column of words ("/inputs/assumptions/source").
 * NULL where there is none; axes of numbers (trial, quarter) have none. */
const char *const *hr_result_labels(const struct hr_result *result, const char *name,
                                    size_t *count);

/** Place of @p label on an axis of labels; false where it is not there. */
bool hr_result_find(const struct hr_result *result, const char *axis, const char *label,
                    size_t *place);

/** The place of a form among the labels of "form"; HR_BAD_INPUT with the names that
 * there are where it is none of them. */
HR_MUST_CHECK
enum hr_status hr_result_find_form(const struct hr_result *result, const char *name,
                                   size_t *place, struct hr_error *error);

/** Numbers of a data set ("/trials/economic_net_position"). Fails with HR_BAD_INPUT
 * where there is no such data set, HR_NOT_HELD where a checksum does not hold. */
HR_MUST_CHECK
enum hr_status hr_result_values(struct hr_result *result, const char *path,
                                struct hr_result_values *values,
                                struct hr_error *error);

/** Let go of the numbers of a data set: they are read again when asked for, and what
 * hr_result_values() gave of it is gone. For files larger than memory. A result that is
 * in memory, not in a file, keeps its numbers. */
void hr_result_release(struct hr_result *result, const char *path);

/** Points of the sweep that the file holds; 1 of a run. */
size_t hr_result_points(const struct hr_result *result);

/** From now on hr_result_values() gives of data sets along points those of this one
 * alone, as of a run; not of those under "/points". A file of one point has it chosen.
 * False where there is no such point. */
bool hr_result_choose(struct hr_result *result, size_t point);

/** The point that is chosen; 0 where none is. */
size_t hr_result_chosen(const struct hr_result *result);

/** Data sets of numbers, group by group. */
size_t hr_result_count(const struct hr_result *result);
const char *hr_result_path(const struct hr_result *result, size_t i);

/** What results hold since a later 1.x and this one, of an earlier, does not: path
 * after path, a last part of * for any name; NULL after the last. */
const char *hr_result_lacks(const struct hr_result *result, size_t i);

/** What of the tables by trial the run of a file did not store, as the end of a
 * sentence
 * ("it keeps no trials (store.trials)"); false, and nothing, where it stored all. */
bool hr_result_left_out(const struct hr_result *result, char *text, size_t size);

/** Whether this program gives the same numbers as the one that wrote the file. */
bool hr_result_same_numbers(const struct hr_result *result);

enum { HR_RESULT_HASH = 65 /**< bytes of a hash as text */ };

/** The content hash that a file bears, which is neither checked nor proven: of a file
 * that was just written. HR_BAD_INPUT where it bears none. */
HR_MUST_CHECK
enum hr_status hr_result_hash_of(const char *path, char hash[HR_RESULT_HASH],
                                 struct hr_error *error);

/** Compute anew, from the trials it holds, what the file says of them: summaries,
 * comparisons, bearers, the largest imbalance. HR_NOT_HELD names what differs by one
 * bit. Errors of quantiles only where hr_result_same_numbers(). */
HR_MUST_CHECK
enum hr_status hr_result_verify_derived(struct hr_result *result,
                                        struct hr_error *error);

enum { HR_RESULT_NOTE = 384 /**< bytes of a note */ };

/** Whether all that a file holds - every trial, path, practice and input, in which
 * units, along which axes, in which words - is what running it @p again gave, bit by
 * bit; HR_NOT_HELD names what is not. What people and machines state of themselves is
 * left out: see results/README, "What verify cannot know". Where another build wrote
 * the file, words may be others and things may be there or not: @p noted, of
 * HR_RESULT_NOTE bytes, then holds the first such difference, and else "". Of a sweep
 * the chosen point is compared, but for its inputs. */
HR_MUST_CHECK
enum hr_status hr_result_compare(struct hr_result *result, struct hr_result *again,
                                 char *noted, struct hr_error *error);

/** Read everything and compute both hashes anew; HR_NOT_HELD says which differs. */
HR_MUST_CHECK
enum hr_status hr_result_verify_hash(struct hr_result *result, struct hr_error *error);

#ifdef __cplusplus
}
#endif

#endif
