/* Practices of an area share labour, organisations and networks; areas share drivers.
 */
#include "test.h"

#include "busy_patch.h"
#include "recorded.h"
#include "site_quarters.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SITES = 14, AREAS = 3, QUARTERS = 24 };

/* Networks of four within the area; a form that unites practices does so by area. */
static void number_area(struct plan *plan, size_t area)
{
    struct plan_area *own = &plan->area[area];

    own->networks = (own->sites + 3) / 4;
    for (size_t k = 0; k < own->sites; k++) {
        const size_t s = own->site[k];

        plan->site[s].network = (int)k / 4;
        for (size_t f = 0; f < plan->forms; f++) {
            struct plan_form *form = &plan->form[f];
            const bool all = plan->row[form->row].choices.group_by == GROUP_ALL;

            if (k == 0 || !all)
                form->entity[form->organisations++] = plan->site[s].entity;
            form->organisation[s] = form->organisations - 1;
            form->before[area + 1] = form->organisations;
        }
    }
}

static void divide(struct plan *plan, const size_t *area_of, size_t areas)
{
    assert_true(plan_divide(plan, area_of, areas));
    for (size_t f = 0; f < plan->forms; f++) {
        plan->form[f].before = calloc(areas + 1, sizeof(int));
        plan->form[f].organisations = 0;
    }
    for (size_t a = 0; a < areas; a++)
        number_area(plan, a);
}

/* Area 0 has the practices 0, 3, 6 and so on; @p turned, it comes last. */
static void divided_patch(struct plan *plan, bool turned)
{
    size_t area_of[SITES];

    busy_patch(plan, SITES, QUARTERS);
    plan->stores_sites = true;
    for (size_t s = 0; s < SITES; s++) {
        area_of[s] = turned ? AREAS - 1 - s % AREAS : s % AREAS;
        plan->site[s].area = (uint32_t)(s % AREAS);
    }
    divide(plan, area_of, AREAS);
}

/* A patch that has an area's practices alone. */
static void one_area(const struct plan *plan, size_t area, struct plan *alone)
{
    const struct plan_area *own = &plan->area[area];
    size_t area_of[SITES] = {0};

    busy_patch(alone, (int)own->sites, QUARTERS);
    alone->stores_sites = true;
    for (size_t k = 0; k < own->sites; k++)
        alone->site[k] = plan->site[own->site[k]];
    divide(alone, area_of, 1);
}

static void record_divided(struct recorded *run)
{
    divided_patch(&run->plan, false);
    record(run);
}

static void record_alone(const struct recorded *whole, size_t area,
                         struct recorded *alone)
{
    one_area(&whole->plan, area, &alone->plan);
    record(alone);
}

static const struct lanes *site_metrics(const struct recorded *run, size_t form,
                                        size_t site)
{
    return &run->block.site_metric[(form * run->plan.sites + site) * SITE_METRICS];
}

static const struct lanes *quarters_of(const struct recorded *run, size_t k,
                                       size_t site)
{
    return &run->block.site_quarters[(k * run->plan.sites + site) * QUARTERS];
}

static void assert_same_site(const struct recorded *run, size_t site,
                             const struct recorded *other, size_t at)
{
    for (size_t f = 0; f < BUSY_FORMS; f++)
        assert_memory_equal(site_metrics(run, f, site), site_metrics(other, f, at),
                            SITE_METRICS * sizeof(struct lanes));
    for (size_t k = 0; k < (size_t)BUSY_FORMS * SITE_QUARTERS; k++)
        assert_memory_equal(quarters_of(run, k, site), quarters_of(other, k, at),
                            QUARTERS * sizeof(struct lanes));
}

static void a_practice_fares_as_if_its_area_were_all_there_is(void **state)
{
    struct recorded run;

    (void)state;
    record_divided(&run);
    for (size_t a = 0; a < AREAS; a++) {
        struct recorded alone;

        record_alone(&run, a, &alone);
        for (size_t k = 0; k < run.plan.area[a].sites; k++)
            assert_same_site(&run, run.plan.area[a].site[k], &alone, k);
        recorded_free(&alone);
    }
    recorded_free(&run);
}

/* What areas have apart adds up, or has its largest, in what they have together. */
struct parts {
    struct lanes sum[METRICS], largest[METRICS];
};

static const enum metric sums[] = {
    METRIC_NPV_PARTNERS,
    METRIC_NPV_RESERVES,
    METRIC_NPV_ORGANISATION,
    METRIC_NPV_OWNERS,
    METRIC_NPV_CREDITORS,
    METRIC_NPV_TRUST,
    METRIC_NPV_COMMISSIONER,
    METRIC_PUBLIC_COST,
    METRIC_NPV_INSURER,
    METRIC_NET_MONETARY_BENEFIT,
    METRIC_UNMET_COST,
    METRIC_TODAYS_GPS,
    METRIC_TODAYS_GPS_YEARS,
    METRIC_PARTNER_LOSS,
    METRIC_LOCUM_SPEND,
    METRIC_UNMET_APPOINTMENTS,
    METRIC_CORE_INCOME,
    METRIC_PARTNERS_WORK,
    METRIC_SERVICES_BOUGHT,
    METRIC_SITES_CLOSED,
    METRIC_SITES_TAKEN_OVER,
    METRIC_SITES_ENDED,
    METRIC_SITES_CARETAKER,
    METRIC_SITES_CONTINUING,
    METRIC_SITES_WORSE_OFF,
    METRIC_SITES_BETTER_OFF,
    METRIC_PATIENTS_DISPERSED,
    METRIC_RELATIONSHIPS,
    METRIC_RELATIONSHIPS_COST,
    METRIC_CONTRACT_WORK_MOVED,
    METRIC_SYSTEM_EFFECTS,
    METRIC_MEMBERS_LEFT,
    METRIC_ORGANISATIONS_DISSOLVED,
    METRIC_ORGANISATIONS_EXITED,
    METRIC_PARTNER_LED_SITES,
    METRIC_PARTNER_FTE,
    METRIC_SALARIED_FTE,
};
static const enum metric maxima[] = {METRIC_DRAWDOWN, METRIC_LARGEST_CASCADE};

static void add_parts(const struct recorded *run, size_t form, struct parts *parts)
{
    const struct lanes *metric = &run->block.metric[form * METRICS];

    for (int m = 0; m < METRICS; m++) {
        for (int i = 0; i < LANES; i++) {
            parts->sum[m].at[i] += metric[m].at[i];
            parts->largest[m].at[i] = fmax(parts->largest[m].at[i], metric[m].at[i]);
        }
    }
}

static void assert_whole(const struct recorded *run, size_t form,
                         const struct parts *parts)
{
    const struct lanes *metric = &run->block.metric[form * METRICS];

    for (int i = 0; i < LANES; i++) {
        for (size_t k = 0; k < sizeof(sums) / sizeof(*sums); k++)
            assert_near(metric[sums[k]].at[i], parts->sum[sums[k]].at[i]);
        for (size_t k = 0; k < sizeof(maxima) / sizeof(*maxima) && form > 0; k++)
            assert_near(metric[maxima[k]].at[i], parts->largest[maxima[k]].at[i]);
    }
}

static void counts_and_money_add_up_over_areas(void **state)
{
    struct parts parts[BUSY_FORMS] = {0};
    struct recorded run;

    (void)state;
    record_divided(&run);
    for (size_t a = 0; a < AREAS; a++) {
        struct recorded alone;

        record_alone(&run, a, &alone);
        for (size_t f = 0; f < BUSY_FORMS; f++)
            add_parts(&alone, f, &parts[f]);
        recorded_free(&alone);
    }
    for (size_t f = 0; f < BUSY_FORMS; f++)
        assert_whole(&run, f, &parts[f]);
    recorded_free(&run);
}

/* What is per patient, and what is per year in post, by what it is per. */
static const enum metric per_patient[] = {METRIC_ECONOMIC_NET_POSITION,
                                          METRIC_ECONOMIC_NET_POSITION_NARROW,
                                          METRIC_ECONOMIC_NET_POSITION_LESS_UNMET};
enum { PER_PATIENT = sizeof(per_patient) / sizeof(*per_patient) };

static double people_of(const struct plan *plan)
{
    double people = 0.0;

    for (size_t s = 0; s < plan->sites; s++)
        people += plan->site[s].list;
    return people;
}

struct totals {
    double of_people[BUSY_FORMS][PER_PATIENT], gps[BUSY_FORMS], years[BUSY_FORMS];
};

static void add_totals(const struct recorded *run, struct totals *totals)
{
    for (size_t f = 0; f < BUSY_FORMS; f++) {
        const struct lanes *metric = &run->block.metric[f * METRICS];
        const double years = metric[METRIC_TODAYS_GPS_YEARS].at[0];

        for (size_t k = 0; k < PER_PATIENT; k++)
            totals->of_people[f][k] +=
                people_of(&run->plan) * metric[per_patient[k]].at[0];
        totals->gps[f] += years * metric[METRIC_TODAYS_GPS_PER_YEAR].at[0];
        totals->years[f] += years;
    }
}

static void what_is_per_patient_or_year_is_of_all_areas_patients_or_years(void **state)
{
    struct totals totals = {0};
    struct recorded run;

    (void)state;
    record_divided(&run);
    for (size_t a = 0; a < AREAS; a++) {
        struct recorded alone;

        record_alone(&run, a, &alone);
        add_totals(&alone, &totals);
        recorded_free(&alone);
    }
    for (size_t f = 0; f < BUSY_FORMS; f++) {
        const struct lanes *metric = &run.block.metric[f * METRICS];

        for (size_t k = 0; k < PER_PATIENT; k++)
            assert_near(metric[per_patient[k]].at[0],
                        totals.of_people[f][k] / people_of(&run.plan));
        assert_near(metric[METRIC_TODAYS_GPS_PER_YEAR].at[0],
                    totals.gps[f] / totals.years[f]);
    }
    recorded_free(&run);
}

/* Partners' income over their fte, in every quarter. */
static void a_ratio_is_one_of_sums(void **state)
{
    double fte[QUARTERS] = {0}, income[QUARTERS] = {0};
    struct recorded run;

    (void)state;
    record_divided(&run);
    for (size_t a = 0; a < AREAS; a++) {
        struct recorded alone;

        record_alone(&run, a, &alone);
        for (size_t q = 0; q < QUARTERS; q++) {
            const struct lanes *series = &alone.block.series[q];
            const double here = series[SERIES_PARTNER_FTE * QUARTERS].at[0];

            fte[q] += here;
            income[q] += here > 0.0
                             ? here * series[SERIES_PARTNER_INCOME * QUARTERS].at[0]
                             : 0.0;
        }
        recorded_free(&alone);
    }
    for (size_t q = 0; q < QUARTERS; q++)
        assert_near(run.block.series[SERIES_PARTNER_INCOME * QUARTERS + q].at[0],
                    income[q] / fte[q]);
    recorded_free(&run);
}

static void the_order_of_areas_does_not_matter(void **state)
{
    struct recorded run, turned;

    (void)state;
    divided_patch(&run.plan, false);
    divided_patch(&turned.plan, true);
    record(&run);
    record(&turned);
    for (size_t s = 0; s < SITES; s++)
        assert_same_site(&run, s, &turned, s);
    for (size_t k = 0; k < (size_t)BUSY_FORMS * METRICS; k++) {
        const double a = run.block.metric[k].at[0], b = turned.block.metric[k].at[0];

        if (!isnan(a) || !isnan(b))
            assert_near(a, b);
    }
    recorded_free(&run);
    recorded_free(&turned);
}

static void run_again(struct block *block, uint64_t first)
{
    struct hr_error error = {0};
    struct kernel kernel;

    assert_int_equal(kernel_choose(NULL, &kernel, &error), HR_OK);
    kernel.run(block, first, LANES);
}

static void a_block_used_again_begins_anew_in_its_first_area(void **state)
{
    struct recorded run, used;

    (void)state;
    divided_patch(&run.plan, false);
    divided_patch(&used.plan, false);
    record(&run);
    record(&used);
    run_again(&used.block, 5 * LANES);
    run_again(&used.block, 0);
    assert_memory_equal(run.block.metric, used.block.metric,
                        BUSY_FORMS * METRICS * sizeof(struct lanes));
    assert_memory_equal(run.block.series, used.block.series,
                        BUSY_FORMS * SERIES_COUNT * QUARTERS * sizeof(struct lanes));
    recorded_free(&run);
    recorded_free(&used);
}

static void a_single_area_is_no_division(void **state)
{
    struct recorded run, single;
    size_t area_of[SITES] = {0};

    (void)state;
    busy_patch(&run.plan, SITES, QUARTERS);
    busy_patch(&single.plan, SITES, QUARTERS);
    divide(&single.plan, area_of, 1);
    record(&run);
    record(&single);
    assert_memory_equal(run.block.metric, single.block.metric,
                        BUSY_FORMS * METRICS * sizeof(struct lanes));
    assert_memory_equal(run.block.series, single.block.series,
                        BUSY_FORMS * SERIES_COUNT * QUARTERS * sizeof(struct lanes));
    recorded_free(&run);
    recorded_free(&single);
}

/* An organisation is numbered after those of the areas before its own. */
static void a_tape_has_the_organisations_of_all_areas(void **state)
{
    struct recorded run;

    (void)state;
    record_divided(&run);
    assert_int_equal(run.plan.form[BUSY_TRUST].organisations, AREAS);
    for (int a = 0; a < AREAS; a++) {
        struct recorded alone;

        record_alone(&run, (size_t)a, &alone);
        for (int q = 0; q < QUARTERS; q++) {
            assert_near(organisation_at(&run, BUSY_TRUST, a, q, "people"),
                        organisation_at(&alone, BUSY_TRUST, 0, q, "people"));
            assert_near(site_at(&run, BUSY_TRUST, (size_t)(a + AREAS), q, "residual"),
                        site_at(&alone, BUSY_TRUST, 1, q, "residual"));
        }
        recorded_free(&alone);
    }
    recorded_free(&run);
}

static void a_tape_has_the_ledger_of_all_areas(void **state)
{
    double partners[QUARTERS] = {0}, outside[QUARTERS] = {0};
    struct recorded run;

    (void)state;
    record_divided(&run);
    for (size_t a = 0; a < AREAS; a++) {
        struct recorded alone;

        record_alone(&run, a, &alone);
        for (int q = 0; q < QUARTERS; q++) {
            partners[q] += ledger_at(&alone, BUSY_COMPANY, q, "partners");
            outside[q] += ledger_at(&alone, BUSY_COMPANY, q, "outside");
        }
        recorded_free(&alone);
    }
    for (int q = 0; q < QUARTERS; q++) {
        assert_near(ledger_at(&run, BUSY_COMPANY, q, "partners"), partners[q]);
        assert_near(ledger_at(&run, BUSY_COMPANY, q, "outside"), outside[q]);
    }
    recorded_free(&run);
}

/* A shock whose rate lies on its draw in one quarter of trial 0. */
static void near_ties_of_common_drivers_are_counted_once(void **state)
{
    const uint64_t address = draw_address(12345, DRAW_SHOCK_START, 2, 0);
    const size_t area_of[6] = {0, 1, 2, 0, 1, 2};
    struct block block;
    struct plan plan;

    (void)state;
    small_patch(&plan, 6, 1, 4);
    small_patch_add_shock(&plan, -1, 1, 0);
    small_patch_shock(&plan, SHOCK_TERM(rate),
                      -4.0 * log(1.0 - draw_one(plan.seed, 0, address)));
    divide(&plan, area_of, AREAS);
    small_patch_run(&plan, &block);
    assert_true(block.near_ties.at[0] == 1.0);
    block_free(&block);
    plan_free(&plan);
}

/* The part of a block that grows with practices is there for one of six areas. */
static void a_block_takes_the_memory_of_its_largest_area(void **state)
{
    enum { MANY = 240, SIXTH = MANY / 6 };
    size_t area_of[MANY];
    struct plan whole, divided, small;

    (void)state;
    small_patch(&whole, MANY, 2, 4);
    small_patch(&divided, MANY, 2, 4);
    small_patch(&small, SIXTH, 2, 4);
    for (size_t s = 0; s < MANY; s++)
        area_of[s] = s / SIXTH;
    divide(&divided, area_of, MANY / SIXTH);
    assert_true(block_bytes(&divided) < block_bytes(&whole) / 3);
    assert_true(block_bytes(&divided) > block_bytes(&small));
    plan_free(&whole);
    plan_free(&divided);
    plan_free(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_practice_fares_as_if_its_area_were_all_there_is),
        cmocka_unit_test(counts_and_money_add_up_over_areas),
        cmocka_unit_test(what_is_per_patient_or_year_is_of_all_areas_patients_or_years),
        cmocka_unit_test(a_ratio_is_one_of_sums),
        cmocka_unit_test(the_order_of_areas_does_not_matter),
        cmocka_unit_test(a_block_used_again_begins_anew_in_its_first_area),
        cmocka_unit_test(a_single_area_is_no_division),
        cmocka_unit_test(a_tape_has_the_organisations_of_all_areas),
        cmocka_unit_test(a_tape_has_the_ledger_of_all_areas),
        cmocka_unit_test(near_ties_of_common_drivers_are_counted_once),
        cmocka_unit_test(a_block_takes_the_memory_of_its_largest_area),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
