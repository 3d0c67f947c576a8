#include "part_file.h"

#include "descriptor.h"
#include "part_items.h"
#include "part_layout.h"
#include "partial.h"
#include "seal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { AT_ONCE = 1 << 14 /* numbers read back */ };

/* A part while it is written. */
struct writing {
    struct guard guard;
    hid_t file;
    const struct part_contents *contents;
};

static void put_identity(struct writing *w)
{
    const struct part_identity *identity = &w->contents->identity;

    part_put_text(&w->guard, w->file, PART_IDENTITY_PATH, identity->run);
    for (size_t i = 0; i < PART_NUMBERS; i++) {
        uint64_t value;

        memcpy(&value, (const char *)identity + part_numbers[i].place, sizeof(value));
        part_put_integer(&w->guard, w->file, part_numbers[i].name, value);
    }
    for (size_t i = 0; i < PART_TEXTS; i++) {
        const char *text = w->contents->text[i];

        part_put_text(&w->guard, w->file, part_text_paths[i], text == NULL ? "" : text);
    }
}

/* One number of each of @p count structs of @p size bytes, at @p place in them. */
static void gather(const void *all, size_t size, size_t place, size_t count,
                   uint64_t *to)
{
    for (size_t i = 0; i < count; i++)
        memcpy(&to[i], (const char *)all + i * size + place, sizeof(*to));
}

static void put_nodes(struct writing *w, uint64_t *memory)
{
    const struct sums *sums = w->contents->sums;
    const size_t width = sums->width;
    const struct part_array along = {
        "/nodes/first", H5T_NATIVE_UINT64, 1, {sums->count, 0}};
    struct part_array blocks = along;

    gather(sums->node, sizeof(*sums->node), offsetof(struct sums_node, first),
           sums->count, memory);
    part_put_array(&w->guard, w->file, &along, memory);
    gather(sums->node, sizeof(*sums->node), offsetof(struct sums_node, blocks),
           sums->count, memory);
    blocks.path = "/nodes/blocks";
    part_put_array(&w->guard, w->file, &blocks, memory);
    for (size_t m = 0; m < PART_MOMENTS; m++) {
        const struct part_array array = {
            part_moments[m].path, H5T_NATIVE_UINT64, 2, {sums->count, width}};

        for (size_t n = 0; n < sums->count; n++)
            gather(sums->node[n].moments, sizeof(struct moments), part_moments[m].place,
                   width, &memory[n * width]);
        part_put_array(&w->guard, w->file, &array, memory);
    }
}

/* Bins that are not empty, histogram by histogram; returns how many. */
static size_t find_bins(const struct part_contents *contents, uint64_t *bins,
                        uint32_t *bin, uint32_t *number)
{
    size_t found = 0;

    for (size_t p = 0; p < contents->paths; p++) {
        const struct histogram *histogram = &contents->histogram[p];
        const struct histogram_range range = histogram_range_of(histogram);
        const size_t before = found;

        for (size_t b = range.first; b <= range.last; b++) {
            if (*histogram_bin(histogram, b) == 0)
                continue;
            if (bin != NULL) {
                bin[found] = (uint32_t)b;
                number[found] = *histogram_bin(histogram, b);
            }
            found++;
        }
        bins[p] = found - before;
    }
    return found;
}

static void put_bins(struct writing *w, uint64_t *bins)
{
    const struct part_contents *contents = w->contents;
    const size_t count = find_bins(contents, bins, NULL, NULL);
    uint32_t *bin = malloc((2 * count + 1) * sizeof(*bin));
    const struct part_array along = {
        "/counts/bins", H5T_NATIVE_UINT64, 1, {contents->paths, 0}};
    struct part_array entry = {"/counts/bin", H5T_NATIVE_UINT32, 1, {count, 0}};

    if (bin == NULL) {
        guard_refuse(&w->guard, HR_FAILED, "no memory to write the counts");
        return;
    }
    find_bins(contents, bins, bin, bin + count);
    part_put_array(&w->guard, w->file, &along, bins);
    part_put_array(&w->guard, w->file, &entry, bin);
    entry.path = "/counts/number";
    part_put_array(&w->guard, w->file, &entry, bin + count);
    free(bin);
}

static void put_counts(struct writing *w, uint64_t *memory)
{
    const struct part_contents *contents = w->contents;

    for (size_t c = 0; c < PART_COUNTS; c++) {
        const struct part_array array = {
            part_counts[c].path, H5T_NATIVE_UINT64, 1, {contents->paths, 0}};

        gather(contents->histogram, sizeof(struct histogram), part_counts[c].place,
               contents->paths, memory);
        part_put_array(&w->guard, w->file, &array, memory);
    }
    put_bins(w, memory);
}

/* A row of the table, in @p memory where it is read; NULL where it cannot be. */
static const double *row_of(const struct part_contents *contents, size_t row,
                            double *memory, struct hr_error *error)
{
    const struct row_stretch all = {.row = row, .count = contents->identity.trials};

    if (contents->table != NULL)
        return &contents->table[row * contents->room];
    return contents->source->read(contents->source->context, &all, memory, error) ==
                   HR_OK
               ? memory
               : NULL;
}

/* Memory for a row that is read; NULL where there is none. */
static double *row_memory(const struct part_contents *contents, struct hr_error *error)
{
    const size_t trials = contents->table == NULL ? contents->identity.trials : 0;
    double *memory = malloc((trials + 1) * sizeof(*memory));

    if (memory == NULL)
        (void)hr_fail(error, HR_FAILED, "no memory for a row of a part");
    return memory;
}

static void put_row(struct writing *w, hid_t data_set, const hid_t space[2],
                    const double *value)
{
    guard_done(
        &w->guard,
        H5Dwrite(data_set, H5T_NATIVE_DOUBLE, space[0], space[1], H5P_DEFAULT, value),
        "write", PART_TABLE_PATH);
}

static void select_row(struct writing *w, hid_t space, size_t row)
{
    const hsize_t first[2] = {row, 0}, size[2] = {1, w->contents->identity.trials};

    guard_done(&w->guard,
               H5Sselect_hyperslab(space, H5S_SELECT_SET, first, NULL, size, NULL),
               "write", PART_TABLE_PATH);
}

/* Row by row, as a row may have room for more trials than there are. */
static void put_rows(struct writing *w, hid_t data_set, hid_t space)
{
    const struct part_contents *contents = w->contents;
    const hsize_t trials = contents->identity.trials;
    const hid_t spaces[2] = {H5Screate_simple(1, &trials, NULL), space};
    struct hr_error why = {0};
    double *memory = row_memory(contents, &why);

    for (size_t r = 0; r < contents->rows && guard_holds(&w->guard); r++) {
        const double *row = memory == NULL ? NULL : row_of(contents, r, memory, &why);

        select_row(w, space, r);
        if (row == NULL)
            guard_refuse(&w->guard, why.status, "%s", why.message);
        else
            put_row(w, data_set, spaces, row);
    }
    free(memory);
    H5Sclose(spaces[0]);
}

static void put_table(struct writing *w)
{
    const hsize_t size[2] = {w->contents->rows, w->contents->identity.trials};
    hid_t space, data_set;

    if (!guard_holds(&w->guard))
        return;
    space =
        guard_id(&w->guard, H5Screate_simple(2, size, NULL), "write", PART_TABLE_PATH);
    data_set = guard_id(&w->guard,
                        H5Dcreate2(w->file, PART_TABLE_PATH, H5T_NATIVE_DOUBLE, space,
                                   H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                        "write", PART_TABLE_PATH);
    if (guard_holds(&w->guard)) {
        put_rows(w, data_set, space);
        guard_done(&w->guard, H5Dclose(data_set), "write", PART_TABLE_PATH);
    }
    H5Sclose(space);
}

static void put_all(struct writing *w)
{
    const struct part_contents *contents = w->contents;
    const size_t nodes = contents->sums->count * (contents->sums->width + 1);
    const size_t most = nodes > contents->paths ? nodes : contents->paths;
    uint64_t *memory = malloc((most + 1) * sizeof(*memory));

    if (memory == NULL) {
        guard_refuse(&w->guard, HR_FAILED, "no memory to write a part of the run");
        return;
    }
    put_identity(w);
    put_table(w);
    put_nodes(w, memory);
    put_counts(w, memory);
    free(memory);
}

static enum hr_status write_hdf5(const struct partial *partial,
                                 const struct part_contents *contents,
                                 struct hr_error *error)
{
    struct descriptor descriptor = {.file = partial->file};
    struct writing w = {
        .guard = {.path = partial->place, .if_fails = HR_FAILED, .error = error},
        .contents = contents,
    };
    const hid_t access = descriptor_access(&w.guard, &descriptor);

    w.file = guard_id(&w.guard,
                      H5Fcreate(partial->place, H5F_ACC_TRUNC, H5P_DEFAULT, access),
                      "write", "the file");
    if (guard_holds(&w.guard)) {
        put_all(&w);
        guard_done(&w.guard, H5Fflush(w.file, H5F_SCOPE_GLOBAL), "write", "the file");
        guard_done(&w.guard, H5Fclose(w.file), "write", "the file");
    }
    H5Pclose(access);
    return w.guard.status;
}

static enum hr_status compare_row(const struct part_file *part, size_t r,
                                  const double *row, struct hr_error *error)
{
    const uint64_t trials = part->identity.trials;
    double read[AT_ONCE];

    for (uint64_t at = 0; at < trials; at += AT_ONCE) {
        const uint64_t left = trials - at;
        const size_t count = left < AT_ONCE ? (size_t)left : AT_ONCE;
        const struct row_stretch some = {r, part->identity.first + at, count};

        if (part_file_row(part, &some, read, error) != HR_OK)
            return error->status;
        if (memcmp(read, &row[at], count * sizeof(*read)) != 0)
            return HR_NOT_HELD;
    }
    return HR_OK;
}

static enum hr_status compare_rows(const struct part_file *part,
                                   const struct part_contents *contents,
                                   struct hr_error *error)
{
    double *memory = row_memory(contents, error);
    enum hr_status status = memory == NULL ? error->status : HR_OK;

    for (size_t r = 0; r < contents->rows && status == HR_OK; r++) {
        const double *row = row_of(contents, r, memory, error);

        status = row == NULL ? error->status : compare_row(part, r, row, error);
    }
    free(memory);
    return status;
}

/* What a disk was given need not be what it holds. */
static enum hr_status check_copy(const struct partial *partial,
                                 const struct part_contents *contents,
                                 struct hr_error *error)
{
    struct part_file part;
    enum hr_status status = part_file_open(partial->name, &part, error);

    if (status == HR_OK) {
        status = compare_rows(&part, contents, error);
        part_file_close(&part);
    }
    if (status == HR_NOT_HELD)
        return hr_fail(error, HR_FAILED,
                       "%s: what was written is not what is read back: the disk or its "
                       "file system is at fault",
                       partial->place);
    return status;
}

enum hr_status part_file_write(const char *path, const struct part_contents *contents,
                               struct hr_error *error)
{
    struct partial partial;
    struct quiet quiet;
    enum hr_status status;

    if (partial_create(path, &partial, error) != HR_OK)
        return error->status;
    quiet = quiet_begin();
    status = write_hdf5(&partial, contents, error);
    quiet_end(quiet);
    if (status == HR_OK)
        status = seal_add(partial.file, partial.place, error);
    if (status == HR_OK)
        status = check_copy(&partial, contents, error);
    if (status == HR_OK)
        return partial_put_in_place(&partial, error);
    (void)partial_discard(&partial);
    return status;
}
