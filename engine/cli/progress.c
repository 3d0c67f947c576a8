#include "progress.h"

#include "interrupt.h"
#include "text.h"

#include <math.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { BAR = 30, FIRST_LINE = 10, LONGEST_SILENCE = 600 /* seconds, of a log */ };

static double now(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

void progress_start(struct progress *progress)
{
    *progress = (struct progress){
        .terminal = isatty(STDERR_FILENO) != 0,
        .started = now(),
        .next_line = FIRST_LINE,
    };
    interrupt_hold();
}

static void show_bar(double share, double rate, double left)
{
    static const char full[BAR + 1] = "##############################";
    static const char empty[BAR + 1] = "..............................";
    const int done = (int)(share * BAR);
    char time[TEXT_SECONDS_SIZE];

    dprintf(STDERR_FILENO, "\r[%.*s%s] %3.0f%%  %.0f trials/s  %s left  ", done, full,
            empty + done, 100.0 * share, rate, text_from_seconds(left, time));
}

static void show_line(double share, uint64_t trials, double rate, double left)
{
    char time[TEXT_SECONDS_SIZE];

    dprintf(STDERR_FILENO, "%3.0f%% of %llu trials, %.0f trials/s, %s left\n",
            100.0 * share, (unsigned long long)trials, rate,
            text_from_seconds(left, time));
}

static void show(struct progress *progress, uint64_t done, uint64_t trials)
{
    const double time = now();
    const double share = (double)done / (double)trials;
    const double spent = time - progress->started;
    const double rate = spent > 0.0 ? (double)done / spent : 0.0;
    const double left = share > 0.0 ? spent * (1.0 - share) / share : 0.0;

    if (progress->terminal && time - progress->shown >= 0.2) {
        progress->shown = time;
        show_bar(share, rate, left);
    }
    if (!progress->terminal && spent >= progress->next_line && done < trials) {
        while (progress->next_line <= spent)
            progress->next_line +=
                fmin(fmax(progress->next_line, FIRST_LINE), LONGEST_SILENCE);
        show_line(share, trials, rate, left);
    }
}

bool progress_report(void *context, uint64_t done, uint64_t trials)
{
    struct progress *progress = context;

    if (!progress->quiet)
        show(progress, done, trials);
    progress->stopped = progress->stopped || interrupt_came();
    return !progress->stopped;
}

void progress_stand(void *context, const char *sentence)
{
    struct progress *progress = context;

    if (progress->quiet)
        return;
    progress_end(progress); /* the bar comes again below */
    dprintf(STDERR_FILENO, "%s\n", sentence);
}

void progress_end(struct progress *progress)
{
    if (progress->terminal && progress->shown > 0.0)
        dprintf(STDERR_FILENO, "\r%*s\r", BAR + 50, "");
}
