#include "asking_draws.h"

#include "name_list.h"
#include "spline.h"
#include "text.h"

#include <fnmatch.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char group[] = "/parameters/";

void draws_free(struct draws *draws)
{
    free(draws->name);
    free(draws->cluster);
    free(draws->value);
    *draws = (struct draws){0};
}

static size_t count_keys(const struct hr_result *result)
{
    size_t keys = 0;

    for (size_t i = 0; i < hr_result_count(result); i++)
        keys += strncmp(hr_result_path(result, i), group, sizeof(group) - 1) == 0;
    return keys;
}

static enum hr_status make_room(struct draws *draws, size_t keys,
                                struct hr_error *error)
{
    draws->name = calloc(4 * keys + 1, sizeof(*draws->name));
    draws->cluster = calloc(keys + 1, sizeof(*draws->cluster));
    draws->value = malloc((keys * draws->trials + 1) * sizeof(double));
    if (draws->name == NULL || draws->cluster == NULL || draws->value == NULL)
        return hr_fail(error, HR_FAILED, "no memory for %zu draws", keys);
    draws->keys = draws->name + keys;
    draws->unit = draws->keys + keys;
    draws->tied = draws->unit + keys;
    return HR_OK;
}

static bool is_complete(const struct decision_trials *trials, size_t t)
{
    for (size_t i = 0; i < trials->ranked.count; i++) {
        if (isnan(trials->value[trials->which[i] * trials->trials + t]))
            return false;
    }
    return true;
}

/* Complete trials of a key into the next draw; false where it is no draw. */
static bool copy_draw(const struct decision_trials *trials, const double *from,
                      double *to)
{
    size_t next = 0;
    bool moves = false, exists = true;

    for (size_t t = 0; t < trials->trials; t++) {
        if (!is_complete(trials, t))
            continue;
        moves = moves || from[t] != from[0];
        exists = exists && !isnan(from[t]);
        to[next++] = from[t];
    }
    return moves && exists;
}

static size_t find_equal(const struct draws *draws)
{
    const double *own = draws_of(draws, draws->count);
    size_t k = 0;

    while (k < draws->count &&
           memcmp(draws_of(draws, k), own, draws->trials * sizeof(*own)) != 0)
        k++;
    return k;
}

static void add_key(struct decision *decision, struct draws *draws, const char *key,
                    const char *unit)
{
    struct result_set *set = &decision->set;
    const size_t k = find_equal(draws);

    if (k < draws->count) {
        draws->keys[k] = result_set_name(set, "%s,%s", draws->keys[k], key);
        return;
    }
    draws->keys[k] = draws->name[k] = result_set_name(set, "%s", key);
    draws->unit[k] = result_set_name(set, "%s", unit != NULL ? unit : "");
    draws->count++;
}

static enum hr_status read_keys(struct decision *decision,
                                const struct decision_trials *trials,
                                struct draws *draws, struct hr_error *error)
{
    struct hr_result *result = decision->result;
    struct hr_result_values values;

    draws->count = 0;
    for (size_t i = 0; i < hr_result_count(result); i++) {
        const char *path = hr_result_path(result, i);

        if (strncmp(path, group, sizeof(group) - 1) != 0)
            continue;
        if (hr_result_values(result, path, &values, error) != HR_OK)
            return error->status;
        if (values.count >= trials->trials &&
            copy_draw(trials, values.value,
                      draws->value + draws->count * draws->trials))
            add_key(decision, draws, path + sizeof(group) - 1, values.unit);
        hr_result_release(result, path);
    }
    return HR_OK;
}

/* How long a beginning two keys share, up to a dot. */
static size_t shared_start(const char *a, const char *b, size_t most)
{
    size_t length = 0;

    for (size_t i = 0; i < most && a[i] == b[i] && a[i] != '\0' && a[i] != ','; i++) {
        if (a[i] == '.')
            length = i + 1;
    }
    return length;
}

static size_t shared_end(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t length = 0;

    for (size_t i = 1; i <= a_length && i <= b_length; i++) {
        if (a[a_length - i] != b[b_length - i])
            break;
        if (a[a_length - i] == '.')
            length = i;
    }
    return length;
}

/* "forms.*.levy" of the keys in a list with commas; the first key where nothing else
 * is shared. */
static const char *name_of(struct result_set *set, const char *keys)
{
    const size_t first = strcspn(keys, ",");
    size_t start = first, end = first;

    if (keys[first] == '\0')
        return keys;
    for (const char *at = keys + first + 1;; at++) {
        const size_t length = strcspn(at, ",");
        const size_t now = shared_start(keys, at, start);
        const size_t last = shared_end(keys, first, at, length);

        start = now < start ? now : start;
        end = last < end ? last : end;
        at += length;
        if (*at == '\0')
            break;
    }
    if (start + end == 0 || start + end >= first)
        return result_set_name(set, "%.*s and others", (int)first, keys);
    return result_set_name(set, "%.*s*%.*s", (int)start, keys, (int)end,
                           keys + first - end);
}

/* Draws of one name would be one draw to the reader: those keep all their keys. */
static void name_draws(struct decision *decision, struct draws *draws)
{
    for (size_t k = 0; k < draws->count; k++) {
        draws->name[k] = name_of(&decision->set, draws->keys[k]);
        for (size_t j = 0; j < k; j++) {
            if (strcmp(draws->name[j], draws->name[k]) == 0)
                draws->name[k] = draws->keys[k];
        }
    }
}

bool draws_match(const struct draws *draws, size_t k, const char *pattern,
                 size_t length)
{
    char wanted[256], key[256];

    snprintf(wanted, sizeof(wanted), "%.*s", (int)length, pattern);
    length = strlen(wanted);
    if (strcmp(wanted, draws->name[k]) == 0)
        return true;
    for (const char *at = draws->keys[k]; *at != '\0';) {
        const size_t long_ = strcspn(at, ",");

        snprintf(key, sizeof(key), "%.*s", (int)long_, at);
        if (fnmatch(wanted, key, 0) == 0 ||
            (strncmp(key, wanted, length) == 0 && key[length] == '.'))
            return true;
        at += long_ + (at[long_] == ',');
    }
    return false;
}

/* A draw to another place, below its own. */
static void move(struct draws *draws, size_t k, size_t to)
{
    memmove(draws->value + to * draws->trials, draws_of(draws, k),
            draws->trials * sizeof(double));
    draws->name[to] = draws->name[k];
    draws->keys[to] = draws->keys[k];
    draws->tied[to] = draws->tied[k];
    draws->cluster[to] = draws->cluster[k];
    draws->unit[to] = draws->unit[k];
}

static void keep(struct draws *draws, const bool *wanted)
{
    size_t kept = 0;

    for (size_t k = 0; k < draws->count; k++) {
        if (wanted[k])
            move(draws, k, kept++);
    }
    draws->count = kept;
}

/* Whether a key is no term of a form, or one of a form of that name. */
static bool is_of_form(const char *key, const char *form)
{
    const size_t length = strlen(form);

    return strncmp(key, "forms.", 6) != 0 ||
           (strncmp(key + 6, form, length) == 0 && key[6 + length] == '.');
}

bool draws_concern(const struct decision *decision, const struct draws *draws, size_t k,
                   const char *const form[2])
{
    const char *reference = decision->name[decision->reference];
    const char *key = draws->keys[k];

    while (!is_of_form(key, form[0]) && !is_of_form(key, form[1]) &&
           !is_of_form(key, reference)) {
        key = strchr(key, ',');
        if (key++ == NULL)
            return false;
    }
    return true;
}

void draws_keep_concerning(const struct decision *decision, struct draws *draws,
                           const char *const form[2])
{
    size_t kept = 0;

    for (size_t k = 0; k < draws->count; k++) {
        if (draws_concern(decision, draws, k, form))
            move(draws, k, kept++);
    }
    draws->count = kept;
}

/* With the draws that it may be short for: forms.*.levy for levy. */
static enum hr_status refuse_pattern(const char *pattern, size_t length,
                                     const struct draws *draws, struct hr_error *error)
{
    char text[256] = "";
    struct name_list names = {text, sizeof(text), 0};

    for (size_t k = 0; k < draws->count; k++) {
        if (text_is_end_of_key(draws->name[k], pattern, length))
            name_list_add(&names, draws->name[k]);
    }
    name_list_end(&names);
    return hr_fail(error, HR_BAD_INPUT,
                   "no assumption that was drawn is called %.*s; %s%s%sheadroom "
                   "sensitivity --verbose lists them, and headroom switch --run moves "
                   "one that was not drawn",
                   (int)length, pattern, *text == '\0' ? "" : "did you mean ", text,
                   *text == '\0' ? "" : "? ");
}

/* Mark the draws that are asked for; every pattern must be of some. */
static enum hr_status find_asked(const char *patterns, const struct draws *draws,
                                 bool *wanted, struct hr_error *error)
{
    for (const char *at = patterns; *at != '\0';) {
        const size_t length = strcspn(at, ",");
        bool found = false;

        for (size_t k = 0; k < draws->count; k++) {
            if (draws_match(draws, k, at, length))
                found = wanted[k] = true;
        }
        if (!found)
            return refuse_pattern(at, length, draws, error);
        at += length + (at[length] == ',');
    }
    return HR_OK;
}

bool draws_are_asked(const struct decision *decision, const struct draws *draws,
                     size_t k)
{
    const char *patterns = decision->question.keys;
    bool asked = patterns == NULL;

    for (const char *at = patterns; at != NULL && *at != '\0';) {
        const size_t length = strcspn(at, ",");

        asked = asked || draws_match(draws, k, at, length);
        at += length + (at[length] == ',');
    }
    return asked;
}

/* No draw is there: refused where that is because none was kept. */
static enum hr_status check_kept(const struct hr_result *result, struct hr_error *error)
{
    char lack[768];

    if (!hr_result_left_out(result, lack, sizeof(lack)) ||
        strstr(lack, "store.parameters") == NULL)
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT,
                   "nothing can be said of what was drawn: %s; run the scenario again "
                   "with store.parameters=all",
                   lack);
}

static enum hr_status check_asked(const struct decision *decision,
                                  const struct draws *draws, bool *wanted,
                                  struct hr_error *error)
{
    if (wanted == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the draws asked for");
    return decision->question.keys != NULL
               ? find_asked(decision->question.keys, draws, wanted, error)
               : HR_OK;
}

static enum hr_status read(struct decision *decision,
                           const struct decision_trials *trials, bool all,
                           struct draws *draws, struct hr_error *error)
{
    bool *wanted = NULL;
    enum hr_status status;

    *draws = (struct draws){.trials = trials->ranked.trials};
    status = check_kept(decision->result, error);
    if (status == HR_OK)
        status = make_room(draws, count_keys(decision->result), error);
    if (status == HR_OK)
        status = read_keys(decision, trials, draws, error);
    if (status == HR_OK) {
        name_draws(decision, draws);
        status = draws_tie(decision, draws, error);
    }
    if (status == HR_OK) {
        wanted = calloc(draws->count + 1, sizeof(*wanted));
        status = check_asked(decision, draws, wanted, error);
    }
    if (status == HR_OK && !all && decision->question.keys != NULL)
        keep(draws, wanted);
    free(wanted);
    if (status != HR_OK)
        draws_free(draws);
    return status;
}

enum hr_status draws_read(struct decision *decision,
                          const struct decision_trials *trials, struct draws *draws,
                          struct hr_error *error)
{
    return read(decision, trials, false, draws, error);
}

enum hr_status draws_read_all(struct decision *decision,
                              const struct decision_trials *trials, struct draws *draws,
                              struct hr_error *error)
{
    return read(decision, trials, true, draws, error);
}
