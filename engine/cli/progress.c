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

void progress_watch(struct progress *progress, struct hr_run_options *options,
                    bool quiet)
{
    progress_start(progress);
    progress->quiet = quiet;
    options->progress = progress_report;
    options->progress_context = progress;
}

const char *progress_rate(double rate, char text[PROGRESS_RATE])
{
    text[0] = '\0';
    if (rate >= 10.0)
        snprintf(text, PROGRESS_RATE, "%.0f trials/s", rate);
    else if (rate > 0.0)
        snprintf(text, PROGRESS_RATE, "%.2g trials/s", rate);
    return text;
}

/* What is said of the run at hand. */
struct standing {
    double share;
    char run[32], rate[PROGRESS_RATE], left[TEXT_SECONDS_SIZE + 8];
};

/* How much is left of many runs nobody knows here. */
static void reckon(const struct progress *progress, struct standing *standing)
{
    const double spent = now() - progress->counting;
    const double rate = spent > 0.0 ? (double)progress->counted / spent : 0.0;
    const double left = (double)(progress->trials - progress->done) / rate;
    char time[TEXT_SECONDS_SIZE];

    *standing =
        (struct standing){.share = (double)progress->done / (double)progress->trials};
    progress_rate(rate, standing->rate);
    if (progress->run > 1)
        snprintf(standing->run, sizeof(standing->run), " of run %u", progress->run);
    else if (rate > 0.0)
        snprintf(standing->left, sizeof(standing->left), "%s left",
                 text_from_seconds(left, time));
}

static void show_bar(const struct standing *standing)
{
    static const char full[BAR + 1] = "##############################";
    static const char empty[BAR + 1] = "..............................";
    const int done = (int)(standing->share * BAR);

    dprintf(STDERR_FILENO, "\r[%.*s%s] %3.0f%%%s  %s  %s  ", done, full, empty + done,
            100.0 * standing->share, standing->run, standing->rate, standing->left);
}

static void show_line(const struct standing *standing, uint64_t trials)
{
    dprintf(STDERR_FILENO, "%3.0f%% of %llu trials%s%s%s%s%s\n",
            100.0 * standing->share, (unsigned long long)trials, standing->run,
            *standing->rate == '\0' ? "" : ", ", standing->rate,
            *standing->left == '\0' ? "" : ", ", standing->left);
}

static void show(struct progress *progress, uint64_t done, uint64_t trials)
{
    const double time = now();
    const double spent = time - progress->started;
    struct standing standing;

    if (progress->terminal && time - progress->shown >= 0.2) {
        progress->shown = time;
        reckon(progress, &standing);
        show_bar(&standing);
    }
    if (!progress->terminal && spent >= progress->next_line && done < trials) {
        while (progress->next_line <= spent)
            progress->next_line +=
                fmin(fmax(progress->next_line, FIRST_LINE), LONGEST_SILENCE);
        reckon(progress, &standing);
        show_line(&standing, trials);
    }
}

/* Trials that were there at the first report are not counted, and those of another run
 * are. */
static void count(struct progress *progress, uint64_t done, uint64_t trials)
{
    const bool another = done < progress->done || trials != progress->trials ||
                         progress->done == progress->trials;

    if (progress->run == 0)
        progress->counting = now();
    else
        progress->counted += another ? done : done - progress->done;
    progress->run += another;
    progress->done = done;
    progress->trials = trials;
}

bool progress_report(void *context, uint64_t done, uint64_t trials)
{
    struct progress *progress = context;

    count(progress, done, trials);
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
