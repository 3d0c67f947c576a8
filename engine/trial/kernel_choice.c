#include "kernel.h"

#include "kernel_builds.h"

#include <string.h>

#define DECLARE(level) extern const struct kernel kernel_build_##level;
HR_KERNELS(DECLARE)
#undef DECLARE

static int supported_v2(void)
{
    return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt");
}

static int supported_v3(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("fma");
}

static int supported_v4(void)
{
    return supported_v3() && __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512bw");
}

static int supported(const char *name)
{
    if (strcmp(name, "v4") == 0)
        return supported_v4();
    if (strcmp(name, "v3") == 0)
        return supported_v3();
    return supported_v2();
}

size_t kernel_list(struct kernel kernels[], size_t most)
{
    static const struct kernel *const built[] = {
#define ADDRESS(level) &kernel_build_##level,
        HR_KERNELS(ADDRESS)
#undef ADDRESS
    };
    size_t count = 0;

    for (size_t k = 0; k < sizeof(built) / sizeof(*built) && count < most; k++) {
        if (supported(built[k]->name))
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
