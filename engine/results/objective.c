#include "objective.h"

#include <string.h>

const struct objective objectives[VIEWS] = {
    [VIEW_EVERYONE] = {"economic", "economic_net_position_less_unmet"},
    [VIEW_PUBLIC] = {"public", "net_monetary_benefit"},
    [VIEW_GPS] = {"gp", "todays_gps"},
    [VIEW_PATIENTS] = {"patient", "unmet_appointments"},
};

bool objective_find(const char *name, enum view *view)
{
    for (int v = 0; v < VIEWS; v++) {
        if (strcmp(objectives[v].name, name) == 0) {
            *view = (enum view)v;
            return true;
        }
    }
    return false;
}
