#include "test.h"

#include "group.h"

#include <stdio.h>

enum { SITES = 5 };

/* Every comparison of names that the library makes: the linker hands it to us. */
static size_t compared;
int __real_strcmp(const char *a, const char *b);
int __wrap_strcmp(const char *a, const char *b);

int __wrap_strcmp(const char *a, const char *b)
{
    compared++;
    return __real_strcmp(a, b);
}

/* Number the organisations of five sites in ascending code. */
static int group(const double *list, const char *const *network, enum group_by rule,
                 double target, int *organisation)
{
    const struct form_choices choices = {.group_by = rule, .target_population = target};
    struct plan_site site[SITES] = {0};

    for (int i = 0; i < SITES; i++)
        site[i].list = list[i];
    group_networks(site, SITES, network);
    return group_sites(site, SITES, network, &choices, organisation);
}

static void expect(const int *got, int a, int b, int c, int d, int e)
{
    const int expected[SITES] = {a, b, c, d, e};

    assert_memory_equal(got, expected, sizeof(expected));
}

static const double equal_lists[SITES] = {6, 6, 6, 6, 6};
static const char *const one_network[SITES] = {"N1", "N1", "N1", "N1", "N1"};
static const char *const networks[SITES] = {"N2", "N1", "N2", "N1", "U"};

static void by_site_each_is_alone(void **state)
{
    int got[SITES];

    (void)state;
    assert_int_equal(group(equal_lists, networks, GROUP_SITE, 0, got), 5);
    expect(got, 0, 1, 2, 3, 4);
}

static void by_network_those_of_a_network_are_together(void **state)
{
    int got[SITES];

    (void)state;
    assert_int_equal(group(equal_lists, networks, GROUP_NETWORK, 0, got), 3);
    expect(got, 0, 1, 0, 1, 2);
}

static void a_practice_without_a_network_is_alone(void **state)
{
    const char *const none[SITES] = {"", "", "U", "U", "N1"};
    int got[SITES];

    (void)state;
    assert_int_equal(group(equal_lists, none, GROUP_NETWORK, 0, got), 5);
    assert_int_equal(group(equal_lists, none, GROUP_NETWORK, 100, got), 5);
}

static void all_is_one_organisation(void **state)
{
    int got[SITES];

    (void)state;
    assert_int_equal(group(equal_lists, networks, GROUP_ALL, 0, got), 1);
    expect(got, 0, 0, 0, 0, 0);
}

/* 6, then 12 is nearer to 11; 18 is not. The last 6 is over half of 11 and stays. */
static void the_walk_adds_while_that_comes_nearer_the_target(void **state)
{
    int got[SITES];

    (void)state;
    assert_int_equal(group(equal_lists, one_network, GROUP_NETWORK, 11, got), 3);
    expect(got, 0, 0, 1, 1, 2);
}

/* 6 + 6 misses 9 by as much as 6 does. */
static void as_near_is_not_nearer(void **state)
{
    int got[SITES];

    (void)state;
    assert_int_equal(group(equal_lists, one_network, GROUP_NETWORK, 9, got), 5);
}

/* The last, 5, is under half of 11. */
static void a_last_group_under_half_joins_the_one_before(void **state)
{
    const double lists[SITES] = {6, 6, 6, 6, 5};
    int got[SITES];

    (void)state;
    assert_int_equal(group(lists, one_network, GROUP_NETWORK, 11, got), 2);
    expect(got, 0, 0, 1, 1, 1);
}

/* By network and then code: 1, 3 (N1), 0, 2 (N2); pairs come near 12, and the one
 * outside any network is no part of the walk. */
static void the_walk_goes_by_network_then_code(void **state)
{
    int got[SITES];

    (void)state;
    assert_int_equal(group(equal_lists, networks, GROUP_NETWORK, 12, got), 3);
    expect(got, 0, 1, 0, 1, 2);
}

enum { MANY = 10000 };

/* Half the networks have two practices, far apart. Comparing each name with every one
 * before it would be 50 million comparisons. */
static void many_networks_are_numbered_in_few_comparisons_of_names(void **state)
{
    static struct plan_site site[MANY];
    static char name[MANY / 2][8];
    static const char *network[MANY];
    (void)state;
    for (int i = 0; i < MANY / 2; i++) {
        snprintf(name[i], sizeof(name[i]), "N%05d", MANY - i);
        network[i] = network[MANY - 1 - i] = name[i];
    }
    compared = 0;
    assert_int_equal(group_networks(site, MANY, network), MANY / 2);
    assert_in_range(compared, MANY, 40 * MANY);
    for (int i = 0; i < MANY / 2; i++) {
        assert_int_equal(site[i].network, i);
        assert_int_equal(site[MANY - 1 - i].network, i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_site_each_is_alone),
        cmocka_unit_test(by_network_those_of_a_network_are_together),
        cmocka_unit_test(a_practice_without_a_network_is_alone),
        cmocka_unit_test(all_is_one_organisation),
        cmocka_unit_test(the_walk_adds_while_that_comes_nearer_the_target),
        cmocka_unit_test(as_near_is_not_nearer),
        cmocka_unit_test(a_last_group_under_half_joins_the_one_before),
        cmocka_unit_test(the_walk_goes_by_network_then_code),
        cmocka_unit_test(many_networks_are_numbered_in_few_comparisons_of_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
