#include "descriptor.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What HDF5 holds of an open file. */
struct open_file {
    H5FD_t hdf5; /* must be first */
    struct descriptor *descriptor;
    haddr_t end; /* of what HDF5 has given away */
};

/* The driver's part of an access list. */
struct access_info {
    struct descriptor *descriptor;
};

static herr_t note_failure(const struct open_file *open)
{
    if (open->descriptor->failure == 0)
        open->descriptor->failure = errno;
    return -1;
}

static H5FD_t *open_file(const char *name, unsigned flags, hid_t access, haddr_t most)
{
    const struct access_info *info = H5Pget_driver_info(access);
    struct open_file *open = info == NULL ? NULL : calloc(1, sizeof(*open));

    (void)name;
    (void)most;
    if (open == NULL) {
        if (info != NULL && info->descriptor->failure == 0)
            info->descriptor->failure = ENOMEM;
        return NULL;
    }
    open->descriptor = info->descriptor;
    if ((flags & H5F_ACC_TRUNC) == 0 || ftruncate(open->descriptor->file, 0) == 0)
        return &open->hdf5;
    note_failure(open);
    free(open);
    return NULL;
}

/* The descriptor is its owner's to close. */
static herr_t close_file(H5FD_t *file)
{
    free(file);
    return 0;
}

static int compare(const H5FD_t *a, const H5FD_t *b)
{
    const int first = ((const struct open_file *)a)->descriptor->file;
    const int second = ((const struct open_file *)b)->descriptor->file;

    return (first > second) - (first < second);
}

/* As HDF5's own driver does, so that it makes the same bytes. */
static herr_t query(const H5FD_t *file, unsigned long *flags)
{
    (void)file;
    if (flags != NULL)
        *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA |
                 H5FD_FEAT_DATA_SIEVE | H5FD_FEAT_AGGREGATE_SMALLDATA |
                 H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
    return 0;
}

static haddr_t get_end(const H5FD_t *file, H5FD_mem_t type)
{
    (void)type;
    return ((const struct open_file *)file)->end;
}

static herr_t set_end(H5FD_t *file, H5FD_mem_t type, haddr_t end)
{
    (void)type;
    ((struct open_file *)file)->end = end;
    return 0;
}

static haddr_t file_size(const H5FD_t *file, H5FD_mem_t type)
{
    const struct open_file *open = (const struct open_file *)file;
    struct stat about;

    (void)type;
    if (fstat(open->descriptor->file, &about) == 0)
        return (haddr_t)about.st_size;
    note_failure(open);
    return HADDR_UNDEF;
}

/* What lies beyond the end reads as zeros. */
static herr_t read_bytes(H5FD_t *file, H5FD_mem_t type, hid_t transfer, haddr_t at,
                         size_t size, void *buffer)
{
    const struct open_file *open = (const struct open_file *)file;
    char *to = buffer;

    (void)type;
    (void)transfer;
    while (size > 0) {
        const ssize_t got = pread(open->descriptor->file, to, size, (off_t)at);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return note_failure(open);
        if (got == 0) {
            memset(to, 0, size);
            return 0;
        }
        to += got;
        at += (haddr_t)got;
        size -= (size_t)got;
    }
    return 0;
}

static herr_t write_bytes(H5FD_t *file, H5FD_mem_t type, hid_t transfer, haddr_t at,
                          size_t size, const void *buffer)
{
    const struct open_file *open = (const struct open_file *)file;
    const char *from = buffer;

    (void)type;
    (void)transfer;
    while (size > 0) {
        const ssize_t put = pwrite(open->descriptor->file, from, size, (off_t)at);

        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return note_failure(open);
        from += put;
        at += (haddr_t)put;
        size -= (size_t)put;
    }
    return 0;
}

static herr_t truncate_file(H5FD_t *file, hid_t transfer, hbool_t closing)
{
    const struct open_file *open = (const struct open_file *)file;

    (void)transfer;
    (void)closing;
    if (file_size(file, H5FD_MEM_DEFAULT) == open->end ||
        ftruncate(open->descriptor->file, (off_t)open->end) == 0)
        return 0;
    return note_failure(open);
}

static const H5FD_class_t driver = {
#ifdef H5FD_CLASS_VERSION /* HDF5 1.14 */
    .version = H5FD_CLASS_VERSION,
    .value = (H5FD_class_value_t)620, /* of those free for anyone */
#endif
    .name = "headroom_descriptor",
    .maxaddr = ((haddr_t)1 << 62),
    .fc_degree = H5F_CLOSE_WEAK,
    .fapl_size = sizeof(struct access_info),
    .open = open_file,
    .close = close_file,
    .cmp = compare,
    .query = query,
    .get_eoa = get_end,
    .set_eoa = set_end,
    .get_eof = file_size,
    .read = read_bytes,
    .write = write_bytes,
    .truncate = truncate_file,
    .fl_map = H5FD_FLMAP_DICHOTOMY,
};

static const char *const doing = "write";
static const char *const the_file = "the file";

/* HDF5 closes a file through its driver after letting go of it, which then must not
 * have been the last hold: ours is kept, some hundred bytes a file. */
hid_t descriptor_access(struct guard *guard, struct descriptor *descriptor)
{
    const struct access_info info = {descriptor};
    const hid_t access = guard_id(guard, H5Pcreate(H5P_FILE_ACCESS), doing, the_file);
    const hid_t ours = guard_id(guard, H5FDregister(&driver), doing, the_file);

    guard->failure = &descriptor->failure;
    guard_done(guard, H5Pset_driver(access, ours, &info), doing, the_file);
    return access;
}
