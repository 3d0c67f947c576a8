#include "claims_kernel.h"

#include <stdbool.h>

extern const struct claims_kernel claims_kernel_plain;
extern const struct claims_kernel claims_kernel_v2;
extern const struct claims_kernel claims_kernel_v3;
extern const struct claims_kernel claims_kernel_v4;

struct compiled {
    bool (*runs)(void); /**< on this processor */
    const struct claims_kernel *kernel;
};

#if defined(__x86_64__)

static bool runs_v2(void)
{
    return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt");
}

static bool runs_v3(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}

static bool runs_v4(void)
{
    return runs_v3() && __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

#endif

static bool runs_plain(void)
{
    return true;
}

static const struct compiled sets[] = {
    {runs_plain, &claims_kernel_plain},
#ifdef CLAIMS_V2
    {runs_v2, &claims_kernel_v2},
#endif
#ifdef CLAIMS_V3
    {runs_v3, &claims_kernel_v3},
#endif
#ifdef CLAIMS_V4
    {runs_v4, &claims_kernel_v4},
#endif
};

enum { SETS = sizeof(sets) / sizeof(*sets) };

const struct claims_kernel *claims_kernel_at(int i, int *last)
{
    *last = i >= SETS - 1;
    if (i >= SETS || !sets[i].runs())
        return NULL;
    return sets[i].kernel;
}

const struct claims_kernel *claims_kernel(void)
{
    int last = 0;

    for (int i = SETS - 1; i > 0; i--) {
        const struct claims_kernel *kernel = claims_kernel_at(i, &last);

        if (kernel != NULL)
            return kernel;
    }
    return sets[0].kernel;
}
