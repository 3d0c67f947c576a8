#include "crash.h"

#include "headroom/error.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <ucontext.h>
#include <unistd.h>

enum { STACK = 1 << 16, NEAR = 1 << 16, LONGEST = 1024 };

/* A stack of the handler's own, as that of the program may be full; the handler finds
 * behind it, by asking where it stands, what it has to know. */
struct ground {
    char stack[STACK];
    struct crash_context context;
};

/* Where the processor was; NULL where that is not known. */
static const void *place_of(const ucontext_t *at, const void **stack)
{
#if defined(__x86_64__)
    *stack = (const void *)at->uc_mcontext.gregs[REG_RSP];
    return (const void *)at->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
    *stack = (const void *)at->uc_mcontext.sp;
    return (const void *)at->uc_mcontext.pc;
#else
    (void)at;
    *stack = NULL;
    return NULL;
#endif
}

/* The C library falls over what others hand to it. */
static const char *who_fell_over(const void *place)
{
    Dl_info about;
    const char *name;

    if (place == NULL || dladdr(place, &about) == 0 || about.dli_fname == NULL)
        return "a library";
    name = strrchr(about.dli_fname, '/');
    name = name == NULL ? about.dli_fname : name + 1;
    if (strcmp(name, "headroom") == 0)
        return "Headroom itself";
    return strncmp(name, "lib", 3) != 0 || strncmp(name, "libc.", 5) == 0 ? "a library"
                                                                          : name;
}

static bool is_near(const void *a, const void *b)
{
    const uintptr_t x = (uintptr_t)a, y = (uintptr_t)b;

    return (x > y ? x - y : y - x) < NEAR;
}

static void add(char text[LONGEST], const char *more)
{
    const size_t length = strlen(text);

    strncpy(text + length, more, LONGEST - length - 1);
}

static void put(int file, const char *text)
{
    if (write(file, text, strlen(text)) < 0)
        return; /* nobody is there to hear it */
}

static void describe(char text[LONGEST], const siginfo_t *signal, const ucontext_t *at,
                     int error)
{
    const void *stack, *place = place_of(at, &stack);

    if (signal->si_signo == SIGSEGV && is_near(signal->si_addr, stack)) {
        add(text,
            "the stack is full: allow it more (ulimit -s, OMP_STACKSIZE), or more "
            "memory, without which a library may call itself for ever");
    } else {
        add(text, error == ENOMEM ? "memory ran out, and " : "");
        add(text, who_fell_over(place));
        add(text, " fell over (");
        add(text, sigdescr_np(signal->si_signo));
        add(text, error == ENOMEM ? ")" : "), as where memory runs out");
    }
    add(text, "; a result is there only if it was said to be written");
}

static void put_json(const struct crash_context *context, const char *text)
{
    const char *const parts[] = {
        "{\n \"schema\": \"headroom.",
        context->command,
        "/1\",\n \"command\": \"",
        context->command,
        "\",\n \"ok\": false,\n \"status\": 1,\n \"problems\": [\n  {\"file\": null, ",
        "\"line\": null, \"column\": null, \"key\": null, \"text\": \"",
        text,
        "\"}\n ],\n \"notes\": []\n}\n",
    };

    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
        put(STDOUT_FILENO, parts[i]);
}

/* What the handler's stack belongs to; a thread that has none knows less. */
static struct crash_context context_of_thread(void)
{
    struct crash_context known = {.heard = STDERR_FILENO};
    stack_t stack;

    if (sigaltstack(NULL, &stack) == 0 && (stack.ss_flags & SS_DISABLE) == 0)
        memcpy(&known, (const char *)stack.ss_sp + offsetof(struct ground, context),
               sizeof(known));
    return known;
}

static bool wants_core(void)
{
    struct rlimit limit;

    return getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_cur > 0;
}

static void say_last_words(int number, siginfo_t *signal, void *at)
{
    const int error = errno;
    struct crash_context context = context_of_thread();
    char text[LONGEST] = "";

    if (fcntl(context.heard, F_GETFD) < 0)
        context.heard = STDERR_FILENO;
    describe(text, signal, at, error);
    put(context.heard, "headroom");
    put(context.heard, context.command == NULL ? "" : " ");
    put(context.heard, context.command == NULL ? "" : context.command);
    put(context.heard, ": ");
    put(context.heard, text);
    put(context.heard, "\n");
    if (context.json && context.command != NULL)
        put_json(&context, text);
    if (!wants_core())
        _exit(HR_FAILED);
    raise(number); /* which by now does what it does of itself */
}

static bool listen(int number)
{
    const struct sigaction action = {.sa_sigaction = say_last_words,
                                     .sa_flags =
                                         SA_SIGINFO | SA_ONSTACK | (int)SA_RESETHAND};
    struct sigaction now;

    return sigaction(number, NULL, &now) != 0 || now.sa_handler != SIG_DFL ||
           sigaction(number, &action, NULL) == 0;
}

struct crash_context *crash_guard(void)
{
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    struct ground *ground = mmap(NULL, sizeof(*ground), PROT_READ | PROT_WRITE,
                                 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    bool heard = ground != MAP_FAILED;

    if (!heard)
        return NULL;
    ground->context = (struct crash_context){.heard = STDERR_FILENO};
    heard =
        sigaltstack(&(stack_t){.ss_sp = ground->stack, .ss_size = STACK}, NULL) == 0;
    for (size_t i = 0; i < sizeof(crashes) / sizeof(*crashes); i++)
        heard = listen(crashes[i]) && heard;
    return heard ? &ground->context : NULL;
}
