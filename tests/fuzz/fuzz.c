#include "fuzz.h"

#include "headroom/scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PATH = 4096, OVERRIDES = 8, LONGEST_MESSAGE = 1 << 16 };

static void must(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        abort();
    }
}

/* Tests have forms, shocks and assumptions of their own, all small. */
static void use_test_scenarios(void)
{
    must(setenv("HEADROOM_SCENARIOS", TEST_DATA "/scenarios", 1) == 0,
         "an environment");
}

static void must_be_sayable(const struct hr_messages *problems)
{
    must(problems->count > 0, "a refusal says why");
    for (size_t i = 0; i < problems->count; i++) {
        const char *text = problems->item[i].text;

        must(*text != '\0' && strlen(text) < LONGEST_MESSAGE,
             "a sentence has a length");
        for (; *text != '\0'; text++)
            must((unsigned char)*text >= ' ' && *text != 0x7f,
                 "a sentence has no control characters");
    }
}

static void must_read_the_same(const struct hr_scenario *scenario)
{
    struct hr_messages problems = {0};
    struct hr_scenario *again = NULL;
    char *text = hr_scenario_resolved(scenario);
    char *practices = hr_scenario_practices_csv(scenario), *second;

    must(text != NULL && practices != NULL, "what is read resolves");
    if (hr_scenario_read_text(text, practices, NULL, 0, &again, &problems) != HR_OK)
        fprintf(stderr, "%s\n", problems.count > 0 ? problems.item[0].text : "");
    must(again != NULL, "a resolved scenario is a scenario");
    second = hr_scenario_resolved(again);
    must(second != NULL && strcmp(text, second) == 0, "resolving it again is the same");
    hr_scenario_free(again);
    hr_messages_free(&problems);
    free(text);
    free(practices);
    free(second);
}

static void read_scenario(const char *path, const char *const *override, size_t n)
{
    struct hr_messages problems = {0};
    struct hr_scenario *scenario = NULL;

    if (hr_scenario_read(path, override, n, &scenario, &problems) == HR_OK)
        must_read_the_same(scenario);
    else
        must_be_sayable(&problems);
    hr_scenario_free(scenario);
    hr_messages_free(&problems);
}

/* A file in memory; its name goes to @p path. */
static int file_of(const uint8_t *data, size_t size, char *path)
{
    const int file = memfd_create("fuzz", 0);

    must(file >= 0 && write(file, data, size) == (ssize_t)size, "a file in memory");
    snprintf(path, PATH, "/proc/self/fd/%d", file);
    return file;
}

void fuzz_scenario(const uint8_t *data, size_t size)
{
    char path[PATH];
    const int file = file_of(data, size, path);

    use_test_scenarios();
    read_scenario(path, NULL, 0);
    close(file);
}

void fuzz_table(const char *name, const char *key, const uint8_t *data, size_t size)
{
    char path[PATH], override[2 * PATH];
    const char *const list[] = {override};
    const int file = file_of(data, size, path);

    use_test_scenarios();
    snprintf(override, sizeof(override), "%s=%s", key, path);
    snprintf(path, sizeof(path), "%s/scenarios/%s", TEST_DATA, name);
    read_scenario(path, list, 1);
    close(file);
}

void fuzz_file(const uint8_t *data, size_t size,
               enum hr_status read(const char *path, struct hr_messages *problems))
{
    struct hr_messages problems = {0};
    char path[PATH];
    const int file = file_of(data, size, path);

    use_test_scenarios();
    if (read(path, &problems) != HR_OK)
        must_be_sayable(&problems);
    hr_messages_free(&problems);
    close(file);
}

void fuzz_overrides(const char *name, const uint8_t *data, size_t size)
{
    const char *override[OVERRIDES];
    char path[PATH];
    char *text = strndup((const char *)data, size), *rest = text;
    size_t n = 0;

    must(text != NULL, "memory");
    use_test_scenarios();
    while (rest != NULL && n < OVERRIDES)
        override[n++] = strsep(&rest, "\n");
    snprintf(path, sizeof(path), "%s/scenarios/%s", TEST_DATA, name);
    read_scenario(path, override, n);
    free(text);
}
