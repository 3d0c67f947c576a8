#include "digest.h"

#include <nettle/base16.h>

void digest_add(struct sha256_ctx *hash, const void *bytes, size_t count)
{
    sha256_update(hash, count, bytes);
}

void digest_end(struct sha256_ctx *hash, char text[DIGEST_TEXT])
{
    uint8_t bytes[SHA256_DIGEST_SIZE];

    sha256_digest(hash, sizeof(bytes), bytes);
    base16_encode_update(text, sizeof(bytes), bytes);
    text[DIGEST_TEXT - 1] = '\0';
}
