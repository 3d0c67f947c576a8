/** @file
 * What run and merge ask for about the parts of a long run.
 */
#ifndef HEADROOM_PARTS_OPTIONS_H
#define HEADROOM_PARTS_OPTIONS_H

#include "headroom/run.h"

#include <argp.h>

/** --resume, --discard, --extend, --checkpoint-every, --memory, --shard and
 * --break-lock. Its input is a struct hr_run_options. */
extern const struct argp parts_argp;

/** The command line that began a run, but for what chooses among its parts and how fast
 * it runs, quoted for a shell; freed by the caller; NULL without memory. */
char *parts_command(int argc, char **argv);

/** For hr_run_options.say and hr_merge_options.say: a line on standard error. */
void parts_say(void *context, const char *sentence);

#endif
