#include "persistence.h"

enum hr_status persistence_check(const struct persistence *persistence,
                                 struct hr_error *error)
{
    if (!(persistence->sd >= 0.0 && persistence->sd <= 1.0))
        return hr_fail(error, HR_BAD_INPUT,
                       "a persistent cost factor of sd %g is outside [0, 1]",
                       persistence->sd);
    if (!(persistence->phi >= 0.0 && persistence->phi < 1.0))
        return hr_fail(error, HR_BAD_INPUT,
                       "a year-to-year correlation of %g is outside [0, 1)",
                       persistence->phi);
    return HR_OK;
}
