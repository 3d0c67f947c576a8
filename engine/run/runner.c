#include "runner.h"

#include "books.h"
#include "clock.h"
#include "footprint.h"
#include "problems.h"
#include "scenario_plan.h"
#include "standing.h"
#include "variation.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void runner_now(char text[RUNNER_TEXT])
{
    const time_t now = time(NULL);
    struct tm parts;

    gmtime_r(&now, &parts);
    strftime(text, RUNNER_TEXT, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

enum hr_status runner_compile(const struct hr_scenario *scenario, struct plan *plan,
                              struct hr_error *error)
{
    struct hr_messages problems = {0};

    if (scenario_compile(scenario, plan, &problems) == HR_OK)
        return HR_OK;
    return problems_fail(&problems, HR_BAD_INPUT, "", error);
}

static void choose_forms(struct plan *plan, const struct runner_forms *forms)
{
    if (forms->keep != NULL)
        plan_keep_forms(plan, forms->keep);
    if (forms->reference_last)
        plan_put_reference_last(plan);
    plan->given = forms->given;
}

static enum hr_status prepare(struct hr_runner *runner,
                              const struct runner_forms *forms, struct hr_error *error)
{
    const char *kernel = runner->options.instruction_set;

    if (runner_compile(runner->scenario, &runner->plan, error) != HR_OK)
        return error->status;
    if (forms != NULL)
        choose_forms(&runner->plan, forms);
    if (kernel_choose(kernel, &runner->kernel, error) != HR_OK ||
        shape_init(&runner->shape, &runner->plan, error) != HR_OK)
        return error->status;
    if (forms != NULL)
        runner->shape.kept_reference = forms->kept;
    runner->part = part_none(&runner->shape);
    runner_now(runner->started);
    return HR_OK;
}

enum hr_status hr_run_open(const struct hr_scenario *scenario,
                           const struct hr_run_options *options,
                           struct hr_runner **runner, struct hr_error *error)
{
    bool *keep = NULL;
    enum hr_status status = variation_forms(scenario, options->only, &keep, error);
    const struct runner_forms forms = {.keep = keep};

    *runner = NULL;
    if (status == HR_OK)
        status = runner_open(scenario, options, &forms, runner, error);
    free(keep);
    if (status == HR_OK)
        status = variation_streams(options, &(*runner)->plan, error);
    if (status == HR_OK)
        return HR_OK;
    hr_run_close(*runner);
    *runner = NULL;
    return status;
}

/* What OpenMP cannot read it leaves aside, for all the processors there are. */
static enum hr_status check_threads(int asked, struct hr_error *error)
{
    const char *said = getenv("OMP_NUM_THREADS");
    const int threads = driver_threads(asked, UINT64_MAX - LANES);
    char *end;

    if (asked == 0 && said != NULL && *said != '\0' &&
        (strtol(said, &end, 10) <= 0 || strchr(", ", *end) == NULL))
        return hr_fail(error, HR_BAD_INPUT,
                       "OMP_NUM_THREADS is \"%.40s\", which is no number of threads: "
                       "set it to 1 or more, or say --threads",
                       said);
    if (threads > MOST_THREADS)
        return hr_fail(error, HR_BAD_INPUT,
                       "%d threads are more than the %d that a run takes: look at "
                       "OMP_NUM_THREADS, or say --threads",
                       threads, (int)MOST_THREADS);
    return HR_OK;
}

enum hr_status runner_open(const struct hr_scenario *scenario,
                           const struct hr_run_options *options,
                           const struct runner_forms *forms, struct hr_runner **runner,
                           struct hr_error *error)
{
    *runner = NULL;
    if (check_threads(options->threads, error) != HR_OK)
        return error->status;
    *runner = calloc(1, sizeof(**runner));
    if (*runner == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a run");
    (*runner)->scenario = scenario;
    (*runner)->options = *options;
    if (forms != NULL && (forms->keep != NULL || forms->reference_last))
        (*runner)->options.stand = NULL; /* its words are of all forms */
    if (prepare(*runner, forms, error) == HR_OK)
        return HR_OK;
    hr_run_close(*runner);
    *runner = NULL;
    return error->status;
}

void hr_run_close(struct hr_runner *runner)
{
    if (runner == NULL)
        return;
    part_free(&runner->part);
    quality_free(&runner->quality);
    tail_free(&runner->tail);
    shape_free(&runner->shape);
    plan_free(&runner->plan);
    free(runner);
}

static uint64_t blocks_of(const struct hr_runner *runner)
{
    return sums_blocks(&runner->part.sums);
}

uint64_t hr_run_trials(const struct hr_runner *runner)
{
    return blocks_of(runner) * LANES + runner->tail.trials;
}

/* A leg as the driver reports it. */
struct report {
    struct hr_runner *runner;
    struct leg *leg;
    const struct part *more;
};

static bool report(void *context, uint64_t blocks)
{
    const struct report *to = context;
    const struct hr_run_options *options = &to->runner->options;

    standing_tell(to->runner, &to->more->sums);
    if (options->progress == NULL ||
        options->progress(options->progress_context, to->leg->before + blocks * LANES,
                          to->leg->trials))
        return true;
    to->leg->stopped = true;
    return false;
}

enum hr_status runner_check(struct hr_runner *runner, struct part *more,
                            struct hr_error *error)
{
    if (books_check(&more->slab[0], &runner->shape, error) == HR_OK &&
        quality_add(&runner->quality, &more->slab[0], &runner->shape, error) == HR_OK)
        return HR_OK;
    part_free(more);
    return error->status;
}

enum hr_status runner_run(struct hr_runner *runner, const struct range *range,
                          struct leg *leg, struct part *more, struct hr_error *error)
{
    struct report to = {runner, leg, more};
    const struct driver_progress progress = {report, &to};
    const struct driver_options options = {
        .threads = driver_threads(runner->options.threads,
                                  (range->last - range->first) * LANES),
        .progress = &progress,
        .until = leg->until,
        .attend = leg->attend,
        .attending = leg->attending,
        .stage_seconds = runner->stage_seconds,
        .team_size = &runner->threads,
    };
    struct job job = {.kernel = runner->kernel, .range = *range, .part = more};
    const double start = clock_seconds();
    enum hr_status status;

    *more = part_none(&runner->shape);
    status = driver_run(&options, &job, error);
    runner->seconds += clock_seconds() - start;
    return status == HR_OK ? runner_check(runner, more, error) : status;
}

enum hr_status runner_finish(struct hr_runner *runner, uint64_t trials,
                             struct hr_error *error)
{
    struct tail *tail = &runner->tail;
    const double start = clock_seconds();
    enum hr_status status;

    if (runner->threads == 0)
        runner->threads = 1;
    status = tail_run(tail, &runner->shape, &runner->kernel, trials, error);
    if (status == HR_OK && tail->trials > 0)
        status = books_check(&tail->slab, &runner->shape, error);
    if (status != HR_OK)
        tail_free(tail);
    runner->seconds += clock_seconds() - start;
    return status;
}

static enum hr_status run_blocks(struct hr_runner *runner, uint64_t trials,
                                 struct hr_error *error)
{
    const struct range range = {.first = blocks_of(runner), .last = trials / LANES};
    struct leg leg = {.before = range.first * LANES, .trials = trials};
    struct part more;

    if (range.first == range.last)
        return HR_OK;
    if (runner_run(runner, &range, &leg, &more, error) != HR_OK)
        return error->status;
    return part_add(&runner->part, &more, error);
}

/* A tail stands only while no block follows those before it. */
static enum hr_status run_tail(struct hr_runner *runner, uint64_t blocks_before,
                               uint64_t trials, struct hr_error *error)
{
    const bool moved = blocks_of(runner) > blocks_before;
    const bool arrived = blocks_of(runner) == trials / LANES;

    if (moved || arrived)
        tail_free(&runner->tail);
    return arrived ? runner_finish(runner, trials, error) : HR_OK;
}

static enum hr_status advance(struct hr_runner *runner, uint64_t trials,
                              struct hr_error *error)
{
    const uint64_t before = blocks_of(runner);
    const int threads = driver_threads(runner->options.threads, trials);

    if (footprint_check(&runner->shape, trials,
                        footprint_of_trials(&runner->shape, (double)trials), threads,
                        error) != HR_OK ||
        site_store_open(&runner->shape.site_store, &runner->plan, trials, error) !=
            HR_OK ||
        run_blocks(runner, trials, error) != HR_OK)
        return error->status;
    return run_tail(runner, before, trials, error);
}

enum hr_status hr_run_advance(struct hr_runner *runner, uint64_t trials,
                              struct hr_error *error)
{
    enum hr_status status;

    if (trials <= hr_run_trials(runner))
        return trials == hr_run_trials(runner)
                   ? HR_OK
                   : hr_fail(error, HR_BAD_INPUT,
                             "the run has %" PRIu64
                             " trials already: it cannot go back to %" PRIu64,
                             hr_run_trials(runner), trials);
    status = advance(runner, trials, error);
    if (status == HR_OK && hr_run_trials(runner) < trials)
        return hr_fail(error, HR_STOPPED,
                       "stopped after %" PRIu64 " of %" PRIu64 " trials",
                       hr_run_trials(runner), trials);
    return status;
}
