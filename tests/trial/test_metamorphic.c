/* What may change without changing results: names, orders, neighbours, units. */
#include "test.h"

#include "busy_patch.h"
#include "recorded.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SITES = 9, QUARTERS = 24 };

static void run_from(struct recorded *run, const char *instruction_set, uint64_t first)
{
    struct hr_error error = {0};
    struct kernel kernel;

    run->tape = (struct tape){0};
    assert_int_equal(kernel_choose(instruction_set, &kernel, &error), HR_OK);
    assert_int_equal(block_init(&run->block, &run->plan, &error), HR_OK);
    kernel.run(&run->block, first, LANES);
}

static const struct lanes *metrics_of(const struct recorded *run, size_t form)
{
    return &run->block.metric[form * METRICS];
}

static void same_metrics(const struct recorded *a, size_t form_a,
                         const struct recorded *b, size_t form_b)
{
    assert_memory_equal(metrics_of(a, form_a), metrics_of(b, form_b),
                        METRICS * sizeof(struct lanes));
}

static void same_bits(const struct recorded *a, const struct recorded *b)
{
    for (size_t f = 0; f < a->plan.forms; f++)
        same_metrics(a, f, b, f);
    assert_memory_equal(a->block.series, b->block.series,
                        a->plan.forms * SERIES_COUNT * QUARTERS * sizeof(struct lanes));
}

static void copy_form(struct plan *plan, int from, int to)
{
    const size_t row = plan_row_values((size_t)from);

    for (size_t t = 0; t < TERM_COUNT; t++)
        plan->value[plan_row_values((size_t)to) + t] = plan->value[row + t];
    plan->row[to].choices = plan->row[from].choices;
    plan->form[to].exit_row = plan->form[from].exit_row;
    plan->form[to].organisations = plan->form[from].organisations;
    for (size_t s = 0; s < plan->sites; s++) {
        plan->form[to].organisation[s] = plan->form[from].organisation[s];
        plan->form[to].entity[s] = plan->form[from].entity[s];
    }
}

static void equal_terms_under_two_names_give_equal_bits(void **state)
{
    struct recorded run;

    (void)state;
    busy_patch(&run.plan, SITES, QUARTERS);
    copy_form(&run.plan, BUSY_COMPANY, BUSY_RESCUE);
    strcpy(run.plan.row[BUSY_RESCUE].name, "another");
    run_from(&run, NULL, 0);
    same_metrics(&run, BUSY_COMPANY, &run, BUSY_RESCUE);
    recorded_free(&run);
}

static void swap_forms(struct plan *plan, int a, int b)
{
    const struct plan_form kept = plan->form[a];

    plan->form[a] = plan->form[b];
    plan->form[b] = kept;
}

static void the_order_of_forms_does_not_matter(void **state)
{
    struct recorded run, swapped;

    (void)state;
    busy_patch(&run.plan, SITES, QUARTERS);
    busy_patch(&swapped.plan, SITES, QUARTERS);
    swap_forms(&swapped.plan, BUSY_JOINT, BUSY_RESCUE);
    run_from(&run, NULL, 0);
    run_from(&swapped, NULL, 0);
    same_metrics(&run, BUSY_JOINT, &swapped, BUSY_RESCUE);
    same_metrics(&run, BUSY_RESCUE, &swapped, BUSY_JOINT);
    same_metrics(&run, BUSY_TRUST, &swapped, BUSY_TRUST);
    recorded_free(&run);
    recorded_free(&swapped);
}

/* The first form is the reference both times: what is planned depends on it. */
static void a_form_alone_meets_the_same_draws(void **state)
{
    struct recorded run, alone;

    (void)state;
    busy_patch(&run.plan, SITES, QUARTERS);
    busy_patch(&alone.plan, SITES, QUARTERS);
    swap_forms(&run.plan, BUSY_ALONE, BUSY_COMPANY);
    swap_forms(&alone.plan, BUSY_ALONE, BUSY_COMPANY);
    alone.plan.forms = 1;
    run_from(&run, NULL, 0);
    run_from(&alone, NULL, 0);
    same_metrics(&run, 0, &alone, 0);
    alone.plan.forms = BUSY_FORMS;
    recorded_free(&run);
    recorded_free(&alone);
}

/* Metrics of the trial in lane @p lane_a of one and @p lane_b of the other. */
static void same_trial(const struct recorded *a, int lane_a, const struct recorded *b,
                       int lane_b)
{
    for (size_t m = 0; m < BUSY_FORMS * METRICS; m++)
        assert_memory_equal(&a->block.metric[m].at[lane_a],
                            &b->block.metric[m].at[lane_b], sizeof(double));
}

static void a_trial_is_the_same_wherever_its_block_begins(void **state)
{
    struct recorded run, later;

    (void)state;
    busy_patch(&run.plan, SITES, QUARTERS);
    busy_patch(&later.plan, SITES, QUARTERS);
    run_from(&run, NULL, 0);
    run_from(&later, NULL, 7);
    same_trial(&run, 7, &later, 0);
    same_trial(&run, LANES - 1, &later, LANES - 8);
    recorded_free(&run);
    recorded_free(&later);
}

static void run_again(struct block *block)
{
    struct hr_error error = {0};
    struct kernel kernel;

    assert_int_equal(kernel_choose(NULL, &kernel, &error), HR_OK);
    kernel.run(block, 0, LANES);
}

static void a_block_used_again_begins_anew(void **state)
{
    struct recorded run, used;

    (void)state;
    busy_patch(&run.plan, SITES, QUARTERS);
    busy_patch(&used.plan, SITES, QUARTERS);
    run_from(&run, NULL, 0);
    run_from(&used, NULL, LANES);
    run_again(&used.block);
    same_bits(&run, &used);
    recorded_free(&run);
    recorded_free(&used);
}

/* Locums' price, hires, and the lists of a network that has nobody left look at the
 * whole patch: without these, sites of other networks are alone with their luck. */
static void without_ties(struct plan *plan, int sites)
{
    busy_patch(plan, sites, QUARTERS);
    small_patch_set(plan, PARAMETER(money.locum_scarcity), 0.0);
    small_patch_set(plan, PARAMETER(workforce.supply_cap), 1000.0);
    small_patch_set(plan, PARAMETER(distress.dispersal_share), 0.0);
    plan->forms = 1;
}

static void one_site_more_leaves_the_others_as_they_are(void **state)
{
    struct recorded eight, nine; /* two whole networks, and a ninth site in a third */

    (void)state;
    without_ties(&eight.plan, 8);
    without_ties(&nine.plan, 9);
    run_from(&eight, NULL, 0);
    run_from(&nine, NULL, 0);
    assert_memory_equal(eight.block.site_metric, nine.block.site_metric,
                        8 * SITE_METRICS * sizeof(struct lanes));
    eight.plan.forms = nine.plan.forms = BUSY_FORMS;
    recorded_free(&eight);
    recorded_free(&nine);
}

/* All indices at 1, or at 2, for ever: a power of two, so that not a bit is lost.
 * Reserves at the start are money of the day before, so there are none. */
static void with_prices_at(struct plan *plan, double level)
{
    const size_t numbers = QUARTERS / 4 * INDICES;

    busy_patch(plan, SITES, QUARTERS);
    small_patch_set(plan, PARAMETER(money.reserve_weeks), 0.0);
    plan->history = malloc(numbers * sizeof(double));
    for (size_t k = 0; k < numbers; k++)
        plan->history[k] = level;
}

static void all_prices_doubled_leave_real_results_unchanged(void **state)
{
    struct recorded run, dear;

    (void)state;
    with_prices_at(&run.plan, 1.0);
    with_prices_at(&dear.plan, 2.0);
    run_from(&run, NULL, 0);
    run_from(&dear, NULL, 0);
    same_bits(&run, &dear);
    recorded_free(&run);
    recorded_free(&dear);
}

/* Form 1: every site its own organisation that pools all among its partners, who are
 * jointly liable - which is what a partnership is. */
static void organisations_of_one_site(struct plan *plan)
{
    busy_patch(plan, SITES, QUARTERS);
    copy_form(plan, BUSY_ALONE, BUSY_JOINT);
    plan->row[BUSY_JOINT].choices.group_by = GROUP_NETWORK;
    plan->row[BUSY_JOINT].choices.pool_basis = POOL_RESIDUAL;
    plan->row[BUSY_JOINT].choices.liability = LIABILITY_JOINT;
    plan->form[BUSY_JOINT].exit_row = BUSY_ALONE;
    small_patch_term(plan, BUSY_JOINT, TERM(pooled_share), 1.0);
}

/* Adding to a pool and taking from it again costs a rounding error or two. */
static void near_in_all_trials(const struct recorded *run, enum metric metric)
{
    for (int i = 0; i < LANES; i++)
        assert_near(metrics_of(run, BUSY_JOINT)[metric].at[i],
                    metrics_of(run, BUSY_ALONE)[metric].at[i]);
}

static void an_organisation_of_one_partnership_is_that_partnership(void **state)
{
    struct recorded run;

    (void)state;
    organisations_of_one_site(&run.plan);
    run_from(&run, NULL, 0);
    near_in_all_trials(&run, METRIC_NPV_PARTNERS);
    near_in_all_trials(&run, METRIC_NPV_RESERVES);
    near_in_all_trials(&run, METRIC_NPV_OWNERS);
    near_in_all_trials(&run, METRIC_NPV_COMMISSIONER);
    near_in_all_trials(&run, METRIC_ECONOMIC_NET_POSITION);
    near_in_all_trials(&run, METRIC_TODAYS_GPS);
    near_in_all_trials(&run, METRIC_PARTNER_INCOME_WORST_YEAR);
    near_in_all_trials(&run, METRIC_PARTNER_LOSS);
    near_in_all_trials(&run, METRIC_SITES_CLOSED);
    near_in_all_trials(&run, METRIC_RELATIONSHIPS);
    recorded_free(&run);
}

static void every_kernel_gives_the_same_bits(void **state)
{
    struct kernel kernels[4];
    const size_t count = kernel_list(kernels, 4);
    struct recorded first;

    (void)state;
    busy_patch(&first.plan, SITES, QUARTERS);
    run_from(&first, kernels[0].name, 0);
    for (size_t k = 1; k < count; k++) {
        struct recorded other;

        busy_patch(&other.plan, SITES, QUARTERS);
        run_from(&other, kernels[k].name, 0);
        same_bits(&first, &other);
        recorded_free(&other);
    }
    recorded_free(&first);
}

static void a_kernel_that_is_not_there_is_refused(void **state)
{
    struct hr_error error = {0};
    struct kernel kernel;

    (void)state;
    assert_int_equal(kernel_choose("v9", &kernel, &error), HR_BAD_INPUT);
    assert_non_null(strstr(error.message, "\"v9\""));
}

static void leave_at(struct recorded *run, double rate)
{
    small_patch(&run->plan, 76, 1, 40);
    small_patch_set(&run->plan, PARAMETER(workforce.leave_rate[PARTNER]), rate);
    small_patch_set(&run->plan, PARAMETER(workforce.leave_rate[SALARIED]), rate);
}

/* Turnover of trials first to first + LANES - 1. */
static struct lanes turnover_at(double rate, uint64_t first)
{
    struct recorded run;
    struct lanes turnover;

    leave_at(&run, rate);
    run_from(&run, NULL, first);
    turnover = metrics_of(&run, 0)[METRIC_TURNOVER];
    recorded_free(&run);
    return turnover;
}

/* Whoever leaves at a rate leaves at a higher one; only what follows may differ. Of 200
 * trials at most one may have less turnover for it: the common draws are monotone. */
static void a_higher_rate_of_leaving_raises_turnover_in_nearly_all_trials(void **state)
{
    int raised = 0;

    (void)state;
    for (uint64_t first = 0; first < 200; first += LANES) {
        const struct lanes low = turnover_at(0.05, first);
        const struct lanes high = turnover_at(0.06, first);

        for (int i = 0; i < LANES; i++)
            raised += high.at[i] > low.at[i];
    }
    assert_true(raised >= 199);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_terms_under_two_names_give_equal_bits),
        cmocka_unit_test(the_order_of_forms_does_not_matter),
        cmocka_unit_test(a_form_alone_meets_the_same_draws),
        cmocka_unit_test(a_trial_is_the_same_wherever_its_block_begins),
        cmocka_unit_test(a_block_used_again_begins_anew),
        cmocka_unit_test(one_site_more_leaves_the_others_as_they_are),
        cmocka_unit_test(all_prices_doubled_leave_real_results_unchanged),
        cmocka_unit_test(an_organisation_of_one_partnership_is_that_partnership),
        cmocka_unit_test(a_higher_rate_of_leaving_raises_turnover_in_nearly_all_trials),
        cmocka_unit_test(every_kernel_gives_the_same_bits),
        cmocka_unit_test(a_kernel_that_is_not_there_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
