/** @file
 * A part of a run on disk: some of its trials and all that is summed over them.
 *
 * An HDF5 file by the same recipe as a result - beside its place, read back, synced,
 * renamed - and sealed: whatever part is there is whole. Numbers of the trial table lie
 * in one piece, so that slices of its rows are read without HDF5.
 */
#ifndef HEADROOM_PART_FILE_H
#define HEADROOM_PART_FILE_H

#include "headroom/error.h"
#include "histogram.h"
#include "row_source.h"
#include "sums.h"

#include <stdint.h>
#include <sys/types.h>

enum { PART_RUN = 65, PART_TEXTS = 7 };

/** Which trials of which run it holds. */
struct part_identity {
    char run[PART_RUN]; /**< identity of the run (scenario.h) */
    uint64_t numbers;   /**< of the engine */
    uint64_t variant;   /**< 0: the scenario */
    uint64_t point;     /**< of a sweep; 0 without one */
    uint64_t first;     /**< trial; a multiple of the block's */
    uint64_t trials;    /**< full blocks of them */
    uint64_t wanted;    /**< trials of the run, as asked for */
    uint64_t shard;     /**< from 1; 0: it was no shard */
    uint64_t shards;
};

/** What a part tells and nobody compares. */
enum part_text {
    PART_SCENARIO,  /**< as the user wrote it */
    PART_RESOLVED,  /**< in full */
    PART_PRACTICES, /**< CSV */
    PART_COMMAND,   /**< that began the run, but for what chooses among its parts */
    PART_VERSION,   /**< of the engine */
    PART_COMMIT,
    PART_CHANGES, /**< made to the scenario, one a line */
};

/** What is written. */
struct part_contents {
    struct part_identity identity;
    const char *text[PART_TEXTS];
    size_t rows, room;
    const double *table; /**< [row][room], of which identity.trials are there; NULL: */
    const struct row_source *source; /**< where rows are read one by one, from 0 on */
    const struct sums *sums;
    const struct histogram *histogram; /**< [path] */
    size_t paths;
};

/** Write a part as @p path, complete or not at all. */
HR_MUST_CHECK
enum hr_status part_file_write(const char *path, const struct part_contents *contents,
                               struct hr_error *error);

/** A part that is there. */
struct part_file {
    char *path;
    struct part_identity identity;
    char *text[PART_TEXTS];
    size_t rows, width, paths; /**< of the table, of a node, of the histograms */
    off_t table;               /**< where it lies in the file */
};

/** Whether a file's bytes are those that were written: HR_NOT_HELD where they are not.
 * Of several files by several threads at once. */
HR_MUST_CHECK
enum hr_status part_file_check(const char *path, struct hr_error *error);

/** Read what a file is whose bytes were checked. As part_file_open() otherwise. */
HR_MUST_CHECK
enum hr_status part_file_read(const char *path, struct part_file *part,
                              struct hr_error *error);

/** Check a file's bytes and read what it is. HR_NOT_HELD where it is damaged or no
 * part; nothing is held then. */
HR_MUST_CHECK
enum hr_status part_file_open(const char *path, struct part_file *part,
                              struct hr_error *error);
void part_file_close(struct part_file *part);

/** Add its sums, of the width of @p sums, and its counts to histograms [path]. */
HR_MUST_CHECK
enum hr_status part_file_load(const struct part_file *part, struct sums *sums,
                              struct histogram *histogram, struct hr_error *error);

/** Trials of a row, by their numbers in the run. */
HR_MUST_CHECK
enum hr_status part_file_row(const struct part_file *part,
                             const struct row_stretch *stretch, double *value,
                             struct hr_error *error);

#endif
