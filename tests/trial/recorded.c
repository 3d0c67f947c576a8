#include "test.h"

#include "recorded.h"

#include <math.h>
#include <string.h>

void record_lane(struct recorded *run, int lane)
{
    struct hr_error error = {0};
    struct kernel kernel;

    assert_int_equal(tape_init(&run->tape, &run->plan, lane, &error), HR_OK);
    assert_int_equal(block_init(&run->block, &run->plan, &error), HR_OK);
    assert_int_equal(kernel_choose(NULL, &kernel, &error), HR_OK);
    run->block.tape = &run->tape;
    kernel.run(&run->block, 0, LANES);
}

void record(struct recorded *run)
{
    record_lane(run, 0);
}

void recorded_free(struct recorded *run)
{
    tape_free(&run->tape);
    block_free(&run->block);
    plan_free(&run->plan);
}

static double named(const struct tape_column *columns, size_t count, const double *row,
                    const char *name)
{
    for (size_t c = 0; c < count; c++) {
        if (strcmp(columns[c].name, name) == 0)
            return row[c];
    }
    fail_msg("no column \"%s\"", name);
    return NAN;
}

double site_at(const struct recorded *run, size_t form, size_t site, int quarter,
               const char *column)
{
    return named(tape_site_columns, tape_site_count,
                 tape_site(&run->tape, &run->plan, form, site, quarter), column);
}

double organisation_at(const struct recorded *run, size_t form, int organisation,
                       int quarter, const char *column)
{
    return named(tape_organisation_columns, tape_organisation_count,
                 tape_organisation(&run->tape, &run->plan, form, organisation, quarter),
                 column);
}

double ledger_at(const struct recorded *run, size_t form, int quarter,
                 const char *column)
{
    return named(tape_ledger_columns, tape_ledger_count,
                 tape_ledger(&run->tape, &run->plan, form, quarter), column);
}

double driver_at(const struct recorded *run, int quarter, const char *column)
{
    return named(tape_driver_columns, tape_driver_count,
                 &run->tape.driver[(size_t)quarter * tape_driver_count], column);
}

double metric_of(const struct recorded *run, size_t form, enum metric metric)
{
    return run->block.metric[form * METRICS + metric].at[run->tape.lane];
}

void assert_near_at(double got, double expected, const char *file, int line)
{
    const double scale = fmax(1.0, fmax(fabs(got), fabs(expected)));

    if (fabs(got - expected) <= 1e-12 * scale)
        return;
    print_error("%.17g != %.17g\n", got, expected);
    _fail(file, line);
}
