#include "test.h"

#include "progress.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Lines that a log gets while a run of @p seconds reports every second. */
static int lines_of(int seconds)
{
    char name[] = "/tmp/headroom-progress-XXXXXX";
    const int log = mkstemp(name), terminal = dup(STDERR_FILENO);
    struct progress progress;
    int lines = 0;
    FILE *read_again;

    dup2(log, STDERR_FILENO);
    progress_start(&progress);
    for (int second = 1; second <= seconds; second++) {
        progress.started -= 1.0;
        progress_report(&progress, (uint64_t)second, (uint64_t)seconds + 1);
    }
    progress_end(&progress);
    fflush(stderr);
    dup2(terminal, STDERR_FILENO);
    read_again = fopen(name, "r");
    for (int c = getc(read_again); c != EOF; c = getc(read_again))
        lines += c == '\n';
    fclose(read_again);
    close(log);
    close(terminal);
    unlink(name);
    return lines;
}

static void a_short_run_leaves_no_line_in_a_log(void **state)
{
    (void)state;
    assert_int_equal(lines_of(9), 0);
}

static void a_log_hears_of_a_run_after_ten_seconds_and_ever_more_rarely(void **state)
{
    (void)state;
    assert_int_equal(lines_of(15), 1);  /* at 10 */
    assert_int_equal(lines_of(300), 5); /* at 10, 20, 40, 80, 160 */
}

static void a_log_is_never_silent_for_more_than_ten_minutes(void **state)
{
    (void)state;
    /* at 10, 20, 40 to 640, and then every 600 s: 7 + (36000 - 640) / 600 */
    assert_int_equal(lines_of(36000), 7 + 58);
}

/* Work of many runs may hear the answer in one that is just done. */
static void a_request_to_stop_is_told_again_and_again(void **state)
{
    struct progress progress;

    (void)state;
    progress_start(&progress);
    assert_true(progress_report(&progress, 1, 4));
    raise(SIGTERM);
    for (uint64_t done = 2; done <= 4; done++)
        assert_false(progress_report(&progress, done, 4));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_run_leaves_no_line_in_a_log),
        cmocka_unit_test(a_log_hears_of_a_run_after_ten_seconds_and_ever_more_rarely),
        cmocka_unit_test(a_log_is_never_silent_for_more_than_ten_minutes),
        cmocka_unit_test(a_request_to_stop_is_told_again_and_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
