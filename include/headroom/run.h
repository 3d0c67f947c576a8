/** @file
 * Running a scenario: all trials into a result file or a result in memory, one trial
 * with its full ledger, and the check that a file holds what a run would write.
 *
 * Every function that can fail writes one sentence into the hr_error it is lent.
 */
#ifndef HEADROOM_RUN_H
#define HEADROOM_RUN_H

#include "headroom/error.h"
#include "headroom/result.h"
#include "headroom/scenario.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a run towards a file does with parts of it that are there already. */
enum hr_run_parts {
    HR_PARTS_REFUSE, /**< say so */
    HR_PARTS_RESUME, /**< go on from them */
    HR_PARTS_DISCARD /**< remove them */
};

/** Processes that share runs: the ranks of an MPI job, where the library is built for
 * it
 * (-DHEADROOM_MPI=ON). NULL stands for a process alone. All calls are the main
 * thread's. */
struct hr_ranks;

/** Join the job that a launcher such as mpirun started, before anything else of it is
 * used; MPI is begun where it is not yet. NULL where no launcher did. HR_BAD_INPUT
 * where one started several processes and the library is built without MPI. */
HR_MUST_CHECK
enum hr_status hr_ranks_open(struct hr_ranks **ranks, struct hr_error *error);

/** Leave the job, and end MPI where hr_ranks_open() began it; every rank calls it. NULL
 * is harmless. */
void hr_ranks_close(struct hr_ranks *ranks);

/** Number of this process, from 0, and how many there are. */
int hr_ranks_own(const struct hr_ranks *ranks);
int hr_ranks_count(const struct hr_ranks *ranks);

/** Wait for all ranks, and fail where one of them did: each passes its own status and
 * error and gets those of the first rank that failed. Every rank calls it. Ranks that
 * have failed once stay failed. */
HR_MUST_CHECK
enum hr_status hr_ranks_agree(struct hr_ranks *ranks, enum hr_status status,
                              struct hr_error *error);

/** Zeros mean: as the machine says. Trials and seed are the scenario's own. */
struct hr_run_options {
    int threads;                 /**< 0: as many as OpenMP would take */
    const char *instruction_set; /**< "v2", "v3", "v4", or NULL for the best */
    const char *scenario_text;   /**< as the user wrote it, kept in the file; or NULL */
    const char *changes;         /**< made to it, one a line, kept too; or NULL */
    bool overwrite; /**< hr_run() replaces whatever file it finds, not only an empty one
                         or a result of the same inputs */
    bool neutral;   /**< keep beside the result what the first 1,000 trials give with
                         assumed numbers neutral: another 20 % of 10,000 trials' time */
    /** Called a few times a second while trials run, or NULL; false stops the run. */
    bool (*progress)(void *context, uint64_t done, uint64_t trials);
    void *progress_context;
    /** Told where a long run stands, the answer so far and what of it is on disk: after
     * ten seconds, twenty, forty and so on but at least every ten minutes; or NULL. */
    void (*stand)(void *progress_context, const char *sentence);
    /** Told what a user should know although nothing failed; or NULL. */
    void (*say)(void *progress_context, const char *sentence);

    /* Of hr_run_open() alone, for questions that runs answer: such a run is not saved.
     */
    const char *only;    /**< forms, with commas between, that are run, and the
                              reference; NULL: all */
    unsigned chance;     /**< stream, 0 to 7, of all that is chance */
    const char *redrawn; /**< keys, or patterns, with commas between, whose draws are on
                              stream 1; NULL: none */

    /* Of hr_run() alone: what outlives the process. */
    enum hr_run_parts parts;
    double checkpoint_seconds; /**< each time after so many, what is finished is written
                                    beside the result; 0: never, and what is stopped
                                    leaves nothing */
    double memory_bytes; /**< that the run may take; above it trials are written; 0: 1
                            GB */
    bool extend; /**< what stands under the path is a result of fewer trials of the same
                      inputs: only those after it are run, and the longer one is put in
                      its place */
    unsigned shard, shards; /**< run the shard-th, from 1, of so many near-equal ranges
                                 into parts, and no result; 0: it is no shard */
    bool break_lock;        /**< go on where the file system has no locks */
    const char *const *reuse; /**< results of which a sweep takes what it would run */
    size_t reuses;
    const char *command;    /**< how the user would start it again; or NULL */
    unsigned planned_ranks; /**< of hr_run_plan() alone: how many would share the run;
                                 0: one */
    struct hr_ranks *ranks; /**< that share the run, each of which calls hr_run(), or
                                 hr_sweep(), with the same scenario and path; NULL: it
                                 is alone */
};

/** The scenario that a result was made from, read again from what the result holds and
 * from nothing else. HR_NOT_HELD where it cannot be read, gives other numbers in this
 * version, or is of another seed, other trials, forms or practices than the rest of the
 * result. The caller frees it; on failure it is NULL. */
HR_MUST_CHECK
enum hr_status hr_run_scenario(const struct hr_result *result,
                               struct hr_scenario **scenario, struct hr_error *error);

/** How a run came to its end where the scenario says `stop`. Names are the scenario's.
 */
struct hr_run_stop {
    const char *reason; /**< ranking, targets, trials or seconds; NULL: there is no stop
                         */
    int looks;          /**< taken */
    const char *objective; /**< it was ranked by; or NULL */
    bool resolved;
    const char *leader;
    const char *ahead, *behind; /**< the pair hardest to tell apart */
    double lead;                /**< of that pair, in standard errors */
    double wanted;              /**< from which it is told apart at the last look */
    size_t targets, targets_met;
};

enum { HR_RUN_STAGES = 16 /**< most stages a quarter has */ };

/** What a run took, for whoever started it. */
struct hr_run_facts {
    uint64_t trials;
    double seconds;
    int threads; /**< of each rank */
    int ranks;   /**< 1: it was alone */
    const char *instruction_set;
    uint64_t near_tie_trials; /**< trials in which a comparison was too close to call */
    double imbalance;         /**< worst of any trial, as a share of gross flows */
    double least_workload, most_workload; /**< mean of a form's trials; outside 0.8 to
                                               1.3 capacity and demand do not fit */
    size_t stages;
    const char *stage_names[HR_RUN_STAGES];
    double stage_seconds[HR_RUN_STAGES]; /**< on the first thread */
    size_t block_bytes;                  /**< working memory of one thread */
    size_t points, points_there; /**< of hr_merge(): of a sweep, and how many of them
                                      the file has; 0: it was a run */
    struct hr_run_stop stop;
};

/** A run that is open: it can be advanced any number of times, looked at and saved. */
struct hr_runner;
struct hr_result;

/** Begin a run of @p scenario, which must live and stay as it is until the run is
 * closed, as must all that @p options name. No trial is run. */
HR_MUST_CHECK
enum hr_status hr_run_open(const struct hr_scenario *scenario,
                           const struct hr_run_options *options,
                           struct hr_runner **runner, struct hr_error *error);

/** NULL is harmless. */
void hr_run_close(struct hr_runner *runner);

/** Run trials until there are @p trials of them, whatever number the scenario names.
 * However a run got there, its trials and all that is reckoned from them have the same
 * bits. HR_STOPPED where progress said so: what was finished stays, and the next
 * advance goes on from there. HR_BAD_INPUT where there are more already. */
HR_MUST_CHECK
enum hr_status hr_run_advance(struct hr_runner *runner, uint64_t trials,
                              struct hr_error *error);

/** Trials that are finished. */
uint64_t hr_run_trials(const struct hr_runner *runner);

/** What the run took so far. */
void hr_run_describe(const struct hr_runner *runner, struct hr_run_facts *facts);

/** All that a result file of the trials so far would hold, in memory (result.h). It
 * lives until it is closed, and must be before the run is advanced or closed. */
HR_MUST_CHECK
enum hr_status hr_run_result(const struct hr_runner *runner, struct hr_result **result,
                             struct hr_error *error);

/** Publish the trials so far as @p path, complete or not at all. */
HR_MUST_CHECK
enum hr_status hr_run_save(const struct hr_runner *runner, const char *path,
                           struct hr_error *error);

/** Open, advance to the scenario's trials, save, close: run @p scenario and publish the
 * result as @p path, complete or not at all. Where the scenario says `stop`, the run is
 * looked at on its way and ends at the first look that finds what is asked for: it is
 * then, to the bit, a run of so many trials. A path under which no file can be put, or
 * which holds what would be lost, is refused before any trial runs. */
HR_MUST_CHECK
enum hr_status hr_run(const struct hr_scenario *scenario,
                      const struct hr_run_options *options, const char *path,
                      struct hr_run_facts *facts, struct hr_error *error);

/** How parts are merged. */
struct hr_merge_options {
    bool partial;    /**< publish the trials before the first that is missing */
    bool overwrite;  /**< as in hr_run_options; a result of fewer trials is replaced
                          without it */
    bool break_lock; /**< likewise */
    bool neutral;    /**< likewise */
    void (*say)(void *context, const char *sentence); /**< likewise; or NULL */
    void *context;
};

/** Publish the result @p path from the parts that shards, or a stopped run, left beside
 * it, and remove them. HR_BAD_INPUT with the trials that are missing; the commands that
 * would run them are told, one by one. Of a sweep the points that are done are joined;
 * partial publishes those that are there, the others as not run yet. */
HR_MUST_CHECK
enum hr_status hr_merge(const char *path, const struct hr_merge_options *options,
                        struct hr_run_facts *facts, struct hr_error *error);

/** What a run would take: bytes of memory and of the file, without running it. */
struct hr_run_plan {
    uint64_t trials;
    size_t sites, forms, quarters;
    int threads;
    double memory_bytes; /**< of a rank */
    double file_bytes;
    double
        parts_bytes; /**< of the parts beside the result, at most; 0: it writes none */
    uint64_t checkpoints; /**< about how many parts */
    double seconds;       /**< from some of its trials, run on this machine, which is
                               taken for each rank's */
};

/** Reckon what a run would take; some of its trials are run to time this machine. */
HR_MUST_CHECK
enum hr_status hr_run_plan(const struct hr_scenario *scenario,
                           const struct hr_run_options *options,
                           struct hr_run_plan *plan, struct hr_error *error);

/** One trial, quarter by quarter, with its full ledger. */
struct hr_replay;

/** Tables of a replay; each has rows by quarter and its own columns. */
enum hr_replay_table {
    HR_REPLAY_DRIVERS,       /**< one unit, the same under all forms */
    HR_REPLAY_SITES,         /**< by form and site, ascending practice code */
    HR_REPLAY_ORGANISATIONS, /**< by form and organisation */
    HR_REPLAY_LEDGER,        /**< one unit a form: changes of the bearers, nominal */
};

/** Run one trial again, under every form. */
HR_MUST_CHECK
enum hr_status hr_replay_run(const struct hr_scenario *scenario, uint64_t trial,
                             struct hr_replay **replay, struct hr_error *error);

/** NULL is harmless. */
void hr_replay_free(struct hr_replay *replay);

/** How many there are; units: practices or organisations of a form, or 1. */
size_t hr_replay_quarters(const struct hr_replay *replay);
size_t hr_replay_forms(const struct hr_replay *replay);
size_t hr_replay_units(const struct hr_replay *replay, enum hr_replay_table table,
                       size_t form);

/** Columns of a table; NULL after the last. */
const char *hr_replay_column(enum hr_replay_table table, size_t column);
const char *hr_replay_unit(enum hr_replay_table table, size_t column);

/** Name of a unit: a practice code, or the lowest code of an organisation. */
const char *hr_replay_name(const struct hr_replay *replay, enum hr_replay_table table,
                           size_t form, size_t unit);

/** All columns of one unit in one quarter. */
const double *hr_replay_row(const struct hr_replay *replay, enum hr_replay_table table,
                            size_t form, size_t unit, size_t quarter);

/** A metric of the replayed trial, by its number in the table of metrics. */
size_t hr_replay_metrics(void);
const char *hr_replay_metric_name(size_t metric);
double hr_replay_metric(const struct hr_replay *replay, size_t form, size_t metric);

/** What held. */
struct hr_verified {
    enum hr_result_proof proof; /**< that the file is what was written */
    bool analysis;   /**< and was made of a result (decision.h): that is all there is to
                          hold it against */
    uint64_t trials; /**< it holds */
    uint64_t trials_again; /**< of these run again; they run in blocks */
    bool every_trial;      /**< then paths and practices were reckoned again too */
    bool no_trials;     /**< the file keeps none, and not all were run again: there was
                           nothing     to hold a sample against */
    char left_out[768]; /**< by trial, as hr_result_left_out() says it */
    char worded[HR_RESULT_NOTE]; /**< another build wrote it, whose words or table of
                                    keys are others: the first that is, or "" */
    bool other_numbers; /**< made by a version of which this one gives other numbers: no
                             trial was run again */
};

/** Check a result file: its bytes or, where another program has cut off its seal, what
 * it holds by its hashes; what it says of its trials, reckoned anew; and @p sample of
 * its trials, from first to last, run again from the inputs it holds. With a sample as
 * large as its trials everything is. An analysis is checked by its bytes and hashes
 * alone. HR_NOT_HELD, with a sentence, where anything differs. */
HR_MUST_CHECK
enum hr_status hr_verify(const char *path, uint64_t sample, struct hr_verified *held,
                         struct hr_error *error);

#ifdef __cplusplus
}
#endif

#endif
