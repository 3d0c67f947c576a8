#include "order.h"

#include <math.h>

void order_falling(const double *key, size_t count, size_t *place)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = i;

        while (at > 0 && !isnan(key[i]) &&
               (isnan(key[place[at - 1]]) || key[place[at - 1]] < key[i])) {
            place[at] = place[at - 1];
            at--;
        }
        place[at] = i;
    }
}
