#include "test.h"

#include "progress.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Standard error into a file, and back. */
struct log {
    char name[40];
    int file, terminal;
};

static struct log log_begin(void)
{
    struct log log = {.name = "/tmp/headroom-progress-XXXXXX"};

    log.file = mkstemp(log.name);
    log.terminal = dup(STDERR_FILENO);
    dup2(log.file, STDERR_FILENO);
    return log;
}

/* What it holds, in @p text of @p size bytes. */
static void log_end(struct log *log, char *text, size_t size)
{
    ssize_t length;

    fflush(stderr);
    dup2(log->terminal, STDERR_FILENO);
    length = pread(log->file, text, size - 1, 0);
    text[length > 0 ? length : 0] = '\0';
    close(log->file);
    close(log->terminal);
    unlink(log->name);
}

/* A report of @p done of 1000 trials a second after the last. */
static void report_next(struct progress *progress, uint64_t done)
{
    progress->started -= 1.0;
    progress->counting -= 1.0;
    progress_report(progress, done, 1000);
}

/* Lines that a log gets while a run of @p seconds reports every second. */
static int lines_of(int seconds)
{
    struct log log = log_begin();
    struct progress progress;
    char text[8192];
    int lines = 0;

    progress_start(&progress);
    for (int second = 1; second <= seconds; second++) {
        progress.started -= 1.0;
        progress_report(&progress, (uint64_t)second, (uint64_t)seconds + 1);
    }
    progress_end(&progress);
    log_end(&log, text, sizeof(text));
    for (const char *c = text; *c != '\0'; c++)
        lines += *c == '\n';
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

static void trials_that_a_resumed_run_finds_are_no_work_of_its_own(void **state)
{
    struct log log = log_begin();
    struct progress progress;
    char text[512];

    (void)state;
    progress_start(&progress);
    for (uint64_t second = 0; second <= 10; second++)
        report_next(&progress, 900 + 4 * second);
    progress_end(&progress);
    log_end(&log, text, sizeof(text));
    /* the tenth report: 36 trials in 9 s, and 64 to go */
    assert_non_null(strstr(text, " 94% of 1000 trials, 4 trials/s, 16 s left"));
}

static void of_many_runs_the_one_at_hand_is_told_and_the_rate_of_all(void **state)
{
    struct log log = log_begin();
    struct progress progress;
    char text[512];

    (void)state;
    progress_start(&progress);
    report_next(&progress, 0);
    for (int run = 0; run < 4; run++) {
        report_next(&progress, 500);
        report_next(&progress, 900);
        report_next(&progress, 1000);
    }
    progress_end(&progress);
    log_end(&log, text, sizeof(text));
    /* the tenth second is the fourth run's first half: 3500 trials in 10 s */
    assert_non_null(strstr(text, " 50% of 1000 trials of run 4, 350 trials/s\n"));
}

static void a_rate_is_never_said_to_be_nothing(void **state)
{
    char text[PROGRESS_RATE];

    (void)state;
    assert_string_equal(progress_rate(1234.4, text), "1234 trials/s");
    assert_string_equal(progress_rate(0.0123, text), "0.012 trials/s");
    assert_string_equal(progress_rate(0.0, text), "");
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
        cmocka_unit_test(trials_that_a_resumed_run_finds_are_no_work_of_its_own),
        cmocka_unit_test(of_many_runs_the_one_at_hand_is_told_and_the_rate_of_all),
        cmocka_unit_test(a_rate_is_never_said_to_be_nothing),
        cmocka_unit_test(a_request_to_stop_is_told_again_and_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
