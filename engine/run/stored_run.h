/** @file
 * A run towards a result file, whose finished parts outlive the process.
 */
#ifndef HEADROOM_STORED_RUN_H
#define HEADROOM_STORED_RUN_H

#include "part_list.h"
#include "stored_keep.h"

/** The blocks of shard @p shard, from 1, of @p shards: near-equal and without gaps. */
struct range stored_run_share(uint64_t blocks, uint64_t shard, uint64_t shards);

/** Of a run that is open, to @p trials; nothing is looked at yet. */
HR_MUST_CHECK
enum hr_status stored_run_init(struct stored_run *run, struct hr_runner *runner,
                               const char *path, uint64_t trials,
                               struct hr_error *error);

/** Take up the parts that are there, or discard them, as the run's options say; refuse
 * where they say neither. */
HR_MUST_CHECK
enum hr_status stored_run_open(struct stored_run *run, struct hr_error *error);

/** Add parts to the run; the list is left empty. */
HR_MUST_CHECK
enum hr_status stored_run_take(struct stored_run *run, struct part_list *list,
                               struct hr_error *error);

/** Run what is missing of the run's own blocks, writing parts on the way. */
HR_MUST_CHECK
enum hr_status stored_run_advance(struct stored_run *run, struct hr_error *error);

/** The first blocks of its own, from block @p from on, that are missing; false where
 * none is. */
bool stored_run_missing(const struct stored_run *run, uint64_t from,
                        struct range *missing);

/** Blocks whose trials it holds at most before they are written. */
uint64_t stored_run_at_once(const struct stored_run *run);

/** clock_seconds() at which what is finished is to be written; 0: never. */
double stored_run_until(const struct stored_run *run);

/** Refuse a run for which there is no memory. */
HR_MUST_CHECK
enum hr_status stored_run_check_room(struct stored_run *run, struct hr_error *error);

/** How a run that was stopped goes on: a command line where the caller has said it. */
void stored_run_way_on(const struct hr_run_options *options, char *text, size_t size);

/** Trials of its own blocks that are finished. */
uint64_t stored_run_done(const struct stored_run *run);

/** Let go of it, as parts_folder_close() does. */
void stored_run_close(struct stored_run *run,
                      void (*say)(void *context, const char *sentence), void *context);

#endif
