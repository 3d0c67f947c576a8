#include "claims_kernel.h"

#include "processor.h"

extern const struct claims_kernel claims_kernel_plain;
extern const struct claims_kernel claims_kernel_v2;
extern const struct claims_kernel claims_kernel_v3;
extern const struct claims_kernel claims_kernel_v4;

static const struct claims_kernel *const sets[] = {
    &claims_kernel_plain,
#ifdef CLAIMS_V2
    &claims_kernel_v2,
#endif
#ifdef CLAIMS_V3
    &claims_kernel_v3,
#endif
#ifdef CLAIMS_V4
    &claims_kernel_v4,
#endif
};

enum { SETS = sizeof(sets) / sizeof(*sets) };

const struct claims_kernel *claims_kernel_at(int i, int *last)
{
    *last = i >= SETS - 1;
    if (i >= SETS || (i > 0 && !processor_runs(sets[i]->name)))
        return NULL;
    return sets[i];
}

const struct claims_kernel *claims_kernel(void)
{
    int last = 0;

    for (int i = SETS - 1; i > 0; i--) {
        const struct claims_kernel *kernel = claims_kernel_at(i, &last);

        if (kernel != NULL)
            return kernel;
    }
    return sets[0];
}
