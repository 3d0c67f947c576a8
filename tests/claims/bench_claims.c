/* Speed of the claims layer, one figure a line, in processor time of the thread that
 * does the work, so that neighbours on the machine do not count. scripts/bench-claims
 * sets them beside NumPy and R. */
#include "headroom/claims.h"

#include "claims_kernel.h"
#include "draw.h"
#include "exact.h"
#include "sampler.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { REPEATS = 15, MOST_THREADS = 2 };

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* of repeated runs: what the machine can do when nobody else asks */
static double minimum(const double *value, int n)
{
    double least = value[0];

    for (int i = 1; i < n; i++)
        least = value[i] < least ? value[i] : least;
    return least;
}

struct job {
    const struct claim_sampler *sampler;
    double people;
    uint64_t first;
    size_t trials;
    double sum;
    double taken; /* seconds */
};

static void *draw_job(void *argument)
{
    struct job *job = argument;
    const struct claim_place place = {1, 7, 3};
    const double start = seconds();

    for (size_t at = 0; at < job->trials; at += 32) {
        double people[32], theta[32], kept[32], ceded[32];

        for (int i = 0; i < 32; i++) {
            people[i] = job->people;
            theta[i] = 1.0;
        }
        claim_sampler_draw(job->sampler, 0, &place, job->first + at, 32, people, theta,
                           kept, ceded);
        job->sum += kept[0];
    }
    job->taken = seconds() - start;
    return NULL;
}

/* Trials a second of all threads together, each at its own pace. */
static double rate_of(const struct claim_sampler *sampler, double people, size_t trials,
                      int threads)
{
    pthread_t thread[MOST_THREADS];
    struct job job[MOST_THREADS];
    double rate = 0.0;

    for (int t = 0; t < threads && t < MOST_THREADS; t++) {
        job[t] = (struct job){sampler, people, (uint64_t)t << 32, trials, 0.0, 0.0};
        pthread_create(&thread[t], NULL, draw_job, &job[t]);
    }
    for (int t = 0; t < threads && t < MOST_THREADS; t++) {
        pthread_join(thread[t], NULL);
        rate += (double)trials / job[t].taken;
    }
    return rate;
}

static void bench_sampler(const struct portfolio *portfolio, double people,
                          enum claim_method method, size_t trials, int threads,
                          const char *name)
{
    struct claim_sampler sampler;
    struct hr_error error;
    double best = 0.0;

    if (claim_sampler_init(&sampler, portfolio, people, method, &error) != HR_OK) {
        puts(error.message);
        return;
    }
    for (int r = 0; r < REPEATS; r++) {
        const double rate = rate_of(&sampler, people, trials, threads);

        best = rate > best ? rate : best;
    }
    printf("%s %s people %.0f threads %d: %.3g member-years/s, %.3f us a trial\n", name,
           claim_method_name(method), people, threads, people * best,
           threads / best * 1e6);
}

/* P, quantile and tail mean of one pool, from nothing */
static void bench_exact(const struct portfolio *portfolio, double people, int points,
                        const char *name)
{
    const struct exact_grid grid = {.log2_points = points};
    double taken[4 * REPEATS], above = 0.0, quantile = 0.0, tail = 0.0;
    struct hr_error error;

    for (int r = 0; r < 4 * REPEATS; r++) {
        const double start = seconds();
        struct annual_law law;

        if (exact_init(&law, portfolio, people, &grid, &error) != HR_OK)
            return;
        above = annual_above(&law, 1.05 * law.mean);
        quantile = annual_quantile(&law, 0.99) / law.mean;
        tail = annual_tail_mean(&law, 0.99) / law.mean;
        annual_free(&law);
        taken[r] = seconds() - start;
    }
    printf("exact %s people %.0f points 2^%d: %.3f ms, P(>1.05) %.9g, q99 %.9f, TVaR99 "
           "%.9f\n",
           name, people, points, minimum(taken, 4 * REPEATS) * 1e3, above, quantile,
           tail);
}

/* All of a report: both sides, chances, reserves and ten years of ruin. */
static void bench_report(double people, int points)
{
    const struct hr_pool_terms terms = hr_pool_terms_default();
    const struct hr_pool_options options = {.log2_points = points};
    struct hr_pool_report report = {0};
    double taken[4 * REPEATS];
    struct hr_error error;

    for (int r = 0; r < 4 * REPEATS; r++) {
        const double start = seconds();

        if (hr_pool(&terms, people, &options, &report, &error) != HR_OK)
            return;
        taken[r] = seconds() - start;
    }
    printf(
        "report reference people %.0f points 2^%d: %.3f ms, P(>1.05) %.9g, q99 %.9f, "
        "ruin in 10 years %.9f\n",
        people, points, minimum(taken, 4 * REPEATS) * 1e3,
        report.after[HR_POOL_P5].exact, report.after[HR_POOL_Q99].exact / report.budget,
        report.after[HR_POOL_RUIN10].exact);
}

static struct portfolio make(double rate, double mu, double sigma, double limit)
{
    struct portfolio portfolio = {.cells = 1, .limit = limit};

    portfolio.cell[0] = (struct claim_cell){.share = 1.0, .rate = rate};
    portfolio.cell[0].severity =
        (struct severity){.kind = SEVERITY_LOGNORMAL, .mu = mu, .sigma = sigma};
    return portfolio;
}

int main(void)
{
    const struct portfolio reference =
        make(0.25, log(2400.0) - 0.5 * log(5.0), sqrt(log(5.0)), INFINITY);
    const struct portfolio dense = make(0.8, 7.0, 1.6, 250000.0);

    printf("instruction set %s\n", claims_kernel()->name);
    for (int threads = 1; threads <= MOST_THREADS; threads++) {
        bench_sampler(&dense, 8000.0, CLAIM_EACH, 1024, threads, "dense");
        bench_sampler(&dense, 300000.0, CLAIM_EACH, 32, threads, "dense");
        bench_sampler(&reference, 8000.0, CLAIM_EACH, 2048, threads, "reference");
        bench_sampler(&reference, 300000.0, CLAIM_EACH, 64, threads, "reference");
        bench_sampler(&reference, 8000.0, CLAIM_FAST, 65536, threads, "reference");
        bench_sampler(&reference, 300000.0, CLAIM_FAST, 65536, threads, "reference");
    }
    for (int points = 12; points <= 17; points++) {
        bench_exact(&reference, 8000.0, points, "reference");
        bench_exact(&reference, 300000.0, points, "reference");
        bench_exact(&dense, 8000.0, points, "dense");
    }
    bench_report(8000.0, 12);
    bench_report(8000.0, 16);
    bench_report(100000.0, 12);
    return 0;
}
