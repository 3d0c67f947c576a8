#include "test.h"

#include "queue.h"

static const struct range ranges[] = {{0, 3, 21}, {1, 5, 5}, {2, 0, 2}};

static void assert_piece(struct queue *queue, uint64_t most, struct range wanted)
{
    struct range piece;

    assert_true(queue_take(queue, most, &piece));
    assert_int_equal(piece.point, wanted.point);
    assert_int_equal(piece.first, wanted.first);
    assert_int_equal(piece.last, wanted.last);
}

static void pieces_stay_within_one_multiple_and_one_point(void **state)
{
    struct queue queue = queue_of(ranges, 3);
    struct range piece;

    (void)state;
    assert_piece(&queue, 8, (struct range){0, 3, 8});
    assert_piece(&queue, 8, (struct range){0, 8, 16});
    assert_piece(&queue, 8, (struct range){0, 16, 21});
    assert_piece(&queue, 1, (struct range){2, 0, 1});
    assert_piece(&queue, 16, (struct range){2, 1, 2});
    assert_false(queue_take(&queue, 8, &piece));
}

static void what_is_left_is_known_and_can_be_closed(void **state)
{
    struct queue queue = queue_of(ranges, 3);
    struct range piece;

    (void)state;
    assert_int_equal(queue.left, 20);
    assert_true(queue_take(&queue, 8, &piece));
    assert_int_equal(queue.left, 15);
    queue_close(&queue);
    assert_false(queue_take(&queue, 8, &piece));
}

static void of_nothing_there_is_nothing_to_take(void **state)
{
    struct queue none = queue_of(NULL, 0), empty = queue_of(&ranges[1], 1);
    struct range piece;

    (void)state;
    assert_false(queue_take(&none, 8, &piece));
    assert_false(queue_take(&empty, 8, &piece));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_stay_within_one_multiple_and_one_point),
        cmocka_unit_test(what_is_left_is_known_and_can_be_closed),
        cmocka_unit_test(of_nothing_there_is_nothing_to_take),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
