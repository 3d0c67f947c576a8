#include "test.h"

#include "draw.h"

enum { SEED = 20260701, QUARTER = 3 };

/* Base 36 by hand: A = 10, so 10 36^5 + 8 36^4 + 1 36^3 + 0 + 0 + 1 */
static const uint32_t a81001 = 618145345u;

static void is_hashed(const char *code, uint32_t fnv_1a)
{
    assert_int_equal(draw_entity_of_code(code), fnv_1a | 0x80000000u);
}

static void a_six_character_code_is_read_in_base_36(void **state)
{
    (void)state;
    assert_int_equal(draw_entity_of_code("A81001"), a81001);
    assert_int_equal(draw_entity_of_code("Y00001"), 2055849985u); /* 34 36^5 + 1 */
    assert_int_equal(draw_entity_of_code("100000"), 60466176u);   /* 36^5 */
}

static void a_code_at_two_to_the_31_is_hashed_and_the_one_before_is_not(void **state)
{
    (void)state;
    assert_int_equal(draw_entity_of_code("ZIK0ZJ"), 0x7fffffffu);
    is_hashed("ZIK0ZK", 0x2cc5aeacu);
    is_hashed("ZZZZZZ", 0xc629fd95u);
}

/* FNV-1a computed by a second implementation */
static void other_codes_are_hashed(void **state)
{
    (void)state;
    is_hashed("A8100", 0x25fae78fu);   /* five characters */
    is_hashed("A810011", 0x3ad5b3b1u); /* seven */
    is_hashed("0A8100", 0xabc552adu);  /* opens with 0 */
    is_hashed("a81001", 0xe4c97cfau);  /* lower case */
    is_hashed("A81-01", 0x95b889b1u);  /* a sign */
}

static void no_hashed_code_meets_one_in_base_36(void **state)
{
    (void)state;
    assert_true(draw_entity_of_code("EX001") >= 0x80000000u);
    assert_true(draw_entity_of_code("A81001") < 0x80000000u);
}

static void an_address_holds_entity_purpose_quarter_and_pair_side_by_side(void **state)
{
    (void)state;
    assert_int_equal(draw_address(a81001, DRAW_POST, QUARTER, 2),
                     0x24d8264111030002ull);
    assert_int_equal(draw_address(0xffffffffu, DRAW_THETA, ONCE_PER_TRIAL, 0xffff),
                     0xffffffff1effffffull);
}

static void a_pair_beyond_65535_does_not_reach_the_quarter(void **state)
{
    (void)state;
    assert_int_equal(draw_address(a81001, DRAW_POST, QUARTER, 0x10002),
                     draw_address(a81001, DRAW_POST, QUARTER, 2));
}

/* The list is append only: a changed number changes every result. */
static void purposes_keep_their_numbers(void **state)
{
    (void)state;
    assert_int_equal(DRAW_PRICES, 1);
    assert_int_equal(DRAW_NEED_ERROR, 15);
    assert_int_equal(DRAW_POST, 17);
    assert_int_equal(DRAW_NOTICE, 23);
    assert_int_equal(DRAW_ORGANISATION_EXIT, 26);
    assert_int_equal(DRAW_ORGANISATION_COST, 27);
    assert_int_equal(DRAW_THETA, 30);
}

/* Row 6 of tests/data/threefry_known_answers.csv: words 4d40... and a710... */
static void an_even_index_is_word_0_and_an_odd_one_word_1(void **state)
{
    const uint64_t address = draw_address(a81001, DRAW_POST, QUARTER, 2);
    double even = 0.0;
    double odd = 0.0;

    (void)state;
    draw_two(SEED, 0, address, &even, &odd);
    assert_true(even == uniform_of(0x4d4064e30feac84eull));
    assert_true(odd == uniform_of(0xa710e5eb2b93b29bull));
    assert_true(draw_one(SEED, 0, address) == even);
}

static void a_word_s_low_bits_are_uniforms_of_their_own(void **state)
{
    (void)state;
    assert_true(uniform_of_32(0x4d4064e30feac84eull) ==
                (0x0feac84e + 0.5) / 4294967296.0);
    assert_true(uniform_of_16(0x4d4064e30feac84eull) == (0xc84e + 0.5) / 65536.0);
    assert_true(1.0 - uniform_of_32(0) == uniform_of_32(0xffffffff));
    assert_true(1.0 - uniform_of_16(0) == uniform_of_16(0xffff));
}

static void a_uniform_is_never_an_end_point(void **state)
{
    (void)state;
    assert_true(uniform_of(0) == 0x1p-53);
    assert_true(uniform_of(UINT64_MAX) == 1.0 - 0x1p-53);
}

static void a_uniform_keeps_52_bits_and_is_symmetric_about_a_half(void **state)
{
    (void)state;
    assert_true(uniform_of(1ull << 12) == 0x1p-52 + 0x1p-53);
    assert_true(uniform_of(0xfff) == uniform_of(0)); /* the last 12 bits are cut */
    assert_true(uniform_of(12345ull << 12) == 1.0 - uniform_of(~(12345ull << 12)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_six_character_code_is_read_in_base_36),
        cmocka_unit_test(a_code_at_two_to_the_31_is_hashed_and_the_one_before_is_not),
        cmocka_unit_test(other_codes_are_hashed),
        cmocka_unit_test(no_hashed_code_meets_one_in_base_36),
        cmocka_unit_test(an_address_holds_entity_purpose_quarter_and_pair_side_by_side),
        cmocka_unit_test(a_pair_beyond_65535_does_not_reach_the_quarter),
        cmocka_unit_test(purposes_keep_their_numbers),
        cmocka_unit_test(an_even_index_is_word_0_and_an_odd_one_word_1),
        cmocka_unit_test(a_word_s_low_bits_are_uniforms_of_their_own),
        cmocka_unit_test(a_uniform_is_never_an_end_point),
        cmocka_unit_test(a_uniform_keeps_52_bits_and_is_symmetric_about_a_half),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
