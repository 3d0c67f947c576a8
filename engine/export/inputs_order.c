#include "inputs_order.h"

#include "headroom/decision.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FORMS = 6 /* that are asked about */ };

struct listed {
    const char *key;
    int rank;
    double swing;
    size_t place;
};

static int rank_of(const char *evidence)
{
    static const char *const order[] = {"assumption", "chosen",    "survey",
                                        "derived",    "published", "definition"};
    int rank = 0;

    while (rank < 6 && strcmp(order[rank], evidence) != 0)
        rank++;
    return rank;
}

/* Whether a key stands in "one, other". */
static bool is_among(const char *key, const char *keys)
{
    const size_t length = strlen(key);

    for (const char *at = keys; (at = strstr(at, key)) != NULL; at += length) {
        const char after = at[length];

        if ((at == keys || at[-1] == ' ' || at[-1] == ',') &&
            (after == '\0' || after == ','))
            return true;
    }
    return false;
}

static double swing_of(const char *key, const char *const *keys, const double *effect,
                       size_t draws)
{
    double most = 0.0;

    for (size_t k = 0; k < draws; k++) {
        if (is_among(key, keys[k]))
            most = fmax(most, fabs(effect[k])); /* NaN moves nothing */
    }
    return most;
}

/* One form against the reference. */
static enum hr_status ask(struct hr_result *result, const char *pair,
                          struct listed *all, size_t count, struct hr_error *error)
{
    const struct hr_question question = {.metrics = "economic_net_position",
                                         .pair = pair};
    struct hr_result *analysis;
    struct hr_result_values effect;
    size_t draws = 0;
    const char *const *keys;

    if (hr_sensitivity(result, &question, &analysis, error) != HR_OK)
        return error->status;
    keys = hr_result_labels(analysis, "keys", &draws);
    if (keys != NULL && hr_result_values(analysis, "/effect", &effect, error) == HR_OK)
        for (size_t i = 0; i < count; i++)
            all[i].swing =
                fmax(all[i].swing, swing_of(all[i].key, keys, effect.value, draws));
    hr_result_close(analysis);
    return HR_OK;
}

/* Where the question cannot be asked, nothing is known to move; a failure is one. */
static enum hr_status ask_all(struct hr_result *result, struct listed *all,
                              size_t count, struct hr_error *error)
{
    const char *reference = hr_result_text(result, "reference");
    struct hr_error why = {0};
    size_t forms = 0, asked = 0;
    const char *const *form = hr_result_labels(result, "form", &forms);
    enum hr_status status = HR_OK;
    char pair[256];

    if (hr_result_points(result) > 1 || reference == NULL || form == NULL)
        return HR_OK;
    for (size_t f = 0; f < forms && asked < MOST_FORMS && status == HR_OK; f++) {
        if (strcmp(form[f], reference) == 0)
            continue;
        snprintf(pair, sizeof(pair), "%s,%s", form[f], reference);
        status = ask(result, pair, all, count, &why);
        asked++;
    }
    if (status != HR_FAILED)
        return HR_OK;
    *error = why;
    return status;
}

static int compare(const void *a, const void *b)
{
    const struct listed *one = a, *other = b;

    if (one->rank != other->rank)
        return one->rank - other->rank;
    if (one->swing != other->swing)
        return one->swing > other->swing ? -1 : 1;
    return strcmp(one->key, other->key);
}

enum hr_status inputs_order(struct hr_result *result, const struct inputs *inputs,
                            size_t *place, struct hr_error *error)
{
    const size_t count = inputs->count;
    struct listed *all = calloc(count + 1, sizeof(*all));
    enum hr_status status;

    if (all == NULL)
        return hr_fail(error, HR_FAILED, "no memory to order the assumptions");
    for (size_t i = 0; i < count; i++)
        all[i] = (struct listed){inputs->key[i], rank_of(inputs->evidence[i]), 0.0, i};
    status = ask_all(result, all, count, error);
    qsort(all, count, sizeof(*all), compare);
    for (size_t i = 0; i < count; i++)
        place[i] = all[i].place;
    free(all);
    return status;
}
