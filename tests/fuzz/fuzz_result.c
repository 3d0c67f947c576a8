/* What is thrown at the reader of result files. The first byte says how: as the bytes
 * of a file, which may bring HDF5 down in the process that looks first and then must
 * be a sentence; or as changes that HDF5 itself makes to a good file, which are read
 * here and now, so that what goes wrong is ours. */
#include "fuzz.h"

#include "headroom/result.h"
#include "publish.h"
#include "reader.h"
#include "small_outcome.h"

#include <hdf5.h>

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH = 64, LONGEST_NAME = 40, MOST_CHANGES = 16 };

static void must(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        abort();
    }
}

/* Bytes that are taken one by one; zeros after the last. */
struct source {
    const uint8_t *at;
    size_t left;
};

static unsigned take(struct source *source)
{
    if (source->left == 0)
        return 0;
    source->left--;
    return *source->at++;
}

/* A path of a good file, or any. */
static void take_path(struct source *source, char path[LONGEST_NAME])
{
    static const char *const known[] = {
        "/point",
        "/form",
        "/trial",
        "/statistic",
        "/site",
        "/inputs/scenario",
        "/inputs/assumptions/key",
        "/inputs/assumptions/central",
        "/trials/npv_partners",
        "/summary/npv_partners",
        "/bearers/net",
        "/paths/vacancy",
        "/inputs/practices/list",
        "/quality/near_ties",
    };
    const unsigned which = take(source);
    const size_t count = sizeof(known) / sizeof(*known);

    if (which < 16 * count)
        snprintf(path, LONGEST_NAME, "%s", known[which % count]);
    else
        snprintf(path, LONGEST_NAME, "/%c%x/%x", "istcpq"[which % 6], take(source),
                 take(source));
}

static hid_t take_type(struct source *source)
{
    const hid_t words = H5Tcopy(H5T_C_S1);
    hid_t type[6];

    H5Tset_size(words, H5T_VARIABLE);
    type[0] = type[1] = H5T_IEEE_F64LE;
    type[2] = type[3] = words;
    type[4] = H5T_STD_I16BE;
    type[5] = H5T_IEEE_F32LE;
    return H5Tcopy(type[take(source) % 6]);
}

static hid_t take_space(struct source *source)
{
    hsize_t size[5];
    const int rank = (int)(take(source) % 6);

    for (int d = 0; d < rank; d++) {
        size[d] = take(source) % 8;
        if (take(source) == 255)
            size[d] = (hsize_t)1 << (20 + take(source) % 42);
    }
    return rank == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(rank, size, NULL);
}

static void add_data_set(hid_t file, struct source *source, const char *path)
{
    const hid_t type = take_type(source), space = take_space(source);
    const hid_t list = H5Pcreate(H5P_DATASET_CREATE);
    const hid_t links = H5Pcreate(H5P_LINK_CREATE);
    hsize_t chunk[5] = {1 + take(source) % 8, 1, 1, 1, 1};
    hid_t data;

    H5Pset_create_intermediate_group(links, 1);
    if (take(source) % 2)
        H5Pset_chunk(list, H5Sget_simple_extent_ndims(space), chunk);
    data = H5Dcreate2(file, path, type, space, links, list, H5P_DEFAULT);
    if (data >= 0)
        H5Dclose(data);
    H5Pclose(links);
    H5Pclose(list);
    H5Sclose(space);
    H5Tclose(type);
}

static void set_attribute(hid_t file, struct source *source, const char *path)
{
    static const char *const known[] = {
        "title",    "seed",  "trials", "numbers", "reference", "schema_version",
        "complete", "units", "NAME",   "CLASS",   "real",      "DIMENSION_LIST"};
    const char *name = known[take(source) % (sizeof(known) / sizeof(*known))];
    const hid_t object = H5Oopen(file, take(source) % 2 ? path : "/", H5P_DEFAULT);
    const hid_t type = take_type(source), space = take_space(source);
    hid_t attribute;

    if (object >= 0) {
        H5Adelete(object, name);
        attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
        if (attribute >= 0)
            H5Aclose(attribute);
        H5Oclose(object);
    }
    H5Sclose(space);
    H5Tclose(type);
}

/* One change of the open file; most of them fail, which is no matter. */
static void change(hid_t file, struct source *source)
{
    char path[LONGEST_NAME], other[LONGEST_NAME];
    const unsigned how = take(source) % 7;

    take_path(source, path);
    take_path(source, other);
    if (how == 0)
        H5Ldelete(file, path, H5P_DEFAULT);
    else if (how == 1)
        H5Lmove(file, path, file, other, H5P_DEFAULT, H5P_DEFAULT);
    else if (how == 2)
        H5Lcreate_hard(file, path, file, other, H5P_DEFAULT, H5P_DEFAULT);
    else if (how == 3)
        H5Lcreate_soft(path, file, other, H5P_DEFAULT, H5P_DEFAULT);
    else if (how == 4)
        set_attribute(file, source, path);
    else
        add_data_set(file, source, path);
}

/* All that is asked of an open reader. */
static void read_all(const char *path)
{
    struct hr_error error = {0};
    struct content_hash hash;
    struct reader reader;
    enum hr_status status = reader_open(&reader, path, &error);

    if (status == HR_OK) {
        status = reader_hash(&reader, &hash, &error);
        reader_close(&reader);
    }
    must(status == HR_OK || *error.message != '\0', "a refusal says why");
}

static const char *good_file(void)
{
    static const char path[] = "fuzz_result_good.h5";

    if (access(path, R_OK) != 0) {
        struct small_outcome *small = small_outcome();
        struct hr_error error;

        must(result_publish(path, &small->outcome, NULL, &error) == HR_OK,
             "a good file can be written");
        free(small);
    }
    return path;
}

/* A file of this process alone, as HDF5 opens none without a name; empty or a copy of
 * the good one. */
static int work_file(bool empty, char path[PATH])
{
    FILE *file = fopen(good_file(), "rb");
    uint8_t bytes[4096];
    size_t got;
    int copy;

    snprintf(path, PATH, "fuzz_result_%ld.h5", (long)getpid());
    copy = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    must(copy >= 0 && file != NULL, "a file to work on");
    while (!empty && (got = fread(bytes, 1, sizeof(bytes), file)) > 0)
        must(write(copy, bytes, got) == (ssize_t)got, "room for a file");
    fclose(file);
    return copy;
}

static void changed_by_hdf5(struct source source)
{
    char path[PATH];
    hid_t file;

    close(work_file(false, path));
    file = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
    must(file >= 0, "a good file opens");
    for (int i = 0; i < MOST_CHANGES && source.left > 0; i++)
        change(file, &source);
    H5Fclose(file);
    read_all(path);
    unlink(path);
}

/* The bytes themselves, or laid over a good file at some place. */
static void as_bytes(struct source source, bool whole)
{
    struct hr_error error = {0};
    struct hr_result *result = NULL;
    char path[PATH];
    const int file = work_file(whole, path);
    off_t place = 0;

    if (!whole) {
        place = (off_t)take(&source) << 10;
        place += (off_t)take(&source) << 2;
    }
    must(pwrite(file, source.at, source.left, place) == (ssize_t)source.left,
         "room for a file");
    close(file);
    must(hr_result_open(path, &result, &error) == HR_OK || *error.message != '\0',
         "a refusal says why");
    hr_result_close(result);
    unlink(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct source source = {data, size};
    const unsigned how = take(&source) % 8;
    const struct quiet quiet = quiet_begin();

    if (how == 0)
        as_bytes(source, true);
    else if (how == 1)
        as_bytes(source, false);
    else
        changed_by_hdf5(source);
    quiet_end(quiet);
    return 0;
}
