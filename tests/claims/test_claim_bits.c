/* The same bits whatever else is drawn beside a claim, and by whichever kernel. */
#include "reference.h"

#include "claims_kernel.h"
#include "draw.h"
#include "sampler.h"

static const struct claim_place place = {.seed = 20260701, .entity = 77, .quarter = 3};

static void draw_some(enum claim_method method, uint64_t first, size_t n, double *kept)
{
    struct portfolio portfolio = reference_portfolio();
    struct claim_sampler sampler;
    double people[200], theta[200], ceded[200];
    struct hr_error error;

    for (size_t i = 0; i < n; i++) {
        people[i] = 8000.0;
        theta[i] = 1.0;
    }
    portfolio.limit = 25000.0;
    assert_int_equal(claim_sampler_init(&sampler, &portfolio, 8000.0, method, &error),
                     HR_OK);
    claim_sampler_draw(&sampler, 0, &place, first, n, people, theta, kept, ceded);
}

static void a_trial_alone_is_the_trial_in_a_block(void **state)
{
    double block[200], alone;

    (void)state;
    for (enum claim_method method = CLAIM_EACH; method <= CLAIM_FAST; method++) {
        draw_some(method, 0, 200, block);
        for (uint64_t trial = 0; trial < 200; trial += 33) {
            draw_some(method, trial, 1, &alone);
            assert_memory_equal(&alone, &block[trial], sizeof(alone));
        }
    }
}

static void draw_adapted(struct claim_sampler *sampler, enum claim_method method,
                         double kept[2], double ceded[2])
{
    static const double people[2] = {8000.0, 7000.0}, theta[2] = {1.0, 1.1};
    struct portfolio portfolio = reference_portfolio();
    struct claim_sampler central;
    struct hr_error error;

    assert_int_equal(claim_sampler_init(&central, &portfolio, 8000.0, method, &error),
                     HR_OK);
    claim_sampler_adapt(sampler, &central, &portfolio);
    claim_sampler_draw(sampler, 0, &place, 0, 2, people, theta, kept, ceded);
}

/* Whatever memory held: claims of one price, say, whose number alone is drawn. */
static void a_sampler_used_again_draws_as_a_new_one(void **state)
{
    (void)state;
    for (enum claim_method method = CLAIM_EACH; method <= CLAIM_FAST; method++) {
        struct claim_sampler new_one = {0}, used;
        double kept[2], ceded[2], kept_again[2], ceded_again[2];

        memset(&used, 1, sizeof(used));
        draw_adapted(&new_one, method, kept, ceded);
        draw_adapted(&used, method, kept_again, ceded_again);
        assert_memory_equal(kept, kept_again, sizeof(kept));
        assert_memory_equal(ceded, ceded_again, sizeof(ceded));
    }
}

enum { LANES = 80 };

static const struct claim_sizes pareto_sizes = {.mu = 7.0,
                                                .sigma = 1.3,
                                                .splice = 2e4,
                                                .splice_share = 0.01,
                                                .inverse_tail = 0.4,
                                                .share_above = 1.0,
                                                .limit = 5e4};

/* What one kernel makes of every function it has. */
struct kernel_output {
    struct claim_sum sum;
    double grid[777];
    double u[LANES], v[LANES], count[LANES], small[LANES], kept[LANES], ceded[LANES];
};

/* Two or three years of a trial. */
static void fill_trials(uint64_t trial[LANES])
{
    for (uint64_t i = 0; i < LANES; i++)
        trial[i] = 9 + 2 * i / 5;
}

static void fill_lanes(struct kernel_output *out, double mean[LANES],
                       struct claim_sizes sizes[LANES], double lane[4][LANES])
{
    for (int i = 0; i < LANES; i++) {
        mean[i] = 40.0 * out->u[i];
        sizes[i] = pareto_sizes;
        sizes[i].share_above = out->v[i];
        lane[0][i] = 1e6 * out->u[i];
        lane[1][i] = 1e9 * out->v[i];
        lane[2][i] = 1e12 * out->u[i];
        lane[3][i] = 1e15 * out->v[i];
        out->kept[i] = out->ceded[i] = 0.0;
    }
}

static void run_kernel(const struct claims_kernel *kernel, struct kernel_output *out)
{
    const struct claim_stream stream = {
        .seed = 5, .trial = 9, .address = draw_address(1, DRAW_CLAIM_SIZE, 3, 0)};
    uint64_t trial[LANES];
    double mean[LANES], lane[4][LANES];
    double *const cumulant[4] = {lane[0], lane[1], lane[2], lane[3]};
    struct claim_sizes sizes[LANES];

    out->sum = kernel->claims(&pareto_sizes, &stream, 12345);
    kernel->lognormal_excess(7.0, 1.3, 40.0, 777, out->grid);
    fill_trials(trial);
    kernel->uniforms(5, trial, stream.address, LANES, out->u, out->v);
    fill_lanes(out, mean, sizes, lane);
    kernel->counts(mean, out->v, LANES, out->count);
    kernel->small_layer(cumulant, out->u, LANES, out->small);
    kernel->large_layer(sizes, &stream, trial, out->count, LANES, out->kept,
                        out->ceded);
}

static void check_kernel(const struct claims_kernel *a, const struct claims_kernel *b)
{
    struct kernel_output x, y;

    run_kernel(a, &x);
    run_kernel(b, &y);
    assert_memory_equal(&x, &y, sizeof(x));
}

/* One claim a trial, of the dearest share of claims, beside the scalar function. */
static void check_claims(double share)
{
    const struct portfolio portfolio = reference_portfolio();
    const struct severity *severity = &portfolio.cell[0].severity;
    const struct claim_sizes sizes = {.mu = severity->mu,
                                      .sigma = severity->sigma,
                                      .share_above = share,
                                      .limit = INFINITY};
    struct claim_stream stream = {.seed = 5,
                                  .address = draw_address(1, DRAW_CLAIM_SIZE, 3, 0)};

    for (stream.trial = 0; stream.trial < 1000; stream.trial++) {
        const double u = draw_one(5, stream.trial, stream.address);
        const double claim = severity_quantile_above(severity, share * (1.0 - u));

        assert_true(claims_kernel()->claims(&sizes, &stream, 1).kept == claim);
    }
}

static void a_claim_is_the_quantile_at_its_draw(void **state)
{
    (void)state;
    check_claims(1.0);
    check_claims(0.01);
    check_claims(3e-11); /* about where the quantile's last piece takes over */
}

static void every_instruction_set_gives_the_same_bits(void **state)
{
    const struct claims_kernel *best = claims_kernel();
    int last = 0;

    (void)state;
    for (int i = 0; !last; i++) {
        const struct claims_kernel *kernel = claims_kernel_at(i, &last);

        if (kernel != NULL)
            check_kernel(kernel, best);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trial_alone_is_the_trial_in_a_block),
        cmocka_unit_test(a_sampler_used_again_draws_as_a_new_one),
        cmocka_unit_test(a_claim_is_the_quantile_at_its_draw),
        cmocka_unit_test(every_instruction_set_gives_the_same_bits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
