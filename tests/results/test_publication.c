#include "test.h"

#include "headroom/result.h"
#include "interrupting.h"
#include "partial.h"
#include "publish.h"
#include "small_outcome.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const path = "published.h5";

static int remove_files(void **state)
{
    (void)state;
    remove_all(path);
    return 0;
}

static void fails_on_disk_of(size_t bytes)
{
    const struct interruption seen = publish_on_full_disk(path, bytes);

    assert_int_equal(seen.signal, 0);
    assert_int_equal(seen.status, HR_FAILED);
    assert_memory_equal(seen.error.message, "published.h5: cannot ", 21);
    assert_non_null(strstr(seen.error.message, ": File too large"));
    assert_int_equal(seen.files, 0);
}

static void a_full_disk_is_a_sentence_and_leaves_nothing(void **state)
{
    const size_t whole = whole_size(path);

    (void)state;
    fails_on_disk_of(0);
    fails_on_disk_of(1000);
    fails_on_disk_of(whole / 4);
    fails_on_disk_of(whole / 2);
    fails_on_disk_of(3 * whole / 4);
    fails_on_disk_of(whole - 200); /* all but the last of HDF5's own */
    fails_on_disk_of(whole - 1);   /* all but the last of the seal */
}

/* HDF5 takes room for what describes a file in blocks, and gives back what is left of
 * the last one when it closes the file. */
enum { LAST_BLOCK = 2048 };

static void a_disk_that_is_just_large_enough_will_do(void **state)
{
    const struct interruption seen =
        publish_on_full_disk(path, whole_size(path) + LAST_BLOCK);

    (void)state;
    assert_int_equal(seen.status, HR_OK);
    assert_int_equal(seen.files, 1);
}

static void leaves_no_result_when_killed_at(size_t bytes)
{
    const struct interruption seen = publish_and_be_killed(path, bytes);

    assert_int_equal(seen.signal, SIGKILL);
    assert_int_equal(exists(path), 0);
    remove_all(path);
}

static void a_killed_writer_leaves_nothing_under_the_name(void **state)
{
    const size_t whole = whole_size(path);

    (void)state;
    leaves_no_result_when_killed_at(0);
    leaves_no_result_when_killed_at(whole / 2);
    leaves_no_result_when_killed_at(whole - 200);
    leaves_no_result_when_killed_at(whole - 1);
}

static void write_file(const char *name)
{
    FILE *file = fopen(name, "w");

    assert_non_null(file);
    fputs("what was there\n", file);
    assert_int_equal(fclose(file), 0);
}

static void what_was_there_stays_when_publishing_fails(void **state)
{
    struct interruption seen;
    struct stat about;

    (void)state;
    write_file(path);
    seen = publish_on_full_disk(path, 1000);
    assert_int_equal(seen.status, HR_FAILED);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_size, strlen("what was there\n"));
}

static enum hr_status publish(const char *where, struct hr_error *error)
{
    struct small_outcome *small = small_outcome();
    const enum hr_status status = result_publish(where, &small->outcome, NULL, error);

    free(small);
    return status;
}

static void an_older_result_is_replaced(void **state)
{
    struct hr_result *result = NULL;
    struct hr_error error = {0};

    (void)state;
    write_file(path);
    assert_int_equal(publish(path, &error), HR_OK);
    assert_int_equal(hr_result_open(path, &result, &error), HR_OK);
    hr_result_close(result);
}

static void a_link_stays_and_what_it_leads_to_is_replaced(void **state)
{
    struct hr_error error = {0};
    struct stat about;

    (void)state;
    write_file("published.h5.elsewhere");
    assert_int_equal(symlink("published.h5.elsewhere", path), 0);
    assert_int_equal(publish(path, &error), HR_OK);
    assert_int_equal(lstat(path, &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    assert_int_equal(hr_result_check_bytes("published.h5.elsewhere", &error), HR_OK);
    assert_int_equal(files_of(path), 2);
}

static void a_folder_that_is_not_there_is_named(void **state)
{
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(publish("nowhere/a.h5", &error), HR_BAD_INPUT);
    assert_string_equal(error.message, "nowhere/a.h5: cannot write into the folder "
                                       "nowhere: No such file or directory");
}

static void is_refused(const char *where, const char *sentence)
{
    struct hr_error error = {0};

    assert_int_equal(result_may_publish(where, &error), HR_BAD_INPUT);
    assert_string_equal(error.message, sentence);
    assert_int_equal(publish(where, &error), HR_BAD_INPUT);
    assert_string_equal(error.message, sentence);
}

static void what_is_no_place_for_a_file_is_refused(void **state)
{
    (void)state;
    mkdir(path, 0700);
    is_refused(path,
               "published.h5 is there already and is a folder; name another file");
    is_refused("published.h5/", "\"published.h5/\" names no file to write");
    is_refused("", "\"\" names no file to write");
    is_refused("/dev/null",
               "/dev/null is there already and is no ordinary file; name another file");
    rmdir(path);
}

static void asking_leaves_nothing(void **state)
{
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(result_may_publish(path, &error), HR_OK);
    assert_int_equal(files_of(path), 0);
}

static const char *const left_behind = "published.h5.partial.0123456789abcdef";

static void what_killed_writers_left_is_removed(void **state)
{
    struct hr_error error = {0};

    (void)state;
    write_file(left_behind);
    assert_int_equal(publish(path, &error), HR_OK);
    assert_int_equal(files_of(path), 1);
}

/* Whoever holds the lock, on whatever machine, is writing. */
static void what_others_are_writing_is_left_alone(void **state)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct hr_error error = {0};
    int file;

    (void)state;
    write_file(left_behind);
    file = open(left_behind, O_RDWR);
    assert_int_equal(fcntl(file, F_OFD_SETLK, &whole), 0);
    assert_int_equal(publish(path, &error), HR_OK);
    assert_int_equal(files_of(path), 2);
    close(file);
    assert_int_equal(publish(path, &error), HR_OK);
    assert_int_equal(files_of(path), 1);
}

static void what_only_looks_like_a_partial_file_is_left_alone(void **state)
{
    static const char *const names[] = {
        "published.h5.partial.notes",
        "published.h5.partial.0123456789abcde",
        "published.h5.partial.0123456789abcdef0",
        "published.h5.partial.0123456789abcdeF",
        "published.h5.unlocked.0123456789abcdef",
        "published.h5x.partial.0123456789abcdef",
    };
    struct hr_error error = {0};

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        write_file(names[i]);
    assert_int_equal(publish(path, &error), HR_OK);
    assert_int_equal(files_of(path), 1 + sizeof(names) / sizeof(*names));
}

static mode_t mode_of(const char *name)
{
    struct stat about;

    assert_int_equal(stat(name, &about), 0);
    return about.st_mode & 0777;
}

static void a_file_that_is_replaced_keeps_its_permissions(void **state)
{
    static const mode_t modes[] = {0600, 0640, 0644, 0666, 0444};
    struct hr_error error = {0};

    (void)state;
    for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
        write_file(path);
        assert_int_equal(chmod(path, modes[i]), 0);
        assert_int_equal(publish(path, &error), HR_OK);
        assert_int_equal(mode_of(path), modes[i]);
        unlink(path);
    }
}

static void a_new_file_has_those_of_any_new_file(void **state)
{
    const mode_t before = umask(0027);
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(publish(path, &error), HR_OK);
    assert_int_equal(mode_of(path), 0640);
    umask(before);
}

static void nobody_else_reads_a_file_that_is_being_written(void **state)
{
    struct partial partial;
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(partial_create(path, &partial, &error), HR_OK);
    assert_int_equal(mode_of(partial.name), 0600);
    assert_true(partial_discard(&partial));
    assert_int_equal(files_of(path), 0);
}

/* Two of one name at once: each has a file of its own, and the last is whole. */
static void two_writers_of_one_name_do_not_meet(void **state)
{
    struct partial one, other;
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(partial_create(path, &one, &error), HR_OK);
    assert_int_equal(partial_create(path, &other, &error), HR_OK);
    assert_string_not_equal(one.name, other.name);
    assert_int_equal(files_of(path), 2);
    assert_int_equal(publish(path, &error), HR_OK);
    assert_int_equal(files_of(path), 3);
    assert_int_equal(partial_put_in_place(&one, &error), HR_OK);
    assert_int_equal(partial_put_in_place(&other, &error), HR_OK);
    assert_int_equal(files_of(path), 1);
}

static void a_path_that_is_too_long_is_refused(void **state)
{
    struct hr_error error = {0};
    char *longest = calloc(5000, 1);

    (void)state;
    memset(longest, 'a', 4999);
    assert_int_equal(publish(longest, &error), HR_BAD_INPUT);
    free(longest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_full_disk_is_a_sentence_and_leaves_nothing,
                                  remove_files),
        cmocka_unit_test_teardown(a_disk_that_is_just_large_enough_will_do,
                                  remove_files),
        cmocka_unit_test_teardown(a_killed_writer_leaves_nothing_under_the_name,
                                  remove_files),
        cmocka_unit_test_teardown(what_was_there_stays_when_publishing_fails,
                                  remove_files),
        cmocka_unit_test_teardown(an_older_result_is_replaced, remove_files),
        cmocka_unit_test_teardown(a_link_stays_and_what_it_leads_to_is_replaced,
                                  remove_files),
        cmocka_unit_test(a_folder_that_is_not_there_is_named),
        cmocka_unit_test_teardown(what_is_no_place_for_a_file_is_refused, remove_files),
        cmocka_unit_test(asking_leaves_nothing),
        cmocka_unit_test_teardown(what_killed_writers_left_is_removed, remove_files),
        cmocka_unit_test_teardown(what_others_are_writing_is_left_alone, remove_files),
        cmocka_unit_test_teardown(what_only_looks_like_a_partial_file_is_left_alone,
                                  remove_files),
        cmocka_unit_test_teardown(a_file_that_is_replaced_keeps_its_permissions,
                                  remove_files),
        cmocka_unit_test_teardown(a_new_file_has_those_of_any_new_file, remove_files),
        cmocka_unit_test_teardown(nobody_else_reads_a_file_that_is_being_written,
                                  remove_files),
        cmocka_unit_test_teardown(two_writers_of_one_name_do_not_meet, remove_files),
        cmocka_unit_test(a_path_that_is_too_long_is_refused),
    };

    return cmocka_run_group_tests(tests, remove_files, NULL);
}
