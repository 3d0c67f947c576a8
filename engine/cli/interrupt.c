#include "interrupt.h"

#include <signal.h>
#include <stddef.h>
#include <time.h>

static const int requests[] = {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGXCPU};

/* A blocked signal waits even where it is ignored, so ignored ones are not blocked. */
static sigset_t requests_to_stop(void)
{
    sigset_t signals;

    sigemptyset(&signals);
    for (size_t i = 0; i < sizeof(requests) / sizeof(*requests); i++) {
        struct sigaction now;

        if (sigaction(requests[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            sigaddset(&signals, requests[i]);
    }
    return signals;
}

void interrupt_survive_writing(void)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

void interrupt_hold(void)
{
    const sigset_t signals = requests_to_stop();

    sigprocmask(SIG_BLOCK, &signals, NULL);
}

bool interrupt_came(void)
{
    const sigset_t signals = requests_to_stop();
    const struct timespec no_time = {0};

    if (sigtimedwait(&signals, NULL, &no_time) <= 0)
        return false;
    pthread_sigmask(SIG_UNBLOCK, &signals, NULL); /* a second one ends the program */
    return true;
}
