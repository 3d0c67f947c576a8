#include "test.h"

#include "digest.h"

#include <stdlib.h>
#include <string.h>

static void has_digest(const void *bytes, size_t count, const char *digest)
{
    struct sha256_ctx hash;
    char text[DIGEST_TEXT];

    sha256_init(&hash);
    digest_add(&hash, bytes, count);
    digest_end(&hash, text);
    assert_string_equal(text, digest);
}

/* The examples of FIPS 180-4 and, for the empty one, of NIST's test vectors. */
static void the_standards_examples_have_their_digests(void **state)
{
    (void)state;
    has_digest("", 0,
               "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    has_digest("abc", 3,
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    has_digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56,
               "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void a_million_letters_have_their_digest(void **state)
{
    char *letters = malloc(1000000);

    (void)state;
    memset(letters, 'a', 1000000);
    has_digest(letters, 1000000,
               "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(letters);
}

static void pieces_have_the_digest_of_the_whole(void **state)
{
    struct sha256_ctx hash;
    char text[DIGEST_TEXT];

    (void)state;
    sha256_init(&hash);
    digest_add(&hash, "abcdbcdecdefdefgefgh", 20);
    digest_add(&hash, "fghighijhijkijkljklmklmnlmnomnopnopq", 36);
    digest_end(&hash, text);
    assert_string_equal(
        text, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_standards_examples_have_their_digests),
        cmocka_unit_test(a_million_letters_have_their_digest),
        cmocka_unit_test(pieces_have_the_digest_of_the_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
