/** @file
 * A SHA-256 as hexadecimal digits; the hash itself is nettle's.
 */
#ifndef HEADROOM_DIGEST_H
#define HEADROOM_DIGEST_H

#include <nettle/sha2.h>
#include <stddef.h>

enum { DIGEST_TEXT = 2 * SHA256_DIGEST_SIZE + 1 };

void digest_add(struct sha256_ctx *hash, const void *bytes, size_t count);

/** The digits of what @p hash has taken in; it starts anew. */
void digest_end(struct sha256_ctx *hash, char text[DIGEST_TEXT]);

#endif
