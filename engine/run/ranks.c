#include "ranks.h"

#include <stdlib.h>

/* What launchers tell of the job; where none of it is said there is one process. */
static const char *const sizes[] = {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"};
static const char *const ranks[] = {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK"};

uint64_t ranks_launched(void)
{
    uint64_t most = 1;

    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
        const char *text = getenv(sizes[i]);
        const uint64_t size = text == NULL ? 1 : strtoull(text, NULL, 10);

        most = size > most ? size : most;
    }
    return most;
}

bool ranks_are_launched(void)
{
    for (size_t i = 0; i < sizeof(ranks) / sizeof(*ranks); i++) {
        if (getenv(ranks[i]) != NULL)
            return true;
    }
    return false;
}
