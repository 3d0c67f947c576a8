/** @file
 * What is thrown at the reader of scenarios, and what must hold whatever it is: it is
 * refused with sentences fit for a terminal, or it is read and its resolved text reads
 * the same.
 */
#ifndef HEADROOM_FUZZ_H
#define HEADROOM_FUZZ_H

#include "headroom/scenario.h"

#include <stddef.h>
#include <stdint.h>

/** Called by libFuzzer, and by replay.c with each file of a folder; always 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Read the scenario that @p data is. */
void fuzz_scenario(const uint8_t *data, size_t size);

/** Read the test scenario @p name with @p key naming a file that holds @p data. */
void fuzz_table(const char *name, const char *key, const uint8_t *data, size_t size);

/** Give @p read a file that holds @p data; what it refuses it says in sentences. */
void fuzz_file(const uint8_t *data, size_t size,
               enum hr_status read(const char *path, struct hr_messages *problems));

/** Read the test scenario @p name with each line of @p data as a `-s`. */
void fuzz_overrides(const char *name, const uint8_t *data, size_t size);

#endif
