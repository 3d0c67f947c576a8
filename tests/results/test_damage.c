#include "test.h"

#include "damaging.h"
#include "headroom/result.h"
#include "publish.h"
#include "small_outcome.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const path = "damaged.h5";
static const struct hr_result_options unproven = {.unproven = true};

static void write_small(void)
{
    struct small_outcome *small = small_outcome();
    struct hr_error error = {0};

    assert_int_equal(result_publish(path, &small->outcome, NULL, &error), HR_OK);
    free(small);
}

static int remove_file(void **state)
{
    (void)state;
    unlink(path);
    return 0;
}

static void does_not_open(enum hr_status status, const char *message)
{
    struct hr_result *result = NULL;
    struct hr_error error = {0};

    assert_int_equal(hr_result_open(path, &result, &error), status);
    assert_null(result);
    assert_string_equal(error.message, message);
}

static void has_wrong_bytes(const char *message)
{
    struct hr_error error = {0};

    assert_int_equal(hr_result_check_bytes(path, &error), HR_NOT_HELD);
    assert_string_equal(error.message, message);
}

static void does_not_open_for(const char *part_of_message)
{
    struct hr_result *result = NULL;
    struct hr_error error = {0};

    take_off_seal(path);
    assert_int_equal(hr_result_open(path, &result, &error), HR_NOT_HELD);
    assert_null(result);
    assert_non_null(strstr(error.message, part_of_message));
}

/* Neither without the seal, by what it holds, nor when opened without a look. */
static void does_not_verify(const char *part_of_message)
{
    struct hr_result *result = NULL;
    struct hr_error error = {0};

    does_not_open_for(part_of_message);
    assert_int_equal(hr_result_open_as(path, &unproven, &result, &error), HR_OK);
    assert_int_equal(hr_result_verify_hash(result, &error), HR_NOT_HELD);
    assert_non_null(strstr(error.message, part_of_message));
    hr_result_close(result);
}

static void flip_bit_of_a_trial(void)
{
    struct small_outcome *small = small_outcome();

    flip_bit_at(path, small->metric[0][1], sizeof(small->metric[0][1]), 4321);
    free(small);
}

static void one_flipped_bit_of_a_trial_is_found(void **state)
{
    struct hr_result *result = NULL;
    struct hr_result_values values;
    struct hr_error error = {0};

    (void)state;
    write_small();
    flip_bit_of_a_trial();
    has_wrong_bytes("damaged.h5 is damaged: its bytes are not those that were written");
    does_not_verify("/trials/npv_partners");
    assert_int_equal(hr_result_open_as(path, &unproven, &result, &error), HR_OK);
    assert_int_equal(hr_result_values(result, "/trials/npv_partners", &values, &error),
                     HR_NOT_HELD);
    assert_string_equal(error.message, "damaged.h5: cannot read /trials/npv_partners: "
                                       "the file is damaged");
    hr_result_close(result);
}

static void one_flipped_bit_of_a_label_is_found(void **state)
{
    (void)state;
    write_small();
    flip_bit_at(path, "B81002", 6, 3);
    does_not_verify("its content is not what was written");
}

static void one_flipped_bit_of_a_unit_is_found(void **state)
{
    (void)state;
    write_small();
    flip_bit_at(path, "GBP/fte-year", 12, 4);
    does_not_verify("what it says of itself is not what was written");
}

static void another_content_than_was_hashed_is_found(void **state)
{
    (void)state;
    write_small();
    set_integer(path, "seed", 1);
    has_wrong_bytes(
        "damaged.h5 has no seal: it is cut short, or another program wrote it");
    does_not_verify("its content is not what was written");
}

/* hdf5r, rhdf5 and h5py in mode r+ do so by opening it. */
static void a_file_opened_for_writing_opens_by_its_content(void **state)
{
    struct hr_result *result = NULL;
    struct hr_error error = {0};

    (void)state;
    write_small();
    assert_int_equal(hr_result_open(path, &result, &error), HR_OK);
    assert_int_equal(hr_result_proof(result), HR_RESULT_BY_SEAL);
    hr_result_close(result);
    set_integer(path, "complete", 1);
    has_wrong_bytes(
        "damaged.h5 has no seal: it is cut short, or another program wrote it");
    assert_int_equal(hr_result_open(path, &result, &error), HR_OK);
    assert_int_equal(hr_result_proof(result), HR_RESULT_BY_CONTENT);
    hr_result_close(result);
}

static void a_file_that_was_not_completed_is_refused(void **state)
{
    (void)state;
    write_small();
    set_integer(path, "complete", 0);
    does_not_open(HR_BAD_INPUT, "damaged.h5 is incomplete: its writer was stopped");
}

static void a_file_of_a_later_schema_is_refused(void **state)
{
    (void)state;
    write_small();
    set_text(path, "schema_version", "2.0.0");
    does_not_open(HR_BAD_INPUT,
                  "damaged.h5 has schema version 2.0.0, and this program reads 1.x");
    set_text(path, "schema_version", "1.");
    does_not_open(HR_BAD_INPUT,
                  "damaged.h5 has schema version 1., and this program reads 1.x");
}

static void half_a_file_is_refused(void **state)
{
    (void)state;
    write_small();
    cut_in_half(path);
    does_not_open(HR_BAD_INPUT, "damaged.h5 is damaged, or is being written");
    has_wrong_bytes(
        "damaged.h5 has no seal: it is cut short, or another program wrote it");
}

static void a_file_of_another_kind_is_refused(void **state)
{
    struct hr_error error = {0};

    (void)state;
    write_line(path, "practice_code,list");
    does_not_open(HR_BAD_INPUT, "damaged.h5 is no result file: it is not HDF5");
    assert_int_equal(hr_result_check_bytes(path, &error), HR_BAD_INPUT);
    assert_string_equal(error.message, "damaged.h5 is no result file: it is not HDF5");
}

static void a_pipe_is_refused_rather_than_waited_for(void **state)
{
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(mkfifo(path, 0600), 0);
    does_not_open(HR_BAD_INPUT, "damaged.h5 is no result file, nor any file");
    assert_int_equal(hr_result_check_bytes(path, &error), HR_BAD_INPUT);
}

static void a_flipped_bit_of_the_signature_is_damage(void **state)
{
    (void)state;
    write_small();
    flip_bit_at(path, "HDF\r", 4, 0);
    has_wrong_bytes("damaged.h5 is damaged: its bytes are not those that were written");
}

static void a_file_that_is_not_there_is_refused(void **state)
{
    struct hr_error error = {0};

    (void)state;
    does_not_open(HR_BAD_INPUT, "damaged.h5 cannot be read: No such file or directory");
    assert_int_equal(hr_result_check_bytes(path, &error), HR_BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(one_flipped_bit_of_a_trial_is_found, remove_file),
        cmocka_unit_test_teardown(one_flipped_bit_of_a_label_is_found, remove_file),
        cmocka_unit_test_teardown(one_flipped_bit_of_a_unit_is_found, remove_file),
        cmocka_unit_test_teardown(another_content_than_was_hashed_is_found,
                                  remove_file),
        cmocka_unit_test_teardown(a_file_opened_for_writing_opens_by_its_content,
                                  remove_file),
        cmocka_unit_test_teardown(a_file_that_was_not_completed_is_refused,
                                  remove_file),
        cmocka_unit_test_teardown(a_file_of_a_later_schema_is_refused, remove_file),
        cmocka_unit_test_teardown(half_a_file_is_refused, remove_file),
        cmocka_unit_test_teardown(a_file_of_another_kind_is_refused, remove_file),
        cmocka_unit_test_teardown(a_pipe_is_refused_rather_than_waited_for,
                                  remove_file),
        cmocka_unit_test_teardown(a_flipped_bit_of_the_signature_is_damage,
                                  remove_file),
        cmocka_unit_test(a_file_that_is_not_there_is_refused),
    };

    unlink(path);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
