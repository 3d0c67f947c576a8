#include "interrupt.h"

#include <signal.h>
#include <stddef.h>
#include <time.h>

static sigset_t requests_to_stop(void)
{
    sigset_t signals;

    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    return signals;
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

    return sigtimedwait(&signals, NULL, &no_time) > 0;
}
