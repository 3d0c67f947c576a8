#include "test.h"

#include "draw.h"

#include <Random123/threefry.h>
#include <inttypes.h>
#include <stdio.h>

static void equals_random123(uint64_t counter0, uint64_t counter1, uint64_t key0,
                             uint64_t key1)
{
    const struct draw_pair ours = threefry(counter0, counter1, key0, key1);
    const threefry2x64_ctr_t counter = {{counter0, counter1}};
    const threefry2x64_key_t key = {{key0, key1}};
    const threefry2x64_ctr_t theirs = threefry2x64(counter, key);

    assert_int_equal(ours.word[0], theirs.v[0]);
    assert_int_equal(ours.word[1], theirs.v[1]);
}

static void skip_header(FILE *file)
{
    char line[256];

    while (fgets(line, sizeof(line), file) != NULL) {
        if (line[0] == 'c')
            return;
    }
    fail_msg("the file of known answers has no header");
}

static void known_answers_are_met(void **state)
{
    FILE *file = fopen(TEST_DATA "/threefry_known_answers.csv", "r");
    uint64_t row[6];
    int rows = 0;

    (void)state;
    assert_non_null(file);
    skip_header(file);
    while (fscanf(file,
                  "%" SCNx64 ",%" SCNx64 ",%" SCNx64 ",%" SCNx64 ",%" SCNx64
                  ",%" SCNx64,
                  &row[0], &row[1], &row[2], &row[3], &row[4], &row[5]) == 6) {
        const struct draw_pair pair = threefry(row[0], row[1], row[2], row[3]);

        assert_int_equal(pair.word[0], row[4]);
        assert_int_equal(pair.word[1], row[5]);
        rows++;
    }
    fclose(file);
    assert_int_equal(rows, 7);
}

/* Words that fill all 64 bits: multiples of the golden ratio, and of other odd numbers
 */
static void random123_agrees_on_20000_counters_and_keys(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < 20000; i++)
        equals_random123(i * 0x9e3779b97f4a7c15u, i * i * 0xbf58476d1ce4e5b9u,
                         i * 0x94d049bb133111ebu, ~i);
}

static void random123_agrees_on_every_single_bit(void **state)
{
    (void)state;
    for (int bit = 0; bit < 64; bit++) {
        equals_random123(1ull << bit, 0, 0, 0);
        equals_random123(0, 1ull << bit, 0, 0);
        equals_random123(0, 0, 1ull << bit, 0);
        equals_random123(0, 0, 0, 1ull << bit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers_are_met),
        cmocka_unit_test(random123_agrees_on_20000_counters_and_keys),
        cmocka_unit_test(random123_agrees_on_every_single_bit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
