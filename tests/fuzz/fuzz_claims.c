#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_table("budget_table.yaml", "delegated.table", data, size);
    return 0;
}
