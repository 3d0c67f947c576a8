#include "part_file.h"

#include "part_items.h"
#include "part_layout.h"
#include "seal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A part while it is read. */
struct reading_part {
    struct guard guard;
    hid_t file;
};

static void get_identity(struct reading_part *r, struct part_file *part)
{
    char *run = part_get_text(&r->guard, r->file, PART_IDENTITY_PATH);

    if (run != NULL && strlen(run) == PART_RUN - 1)
        memcpy(part->identity.run, run, PART_RUN);
    else
        guard_refuse(&r->guard, HR_NOT_HELD, "it names no run");
    free(run);
    for (size_t i = 0; i < PART_NUMBERS; i++) {
        const uint64_t value =
            part_get_integer(&r->guard, r->file, part_numbers[i].name);

        memcpy((char *)&part->identity + part_numbers[i].place, &value, sizeof(value));
    }
    for (size_t i = 0; i < PART_TEXTS; i++)
        part->text[i] = part_get_text(&r->guard, r->file, part_text_paths[i]);
}

static void get_shape(struct reading_part *r, struct part_file *part)
{
    struct part_array table = {PART_TABLE_PATH, H5T_NATIVE_DOUBLE, 2, {0, 0}};
    struct part_array node = {part_moments[0].path, H5T_NATIVE_UINT64, 2, {0, 0}};
    struct part_array path = {part_counts[0].path, H5T_NATIVE_UINT64, 1, {0, 0}};
    const hid_t set[] = {
        part_open_array(&r->guard, r->file, &table),
        part_open_array(&r->guard, r->file, &node),
        part_open_array(&r->guard, r->file, &path),
    };

    part->rows = table.size[0];
    part->width = node.size[1];
    part->paths = path.size[0];
    if (guard_holds(&r->guard)) {
        const haddr_t place = H5Dget_offset(set[0]);

        part->table = (off_t)place;
        if (place == HADDR_UNDEF || table.size[1] != part->identity.trials)
            guard_refuse(&r->guard, HR_NOT_HELD, "its trials are not all there");
    }
    for (size_t i = 0; i < sizeof(set) / sizeof(*set); i++) {
        if (set[i] >= 0)
            H5Dclose(set[i]);
    }
}

static struct reading_part open_quietly(const char *path, struct hr_error *error)
{
    struct reading_part r = {
        .guard = {.path = path, .if_fails = HR_NOT_HELD, .error = error}};
    const hid_t access = guard_read_access(&r.guard);

    r.file =
        guard_id(&r.guard, H5Fopen(path, H5F_ACC_RDONLY, access), "read", "the file");
    H5Pclose(access);
    return r;
}

enum hr_status part_file_check(const char *path, struct hr_error *error)
{
    enum seal_state state;
    const enum hr_status status = seal_check(path, &state, error);

    if (status != HR_OK && state == SEAL_UNKNOWN) { /* no word against the part */
        error->status = HR_FAILED;
        return HR_FAILED;
    }
    if (status == HR_BAD_INPUT || (status == HR_OK && state != SEAL_HOLDS))
        return hr_fail(error, HR_NOT_HELD, "%s is cut short", path);
    return status;
}

static enum hr_status read_header(struct part_file *part, struct hr_error *error)
{
    const struct quiet quiet = quiet_begin();
    struct reading_part r = open_quietly(part->path, error);

    if (guard_holds(&r.guard)) {
        get_identity(&r, part);
        get_shape(&r, part);
        H5Fclose(r.file);
    }
    quiet_end(quiet);
    return r.guard.status;
}

enum hr_status part_file_read(const char *path, struct part_file *part,
                              struct hr_error *error)
{
    *part = (struct part_file){.path = strdup(path)};
    if (part->path == NULL)
        return hr_fail(error, HR_FAILED, "no memory to read %s", path);
    if (read_header(part, error) == HR_OK)
        return HR_OK;
    part_file_close(part);
    return error->status;
}

enum hr_status part_file_open(const char *path, struct part_file *part,
                              struct hr_error *error)
{
    *part = (struct part_file){0};
    if (part_file_check(path, error) != HR_OK)
        return error->status;
    return part_file_read(path, part, error);
}

void part_file_close(struct part_file *part)
{
    for (size_t i = 0; i < PART_TEXTS; i++)
        free(part->text[i]);
    free(part->path);
    *part = (struct part_file){0};
}

/* The other way round than when it was written. */
static void scatter(const uint64_t *from, size_t size, size_t place, size_t count,
                    void *all)
{
    for (size_t i = 0; i < count; i++)
        memcpy((char *)all + i * size + place, &from[i], sizeof(*from));
}

static void add_node(struct reading_part *r, struct sums *sums, struct sums_node node)
{
    if (!guard_holds(&r->guard))
        free(node.moments);
    else
        r->guard.status = sums_add(sums, node, r->guard.error);
}

static bool make_nodes(struct sums *sums, struct sums_node *node, size_t nodes)
{
    bool complete = true;

    for (size_t n = 0; n < nodes; n++) {
        node[n].moments = sums_memory(sums);
        complete = complete && node[n].moments != NULL;
    }
    return complete;
}

static void get_moments(struct reading_part *r, struct sums_node *node, size_t nodes,
                        size_t width)
{
    uint64_t *memory = malloc((nodes * width + 1) * sizeof(*memory));

    if (memory == NULL) {
        guard_refuse(&r->guard, HR_FAILED, "no memory to read the sums");
        return;
    }
    for (size_t m = 0; m < PART_MOMENTS && guard_holds(&r->guard); m++) {
        const struct part_array array = {
            part_moments[m].path, H5T_NATIVE_UINT64, 2, {nodes, width}};

        part_get_array(&r->guard, r->file, &array, memory);
        for (size_t n = 0; n < nodes && guard_holds(&r->guard); n++)
            scatter(&memory[n * width], sizeof(struct moments), part_moments[m].place,
                    width, node[n].moments);
    }
    free(memory);
}

static void get_places(struct reading_part *r, struct sums_node *node, size_t nodes)
{
    uint64_t *memory = malloc((nodes + 1) * sizeof(*memory));
    struct part_array array = {"/nodes/first", H5T_NATIVE_UINT64, 1, {nodes, 0}};

    if (memory == NULL) {
        guard_refuse(&r->guard, HR_FAILED, "no memory to read the sums");
        return;
    }
    part_get_array(&r->guard, r->file, &array, memory);
    if (guard_holds(&r->guard))
        scatter(memory, sizeof(*node), offsetof(struct sums_node, first), nodes, node);
    array.path = "/nodes/blocks";
    part_get_array(&r->guard, r->file, &array, memory);
    if (guard_holds(&r->guard))
        scatter(memory, sizeof(*node), offsetof(struct sums_node, blocks), nodes, node);
    free(memory);
}

static void get_nodes(struct reading_part *r, struct sums *sums)
{
    struct part_array along = {"/nodes/first", H5T_NATIVE_UINT64, 1, {0, 0}};
    const hid_t set = part_open_array(&r->guard, r->file, &along);
    const size_t nodes = along.size[0];
    struct sums_node *node = calloc(nodes + 1, sizeof(*node));

    if (set >= 0)
        H5Dclose(set);
    if (node == NULL) {
        guard_refuse(&r->guard, HR_FAILED, "no memory to read the sums");
        return;
    }
    if (!make_nodes(sums, node, nodes))
        guard_refuse(&r->guard, HR_FAILED, "no memory to read the sums");
    else if (guard_holds(&r->guard))
        get_moments(r, node, nodes, sums->width);
    if (guard_holds(&r->guard))
        get_places(r, node, nodes);
    for (size_t n = 0; n < nodes; n++)
        add_node(r, sums, node[n]);
    free(node);
}

static void add_bins(const struct part_file *part, const uint64_t *bins,
                     const uint32_t *bin, const uint32_t *number,
                     struct histogram *histogram)
{
    size_t at = 0;

    for (size_t p = 0; p < part->paths; p++) {
        for (size_t last = at + bins[p]; at < last; at++)
            *histogram_bin(&histogram[p], bin[at] % HISTOGRAM_BINS) += number[at];
    }
}

/* Whether paths have as many bins together as there are. */
static bool are_all(const uint64_t *bins, size_t paths, size_t count)
{
    size_t left = count;

    for (size_t p = 0; p < paths; p++) {
        if (bins[p] > left)
            return false;
        left -= (size_t)bins[p];
    }
    return left == 0;
}

/* Lowest and highest, count and missing, are merged as a histogram without bins. */
static void get_bins(struct reading_part *r, const struct part_file *part,
                     uint64_t *bins, struct histogram *histogram)
{
    const struct part_array along = {
        "/counts/bins", H5T_NATIVE_UINT64, 1, {part->paths, 0}};
    struct part_array entry = {"/counts/bin", H5T_NATIVE_UINT32, 1, {0, 0}};
    const hid_t set = part_open_array(&r->guard, r->file, &entry);
    const size_t count = entry.size[0];
    uint32_t *bin = malloc((2 * count + 1) * sizeof(*bin));

    if (set >= 0)
        H5Dclose(set);
    if (bin == NULL) {
        guard_refuse(&r->guard, HR_FAILED, "no memory to read the counts");
        return;
    }
    part_get_array(&r->guard, r->file, &along, bins);
    part_get_array(&r->guard, r->file, &entry, bin);
    entry.path = "/counts/number";
    part_get_array(&r->guard, r->file, &entry, bin + count);
    if (guard_holds(&r->guard) && !are_all(bins, part->paths, count))
        guard_refuse(&r->guard, HR_NOT_HELD, "its counts are not those of its paths");
    if (guard_holds(&r->guard))
        add_bins(part, bins, bin, bin + count, histogram);
    free(bin);
}

static void get_counts(struct reading_part *r, const struct part_file *part,
                       struct histogram *histogram)
{
    uint64_t *memory = malloc((part->paths + 1) * sizeof(*memory));
    struct histogram_extent *extent = calloc(part->paths + 1, sizeof(*extent));

    if (memory == NULL || extent == NULL)
        guard_refuse(&r->guard, HR_FAILED, "no memory to read the counts");
    for (size_t c = 0; c < PART_COUNTS && guard_holds(&r->guard); c++) {
        const struct part_array array = {
            part_counts[c].path, H5T_NATIVE_UINT64, 1, {part->paths, 0}};

        part_get_array(&r->guard, r->file, &array, memory);
        scatter(memory, sizeof(*extent), part_counts[c].place, part->paths, extent);
    }
    for (size_t p = 0; p < part->paths && guard_holds(&r->guard); p++)
        histogram_widen(&histogram[p], &extent[p]);
    if (guard_holds(&r->guard))
        get_bins(r, part, memory, histogram);
    free(extent);
    free(memory);
}

enum hr_status part_file_load(const struct part_file *part, struct sums *sums,
                              struct histogram *histogram, struct hr_error *error)
{
    const struct quiet quiet = quiet_begin();
    struct reading_part r = open_quietly(part->path, error);

    if (guard_holds(&r.guard)) {
        get_nodes(&r, sums);
        get_counts(&r, part, histogram);
        H5Fclose(r.file);
    }
    quiet_end(quiet);
    return r.guard.status;
}

enum hr_status part_file_row(const struct part_file *part,
                             const struct row_stretch *stretch, double *value,
                             struct hr_error *error)
{
    const size_t bytes = stretch->count * sizeof(*value);
    const uint64_t place =
        stretch->row * part->identity.trials + (stretch->first - part->identity.first);
    const int file = open(part->path, O_RDONLY | O_CLOEXEC);
    const off_t from = part->table + (off_t)(place * sizeof(*value));
    size_t got = 0;
    ssize_t more = 1;

    while (file >= 0 && got < bytes && more > 0) {
        more = pread(file, (char *)value + got, bytes - got, from + (off_t)got);
        got += more > 0 ? (size_t)more : 0;
    }
    if (file >= 0)
        close(file);
    if (got == bytes)
        return HR_OK;
    return hr_fail(error, HR_FAILED, "%s cannot be read: %s", part->path,
                   more == 0 ? "it has been cut short" : strerror(errno));
}
