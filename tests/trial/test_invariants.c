/* What must hold in every trial, quarter and form of a patch where everything goes on:
 * noise, leaving, shocks, failing companies, a trust that leaves, closures. */
#include "test.h"

#include "busy_patch.h"
#include "recorded.h"

#include <math.h>

enum { SITES = 11, QUARTERS = 40, BLOCKS = 128 / LANES };

typedef void check(const struct recorded *run, size_t form, int quarter);

/* The check in every form and quarter of every trial of a block. */
static void everywhere(check *holds)
{
    for (int lane = 0; lane < LANES; lane++) {
        struct recorded run;

        busy_patch(&run.plan, SITES, QUARTERS);
        record_lane(&run, lane);
        for (size_t f = 0; f < BUSY_FORMS; f++) {
            for (int q = 0; q < QUARTERS; q++)
                holds(&run, f, q);
        }
        recorded_free(&run);
    }
}

/* The sum over forms and trials of several blocks of a metric. */
static double total(enum metric metric, enum busy_form form)
{
    struct hr_error error = {0};
    struct kernel kernel;
    struct block block;
    struct plan plan;
    double sum = 0.0;

    busy_patch(&plan, SITES, QUARTERS);
    assert_int_equal(kernel_choose(NULL, &kernel, &error), HR_OK);
    assert_int_equal(block_init(&block, &plan, &error), HR_OK);
    for (uint64_t b = 0; b < BLOCKS; b++) {
        kernel.run(&block, b * LANES, LANES);
        for (int i = 0; i < LANES; i++)
            sum += block.metric[form * METRICS + metric].at[i];
    }
    block_free(&block);
    plan_free(&plan);
    return sum;
}

static double largest(enum metric metric)
{
    struct recorded run;
    double most = 0.0;

    busy_patch(&run.plan, SITES, QUARTERS);
    record(&run);
    for (int f = 0; f < BUSY_FORMS; f++) {
        for (int i = 0; i < LANES; i++)
            most = fmax(most, run.block.metric[f * METRICS + (int)metric].at[i]);
    }
    recorded_free(&run);
    return most;
}

static void money_balances(void **state)
{
    (void)state;
    assert_true(largest(METRIC_IMBALANCE) < 1e-9);
}

static void patients_are_those_of_the_start(const struct recorded *run, size_t form,
                                            int quarter)
{
    double start = 0.0, now = 0.0;

    for (size_t s = 0; s < SITES; s++) {
        start += run->plan.site[s].list;
        now += site_at(run, form, s, quarter, "list");
    }
    assert_near(now, start);
}

static void patients_are_conserved(void **state)
{
    (void)state;
    everywhere(patients_are_those_of_the_start);
}

static void posts_are_within_bounds(const struct recorded *run, size_t form,
                                    int quarter)
{
    for (size_t s = 0; s < SITES; s++) {
        const double filled = site_at(run, form, s, quarter, "filled");
        const double wanted = site_at(run, form, s, quarter, "wanted");
        const double partners = site_at(run, form, s, quarter, "partners");

        assert_true(partners >= 0.0 && partners <= filled && filled <= wanted);
        assert_true(wanted <= run->plan.site[s].slots);
    }
}

static void filled_posts_never_exceed_wanted_ones(void **state)
{
    (void)state;
    everywhere(posts_are_within_bounds);
}

static void reserves_are_not_negative(const struct recorded *run, size_t form,
                                      int quarter)
{
    for (size_t s = 0; s < SITES; s++)
        assert_true(site_at(run, form, s, quarter, "reserve") >= 0.0);
    for (int o = 0; o < run->plan.form[form].organisations; o++)
        assert_true(organisation_at(run, form, o, quarter, "account") >= 0.0);
}

static void no_reserve_goes_below_zero(void **state)
{
    (void)state;
    everywhere(reserves_are_not_negative);
}

static void is_closed_for_good(const struct recorded *run, size_t form, int quarter)
{
    for (size_t s = 0; s < SITES && quarter > 0; s++) {
        const double before = site_at(run, form, s, quarter - 1, "status");
        const double now = site_at(run, form, s, quarter, "status");

        assert_true(now >= before);
        assert_true(now != STATUS_CLOSED ||
                    (site_at(run, form, s, quarter, "list") == 0.0 &&
                     site_at(run, form, s, quarter, "income") == 0.0 &&
                     site_at(run, form, s, quarter, "filled") == 0.0));
    }
}

static void an_ending_is_never_undone(void **state)
{
    (void)state;
    everywhere(is_closed_for_good);
}

static void trust_is_a_share(const struct recorded *run, size_t form, int quarter)
{
    for (int o = 0; o < run->plan.form[form].organisations; o++) {
        const double a = organisation_at(run, form, o, quarter, "alignment");

        assert_true(a >= 0.0 && a <= 1.0);
    }
}

static void alignment_stays_between_0_and_1(void **state)
{
    (void)state;
    everywhere(trust_is_a_share);
}

static double of_site(const struct block *block, size_t form, size_t site,
                      enum site_metric metric, int lane)
{
    return block->site_metric[(form * SITES + site) * SITE_METRICS + metric].at[lane];
}

static double of_last_quarter(const struct block *block, size_t form,
                              enum series series, int lane)
{
    return block->series[(form * SERIES_COUNT + series) * QUARTERS + (QUARTERS - 1)]
        .at[lane];
}

/* Ended, in caretaker hands, neither: one of the three at every site, and the same
 * counts by trial and by quarter. */
static void assert_one_fate_a_site(const struct block *block, size_t form, int lane)
{
    double ended = 0.0, caretaker = 0.0, continuing = 0.0;

    for (size_t s = 0; s < SITES; s++) {
        const double is_ended = of_site(block, form, s, SITE_ENDED, lane);
        const double is_caretaker = of_site(block, form, s, SITE_CARETAKER, lane);
        const double is_neither = of_site(block, form, s, SITE_CONTINUING, lane);

        assert_near(is_ended + is_caretaker + is_neither, 1.0);
        ended += is_ended;
        caretaker += is_caretaker;
        continuing += is_neither;
    }
    assert_near(block->metric[form * METRICS + METRIC_SITES_ENDED].at[lane], ended);
    assert_near(block->metric[form * METRICS + METRIC_SITES_CARETAKER].at[lane],
                caretaker);
    assert_near(block->metric[form * METRICS + METRIC_SITES_CONTINUING].at[lane],
                continuing);
    assert_near(of_last_quarter(block, form, SERIES_SITES_ENDED, lane), ended);
    assert_near(of_last_quarter(block, form, SERIES_SITES_CARETAKER, lane), caretaker);
    assert_near(of_last_quarter(block, form, SERIES_SITES_CONTINUING, lane),
                continuing);
}

static void every_site_meets_one_of_three_fates(void **state)
{
    struct recorded run;

    (void)state;
    busy_patch(&run.plan, SITES, QUARTERS);
    record(&run);
    for (size_t f = 0; f < BUSY_FORMS; f++) {
        for (int lane = 0; lane < LANES; lane++)
            assert_one_fate_a_site(&run.block, f, lane);
    }
    recorded_free(&run);
}

/* What all bearers have, at one discount rate, less partners' work at the salaried
 * rate, with what organisations sell. */
static void bearers_work_and_services_are_everyone_together(void **state)
{
    struct recorded run;

    (void)state;
    busy_patch(&run.plan, SITES, QUARTERS);
    run.plan.value[PARAMETER(valuation.partner_discount)].distribution =
        run.plan.value[PARAMETER(valuation.discount_rate)].distribution;
    record(&run);
    for (size_t f = 0; f < BUSY_FORMS; f++) {
        double patients = 0.0, all = metric_of(&run, f, METRIC_SERVICES_BOUGHT) -
                                     metric_of(&run, f, METRIC_PARTNERS_WORK);

        for (size_t s = 0; s < SITES; s++)
            patients += run.plan.site[s].list;
        for (int b = 0; b < BEARERS; b++)
            all += metric_of(&run, f, (enum metric)(METRIC_NPV_PARTNERS + b));
        assert_near(all / patients, metric_of(&run, f, METRIC_ECONOMIC_NET_POSITION));
        assert_true(metric_of(&run, f, METRIC_CORE_INCOME) > 0.0);
    }
    recorded_free(&run);
}

static void assert_gains_and_losses(const struct block *block, size_t form, int lane)
{
    double worse = 0.0, better = 0.0;

    for (size_t s = 0; s < SITES; s++) {
        const double own = of_site(block, form, s, SITE_TODAYS_PARTNERS, lane);
        const double other = of_site(block, BUSY_ALONE, s, SITE_TODAYS_PARTNERS, lane);
        const bool loses = own < other - 0.005 * fabs(other);

        assert_true(own <= of_site(block, form, s, SITE_TODAYS_GPS, lane) + 1e-6);
        if (form == BUSY_ALONE || block->plan->site[s].posts[PARTNER] == 0) {
            assert_true(isnan(of_site(block, form, s, SITE_WORSE_OFF, lane)));
            assert_true(isnan(of_site(block, form, s, SITE_MORE, lane)));
            continue;
        }
        assert_near(of_site(block, form, s, SITE_WORSE_OFF, lane), loses ? 1.0 : 0.0);
        assert_near(of_site(block, form, s, SITE_MORE, lane), own > other ? 1.0 : 0.0);
        worse += loses ? 1.0 : 0.0;
        better += own > other + 0.005 * fabs(other) ? 1.0 : 0.0;
    }
    assert_near(block->metric[form * METRICS + METRIC_SITES_WORSE_OFF].at[lane], worse);
    assert_near(block->metric[form * METRICS + METRIC_SITES_BETTER_OFF].at[lane],
                better);
}

static void partners_are_held_against_what_the_reference_gives_them(void **state)
{
    struct recorded run;

    (void)state;
    busy_patch(&run.plan, SITES, QUARTERS);
    record(&run);
    assert_int_equal(run.plan.reference, BUSY_ALONE);
    for (size_t f = 0; f < BUSY_FORMS; f++) {
        for (int lane = 0; lane < LANES; lane++)
            assert_gains_and_losses(&run.block, f, lane);
    }
    recorded_free(&run);
}

/* Or the tests above would show little. */
static void everything_does_happen(void **state)
{
    (void)state;
    assert_true(total(METRIC_SITES_CLOSED, BUSY_ALONE) > 10.0);
    assert_true(total(METRIC_SITES_TAKEN_OVER, BUSY_ALONE) > 10.0);
    assert_true(total(METRIC_SITES_CARETAKER, BUSY_ALONE) > 10.0);
    assert_true(total(METRIC_PARTNER_LOSS, BUSY_JOINT) > 0.0);
    assert_true(total(METRIC_MEMBERS_LEFT, BUSY_JOINT) > 10.0);
    assert_true(total(METRIC_ORGANISATIONS_DISSOLVED, BUSY_COMPANY) > 10.0);
    assert_true(total(METRIC_ORGANISATIONS_EXITED, BUSY_TRUST) > 10.0);
    assert_true(total(METRIC_NPV_CREDITORS, BUSY_COMPANY) < 0.0);
    assert_true(total(METRIC_SITES_WORSE_OFF, BUSY_JOINT) > 10.0);
    assert_true(total(METRIC_SITES_BETTER_OFF, BUSY_JOINT) > 10.0);
    assert_true(total(METRIC_RELATIONSHIPS, BUSY_VOLUNTARY) <
                total(METRIC_RELATIONSHIPS, BUSY_ALONE));
    assert_true(total(METRIC_NPV_OWNERS, BUSY_RESCUE) !=
                total(METRIC_NPV_OWNERS, BUSY_ALONE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money_balances),
        cmocka_unit_test(patients_are_conserved),
        cmocka_unit_test(filled_posts_never_exceed_wanted_ones),
        cmocka_unit_test(no_reserve_goes_below_zero),
        cmocka_unit_test(an_ending_is_never_undone),
        cmocka_unit_test(alignment_stays_between_0_and_1),
        cmocka_unit_test(every_site_meets_one_of_three_fates),
        cmocka_unit_test(bearers_work_and_services_are_everyone_together),
        cmocka_unit_test(partners_are_held_against_what_the_reference_gives_them),
        cmocka_unit_test(everything_does_happen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
