#include "test.h"

#include "assemble.h"
#include "content_hash.h"
#include "small_outcome.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The hashes of an outcome, which is freed. */
static struct content_hash hash_of(struct small_outcome *small)
{
    struct result_set set = {0};
    struct content_hash hash;
    struct hr_error error = {0};

    assert_int_equal(assemble_set(&set, &small->outcome, &error), HR_OK);
    assert_int_equal(content_hash_of(&set, NULL, &hash, &error), HR_OK);
    result_set_free(&set);
    free(small);
    return hash;
}

static void the_order_of_practices_does_not_enter(void **state)
{
    const struct content_hash sorted = hash_of(small_outcome());
    const struct content_hash shuffled = hash_of(shuffled_outcome());

    (void)state;
    assert_string_equal(sorted.content, shuffled.content);
}

static void a_practices_number_enters_with_its_practice(void **state)
{
    struct small_outcome *small = small_outcome();

    (void)state;
    small->cost_rate[0] = 61.0; /* the first two practices' numbers, swapped */
    small->cost_rate[1] = 60.0;
    assert_string_not_equal(hash_of(small).content, hash_of(small_outcome()).content);
}

static void the_last_bit_of_a_number_enters(void **state)
{
    struct small_outcome *small = small_outcome();

    (void)state;
    small->metric[0][1][7] = nextafter(small->metric[0][1][7], INFINITY);
    assert_string_not_equal(hash_of(small).content, hash_of(small_outcome()).content);
}

static void every_nan_is_the_same_number(void **state)
{
    struct small_outcome *small = small_outcome();

    (void)state;
    assert_true(isnan(small->metric[2][0][3]));
    small->metric[2][0][3] = -small->metric[2][0][3];
    assert_string_equal(hash_of(small).content, hash_of(small_outcome()).content);
}

static void where_statistics_are_made_does_not_enter(void **state)
{
    struct small_outcome *small = small_outcome();

    (void)state;
    small->outcome.home = (struct scratch_home){".", 0.0}; /* all on disk */
    assert_string_equal(hash_of(small).content, hash_of(small_outcome()).content);
}

static void seed_input_and_labels_enter(void **state)
{
    const struct content_hash plain = hash_of(small_outcome());
    struct small_outcome *seed = small_outcome();
    struct small_outcome *text = small_outcome();
    struct small_outcome *label = small_outcome();

    (void)state;
    seed->outcome.seed = 1;
    text->outcome.texts.scenario_resolved = "{\"title\": \"other\"}";
    label->code[2] = "C81004";
    assert_string_not_equal(hash_of(seed).content, plain.content);
    assert_string_not_equal(hash_of(text).content, plain.content);
    assert_string_not_equal(hash_of(label).content, plain.content);
}

static void how_a_metric_is_shown_enters_the_file_hash_alone(void **state)
{
    struct small_outcome *small = small_outcome();
    const struct content_hash before = hash_of(small_outcome());
    struct column changed[SMALL_METRICS];
    struct content_hash after;

    (void)state;
    memcpy(changed, small->outcome.metrics.column, sizeof(changed));
    changed[2].shown.decimals++;
    small->outcome.metrics.column = changed;
    after = hash_of(small);
    assert_string_equal(after.content, before.content);
    assert_string_not_equal(after.file, before.file);
}

static void who_ran_it_and_when_enters_the_file_hash_alone(void **state)
{
    const struct content_hash plain = hash_of(small_outcome());
    struct small_outcome *small = small_outcome();
    struct content_hash hash;

    (void)state;
    small->outcome.origin = (struct outcome_origin){.engine_version = "0.2.0",
                                                    .commit = "other",
                                                    .build = "other",
                                                    .instruction_set = "v4",
                                                    .host = "other",
                                                    .started = "later",
                                                    .finished = "later",
                                                    .seconds = 1.0,
                                                    .threads = 64};
    small->outcome.texts.scenario = "# a comment\ntitle: small\n";
    hash = hash_of(small);
    assert_string_equal(hash.content, plain.content);
    assert_string_not_equal(hash.file, plain.file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_practices_does_not_enter),
        cmocka_unit_test(a_practices_number_enters_with_its_practice),
        cmocka_unit_test(the_last_bit_of_a_number_enters),
        cmocka_unit_test(every_nan_is_the_same_number),
        cmocka_unit_test(where_statistics_are_made_does_not_enter),
        cmocka_unit_test(seed_input_and_labels_enter),
        cmocka_unit_test(how_a_metric_is_shown_enters_the_file_hash_alone),
        cmocka_unit_test(who_ran_it_and_when_enters_the_file_hash_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
