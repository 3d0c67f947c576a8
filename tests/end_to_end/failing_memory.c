/* To be preloaded: lets one request for memory fail, of those that the program itself
 * makes or, with FAIL_LIBRARIES, of those that it makes and libraries for it.
 *
 * FAIL_AT is the number of the request, from 1; 0 for none. FAIL_FOR is how many fail
 * from there on; one if not said. At the end the number of requests is written to the
 * file that FAIL_COUNT names. Processes that the program starts by fork() count on with
 * it, so that each of its requests has a number that no other has.
 *
 * The file that FAIL_PLACES names gets the number of each request that is made from
 * somewhere new: whose last callers, as many as FAIL_DEPTH says and ten at most, are
 * not those of an earlier one. A failure of those is as good as one of all, and they
 * are one in fifty. */
#include <errno.h>
#include <execinfo.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);

enum { MOST_CALLERS = 10, PLACES = 1 << 16 };

static uintptr_t program_start, program_end;
static uint64_t seen[PLACES];
static FILE *places;
static _Thread_local bool looking;
static unsigned long fail_at, fail_for, callers, *requests;
static int libraries;

/* The program is the first that is told of. */
static int note_program(struct dl_phdr_info *info, size_t size, void *context)
{
    (void)size;
    (void)context;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];

        if (part->p_type != PT_LOAD || (part->p_flags & PF_X) == 0)
            continue;
        program_start = info->dlpi_addr + part->p_vaddr;
        program_end = program_start + part->p_memsz;
    }
    return 1;
}

static unsigned long number_of(const char *name, unsigned long otherwise)
{
    const char *text = getenv(name);

    return text == NULL ? otherwise : strtoul(text, NULL, 10);
}

__attribute__((constructor)) static void begin(void)
{
    dl_iterate_phdr(note_program, NULL);
    requests = mmap(NULL, sizeof(*requests), PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    libraries = getenv("FAIL_LIBRARIES") != NULL;
    fail_for = number_of("FAIL_FOR", 1);
    fail_at = number_of("FAIL_AT", 0);
    callers = number_of("FAIL_DEPTH", MOST_CALLERS);
    if (getenv("FAIL_PLACES") == NULL)
        return;
    looking = true;
    places = fopen(getenv("FAIL_PLACES"), "w");
    unsetenv("FAIL_PLACES"); /* children count for themselves */
    looking = false;
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("FAIL_COUNT");
    FILE *file;

    fail_at = 0; /* what follows is our own */
    file = path == NULL ? NULL : fopen(path, "w");

    if (file == NULL)
        return;
    fprintf(file, "%lu\n", *requests);
    fclose(file);
}

/* The first two callers are in here. */
static bool is_new_place(void)
{
    void *caller[MOST_CALLERS + 2] = {0};
    const int count = backtrace(caller, (int)callers + 2);
    uint64_t hash = 1;
    size_t i;

    for (int c = 2; c < count; c++) {
        hash = (hash ^ (uintptr_t)caller[c]) * 0x9e3779b97f4a7c15;
        hash ^= hash >> 29;
    }
    for (i = hash % PLACES; seen[i] != 0 && seen[i] != hash; i = (i + 1) % PLACES)
        continue;
    if (seen[i] == hash)
        return false;
    seen[i] = hash;
    return true;
}

static void note_place(unsigned long number)
{
    if (places == NULL || looking)
        return;
    looking = true; /* what this itself asks for is no request */
    if (is_new_place())
        fprintf(places, "%lu\n", number);
    fflush(places);
    looking = false;
}

static int fails(const void *caller)
{
    const uintptr_t at = (uintptr_t)caller;
    unsigned long number;

    if (requests == NULL || looking ||
        (!libraries && (at < program_start || at >= program_end)))
        return 0;
    number = __atomic_add_fetch(requests, 1, __ATOMIC_RELAXED);
    note_place(number);
    if (fail_at == 0 || number < fail_at || number >= fail_at + fail_for)
        return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(memory, size);
}
