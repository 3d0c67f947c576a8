/* Cumulants of a year's claims under a common factor, by two ways. */
#include "reference.h"

enum { PEOPLE = 4000 };

/* A cell of people of whom next to none costs anything, and then at most once, changes
 * nothing but the way: cumulants are no longer those of Poisson's law in closed form
 * but weighted over nodes of the factor. The nodes' third moments hold to 1e-7. */
static void nodes_give_the_closed_form(enum factor_kind kind, double variance)
{
    struct portfolio plain = reference_portfolio(), mixed;
    struct claim_moments closed, summed;

    plain.factor = (struct common_factor){kind, variance};
    mixed = plain;
    mixed.cells = 2;
    mixed.cell[1] = plain.cell[0];
    mixed.cell[1].frequency = FREQUENCY_TWO_PART;
    mixed.cell[1].rate = 1e-14;
    closed = kept_moments(&plain, PEOPLE);
    summed = kept_moments(&mixed, PEOPLE);
    assert_near(summed.mean, closed.mean, 1e-10);
    assert_near(summed.variance, closed.variance, 1e-8);
    assert_near(summed.third, closed.third, 1e-6);
    assert_near(summed.fourth, closed.fourth, 1e-6);
}

static void cumulants_over_nodes_are_those_of_the_closed_form(void **state)
{
    (void)state;
    nodes_give_the_closed_form(FACTOR_GAMMA, 0.04);
    nodes_give_the_closed_form(FACTOR_LOGNORMAL, 0.04);
    nodes_give_the_closed_form(FACTOR_GAMMA, 1e-4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cumulants_over_nodes_are_those_of_the_closed_form),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
