/** @file
 * What running a scenario and running it at many points have in common.
 */
#ifndef HEADROOM_RUN_COMMAND_H
#define HEADROOM_RUN_COMMAND_H

#include "command.h"

/** Run as the arguments say, at every point of a sweep where it @p sweeps; @p about
 * is told by --help. The exit status. */
int run_start(int argc, char **argv, bool sweeps, const char *about);

#endif
