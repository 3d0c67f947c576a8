#include "damaging.h"

#include "test.h"

#include <hdf5.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static long size_of(FILE *file)
{
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    return ftell(file);
}

static char *read_whole(FILE *file, size_t size)
{
    char *whole = malloc(size);

    rewind(file);
    assert_int_equal(fread(whole, 1, size, file), size);
    return whole;
}

void flip_bit_at(const char *path, const void *bytes, size_t count, long offset)
{
    FILE *file = fopen(path, "r+b");
    const size_t size = (size_t)size_of(file);
    char *whole = read_whole(file, size);
    const char *found = memmem(whole, size, bytes, count);

    assert_non_null(found);
    assert_int_equal(fseek(file, found - whole + offset, SEEK_SET), 0);
    fputc(found[offset] ^ 1, file);
    assert_int_equal(fclose(file), 0);
    free(whole);
}

void cut_in_half(const char *path)
{
    FILE *file = fopen(path, "r+b");
    const long size = size_of(file);

    assert_int_equal(ftruncate(fileno(file), size / 2), 0);
    assert_int_equal(fclose(file), 0);
}

void take_off_seal(const char *path)
{
    static const char heading[] = "\nheadroom sha256 ";
    enum { HEADING = sizeof(heading) - 1, SEAL = HEADING + 64 + 1 };
    FILE *file = fopen(path, "r+b");
    const long size = size_of(file);
    char *whole = read_whole(file, (size_t)size);

    if (size > SEAL && memcmp(whole + size - SEAL, heading, HEADING) == 0)
        assert_int_equal(ftruncate(fileno(file), size - SEAL), 0);
    assert_int_equal(fclose(file), 0);
    free(whole);
}

void write_line(const char *path, const char *line)
{
    FILE *file = fopen(path, "w");

    fprintf(file, "%s\n", line);
    assert_int_equal(fclose(file), 0);
}

static void set_attribute(const char *path, const char *name, hid_t type,
                          const void *value)
{
    const hid_t file = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
    const hid_t attribute = H5Aopen(file, name, H5P_DEFAULT);

    assert_true(H5Awrite(attribute, type, value) >= 0);
    assert_true(H5Aclose(attribute) >= 0);
    assert_true(H5Fclose(file) >= 0);
}

void set_integer(const char *path, const char *name, unsigned long long value)
{
    set_attribute(path, name, H5T_NATIVE_ULLONG, &value);
}

void set_text(const char *path, const char *name, const char *text)
{
    const hid_t type = H5Tcopy(H5T_C_S1);

    assert_true(H5Tset_size(type, H5T_VARIABLE) >= 0);
    assert_true(H5Tset_cset(type, H5T_CSET_UTF8) >= 0);
    set_attribute(path, name, type, &text);
    H5Tclose(type);
}
