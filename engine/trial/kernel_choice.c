#include "kernel.h"

#include "kernel_builds.h"
#include "processor.h"

#include <string.h>

#define DECLARE(level) extern const struct kernel kernel_build_##level;
HR_KERNELS(DECLARE)
#undef DECLARE

size_t kernel_list(struct kernel kernels[], size_t most)
{
    static const struct kernel *const built[] = {
#define ADDRESS(level) &kernel_build_##level,
        HR_KERNELS(ADDRESS)
#undef ADDRESS
    };
    size_t count = 0;

    for (size_t k = 0; k < sizeof(built) / sizeof(*built) && count < most; k++) {
        if (processor_runs(built[k]->name))
            kernels[count++] = *built[k];
    }
    return count;
}

enum hr_status kernel_choose(const char *name, struct kernel *kernel,
                             struct hr_error *error)
{
    struct kernel kernels[4];
    const size_t count = kernel_list(kernels, 4);

    for (size_t k = 0; k < count; k++) {
        if (name == NULL || strcmp(kernels[k].name, name) == 0) {
            *kernel = kernels[k];
            return HR_OK;
        }
    }
    return hr_fail(error, HR_BAD_INPUT,
                   "no kernel for instruction set \"%s\" here: this build has those of "
                   "x86-64-v2, v3 and v4 that were asked for, and this processor runs "
                   "only what it supports",
                   name == NULL ? "any" : name);
}
