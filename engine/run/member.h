/** @file
 * A rank at work: it runs units of blocks, writes each as a part, and tells the others
 * how far it is.
 *
 * Only where there is MPI; all calls are the main thread's.
 */
#ifndef HEADROOM_MEMBER_H
#define HEADROOM_MEMBER_H

#include "ranks.h"
#include "stored_run.h"

/** How the blocks are shared out: the same on all ranks, so that a unit's number says
 * which blocks it is. */
struct member_shares {
    uint64_t ranges;
    uint64_t least, most; /**< blocks of a unit; powers of two */
    uint64_t before;      /**< blocks that were there */
    uint64_t trials;      /**< of all, those that were there too */
};

/** Start with member_of(). */
struct member {
    struct hr_ranks *ranks;
    struct member_shares shares;
    struct range *missing; /**< [shares.ranges] */
    struct queue queue;    /**< of the units that were passed */
    uint64_t passed;       /**< units */
    bool stopped;          /**< it was asked to stop, or another rank was */
    uint64_t done;         /**< blocks of the job, as far as this rank was told */
    uint64_t told;  /**< blocks of what it runs now that all ranks were told of */
    double looked;  /**< clock_seconds() */
    char *names;    /**< of the parts it wrote, one a line */
    size_t written; /**< bytes of them */
};

struct member member_of(struct hr_ranks *ranks);
void member_free(struct member *member);

/** Units of how many blocks rank 0 would have at least, and at most. */
void member_set_units(struct member *member, uint64_t least, uint64_t most);

/** For rank 0, before the work is shared: these blocks are missing. */
HR_MUST_CHECK
enum hr_status member_add_missing(struct member *member, const struct range *missing,
                                  struct hr_error *error);

/** What rank 0 has listed is to be run by all. Every rank calls it, rank 0 with what
 * became of its list. */
HR_MUST_CHECK
enum hr_status member_share(struct member *member, enum hr_status listed,
                            struct hr_error *error);

/** Take units and run them until none is left or a rank is to stop; every rank calls
 * it, and it ends on all of them. */
HR_MUST_CHECK
enum hr_status member_work(struct member *member,
                           enum hr_status run(void *context, struct member *member,
                                              const struct range *unit,
                                              struct hr_error *error),
                           void *context, struct hr_error *error);

/** Run a unit of @p run and write what is finished as parts, not more of it at once
 * than memory holds. Where it is stopped in between the rest is left. */
HR_MUST_CHECK
enum hr_status member_run(struct member *member, struct stored_run *run,
                          struct range unit, struct hr_error *error);

/** Call @p take at rank 0 with the path of each part that any rank wrote, once it is
 * seen there. Every rank calls it. */
HR_MUST_CHECK
enum hr_status member_gather(struct member *member, const struct parts_folder *folder,
                             enum hr_status take(void *context, const char *path,
                                                 struct hr_error *error),
                             void *context, struct hr_error *error);

/** Refuse a folder that rank 0 has made and that this rank does not see. */
HR_MUST_CHECK
enum hr_status member_sees(const struct parts_folder *folder, struct hr_error *error);

#endif
