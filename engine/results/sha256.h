/** @file
 * SHA-256 (FIPS 180-4).
 *
 * Our own, since it is one page and no library that the engine needs anyway has it;
 * any other program can recompute it: Python's hashlib, sha256sum.
 */
#ifndef HEADROOM_SHA256_H
#define HEADROOM_SHA256_H

#include <stddef.h>
#include <stdint.h>

enum { SHA256_BLOCK = 64, SHA256_BYTES = 32, SHA256_TEXT = 2 * SHA256_BYTES + 1 };

struct sha256 {
    uint32_t state[8];
    uint64_t bytes; /**< taken in so far */
    uint8_t waiting[SHA256_BLOCK];
};

void sha256_begin(struct sha256 *hash);
void sha256_add(struct sha256 *hash, const void *bytes, size_t count);

/** The digest, as hexadecimal digits. */
void sha256_end(struct sha256 *hash, char text[SHA256_TEXT]);

#endif
