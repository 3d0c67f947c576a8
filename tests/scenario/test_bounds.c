#include "test.h"

#include "headroom/scenario.h"

#include "messages.h"
#include "schema.h"

#include <stdio.h>
#include <stdlib.h>

enum { KEYS = 5000 };

/* Every search for the key that was meant: the linker hands it to us. */
static size_t searches;
bool __real_schema_nearest(const char *path, char *nearest);
bool __wrap_schema_nearest(const char *path, char *nearest);

bool __wrap_schema_nearest(const char *path, char *nearest)
{
    searches++;
    return __real_schema_nearest(path, nearest);
}

static char *unknown_keys(void)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    for (int i = 0; i < KEYS; i++)
        fprintf(out, "key%d: 1\n", i);
    fclose(out);
    return text;
}

static void unknown_keys_are_looked_up_only_while_messages_are_kept(void **state)
{
    struct hr_messages problems = {0};
    struct hr_scenario *scenario = NULL;
    char *text = unknown_keys();

    (void)state;
    assert_int_equal(hr_scenario_read_text(text, "", NULL, 0, &scenario, &problems),
                     HR_BAD_INPUT);
    assert_in_range(searches, 1, MOST_MESSAGES);
    assert_true(messages_total(&problems) >= KEYS);
    hr_messages_free(&problems);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown_keys_are_looked_up_only_while_messages_are_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
