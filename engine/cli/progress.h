/** @file
 * How far a run has come: a bar on a terminal, lines in a log, after ten seconds,
 * twenty, forty and so on but at least every ten minutes; and
 * whether it is to go on.
 */
#ifndef HEADROOM_PROGRESS_H
#define HEADROOM_PROGRESS_H

#include "headroom/run.h"

#include <stdbool.h>
#include <stdint.h>

struct progress {
    bool terminal;
    bool stopped;
    bool quiet; /**< tells nothing */
    double started;
    double shown;     /**< seconds at which it was last shown */
    double next_line; /**< seconds from the start at which a log gets its next line */
    /* Work may be many runs, one after another, and a run may find trials done. */
    unsigned run;          /**< the one at hand, from 1 */
    uint64_t done, trials; /**< of it */
    uint64_t counted;      /**< trials of all runs since the first report */
    double counting;       /**< seconds at which that was */
};

enum { PROGRESS_RATE = 40 };

/** How fast trials run, as people say it: `1234 trials/s`, `0.31 trials/s`; nothing
 * where it is not known. */
const char *progress_rate(double rate, char text[PROGRESS_RATE]);

/** From here on a request to stop waits for progress_report(). */
void progress_start(struct progress *progress);

/** The same, and have a run or a sweep report to it, which is told unless @p quiet. */
void progress_watch(struct progress *progress, struct hr_run_options *options,
                    bool quiet);

/** For hr_run_options.progress; @p context is a struct progress. False once someone
 * has asked to stop. */
bool progress_report(void *context, uint64_t done, uint64_t trials);

/** For hr_run_options.stand. */
void progress_stand(void *context, const char *sentence);

void progress_end(struct progress *progress);

#endif
