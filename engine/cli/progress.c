#include "progress.h"

#include "interrupt.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { BAR = 30 };

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
        .next_line = 0.25,
    };
    interrupt_hold();
}

static void show_bar(double share, double rate, double left)
{
    const int full = (int)(share * BAR);

    fprintf(stderr, "\r[");
    for (int i = 0; i < BAR; i++)
        fputc(i < full ? '#' : '.', stderr);
    fprintf(stderr, "] %3.0f%%  %.0f trials/s  %.0f s left  ", 100.0 * share, rate,
            left);
    fflush(stderr);
}

bool progress_report(void *context, uint64_t done, uint64_t trials)
{
    struct progress *progress = context;
    const double time = now();
    const double share = (double)done / (double)trials;
    const double spent = time - progress->started;
    const double rate = spent > 0.0 ? (double)done / spent : 0.0;
    const double left = share > 0.0 ? spent * (1.0 - share) / share : 0.0;

    if (progress->terminal && time - progress->shown >= 0.2) {
        progress->shown = time;
        show_bar(share, rate, left);
    }
    if (!progress->terminal && share >= progress->next_line && left > 5.0) {
        progress->next_line += 0.25;
        fprintf(stderr, "%3.0f%% of %llu trials, %.0f trials/s, %.0f s left\n",
                100.0 * share, (unsigned long long)trials, rate, left);
    }
    return !interrupt_came();
}

void progress_end(struct progress *progress)
{
    if (progress->terminal && progress->shown > 0.0)
        fprintf(stderr, "\r%*s\r", BAR + 50, "");
}
