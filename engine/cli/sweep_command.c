#include "run_command.h"

static int sweep_main(int argc, char **argv)
{
    return run_start(
        argc, argv, true,
        "Run a scenario at every point of its sweep, or of --axis, on the same "
        "draws and with the same calibration, and write one result file: "
        "complete, or not at all. Forms that no axis changes run once.");
}

const struct command sweep_command = {
    "sweep", "run a scenario at many points into one result file", sweep_main, REPORTS,
    30};
