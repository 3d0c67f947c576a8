#include "name_list.h"

#include <stdio.h>
#include <string.h>

enum { NAMED = 5 };

void name_list_add(struct name_list *names, const char *name)
{
    const size_t used = strlen(names->text);

    if (names->count++ < NAMED)
        snprintf(names->text + used, names->size - used, "%s%s",
                 names->count > 1 ? ", " : "", name);
}

void name_list_end(struct name_list *names)
{
    const size_t used = strlen(names->text);

    if (names->count > NAMED)
        snprintf(names->text + used, names->size - used, " and %zu more",
                 names->count - NAMED);
}
