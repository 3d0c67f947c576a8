#include "seal.h"

#include "digest.h"
#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char heading[] = "\nheadroom sha256 ";

enum {
    HEADING = sizeof(heading) - 1,
    SEAL = HEADING + DIGEST_TEXT, /**< the digits' final NUL is a line feed here */
    BYTES_AT_ONCE = 1 << 16,
};

/* The digest of the first @p left bytes; false where they cannot be read. */
static bool hash_bytes(FILE *file, long left, char text[DIGEST_TEXT])
{
    unsigned char bytes[BYTES_AT_ONCE];
    struct sha256_ctx hash;

    sha256_init(&hash);
    if (left < 0)
        return false;
    rewind(file);
    while (left > 0) {
        const size_t wanted = left < BYTES_AT_ONCE ? (size_t)left : BYTES_AT_ONCE;
        const size_t got = fread(bytes, 1, wanted, file);

        if (got == 0)
            return false;
        digest_add(&hash, bytes, got);
        left -= (long)got;
    }
    digest_end(&hash, text);
    return true;
}

static long size_of(FILE *file)
{
    return fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
}

/* A stream of its own on an open file; closing it leaves that open. */
static FILE *stream_of(int descriptor)
{
    const int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    FILE *file = copy < 0 ? NULL : fdopen(copy, "r+b");

    if (file == NULL && copy >= 0)
        close(copy);
    return file;
}

/* The digest that the last line states; false where there is no such line. */
static bool read_seal(FILE *file, char digest[DIGEST_TEXT])
{
    char seal[SEAL];

    if (fseek(file, -(long)SEAL, SEEK_END) != 0 || fread(seal, 1, SEAL, file) != SEAL ||
        memcmp(seal, heading, HEADING) != 0 || seal[SEAL - 1] != '\n')
        return false;
    seal[SEAL - 1] = '\0';
    memcpy(digest, seal + HEADING, DIGEST_TEXT);
    return true;
}

/* What was added is what is read back. */
static enum hr_status check_line(int descriptor, const char *wanted, const char *name,
                                 struct hr_error *error)
{
    FILE *file = stream_of(descriptor);
    char found[DIGEST_TEXT];
    const bool same =
        file != NULL && read_seal(file, found) && strcmp(found, wanted) == 0;

    if (file != NULL)
        fclose(file);
    if (same)
        return HR_OK;
    return hr_fail(error, HR_FAILED,
                   "%s: what was sealed is not what is read back: the disk or its file "
                   "system is at fault",
                   name);
}

enum hr_status seal_add(int descriptor, const char *name, struct hr_error *error)
{
    FILE *file = stream_of(descriptor);
    char digest[DIGEST_TEXT];
    bool done = file != NULL && hash_bytes(file, size_of(file), digest) &&
                fseek(file, 0, SEEK_END) == 0 &&
                fprintf(file, "%s%s\n", heading, digest) == SEAL;
    int reason = errno;

    if (file != NULL && fclose(file) != 0 && done) {
        done = false;
        reason = errno;
    }
    if (!done)
        return hr_fail(error, HR_FAILED, "%s: cannot seal the file: %s", name,
                       strerror(reason));
    return check_line(descriptor, digest, name, error);
}

/* By its signature, the same in every version of the format. */
static bool is_hdf5(FILE *file)
{
    static const char signature[] = {'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};
    char first[sizeof(signature)];

    rewind(file);
    return fread(first, 1, sizeof(first), file) == sizeof(first) &&
           memcmp(first, signature, sizeof(first)) == 0;
}

static enum hr_status compare(FILE *file, const char *path, enum seal_state *state,
                              struct hr_error *error)
{
    char wanted[DIGEST_TEXT], found[DIGEST_TEXT];

    *state = read_seal(file, wanted) ? SEAL_HOLDS : SEAL_ABSENT;
    if (*state == SEAL_ABSENT && !is_hdf5(file) && guard_ran_out() == 0)
        return hr_fail(error, HR_BAD_INPUT, "%s is no result file: it is not HDF5",
                       path);
    if (*state == SEAL_ABSENT)
        return HR_OK;
    if (!hash_bytes(file, size_of(file) - SEAL, found))
        return hr_fail(error, HR_FAILED, "%s cannot be read: %s", path,
                       strerror(errno));
    if (strcmp(wanted, found) != 0)
        return hr_fail(error, HR_NOT_HELD,
                       "%s is damaged: its bytes are not those that were written",
                       path);
    return HR_OK;
}

enum hr_status seal_check(const char *path, enum seal_state *state,
                          struct hr_error *error)
{
    FILE *file = fopen(path, "rb");
    enum hr_status status;

    *state = SEAL_UNKNOWN;
    if (file == NULL)
        return hr_fail(error, guard_ran_out() != 0 ? HR_FAILED : HR_BAD_INPUT,
                       "%s cannot be read: %s", path, strerror(errno));
    status = compare(file, path, state, error);
    fclose(file);
    return status;
}
