/* What parts add up to does not depend on how a run was cut into them. */
#include "test.h"

#include "busy_patch.h"
#include "driver.h"
#include "whole.h"

#include <string.h>

enum { SITES = 6, QUARTERS = 8, BLOCKS = 45 };

/* A plan and its shape; the plan stays where it is. */
struct patch_run {
    struct plan plan;
    struct shape shape;
};

static void prepare(struct patch_run *run)
{
    struct hr_error error;

    busy_patch(&run->plan, SITES, QUARTERS);
    assert_int_equal(shape_init(&run->shape, &run->plan, &error), HR_OK);
}

static void clear(struct patch_run *run)
{
    shape_free(&run->shape);
    plan_free(&run->plan);
}

static struct part run_range(const struct patch_run *run, uint64_t first, uint64_t last,
                             const struct driver_progress *progress)
{
    struct driver_options options = {.threads = 2, .progress = progress};
    struct part part = part_none(&run->shape);
    struct job job = {.range = {.first = first, .last = last}, .part = &part};
    struct hr_error error;

    assert_int_equal(kernel_choose(NULL, &job.kernel, &error), HR_OK);
    assert_int_equal(driver_run(&options, &job, &error), HR_OK);
    return part;
}

static void assert_same_row(struct whole *a, struct whole *b, size_t row)
{
    const struct row_stretch all = {.row = row, .count = a->trials};
    double first[BLOCKS * LANES], second[BLOCKS * LANES];
    struct hr_error error;

    assert_int_equal(whole_read(a, &all, first, &error), HR_OK);
    assert_int_equal(whole_read(b, &all, second, &error), HR_OK);
    assert_memory_equal(first, second, a->trials * sizeof(double));
}

static void assert_same_counts(const struct shape *shape, const struct histogram *a,
                               const struct histogram *b)
{
    for (size_t k = 0; k < shape->counted; k++) {
        assert_memory_equal(&a[k], &b[k], sizeof(struct histogram_extent));
        for (size_t bin = 0; bin < HISTOGRAM_BINS; bin++)
            assert_int_equal(*histogram_bin(&a[k], bin), *histogram_bin(&b[k], bin));
    }
}

static void assert_same_whole(const struct part *a, const struct part *b)
{
    const struct tail none = {0};
    const struct shape *shape = a->shape;
    struct whole first, second;
    struct hr_error error;

    assert_int_equal(whole_init(&first, a, &none, &error), HR_OK);
    assert_int_equal(whole_init(&second, b, &none, &error), HR_OK);
    assert_int_equal(first.trials, second.trials);
    for (size_t r = 0; r < shape->rows; r++)
        assert_same_row(&first, &second, r);
    assert_memory_equal(first.moments, second.moments,
                        shape->sums * sizeof(struct moments));
    assert_same_counts(shape, first.histogram, second.histogram);
    whole_free(&first);
    whole_free(&second);
}

static void add_range(const struct patch_run *run, struct part *sum, uint64_t first,
                      uint64_t last)
{
    struct part more = run_range(run, first, last, NULL);
    struct hr_error error;

    assert_int_equal(part_add(sum, &more, &error), HR_OK);
}

static void assert_portions(const struct patch_run *run, const struct part *whole,
                            const struct range *portion, size_t portions)
{
    struct part sum = part_none(&run->shape);

    for (size_t i = 0; i < portions; i++)
        add_range(run, &sum, portion[i].first, portion[i].last);
    assert_same_whole(&sum, whole);
    part_free(&sum);
}

static void any_portions_in_any_order_add_up_to_the_same_bits(void **state)
{
    static const struct range in_order[] = {{0, 0, 7}, {0, 7, 8}, {0, 8, BLOCKS}};
    static const struct range backwards[] = {{0, 32, BLOCKS}, {0, 31, 32}, {0, 0, 31}};
    static const struct range scattered[] = {
        {0, 10, 20}, {0, 40, BLOCKS}, {0, 0, 1}, {0, 20, 40}, {0, 1, 10}};
    struct patch_run run;
    struct part whole;

    (void)state;
    prepare(&run);
    whole = run_range(&run, 0, BLOCKS, NULL);
    assert_portions(&run, &whole, in_order, 3);
    assert_portions(&run, &whole, backwards, 3);
    assert_portions(&run, &whole, scattered, 5);
    part_free(&whole);
    clear(&run);
}

static void blocks_that_a_part_has_are_refused(void **state)
{
    struct patch_run run;
    struct part part, again;
    struct hr_error error;

    (void)state;
    prepare(&run);
    part = run_range(&run, 4, 8, NULL);
    again = run_range(&run, 6, 7, NULL);
    assert_int_equal(part_add(&part, &again, &error), HR_FAILED);
    assert_string_equal(error.message, "blocks from 6 on were added twice");
    assert_int_equal(again.slabs, 0);
    part_free(&part);
    clear(&run);
}

static bool stop_after_ten(void *context, uint64_t blocks)
{
    uint64_t *seen = context;

    *seen = blocks;
    return blocks < 10;
}

static void what_is_stopped_is_whole_from_its_first_block_on(void **state)
{
    struct patch_run run;
    struct part stopped, wanted;
    uint64_t seen = 0;
    const struct driver_progress progress = {stop_after_ten, &seen};

    (void)state;
    prepare(&run);
    stopped = run_range(&run, 3, 10000, &progress);
    assert_int_equal(sums_blocks(&stopped.sums), seen);
    assert_true(seen >= 10 && seen < 10000 - 3);
    assert_true(sums_cover(&stopped.sums, 3, 3 + seen));
    wanted = run_range(&run, 3, 3 + seen, NULL);
    assert_int_equal(stopped.slab[0].trials, wanted.slab[0].trials);
    for (size_t r = 0; r < run.shape.rows; r++)
        assert_memory_equal(slab_row(&stopped.slab[0], r, 3 * LANES),
                            slab_row(&wanted.slab[0], r, 3 * LANES),
                            wanted.slab[0].trials * sizeof(double));
    assert_same_counts(&run.shape, stopped.histogram, wanted.histogram);
    part_free(&stopped);
    part_free(&wanted);
    clear(&run);
}

enum { JOBS = 4 };

/* Ranges of one run, as jobs that come one by one. */
struct jobs {
    const struct patch_run *run;
    struct job job[JOBS];
    struct part part[JOBS];
    int given, closed, most_open; /**< jobs at once */
    int fails_at;                 /**< the job whose end fails; -1: none */
};

static const struct range job_ranges[JOBS] = {
    {0, 0, 7}, {0, 7, 8}, {0, 8, 30}, {0, 30, BLOCKS}};

static enum hr_status give(void *context, struct job **job, struct hr_error *error)
{
    struct jobs *jobs = context;
    const int k = jobs->given;
    int closed;

#pragma omp atomic read
    closed = jobs->closed;
    if (k == JOBS || k - closed == jobs->most_open)
        return HR_OK;
    jobs->given++;
    jobs->part[k] = part_none(&jobs->run->shape);
    jobs->job[k].range = job_ranges[k];
    jobs->job[k].part = &jobs->part[k];
    *job = &jobs->job[k];
    return job_begin(*job, error);
}

static enum hr_status take_back(void *context, struct job *job, struct hr_error *error)
{
    struct jobs *jobs = context;
    const enum hr_status status = job_end(job, error);

#pragma omp atomic
    jobs->closed++;
    if (status == HR_OK && job - jobs->job == jobs->fails_at)
        return hr_fail(error, HR_FAILED, "the end of a job");
    return status;
}

static enum hr_status run_jobs(struct jobs *jobs, int threads, struct hr_error *error)
{
    const struct driver_options options = {.threads = threads};
    const struct driver_source source = {give, take_back, jobs};

    for (int k = 0; k < JOBS; k++)
        assert_int_equal(kernel_choose(NULL, &jobs->job[k].kernel, error), HR_OK);
    return driver_run_jobs(&options, &source, error);
}

static void jobs_of_one_queue_find_what_one_range_does(void **state)
{
    struct patch_run run;
    struct part whole;
    struct hr_error error;

    (void)state;
    prepare(&run);
    whole = run_range(&run, 0, BLOCKS, NULL);
    for (int most_open = 1; most_open <= JOBS; most_open += 3) {
        struct jobs jobs = {.run = &run, .most_open = most_open, .fails_at = -1};
        struct part sum = part_none(&run.shape);

        assert_int_equal(run_jobs(&jobs, 3, &error), HR_OK);
        assert_int_equal(jobs.closed, JOBS);
        for (int k = JOBS - 1; k >= 0; k--)
            assert_int_equal(part_add(&sum, &jobs.part[k], &error), HR_OK);
        assert_same_whole(&sum, &whole);
        part_free(&sum);
    }
    part_free(&whole);
    clear(&run);
}

static void a_job_that_fails_ends_them_all(void **state)
{
    struct patch_run run;
    struct jobs jobs = {.run = &run, .most_open = 2, .fails_at = 1};
    struct hr_error error;

    (void)state;
    prepare(&run);
    assert_int_equal(run_jobs(&jobs, 2, &error), HR_FAILED);
    assert_string_equal(error.message, "the end of a job");
    assert_true(jobs.closed < JOBS);
    for (int k = 0; k < jobs.given; k++)
        job_drop(&jobs.job[k]);
    clear(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_portions_in_any_order_add_up_to_the_same_bits),
        cmocka_unit_test(blocks_that_a_part_has_are_refused),
        cmocka_unit_test(what_is_stopped_is_whole_from_its_first_block_on),
        cmocka_unit_test(jobs_of_one_queue_find_what_one_range_does),
        cmocka_unit_test(a_job_that_fails_ends_them_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
