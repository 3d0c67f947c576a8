/** @file
 * The parts of a run that lie in its folder, those that count and no others.
 */
#ifndef HEADROOM_PART_LIST_H
#define HEADROOM_PART_LIST_H

#include "part_file.h"
#include "parts_folder.h"

#include "headroom/run.h"

/** Disjoint parts by ascending trials. */
struct part_list {
    struct part_file *part;
    size_t count;
};

/** Who is told what was found, and how many look. */
struct part_teller {
    void (*say)(void *context, const char *sentence); /**< NULL: nobody */
    void *context;
    int threads; /**< that check bytes; 0: as many as there are */
};

/** Read what the parts of a folder are. One that is damaged is renamed to *.damaged,
 * one that overlaps another in part to *.double, one that lies within another is left
 * out; all are told. */
HR_MUST_CHECK
enum hr_status part_list_read(struct part_list *list, const struct parts_folder *folder,
                              const struct part_teller *teller, struct hr_error *error);

/** The same of the parts whose names begin with @p prefix. */
HR_MUST_CHECK
enum hr_status part_list_read_some(struct part_list *list,
                                   const struct parts_folder *folder,
                                   const char *prefix, const struct part_teller *teller,
                                   struct hr_error *error);
void part_list_free(struct part_list *list);

/** Trials that are there. */
uint64_t part_list_trials(const struct part_list *list);

/** HR_BAD_INPUT, with the keys that differ, where a part is of another run than
 * @p identity, which is that of @p scenario. */
HR_MUST_CHECK
enum hr_status part_list_check(const struct part_list *list, const char *identity,
                               const struct hr_scenario *scenario,
                               struct hr_error *error);

#endif
