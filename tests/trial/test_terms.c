/* Every term of a form, moved alone, moves the result it is about in the direction the
 * model gives. Where the net effect is open (pay against turnover, say) the row names
 * the first effect. Form 0 has the term at `from`, form 1 at `to`; both meet the same
 * draws, and what is judged is the mean of the paired difference: at least 4 of its
 * own standard errors on the right side. Each row is run with every site a member,
 * and with those that join at a participation of 0.5. */
#include "test.h"

#include "recorded.h"

#include <math.h>

enum { SITES = 8, QUARTERS = 20, TRIALS = 128, BLOCKS = TRIALS / LANES, EXIT_ROW = 2 };

/* Measured beside the metrics of a trial. */
enum { MEMBERS_FILLED = METRICS /**< filled posts of sites that are members */ };

typedef void prepare(struct plan *plan, int form);

struct row {
    size_t term;
    double from, to;
    prepare *prepare; /**< what else it takes for the term to matter, or NULL */
    int measure;
    int direction; /**< of the measure from form 0 to form 1 */
};

static void a_company(struct plan *plan, int form)
{
    plan->row[form].choices.liability = LIABILITY_LIMITED;
    small_patch_term(plan, form, TERM(levy), 4.0);
    small_patch_term(plan, form, TERM(org_cost), 4.0);
    small_patch_term(plan, form, TERM(org_cost_sd), 0.2);
    small_patch_term(plan, form, TERM(org_reserve), 0.1);
    small_patch_term(plan, form, TERM(org_reserve_max), 0.5);
    small_patch_term(plan, form, TERM(call_cap), 0.0);
}

static void a_company_that_calls(struct plan *plan, int form)
{
    a_company(plan, form);
    small_patch_term(plan, form, TERM(call_cap), 1000.0);
}

static void a_company_with_a_ceiling(struct plan *plan, int form)
{
    a_company(plan, form);
    small_patch_term(plan, form, TERM(org_reserve_max), 1000.0);
}

/* What it may keep decides how long it lasts: it takes a little more than it spends. */
static void a_company_that_earns(struct plan *plan, int form)
{
    a_company(plan, form);
    small_patch_term(plan, form, TERM(org_cost), 3.5);
}

/* It pays 4.5 fte at a site where partners kept what was left: it loses. */
static void a_trust(struct plan *plan, int form)
{
    struct form_choices *choices = &plan->row[form].choices;

    choices->pool_owner = OWNER_TRUST;
    choices->liability = LIABILITY_PUBLIC;
    choices->convert_partners = true;
    small_patch_term(plan, form, TERM(pooled_share), 1.0);
    small_patch_term(plan, form, TERM(convert_pay), 2.0);
    small_patch_term(plan, form, TERM(exit_rate), 0.5);
}

static void with_a_levy(struct plan *plan, int form)
{
    small_patch_term(plan, form, TERM(levy), 4.0);
}

static void with_endings(struct plan *plan, int form)
{
    (void)form;
    small_patch_set(plan, PARAMETER(distress.ending_rate), 0.1);
}

/* Where every post fills at once, no pull fills more. */
static void in_a_shortage(struct plan *plan, int form)
{
    (void)form;
    small_patch_set(plan, PARAMETER(workforce.months_to_fill[GLUT]), 7.2);
}

static void with_savings(struct plan *plan, int form)
{
    small_patch_term(plan, form, TERM(saving), 0.1);
}

static void with_cover(struct plan *plan, int form)
{
    small_patch_term(plan, form, TERM(cover), 1.0);
}

static void sharing_residuals(struct plan *plan, int form)
{
    plan->row[form].choices.pool_basis = POOL_RESIDUAL;
}

static void by_share(struct plan *plan, int form)
{
    plan->row[form].choices.join_rule = JOIN_SHARE;
}

static void by_choice(struct plan *plan, int form)
{
    plan->row[form].choices.join_rule = JOIN_VOLUNTARY;
}

/* clang-format off */
static const struct row rows[] = {
    {TERM(participation), 0.3, 0.9, by_share, METRIC_RELATIONSHIPS, -1},
    {TERM(join_below), 0.0, 1e6, by_choice, METRIC_RELATIONSHIPS, -1},
    {TERM(pooled_share), 0.0, 1.0, sharing_residuals, METRIC_PARTNER_LOSS, -1},
    {TERM(partner_share), 0.2, 0.8, NULL, METRIC_PARTNER_FTE, +1},
    {TERM(convert_pay), 1.0, 1.5, a_trust, METRIC_NPV_TRUST, -1},
    {TERM(pay_premium), 1.0, 1.1, NULL, METRIC_NPV_PARTNERS, -1},
    {TERM(staff_pay_premium), 1.0, 1.05, NULL, METRIC_NPV_PARTNERS, -1},
    {TERM(productivity[PARTNER]), 1.0, 1.1, NULL, METRIC_WORKLOAD, -1},
    {TERM(productivity[SALARIED]), 1.0, 1.1, NULL, METRIC_WORKLOAD, -1},
    {TERM(leave_factor[PARTNER]), 1.0, 2.0, NULL, METRIC_TURNOVER, +1},
    {TERM(leave_factor[SALARIED]), 1.0, 2.0, NULL, METRIC_TURNOVER, +1},
    {TERM(transition_exit), 0.0, 0.5, NULL, METRIC_TURNOVER, +1},
    {TERM(ending_factor), 0.0, 4.0, with_endings, METRIC_SITES_CONTINUING, -1},
    {TERM(staff_vacancy), 0.0, 0.1, NULL, METRIC_WORKLOAD, +1},
    {TERM(cover), 0.0, 1.0, NULL, METRIC_UNMET_APPOINTMENTS, -1},
    {TERM(friction), 0.0, 0.9, with_cover, METRIC_UNMET_APPOINTMENTS, +1},
    {TERM(surge_cover), 0.0, 1.0, NULL, METRIC_LOCUM_SPEND, +1},
    {TERM(leadership_fte), 0.0, 0.3, NULL, METRIC_WORKLOAD, +1},
    {TERM(diversion), 0.0, 0.1, NULL, METRIC_WORKLOAD, +1},
    {TERM(continuity_demand), 0.0, 0.1, NULL, METRIC_WORKLOAD, +1},
    {TERM(levy), 0.0, 4.0, NULL, METRIC_NPV_PARTNERS, -1},
    {TERM(coordination), 0.0, 4.0, NULL, METRIC_NPV_PARTNERS, -1},
    {TERM(recharge), 0.0, 0.02, NULL, METRIC_NPV_PARTNERS, -1},
    {TERM(setup_cost), 0.0, 5.0, NULL, METRIC_NPV_PARTNERS, -1},
    {TERM(saving), 0.0, 0.1, NULL, METRIC_NPV_PARTNERS, +1},
    {TERM(ramp_years), 1.0, 5.0, with_savings, METRIC_NPV_PARTNERS, -1},
    {TERM(org_income), 0.0, 2.0, a_company, METRIC_PUBLIC_COST, +1},
    {TERM(org_cost), 4.0, 8.0, a_company_that_calls, METRIC_NPV_PARTNERS, -1},
    {TERM(org_cost_sd), 0.0, 0.4, a_company_that_calls, METRIC_DRAWDOWN, +1},
    {TERM(org_reserve), 0.0, 1.0, a_company_with_a_ceiling, METRIC_ORGANISATIONS_DISSOLVED, -1},
    {TERM(org_reserve_max), 0.0, 1000.0, a_company_that_earns, METRIC_ORGANISATIONS_DISSOLVED, -1},
    {TERM(call_cap), 0.0, 1.0, a_company, METRIC_ORGANISATIONS_DISSOLVED, -1},
    {TERM(subsidy_tolerance), 0.0, 1e6, a_trust, METRIC_ORGANISATIONS_EXITED, -1},
    {TERM(exit_rate), 0.0, 1.0, a_trust, METRIC_ORGANISATIONS_EXITED, +1},
    {TERM(distance), 1.0, 4.0, NULL, METRIC_ALIGNMENT, +1},
    {TERM(alignment_start), 0.2, 1.0, NULL, METRIC_ALIGNMENT, +1},
    {TERM(alignment_speed), 0.1, 2.0, NULL, METRIC_ALIGNMENT, -1},
    {TERM(resent_scale), 1000.0, 1e6, with_a_levy, METRIC_ALIGNMENT, +1},
    {TERM(member_exit_rate), 0.0, 1.0, with_a_levy, METRIC_MEMBERS_LEFT, +1},
    {TERM(price_relief), 0.0, 0.5, NULL, METRIC_PUBLIC_COST, +1},
    {TERM(admissions_irr), 1.0, 1.1, NULL, METRIC_SYSTEM_EFFECTS, -1},
    {TERM(ed_irr), 1.0, 1.1, NULL, METRIC_SYSTEM_EFFECTS, -1},
};
/* clang-format on */

enum { ROWS = sizeof(rows) / sizeof(*rows) };

/* A patch with noise, leaving and one pay shock, its sites unlike in cost. */
static void make_patch(struct plan *plan)
{
    small_patch(plan, SITES, 3, QUARTERS);
    small_patch_set(plan, PARAMETER(demand.site_sd), 0.1);
    small_patch_set(plan, PARAMETER(demand.site_phi), 0.5);
    small_patch_set(plan, PARAMETER(workforce.leave_rate[PARTNER]), 0.15);
    small_patch_set(plan, PARAMETER(workforce.leave_rate[SALARIED]), 0.2);
    small_patch_set(plan, PARAMETER(capacity.partner_stretch), 0.1);
    small_patch_set(plan, PARAMETER(money.efficiency_sd), 0.4);
    small_patch_set(plan, PARAMETER(distress.income), -1e9);
    small_patch_add_shock(plan, 2, 8, 0);
    small_patch_shock(plan, SHOCK_TERM(pay), 1.05);
}

static void make_forms(struct plan *plan, const struct row *row, enum join_rule join)
{
    for (int f = 0; f < 2; f++) {
        small_patch_unite(plan, f);
        plan->form[f].exit_row = EXIT_ROW;
        plan->row[f].choices.join_rule = join;
        small_patch_term(plan, f, TERM(participation), 0.5);
        if (row->prepare != NULL)
            row->prepare(plan, f);
        small_patch_term(plan, f, row->term, f == 0 ? row->from : row->to);
    }
}

static double filled_posts_of_members(const struct patch *patch, int lane)
{
    double filled = 0.0;

    for (int s = 0; s < patch->sites; s++)
        filled += lanes_have(patch->practice[s].standing.member, lane) *
                  patch->practice[s].workforce.filled.at[lane];
    return filled;
}

/* A metric that does not exist in a trial under either form tells nothing there. */
static double difference(const struct block *block, int measure, int lane)
{
    double found;

    if (measure == MEMBERS_FILLED)
        return filled_posts_of_members(&block->patch[1], lane) -
               filled_posts_of_members(&block->patch[0], lane);
    found = block->metric[METRICS + measure].at[lane] - block->metric[measure].at[lane];
    return isnan(found) ? 0.0 : found;
}

struct effect {
    double mean, standard_error;
};

static struct effect effect_of(const struct row *row, enum join_rule join)
{
    struct hr_error error = {0};
    double sum = 0.0, square = 0.0;
    struct kernel kernel;
    struct block block;
    struct plan plan;

    make_patch(&plan);
    make_forms(&plan, row, join);
    assert_int_equal(kernel_choose(NULL, &kernel, &error), HR_OK);
    assert_int_equal(block_init(&block, &plan, &error), HR_OK);
    for (uint64_t b = 0; b < BLOCKS; b++) {
        kernel.run(&block, b * LANES, LANES);
        for (int i = 0; i < LANES; i++) {
            const double d = difference(&block, row->measure, i);

            sum += d;
            square += d * d;
        }
    }
    block_free(&block);
    plan_free(&plan);
    return (struct effect){
        .mean = sum / TRIALS,
        .standard_error =
            sqrt(fmax(0.0, square / TRIALS - sum * sum / TRIALS / TRIALS) / TRIALS),
    };
}

/* A failure names the term by its place in struct form_terms. */
static void moves_as_the_model_says(enum join_rule join)
{
    for (int r = 0; r < ROWS; r++) {
        const struct effect effect = effect_of(&rows[r], join);

        if (!(rows[r].direction * effect.mean > 4.0 * effect.standard_error))
            fail_msg("term %zu moves measure %d by %g +- %g", rows[r].term,
                     rows[r].measure, effect.mean, effect.standard_error);
    }
}

static void every_term_moves_results_where_all_sites_join(void **state)
{
    (void)state;
    moves_as_the_model_says(JOIN_ALL);
}

static void every_term_moves_results_where_half_the_sites_join(void **state)
{
    (void)state;
    moves_as_the_model_says(JOIN_SHARE);
}

/* One row a term; recruit_factor, which takes from neighbours, has tests of its own. */
static void the_table_has_every_term(void **state)
{
    double found[TERM_COUNT] = {[TERM(recruit_factor)] = 1.0};

    (void)state;
    for (int r = 0; r < ROWS; r++)
        found[rows[r].term] += 1.0;
    for (int t = 0; t < TERM_COUNT; t++)
        assert_true(found[t] == 1.0);
}

static const struct row recruiting = {TERM(recruit_factor), 1.0, 2.0, in_a_shortage,
                                      MEMBERS_FILLED,       +1};

static void recruiting_harder_than_one_s_neighbours_fills_posts(void **state)
{
    const struct effect effect = effect_of(&recruiting, JOIN_SHARE);

    (void)state;
    assert_true(effect.mean > 4.0 * effect.standard_error);
}

/* Hires are zero-sum: chances differ by rounding at most, and no draw lies that near.
 */
static void recruiting_harder_where_all_do_fills_none(void **state)
{
    (void)state;
    assert_true(effect_of(&recruiting, JOIN_ALL).mean == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_has_every_term),
        cmocka_unit_test(every_term_moves_results_where_all_sites_join),
        cmocka_unit_test(every_term_moves_results_where_half_the_sites_join),
        cmocka_unit_test(recruiting_harder_than_one_s_neighbours_fills_posts),
        cmocka_unit_test(recruiting_harder_where_all_do_fills_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
