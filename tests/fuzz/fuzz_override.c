#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_overrides("six_practices.yaml", data, size);
    return 0;
}
