#include "sha256.h"

#include <stdio.h>
#include <string.h>

enum { ROUNDS = 64 };

/* Fractional parts of the square roots of the first eight primes. */
static const uint32_t initial_state[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

/* Fractional parts of the cube roots of the first 64 primes. */
static const uint32_t round_constant[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
    0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
    0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
    0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
    0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
    0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
    0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2,
};

static uint32_t rotated_right(uint32_t word, int bits)
{
    return word >> bits | word << (32 - bits);
}

static void expand(const uint8_t block[SHA256_BLOCK], uint32_t word[ROUNDS])
{
    for (int t = 0; t < 16; t++, block += 4)
        word[t] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 |
                  (uint32_t)block[2] << 8 | block[3];
    for (int t = 16; t < ROUNDS; t++) {
        const uint32_t a = word[t - 15], b = word[t - 2];

        word[t] = (rotated_right(a, 7) ^ rotated_right(a, 18) ^ a >> 3) + word[t - 7] +
                  (rotated_right(b, 17) ^ rotated_right(b, 19) ^ b >> 10) +
                  word[t - 16];
    }
}

/* The letters are those of the standard. */
static void take_block(uint32_t state[8], const uint8_t block[SHA256_BLOCK])
{
    uint32_t word[ROUNDS];
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];

    expand(block, word);
    for (int t = 0; t < ROUNDS; t++) {
        const uint32_t sum1 =
            rotated_right(e, 6) ^ rotated_right(e, 11) ^ rotated_right(e, 25);
        const uint32_t sum0 =
            rotated_right(a, 2) ^ rotated_right(a, 13) ^ rotated_right(a, 22);
        const uint32_t first =
            h + sum1 + ((e & f) ^ (~e & g)) + round_constant[t] + word[t];
        const uint32_t second = sum0 + ((a & b) ^ (a & c) ^ (b & c));

        h = g, g = f, f = e, e = d + first;
        d = c, c = b, b = a, a = first + second;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

void sha256_begin(struct sha256 *hash)
{
    *hash = (struct sha256){0};
    memcpy(hash->state, initial_state, sizeof(initial_state));
}

void sha256_add(struct sha256 *hash, const void *bytes, size_t count)
{
    const uint8_t *from = bytes;

    while (count > 0) {
        const size_t held = hash->bytes % SHA256_BLOCK;
        const size_t wanted = SHA256_BLOCK - held;
        const size_t taken = count < wanted ? count : wanted;

        if (taken == SHA256_BLOCK) {
            take_block(hash->state, from);
        } else {
            memcpy(hash->waiting + held, from, taken);
            if (taken == wanted)
                take_block(hash->state, hash->waiting);
        }
        hash->bytes += taken;
        from += taken;
        count -= taken;
    }
}

void sha256_end(struct sha256 *hash, char text[SHA256_TEXT])
{
    const uint64_t bits = 8 * hash->bytes;
    const uint8_t one = 0x80, zero = 0;

    sha256_add(hash, &one, 1);
    while (hash->bytes % SHA256_BLOCK != SHA256_BLOCK - 8)
        sha256_add(hash, &zero, 1);
    for (int shift = 56; shift >= 0; shift -= 8) {
        const uint8_t byte = (uint8_t)(bits >> shift);

        sha256_add(hash, &byte, 1);
    }
    for (int w = 0; w < 8; w++)
        sprintf(text + (size_t)w * 8, "%08x", hash->state[w]);
}
