#include "site_store.h"

#include "site_quarters.h"
#include "temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

double site_store_bytes(const struct plan *plan, double trials)
{
    return 8.0 * trials * (double)site_quarters_size(plan);
}

static enum hr_status map(struct site_store *store, int file, struct hr_error *error)
{
    const int why = posix_fallocate(file, 0, (off_t)store->bytes);
    void *place;

    if (why != 0)
        return hr_fail(error, HR_FAILED,
                       "no room for %.1f GB of practices by quarter where TMPDIR says "
                       "(/tmp if it does not): %s",
                       (double)store->bytes / 1e9, strerror(why));
    place = mmap(NULL, store->bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (place == MAP_FAILED)
        return hr_fail(error, HR_FAILED,
                       "cannot map %.1f GB of practices by quarter: %s",
                       (double)store->bytes / 1e9, strerror(errno));
    store->value = place;
    return HR_OK;
}

static enum hr_status make_room(struct site_store *store, struct hr_error *error)
{
    char path[PATH_MAX];
    enum hr_status status = temporary_file("sites", path, error);
    int file;

    if (status != HR_OK)
        return status;
    file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0)
        status = hr_fail(error, HR_FAILED, "cannot open %s: %s", path, strerror(errno));
    if (unlink(path) != 0 && status == HR_OK)
        status = hr_fail(error, HR_FAILED,
                         "%s would stay, with practices by quarter in it: it cannot be "
                         "removed: %s",
                         path, strerror(errno));
    if (status != HR_OK) {
        if (file >= 0)
            close(file);
        return status;
    }
    status = map(store, file, error);
    close(file);
    return status;
}

enum hr_status site_store_open(struct site_store *store, const struct plan *plan,
                               uint64_t trials, struct hr_error *error)
{
    const double bytes = site_store_bytes(plan, (double)trials);

    if (bytes == 0.0 || trials <= store->trials)
        return HR_OK;
    if (store->value != NULL)
        return hr_fail(error, HR_BAD_INPUT,
                       "a run that stores its practices by quarter has room for the "
                       "%" PRIu64 " trials it began with, not for %" PRIu64,
                       store->trials, trials);
    *store = (struct site_store){.trials = trials, .bytes = (size_t)bytes};
    if (make_room(store, error) == HR_OK)
        return HR_OK;
    *store = (struct site_store){0};
    return error->status;
}

void site_store_cut(struct site_store *store, const struct plan *plan, uint64_t trials)
{
    const size_t numbers = plan->sites * (size_t)plan->quarters;

    if (store->value == NULL || trials >= store->trials)
        return;
    for (size_t row = 1; row < plan->forms * SITE_QUARTERS; row++)
        memmove(&store->value[row * trials * numbers],
                &store->value[row * store->trials * numbers],
                trials * numbers * sizeof(*store->value));
    store->trials = trials;
}

void site_store_close(struct site_store *store)
{
    if (store->value != NULL)
        munmap(store->value, store->bytes);
    *store = (struct site_store){0};
}

static void add_lane(const struct lanes *kept, size_t numbers, int lane, double *to)
{
    for (size_t k = 0; k < numbers; k++)
        to[k] = kept[k].at[lane];
}

/* What has been written may leave memory for the disk. */
static void let_go(double *from, size_t numbers)
{
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    const uintptr_t first = (uintptr_t)from / page * page;
    const uintptr_t end = (uintptr_t)(from + numbers);

    (void)madvise((void *)first, (size_t)(end - first), MADV_DONTNEED);
}

void site_store_add(const struct site_store *store, const struct block *block)
{
    const struct plan *plan = block->whole;
    const size_t numbers = plan->sites * (size_t)plan->quarters;

    if (store->value == NULL)
        return;
    for (size_t k = 0; k < plan->forms * SITE_QUARTERS; k++) {
        const size_t form = k / SITE_QUARTERS, column = k % SITE_QUARTERS;
        const size_t row = column * plan->forms + form;
        double *to = &store->value[(row * store->trials + block->first) * numbers];

        for (int i = 0; i < block->count; i++)
            add_lane(&block->site_quarters[k * numbers], numbers, i,
                     &to[(size_t)i * numbers]);
        let_go(to, (size_t)block->count * numbers);
    }
}

void site_store_put(const struct site_store *store, const struct plan *plan,
                    size_t number, const struct site_stretch *stretch)
{
    const size_t numbers = plan->sites * (size_t)plan->quarters;
    const size_t k = number / numbers;
    const size_t row = k % SITE_QUARTERS * plan->forms + k / SITE_QUARTERS;
    double *to;

    if (store->value == NULL)
        return;
    to = &store->value[(row * store->trials + stretch->first) * numbers +
                       number % numbers];
    for (size_t i = 0; i < stretch->trials; i++)
        to[i * numbers] = stretch->value[i];
}
