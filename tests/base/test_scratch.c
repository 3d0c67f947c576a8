/* Columns lie in memory, or in a file that leaves nothing behind. */
#include "test.h"

#include "scratch.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { NUMBERS = 1 << 20 };

static char folder[] = "scratch_XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "scratch_XXXXXX");
    return mkdtemp(folder) == NULL;
}

/* It goes only where it is empty. */
static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

static size_t files_in_folder(void)
{
    DIR *open = opendir(folder);
    size_t count = 0;

    assert_non_null(open);
    while (readdir(open) != NULL)
        count++;
    closedir(open);
    return count - 2; /* itself and what it lies in */
}

static void holds_what_is_written(const struct scratch_home *home, bool is_file)
{
    struct scratch scratch;
    struct hr_error error = {0};

    assert_int_equal(scratch_take(&scratch, NUMBERS, home, &error), HR_OK);
    assert_int_equal(scratch.is_file, is_file);
    for (size_t i = 0; i < NUMBERS; i++)
        scratch.number[i] = (double)i;
    assert_int_equal(files_in_folder(), 0);
    assert_true(scratch.number[0] == 0.0);
    assert_true(scratch.number[NUMBERS - 1] == NUMBERS - 1.0);
    scratch_free(&scratch);
    assert_null(scratch.number);
}

static void room_is_memory_where_nothing_is_said(void **state)
{
    (void)state;
    holds_what_is_written(&(struct scratch_home){0}, false);
}

static void room_within_what_is_allowed_is_memory(void **state)
{
    (void)state;
    holds_what_is_written(&(struct scratch_home){folder, 8.0 * NUMBERS + 8.0}, false);
}

static void room_beyond_it_is_a_file_without_a_name(void **state)
{
    (void)state;
    holds_what_is_written(&(struct scratch_home){folder, 8.0 * NUMBERS}, true);
}

static void fails_with(const struct scratch_home *home, const char *sentence)
{
    struct scratch scratch;
    struct hr_error error = {0};

    assert_int_equal(scratch_take(&scratch, NUMBERS, home, &error), HR_FAILED);
    assert_string_equal(error.message, sentence);
    assert_null(scratch.number);
    scratch_free(&scratch);
}

static void a_folder_that_is_not_there_is_named(void **state)
{
    (void)state;
    fails_with(
        &(struct scratch_home){"not_there", 0.0},
        "cannot make room for 0.0084 GB in not_there: No such file or directory");
}

/* As on a full disk: all of its room is taken at once. */
static void a_disk_without_room_is_a_sentence(void **state)
{
    struct rlimit usual, small;
    char sentence[128];

    (void)state;
    snprintf(sentence, sizeof(sentence),
             "cannot make room for 0.0084 GB in %s: File too large", folder);
    getrlimit(RLIMIT_FSIZE, &usual);
    small = usual;
    small.rlim_cur = 4096;
    setrlimit(RLIMIT_FSIZE, &small);
    signal(SIGXFSZ, SIG_IGN);
    fails_with(&(struct scratch_home){folder, 0.0}, sentence);
    setrlimit(RLIMIT_FSIZE, &usual);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(room_is_memory_where_nothing_is_said),
        cmocka_unit_test(room_within_what_is_allowed_is_memory),
        cmocka_unit_test(room_beyond_it_is_a_file_without_a_name),
        cmocka_unit_test(a_folder_that_is_not_there_is_named),
        cmocka_unit_test(a_disk_without_room_is_a_sentence),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
