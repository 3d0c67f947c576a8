#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_table("six_practices.yaml", "patch.practices", data, size);
    return 0;
}
