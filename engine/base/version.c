#include "headroom/version.h"

const char *hr_version(void)
{
    return HEADROOM_VERSION;
}

const char *hr_citation(void)
{
    return "Headroom " HEADROOM_VERSION ": how general practice can be organised under "
           "capitation risk and workforce "
           "shocks. Simulation engine, GPL-3.0-or-later.";
}
