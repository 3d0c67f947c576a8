#include "terminal.h"

#include "text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { LONGEST_CHARACTER = 4, LONGEST_CODE = 16, ROOM = 4096 };

/** A guarded stream. */
struct guard {
    int file;
    size_t held; /**< bytes of a character whose end is still to come */
    char hold[LONGEST_CHARACTER + 1];
};

/** What is ready to go out. */
struct pending {
    int file;
    size_t size;
    bool failed;
    char text[ROOM + LONGEST_CODE];
};

static void flush(struct pending *pending)
{
    size_t done = 0;

    while (done < pending->size && !pending->failed) {
        const ssize_t n =
            write(pending->file, pending->text + done, pending->size - done);

        if (n >= 0)
            done += (size_t)n;
        else
            pending->failed = errno != EINTR;
    }
    pending->size = 0;
}

/* Bytes of the character that begins with @p lead, if it is one. */
static size_t length_of(unsigned char lead)
{
    if (lead < 0xc0)
        return 1;
    return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

static void put(struct pending *pending, const char *character)
{
    char code[LONGEST_CODE];
    const char *shown = text_visible(character, code, sizeof(code));

    if (*character == '\0')
        shown = "\\u0000";
    if (*character == '\n' || *character == '\t')
        shown = character;
    memcpy(pending->text + pending->size, shown, strlen(shown));
    pending->size += strlen(shown);
    if (pending->size >= ROOM)
        flush(pending);
}

/* What libraries print of themselves where something fails. They return that it did,
 * and we say so, in a sentence that says what it means. */
static bool is_of_library(const char *line, size_t size)
{
    static const char *const starts[] = {"HDF5-DIAG: ", "  #0",       "    major: ",
                                         "    minor: ", "[ERROR]",    "[WARNING]",
                                         "libgomp: ",   "\nlibgomp: "};

    for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++) {
        const size_t length = strlen(starts[i]);

        if (size >= length && memcmp(line, starts[i], length) == 0)
            return true;
    }
    return false;
}

static ssize_t write_guarded(void *cookie, const char *text, size_t size)
{
    struct guard *guard = cookie;
    struct pending pending = {.file = guard->file};

    if (guard->file == STDERR_FILENO && guard->held == 0 && is_of_library(text, size))
        return (ssize_t)size;
    for (size_t i = 0; i < size; i++) {
        const unsigned char byte = (unsigned char)text[i];

        if (guard->held > 0 && (byte & 0xc0) != 0x80) { /* it broke off */
            put(&pending, guard->hold);
            guard->held = 0;
        }
        guard->hold[guard->held++] = text[i];
        guard->hold[guard->held] = '\0';
        if (guard->held < length_of((unsigned char)guard->hold[0]))
            continue;
        put(&pending, guard->hold);
        guard->held = 0;
    }
    flush(&pending);
    return pending.failed ? 0 : (ssize_t)size;
}

static FILE *guarded(int file)
{
    struct guard *guard = calloc(1, sizeof(*guard));
    FILE *stream = NULL;

    if (guard != NULL) {
        guard->file = file;
        stream =
            fopencookie(guard, "w", (cookie_io_functions_t){.write = write_guarded});
    }
    if (stream == NULL)
        free(guard);
    else if (file == STDERR_FILENO || isatty(file) != 0)
        setvbuf(stream, NULL, _IOLBF, BUFSIZ);
    return stream;
}

bool terminal_guard(void)
{
    FILE *output = guarded(STDOUT_FILENO), *error = guarded(STDERR_FILENO);

    if (output == NULL || error == NULL)
        return false;
    stdout = output;
    stderr = error;
    return true;
}
