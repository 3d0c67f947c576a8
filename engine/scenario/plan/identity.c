/* What names a run: all that its trials read, and nothing else. */
#include "headroom/scenario.h"

#include "contents.h"
#include "digest.h"
#include "headroom/result.h"
#include "name_list.h"
#include "plan.h"
#include "scenario_plan.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Keys, or groups that end in a dot, of which no trial knows. */
static const char *const unread[] = {
    "title", "trials", "decision.objective", "decision.materiality",
    "stop.", "store.", "calibration."};

static bool is_read(const struct setting *setting)
{
    if (setting->field->told)
        return false;
    for (size_t i = 0; i < sizeof(unread) / sizeof(*unread); i++) {
        const size_t length = strlen(unread[i]);
        const bool group = unread[i][length - 1] == '.';

        if (strncmp(setting->key, unread[i], length) == 0 &&
            (group || setting->key[length] == '\0'))
            return false;
    }
    return true;
}

static void add_text(struct sha256_ctx *hash, const char *text)
{
    digest_add(hash, text, strlen(text) + 1);
}

static void add_integer(struct sha256_ctx *hash, uint64_t integer)
{
    const uint64_t little = htole64(integer);

    digest_add(hash, &little, sizeof(little));
}

static void add_number(struct sha256_ctx *hash, double number)
{
    uint64_t bits;

    memcpy(&bits, &number, sizeof(bits));
    add_integer(hash, bits);
}

static void add_distribution(struct sha256_ctx *hash, const struct distribution *d)
{
    add_integer(hash, (uint64_t)d->kind);
    add_number(hash, d->a);
    add_number(hash, d->b);
    add_number(hash, d->c);
    for (int i = 0; i < d->count; i++) {
        add_number(hash, d->value[i]);
        add_number(hash, d->weight[i]);
    }
}

/* A key and its value; of a path what it leads to is added apart. */
static void add_setting(struct sha256_ctx *hash, const struct setting *setting)
{
    add_text(hash, setting->key);
    add_integer(hash, (uint64_t)setting->year);
    add_integer(hash, setting->independent);
    if (setting_is_number(setting))
        add_distribution(hash, &setting->number);
    else if (setting->field->type != FIELD_PATH)
        add_text(hash, setting->text);
}

static int by_key(const void *a, const void *b)
{
    const struct setting *const *first = a, *const *second = b;

    return strcmp((*first)->key, (*second)->key);
}

/* Settings that a trial reads, by key; NULL without memory. */
static const struct setting **sorted(const struct hr_scenario *scenario, size_t *count)
{
    const struct settings *all = &scenario->settings;
    const struct setting **item = malloc((all->count + 1) * sizeof(*item));

    *count = 0;
    for (size_t i = 0; item != NULL && i < all->count; i++) {
        if (is_read(all->item[i]))
            item[(*count)++] = all->item[i];
    }
    if (item != NULL)
        qsort(item, *count, sizeof(*item), by_key);
    return item;
}

static void add_lists(struct sha256_ctx *hash, const struct hr_scenario *scenario)
{
    for (size_t i = 0; i < scenario->rows; i++) {
        add_text(hash, scenario->row[i].name);
        add_integer(hash, scenario->row[i].simulated);
    }
    for (size_t i = 0; i < scenario->shocks; i++)
        add_text(hash, scenario->shock[i].name);
}

static void add_ties(struct sha256_ctx *hash, const struct ties *ties)
{
    for (size_t t = 0; t < ties->count; t++) {
        add_number(hash, ties->tie[t].rank);
        for (size_t k = 0; k < ties->tie[t].keys; k++)
            add_text(hash, ties->tie[t].key[k]);
    }
}

static void add_tables(struct sha256_ctx *hash, const struct hr_scenario *scenario)
{
    const size_t history = (size_t)scenario->history_years * INDICES;

    add_integer(hash, scenario->history == NULL ? 0 : history);
    for (size_t i = 0; scenario->history != NULL && i < history; i++)
        add_number(hash, scenario->history[i]);
    add_text(hash, scenario->claims_text == NULL ? "" : scenario->claims_text);
}

bool scenario_identity(const struct hr_scenario *scenario, const struct plan *plan,
                       char identity[SCENARIO_IDENTITY])
{
    size_t count;
    const struct setting **item = sorted(scenario, &count);
    char *practices = practices_csv(&scenario->practices, false);
    const bool complete = item != NULL && practices != NULL;
    struct sha256_ctx hash;

    _Static_assert((int)SCENARIO_IDENTITY == (int)DIGEST_TEXT,
                   "an identity is a SHA-256");
    sha256_init(&hash);
    add_integer(&hash, HR_RESULT_NUMBERS);
    for (size_t i = 0; complete && i < count; i++)
        add_setting(&hash, item[i]);
    if (complete)
        add_text(&hash, practices);
    add_lists(&hash, scenario);
    add_ties(&hash, &scenario->ties);
    add_tables(&hash, scenario);
    for (size_t s = 0; s < plan->sites; s++)
        add_number(&hash, plan->site[s].cost_rate);
    digest_end(&hash, identity);
    free(item);
    free(practices);
    return complete;
}

static bool is_same(const struct setting *a, const struct setting *b)
{
    struct sha256_ctx hash;
    char first[DIGEST_TEXT], second[DIGEST_TEXT];

    sha256_init(&hash);
    add_setting(&hash, a);
    digest_end(&hash, first);
    add_setting(&hash, b);
    digest_end(&hash, second);
    return strcmp(first, second) == 0;
}

/* Keys of @p a that @p b has otherwise, or not. */
static void list_changed(const struct hr_scenario *a, const struct hr_scenario *b,
                         bool missing_only, struct name_list *names)
{
    for (size_t i = 0; i < a->settings.count; i++) {
        const struct setting *own = a->settings.item[i];
        const struct setting *other = settings_find(&b->settings, own->key);

        if (is_read(own) && (other == NULL || (!missing_only && !is_same(own, other))))
            name_list_add(names, own->key);
    }
}

static bool same_practices(const struct hr_scenario *a, const struct hr_scenario *b,
                           bool cost_rates)
{
    char *first = practices_csv(&a->practices, cost_rates);
    char *second = practices_csv(&b->practices, cost_rates);
    const bool same = first != NULL && second != NULL && strcmp(first, second) == 0;

    free(first);
    free(second);
    return same;
}

void hr_scenario_differences(const struct hr_scenario *a, const struct hr_scenario *b,
                             char *text, size_t size)
{
    struct name_list names = {.text = text, .size = size};

    text[0] = '\0';
    list_changed(a, b, false, &names);
    list_changed(b, a, true, &names);
    if (!same_practices(a, b, false))
        name_list_add(&names, "patch.practices");
    else if (!same_practices(a, b, true))
        name_list_add(&names, "calibration");
    name_list_end(&names);
}
