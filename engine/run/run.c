#include "headroom/run.h"

#include "books.h"
#include "driver.h"
#include "inputs.h"
#include "memory.h"
#include "moments.h"
#include "problems.h"
#include "publish.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

enum { TEXT = 128 };

/* Who ran it, when and on what: kept in the file, outside its content hash. */
struct origin_texts {
    char host[2 * TEXT];
    char started[TEXT];
    char finished[TEXT];
    char price_base[TEXT];
};

static void utc_now(char *text)
{
    const time_t now = time(NULL);
    struct tm parts;

    gmtime_r(&now, &parts);
    strftime(text, TEXT, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

static void describe_host(char *text, size_t size)
{
    struct utsname name = {0};

    uname(&name);
    snprintf(text, size, "%.60s, %.60s, %ld processors", name.nodename, name.machine,
             sysconf(_SC_NPROCESSORS_ONLN));
}

static enum hr_status compile(const struct hr_scenario *scenario, struct plan *plan,
                              struct hr_error *error)
{
    struct hr_messages problems = {0};

    if (hr_scenario_compile(scenario, plan, &problems) == HR_OK)
        return HR_OK;
    return problems_fail(&problems, HR_BAD_INPUT, "", error);
}

static uint64_t trials_of(const struct hr_scenario *scenario)
{
    return (uint64_t)hr_scenario_number(scenario, "trials");
}

static void fill_origin(const struct hr_scenario *scenario,
                        const struct collected *collected, struct origin_texts *texts,
                        struct outcome *outcome)
{
    utc_now(texts->finished);
    describe_host(texts->host, sizeof(texts->host));
    snprintf(texts->price_base, sizeof(texts->price_base), "April-June %.0f",
             hr_scenario_number(scenario, "patch.base_year"));
    outcome->price_base = texts->price_base;
    outcome->origin = (struct outcome_origin){
        .engine_version = HEADROOM_VERSION,
        .commit = HEADROOM_COMMIT,
        .build = "gcc-compatible " __VERSION__,
        .instruction_set = collected->kernel,
        .host = texts->host,
        .started = texts->started,
        .finished = texts->finished,
        .seconds = collected->seconds,
        .threads = (uint64_t)collected->threads,
    };
}

static bool fill_parameters(const struct hr_scenario *scenario, const struct plan *plan,
                            const struct collected *collected, struct outcome *outcome,
                            struct inputs_memory *memory)
{
    size_t count = 0;
    const struct hr_assumption *a = hr_scenario_assumptions(scenario, &count);
    struct outcome_parameter *parameter =
        inputs_take(memory, collected->drawn, sizeof(*parameter));

    if (parameter == NULL)
        return false;
    for (size_t d = 0; d < collected->drawn; d++) {
        parameter[d].key = plan->value[collected->drawn_value[d]].key;
        parameter[d].value = &collected->parameter[d * collected->trials];
        parameter[d].unit = parameter[d].meaning = "";
        for (size_t i = 0; i < count; i++) {
            if (strcmp(a[i].key, parameter[d].key) != 0)
                continue;
            parameter[d].unit = a[i].unit;
            parameter[d].meaning = a[i].meaning;
        }
    }
    outcome->parameter = parameter;
    outcome->parameters = collected->drawn;
    return true;
}

static void fill_results(const struct collected *collected, struct outcome *outcome)
{
    outcome->trials = collected->trials;
    outcome->near_ties = collected->near_ties;
    outcome->metrics = (struct outcome_trials){
        .column = metric_columns,
        .count = METRICS,
        .value = collected->metric,
    };
    outcome->series = (struct outcome_series){
        .column = series_columns,
        .count = SERIES_COUNT,
        .moments = collected->series,
        .histogram = collected->histogram,
    };
    outcome->site_metrics = (struct outcome_sites){
        .column = site_columns,
        .count = SITE_METRICS,
        .moments = collected->site,
        .difference = collected->site_difference,
    };
}

static double mean_workload(const struct plan *plan, const struct collected *collected,
                            size_t form)
{
    const double *workload =
        &collected->metric[((size_t)METRIC_WORKLOAD * plan->forms + form) *
                           collected->trials];
    const struct moments moments = moments_of(workload, collected->trials);

    return moments_mean(&moments);
}

static void add_workload(double workload, bool first, struct hr_run_facts *facts)
{
    facts->least_workload = first ? workload : fmin(facts->least_workload, workload);
    facts->most_workload = first ? workload : fmax(facts->most_workload, workload);
}

static void fill_facts(const struct plan *plan, const struct collected *collected,
                       struct hr_run_facts *facts)
{
    const size_t imbalances = plan->forms * collected->trials;
    const double *imbalance = &collected->metric[(size_t)METRIC_IMBALANCE * imbalances];

    facts->trials = collected->trials;
    facts->seconds = collected->seconds;
    facts->threads = collected->threads;
    facts->instruction_set = collected->kernel;
    facts->block_bytes = block_bytes(plan);
    for (size_t t = 0; t < collected->trials; t++)
        facts->near_tie_trials += collected->near_ties[t] > 0.0;
    for (size_t k = 0; k < imbalances; k++)
        facts->imbalance = fmax(facts->imbalance, imbalance[k]);
    for (size_t f = 0; f < plan->forms; f++)
        add_workload(mean_workload(plan, collected, f), f == 0, facts);
}

static enum hr_status
publish(const struct hr_scenario *scenario, const struct hr_run_options *options,
        const struct plan *plan, const struct collected *collected,
        struct origin_texts *texts, const char *path, struct hr_error *error)
{
    struct inputs_memory memory = {0};
    struct outcome outcome = {0};
    enum hr_status status;

    status = inputs_fill(scenario, plan, &outcome, &memory, error);
    if (status == HR_OK &&
        !fill_parameters(scenario, plan, collected, &outcome, &memory))
        status = hr_fail(error, HR_FAILED, "no memory for the drawn parameters");
    if (status == HR_OK) {
        outcome.texts.scenario = options->scenario_text;
        fill_results(collected, &outcome);
        fill_origin(scenario, collected, texts, &outcome);
        status = result_publish(path, &outcome, NULL, error);
    }
    inputs_free(&memory);
    return status;
}

/* Bytes that grow with trials: the trial table and the drawn parameters. */
static double bytes_of_trials(const struct plan *plan, double trials)
{
    double drawn = 0.0;

    for (size_t v = 0; v < plan->values; v++)
        drawn += plan->value[v].distribution.kind != FIXED;
    return 8.0 * trials * ((double)(METRICS * plan->forms) + drawn + 1.0);
}

/* All that a run holds at once: the trials, a data set read back, and the sums. */
static double bytes_of_run(const struct plan *plan, double trials, int threads)
{
    const double sums = (double)(collected_paths(plan) *
                                 (sizeof(struct histogram) + sizeof(struct moments) +
                                  COLLECTED_WAITING * sizeof(double)));

    return bytes_of_trials(plan, trials) + 16.0 * trials * (double)plan->forms +
           threads * (sums + (double)block_bytes(plan));
}

/* Memory that is not there is refused before any trial runs: the system may promise it
 * all the same, and end the program where it is used. */
static enum hr_status check_memory(const struct plan *plan,
                                   const struct driver_options *options,
                                   struct hr_error *error)
{
    const double wanted =
        bytes_of_run(plan, (double)options->trials,
                     driver_threads(options->threads, options->trials));
    const struct memory_limit limit = memory_limit("");

    if (wanted <= limit.bytes)
        return HR_OK;
    return hr_fail(error, HR_FAILED,
                   "no memory for %" PRIu64
                   " trials: they take about %.1f GB, and %s has %.1f GB",
                   options->trials, wanted / 1e9, limit.whose, limit.bytes / 1e9);
}

enum hr_status hr_run(const struct hr_scenario *scenario,
                      const struct hr_run_options *options, const char *path,
                      struct hr_run_facts *facts, struct hr_error *error)
{
    const struct driver_progress progress = {options->progress,
                                             options->progress_context};
    const struct driver_options driver = {
        .trials = trials_of(scenario),
        .threads = options->threads,
        .kernel = options->instruction_set,
        .progress = options->progress == NULL ? NULL : &progress,
        .stage_seconds = facts->stage_seconds,
    };
    struct collected collected = {0};
    struct origin_texts texts = {0};
    struct plan plan = {0};
    struct kernel kernel;
    enum hr_status status = result_may_publish(path, error);

    *facts = (struct hr_run_facts){0};
    if (status == HR_OK)
        status = compile(scenario, &plan, error);
    if (status != HR_OK)
        return status;
    utc_now(texts.started);
    status = check_memory(&plan, &driver, error);
    if (status == HR_OK)
        status = kernel_choose(options->instruction_set, &kernel, error);
    if (status == HR_OK)
        status = driver_run(&plan, &driver, &collected, error);
    if (status == HR_OK) {
        facts->stages = kernel.stages;
        facts->stage_names = kernel.stage_names;
        fill_facts(&plan, &collected, facts);
        status = books_check(
            &plan, collected.trials,
            &collected.metric[(size_t)METRIC_IMBALANCE * plan.forms * collected.trials],
            error);
    }
    if (status == HR_OK)
        status = publish(scenario, options, &plan, &collected, &texts, path, error);
    collected_free(&collected);
    plan_free(&plan);
    return status;
}

/* Some of the trials, more and more of them until the time they take tells something.
 */
static enum hr_status time_some(const struct plan *plan,
                                const struct hr_run_options *options,
                                struct hr_run_plan *estimate, struct hr_error *error)
{
    struct driver_options driver = {
        .trials = (uint64_t)LANES * (uint64_t)estimate->threads,
        .threads = options->threads,
        .kernel = options->instruction_set,
    };
    double seconds = 0.0;

    while (seconds < 0.25) {
        struct collected collected = {0};

        driver.trials *= 2;
        if (driver_run(plan, &driver, &collected, error) != HR_OK)
            return error->status;
        seconds = collected.seconds;
        collected_free(&collected);
    }
    estimate->seconds = seconds * (double)estimate->trials / (double)driver.trials;
    return HR_OK;
}

enum hr_status hr_run_plan(const struct hr_scenario *scenario,
                           const struct hr_run_options *options,
                           struct hr_run_plan *plan, struct hr_error *error)
{
    struct plan compiled = {0};
    enum hr_status status = compile(scenario, &compiled, error);

    if (status != HR_OK)
        return status;
    *plan = (struct hr_run_plan){
        .trials = trials_of(scenario),
        .sites = compiled.sites,
        .forms = compiled.forms,
        .quarters = (size_t)compiled.quarters,
        .threads = driver_threads(options->threads, trials_of(scenario)),
    };
    plan->memory_bytes = bytes_of_run(&compiled, (double)plan->trials, plan->threads);
    plan->file_bytes = bytes_of_trials(&compiled, (double)plan->trials) + 4e6;
    status = time_some(&compiled, options, plan, error);
    plan_free(&compiled);
    return status;
}
