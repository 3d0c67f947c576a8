#include "processor.h"

#include <string.h>

#if defined(__x86_64__)

static bool runs_v2(void)
{
    return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt");
}

static bool runs_v3(void)
{
    return runs_v2() && __builtin_cpu_supports("avx2") &&
           __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2");
}

static bool runs_v4(void)
{
    return runs_v3() && __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

bool processor_runs(const char *level)
{
    return (strcmp(level, "v2") == 0 && runs_v2()) ||
           (strcmp(level, "v3") == 0 && runs_v3()) ||
           (strcmp(level, "v4") == 0 && runs_v4());
}

#else

bool processor_runs(const char *level)
{
    (void)level;
    return false;
}

#endif
