#include "test.h"

#include "sums.h"

#include <math.h>
#include <string.h>

enum { WIDTH = 3, EIGHT = 8, MANY = 1250 };

/* A block's moments: numbers that merge differently in another order. */
static struct sums_node leaf_of(struct sums *sums, uint64_t block)
{
    struct sums_node leaf = {block, 1, sums_memory(sums)};

    for (size_t k = 0; k < WIDTH; k++) {
        double number[EIGHT];

        for (size_t i = 0; i < EIGHT; i++)
            number[i] = 1e3 + 50.0 * sin(1.7 * (double)(block * EIGHT + i) + (double)k);
        leaf.moments[k] = moments_of(number, EIGHT);
    }
    return leaf;
}

static void add_blocks(struct sums *sums, uint64_t first, uint64_t last)
{
    struct hr_error error;

    for (uint64_t b = first; b < last; b++)
        assert_int_equal(sums_add(sums, leaf_of(sums, b), &error), HR_OK);
}

/* All blocks, each portion summed by itself; portion i holds the blocks from
 * edge[i] to edge[i + 1], and they are added in the order given. */
static void add_portions(struct sums *sums, const uint64_t *edge, const size_t *order,
                         size_t portions)
{
    struct hr_error error;

    for (size_t i = 0; i < portions; i++) {
        struct sums portion = sums_none(WIDTH);

        add_blocks(&portion, edge[order[i]], edge[order[i] + 1]);
        assert_int_equal(sums_move(sums, &portion, &error), HR_OK);
        sums_free(&portion);
    }
}

static void assert_same_bits(const struct sums *a, const struct sums *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_int_equal(a->node[i].first, b->node[i].first);
        assert_int_equal(a->node[i].blocks, b->node[i].blocks);
        assert_memory_equal(a->node[i].moments, b->node[i].moments,
                            WIDTH * sizeof(struct moments));
    }
}

static void blocks_are_held_as_the_fewest_nodes(void **state)
{
    static const uint64_t wanted[] = {1024, 128, 64, 32, 2}; /* 1250 in binary */
    struct sums sums = sums_none(WIDTH);

    (void)state;
    add_blocks(&sums, 0, MANY);
    assert_int_equal(sums.count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(sums.node[i].blocks, wanted[i]);
    assert_true(sums_cover(&sums, 0, MANY));
    assert_int_equal(sums_blocks(&sums), MANY);
    sums_free(&sums);
}

static void portions_in_any_order_give_the_same_bits(void **state)
{
    static const uint64_t edge[] = {0, 1, 7, 8, 100, 513, 1000, MANY};
    static const size_t orders[][7] = {
        {0, 1, 2, 3, 4, 5, 6}, {6, 5, 4, 3, 2, 1, 0}, {3, 0, 6, 2, 5, 1, 4}};
    struct sums whole = sums_none(WIDTH);

    (void)state;
    add_blocks(&whole, 0, MANY);
    for (size_t o = 0; o < sizeof(orders) / sizeof(*orders); o++) {
        struct sums portions = sums_none(WIDTH);

        add_portions(&portions, edge, orders[o], 7);
        assert_same_bits(&portions, &whole);
        sums_free(&portions);
    }
    sums_free(&whole);
}

/* A linear congruence is random enough. */
static uint64_t next_random(uint64_t *random)
{
    *random = *random * 6364136223846793005u + 1442695040888963407u;
    return *random >> 33;
}

/* Cut 64 blocks into portions of one to nine; returns how many. */
static size_t cut(uint64_t *random, uint64_t edge[65])
{
    size_t portions = 0;

    edge[0] = 0;
    while (edge[portions] < 64) {
        const uint64_t next = edge[portions] + 1 + next_random(random) % 9;

        edge[++portions] = next > 64 ? 64 : next;
    }
    return portions;
}

static void shuffle(uint64_t *random, size_t *order, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const size_t other = next_random(random) % (i + 1);

        order[i] = order[other];
        order[other] = i;
    }
}

static void random_portions_give_the_same_bits(void **state)
{
    struct sums whole = sums_none(WIDTH);
    uint64_t random = 1;

    (void)state;
    add_blocks(&whole, 0, 64);
    for (int repetition = 0; repetition < 50; repetition++) {
        struct sums some = sums_none(WIDTH);
        uint64_t edge[65];
        const size_t portions = cut(&random, edge);
        size_t order[64] = {0};

        shuffle(&random, order, portions);
        add_portions(&some, edge, order, portions);
        assert_same_bits(&some, &whole);
        sums_free(&some);
    }
    sums_free(&whole);
}

static void the_total_is_the_fold_of_the_nodes_largest_first(void **state)
{
    struct sums sums = sums_none(WIDTH);
    struct moments total[WIDTH], wanted = {0};

    (void)state;
    add_blocks(&sums, 0, 6); /* nodes of four and of two blocks */
    moments_merge(&wanted, &sums.node[0].moments[1]);
    moments_merge(&wanted, &sums.node[1].moments[1]);
    sums_total(&sums, total);
    assert_memory_equal(&total[1], &wanted, sizeof(wanted));
    assert_int_equal(total[1].count, 6 * EIGHT);
    sums_free(&sums);
}

static void a_node_is_its_left_half_merged_with_its_right(void **state)
{
    struct sums sums = sums_none(WIDTH);
    struct sums_node left = leaf_of(&sums, 0), right = leaf_of(&sums, 1);
    struct moments wanted[WIDTH];
    struct hr_error error;

    (void)state;
    memcpy(wanted, left.moments, sizeof(wanted));
    for (size_t k = 0; k < WIDTH; k++)
        moments_merge(&wanted[k], &right.moments[k]);
    assert_int_equal(sums_add(&sums, right, &error), HR_OK);
    assert_int_equal(sums_add(&sums, left, &error), HR_OK);
    assert_int_equal(sums.count, 1);
    assert_memory_equal(sums.node[0].moments, wanted, sizeof(wanted));
    sums_free(&sums);
}

static void blocks_that_are_there_are_refused(void **state)
{
    struct sums sums = sums_none(WIDTH);
    struct hr_error error;

    (void)state;
    add_blocks(&sums, 4, 8);
    assert_int_equal(sums_add(&sums, leaf_of(&sums, 5), &error), HR_FAILED);
    assert_string_equal(error.message, "blocks from 5 on were added twice");
    assert_true(sums_cover(&sums, 4, 8));
    assert_false(sums_cover(&sums, 0, 8));
    sums_free(&sums);
}

static void memory_of_a_node_that_was_merged_is_used_again(void **state)
{
    struct sums sums = sums_none(WIDTH);
    struct sums_node next;
    const struct moments *merged;
    struct hr_error error;

    (void)state;
    add_blocks(&sums, 0, 1);
    next = leaf_of(&sums, 1);
    merged = next.moments;
    assert_int_equal(sums_add(&sums, next, &error), HR_OK);
    next = leaf_of(&sums, 2);
    assert_ptr_equal(next.moments, merged);
    assert_int_equal(sums_add(&sums, next, &error), HR_OK);
    sums_free(&sums);
}

static size_t spare_of(const struct sums *sums)
{
    const struct moments *spare = sums->spare;
    size_t count = 0;

    for (; spare != NULL; count++)
        memcpy(&spare, spare, sizeof(spare));
    return count;
}

/* Of eight blocks at once at most four nodes are held. */
static void of_portions_by_turns_nobody_gathers_memory(void **state)
{
    struct sums sums = sums_none(WIDTH), one = sums_none(WIDTH), other = one;
    struct hr_error error;

    (void)state;
    for (uint64_t b = 0; b < MANY; b += EIGHT) {
        struct sums *own = b / EIGHT % 2 == 0 ? &one : &other;

        add_blocks(own, b, b + EIGHT);
        assert_int_equal(sums_move(&sums, own, &error), HR_OK);
        assert_true(spare_of(own) < 4);
        assert_int_equal(spare_of(&sums), 0);
    }
    sums_free(&one);
    sums_free(&other);
    sums_free(&sums);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_held_as_the_fewest_nodes),
        cmocka_unit_test(portions_in_any_order_give_the_same_bits),
        cmocka_unit_test(random_portions_give_the_same_bits),
        cmocka_unit_test(the_total_is_the_fold_of_the_nodes_largest_first),
        cmocka_unit_test(a_node_is_its_left_half_merged_with_its_right),
        cmocka_unit_test(blocks_that_are_there_are_refused),
        cmocka_unit_test(memory_of_a_node_that_was_merged_is_used_again),
        cmocka_unit_test(of_portions_by_turns_nobody_gathers_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
