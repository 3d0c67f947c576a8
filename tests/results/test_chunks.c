#include "test.h"

#include "chunks.h"

static void a_small_array_is_one_chunk(void **state)
{
    const hsize_t size[] = {1, 4, 10000};
    hsize_t chunk[3];

    (void)state;
    chunk_sizes(3, size, chunk);
    assert_memory_equal(chunk, size, sizeof(chunk));
}

static void a_chunk_is_as_many_whole_rows_as_fit_a_mebibyte(void **state)
{
    const hsize_t size[] = {1, 4, 50000};
    const hsize_t wanted[] = {1, 2, 50000}; /* 100,000 of 131,072 doubles */
    hsize_t chunk[3];

    (void)state;
    chunk_sizes(3, size, chunk);
    assert_memory_equal(chunk, wanted, sizeof(chunk));
}

static void a_row_beyond_a_mebibyte_is_cut_into_equal_parts(void **state)
{
    const hsize_t size[] = {1, 4, 1000000};
    const hsize_t wanted[] = {1, 1, 125000}; /* in eight */
    hsize_t chunk[3];

    (void)state;
    chunk_sizes(3, size, chunk);
    assert_memory_equal(chunk, wanted, sizeof(chunk));
}

static void an_empty_axis_still_has_a_chunk(void **state)
{
    const hsize_t size = 0;
    hsize_t chunk;

    (void)state;
    chunk_sizes(1, &size, &chunk);
    assert_int_equal(chunk, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_array_is_one_chunk),
        cmocka_unit_test(a_chunk_is_as_many_whole_rows_as_fit_a_mebibyte),
        cmocka_unit_test(a_row_beyond_a_mebibyte_is_cut_into_equal_parts),
        cmocka_unit_test(an_empty_axis_still_has_a_chunk),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
