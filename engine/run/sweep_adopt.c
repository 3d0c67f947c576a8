#include "sweeping.h"

#include "problems.h"

#include <inttypes.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A form of a point of another file. */
struct held_form {
    char key[DIGEST_TEXT];
    size_t point;
    int form;
};

/* What another file holds, by what its trials read. */
struct held {
    struct hr_result *result;
    size_t points, forms, count;
    struct held_form *form; /* [points][forms] of those that are done, in front */
    void *tree;
    const char *const *id; /* [points]; of a run its own */
    const char *own_id[1];
    char identity[SCENARIO_IDENTITY];
    double *status; /* [points] */
};

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct held_form *)a)->key,
                  ((const struct held_form *)b)->key);
}

static void keep_node(void *node)
{
    (void)node;
}

static void held_free(struct held *held)
{
    tdestroy(held->tree, keep_node);
    free(held->form);
    free(held->status);
}

static bool add_form(struct held *held, const char *key, size_t point, int form)
{
    struct held_form *own = &held->form[held->count++];

    snprintf(own->key, sizeof(own->key), "%.*s", DIGEST_TEXT - 1, key);
    own->point = point;
    own->form = form;
    return tsearch(own, &held->tree, by_key) != NULL;
}

static enum hr_status no_memory(struct hr_error *error)
{
    return hr_fail(error, HR_FAILED, "no memory to see what another file holds");
}

static enum hr_status make_room(struct held *held, struct hr_error *error)
{
    size_t forms;

    held->points = hr_result_points(held->result);
    (void)hr_result_labels(held->result, "form", &forms);
    held->forms = forms;
    held->form = calloc(held->points * forms + 1, sizeof(*held->form));
    held->status = calloc(held->points + 1, sizeof(*held->status));
    return held->form != NULL && held->status != NULL ? HR_OK : no_memory(error);
}

/* Points of a sweep that are done; nothing where the file does not say what they read.
 */
static enum hr_status read_sweep(struct held *held, struct hr_error *error)
{
    size_t count;
    const char *const *keys = hr_result_labels(held->result, "/points/keys", &count);
    struct hr_result_values status;

    if (keys == NULL)
        return HR_OK;
    if (hr_result_values(held->result, "/points/status", &status, error) != HR_OK)
        return error->status;
    memcpy(held->status, status.value, held->points * sizeof(double));
    held->id = hr_result_labels(held->result, "/points/id", &count);
    for (size_t p = 0; p < held->points; p++) {
        const char *key = keys[p];

        for (size_t f = 0; held->status[p] == 0.0 && f < held->forms; f++) {
            if (!add_form(held, key, p, (int)f))
                return no_memory(error);
            key += strcspn(key, " ");
            key += *key == ' ';
        }
    }
    return HR_OK;
}

/* What a run read is reckoned from the inputs that it keeps. */
static enum hr_status name_run(struct held *held, const struct hr_scenario *scenario,
                               struct hr_error *error)
{
    struct plan plan = {0};
    enum hr_status status = runner_compile(scenario, &plan, error);

    if (status != HR_OK)
        return status;
    if (!scenario_identity(scenario, &plan, held->identity))
        status = no_memory(error);
    for (size_t f = 0; status == HR_OK && f < held->forms; f++) {
        char key[DIGEST_TEXT];

        form_key(&plan, held->identity, f, key);
        if (!add_form(held, key, 0, (int)f))
            status = no_memory(error);
    }
    plan_free(&plan);
    held->own_id[0] = held->identity;
    held->id = held->own_id;
    return status;
}

static enum hr_status read_run(struct held *held, struct hr_error *error)
{
    const char *resolved = hr_result_text(held->result, "/inputs/scenario_resolved");
    const char *practices = hr_result_text(held->result, "/inputs/practices_csv");
    struct hr_scenario *scenario = NULL;
    struct hr_messages problems = {0};
    enum hr_status status;

    if (resolved == NULL || practices == NULL)
        return HR_OK;
    if (hr_scenario_read_text(resolved, practices, NULL, 0, &scenario, &problems) !=
        HR_OK)
        return problems_fail(&problems, HR_BAD_INPUT,
                             "what a result was made from cannot be read: ", error);
    hr_messages_free(&problems);
    status = name_run(held, scenario, error);
    hr_scenario_free(scenario);
    return status;
}

static enum hr_status held_init(struct held *held, struct hr_result *result,
                                struct hr_error *error)
{
    size_t count;

    *held = (struct held){.result = result};
    if (make_room(held, error) != HR_OK)
        return error->status;
    return hr_result_labels(result, "/points/id", &count) != NULL
               ? read_sweep(held, error)
               : read_run(held, error);
}

/* A form that is not there yet and that the file has. */
static bool match_form(const struct sweeping *sweeping, const struct held *held,
                       size_t point, size_t form, struct stack_match *match)
{
    const struct sweep_form *own = &sweeping->points.point[point].form[form];
    struct held_form wanted, *const *same;

    if (own->found)
        return false;
    memcpy(wanted.key, own->key, sizeof(wanted.key));
    same = tfind(&wanted, &held->tree, by_key);
    if (same == NULL)
        return false;
    *match = (struct stack_match){point, (*same)->point, (int)form, (*same)->form};
    return true;
}

/* What a point drew, where the file has a point that read the same. */
static bool match_drawn(const struct sweeping *sweeping, const struct held *held,
                        size_t point, struct stack_match *match)
{
    const char *id = sweeping->points.point[point].id;

    if (sweeping->stack.placed[point] || held->id == NULL)
        return false;
    for (size_t p = 0; p < held->points; p++) {
        if (held->status[p] == 0.0 && strcmp(held->id[p], id) == 0) {
            *match = (struct stack_match){point, p, STACK_PARAMETERS, STACK_PARAMETERS};
            return true;
        }
    }
    return false;
}

static size_t match_all(const struct sweeping *sweeping, const struct held *held,
                        struct stack_match *match)
{
    const struct sweep_points *points = &sweeping->points;
    size_t count = 0;

    for (size_t p = 0; p < points->count; p++) {
        if (points->point[p].reason != NULL)
            continue;
        for (size_t f = 0; f < points->forms; f++)
            count += match_form(sweeping, held, p, f, &match[count]);
        count += match_drawn(sweeping, held, p, &match[count]);
    }
    return count;
}

static enum hr_status take(struct sweeping *sweeping, const struct held *held,
                           struct hr_error *error)
{
    const struct sweep_points *points = &sweeping->points;
    struct stack_match *match =
        calloc(points->count * (points->forms + 1) + 1, sizeof(*match));
    size_t count;
    enum hr_status status;

    if (match == NULL)
        return no_memory(error);
    count = match_all(sweeping, held, match);
    status = stack_adopt(&sweeping->stack, held->result, match, count, error);
    for (size_t i = 0; i < count && status == HR_OK; i++) {
        if (match[i].form == STACK_PARAMETERS)
            continue;
        sweeping->facts->forms_reused++;
        if (!sweeping_found(sweeping, match[i].point, (size_t)match[i].form))
            status = no_memory(error);
    }
    free(match);
    return status;
}

enum hr_status sweep_adopt(struct sweeping *sweeping, struct hr_result *from,
                           struct hr_error *error)
{
    struct held held;
    enum hr_status status = held_init(&held, from, error);

    if (status == HR_OK)
        status = take(sweeping, &held, error);
    held_free(&held);
    return status;
}

static void say(const struct sweeping *sweeping, const char *path, const char *why)
{
    char text[1024];

    snprintf(text, sizeof(text), "%s: nothing of it is taken: %s", path, why);
    if (sweeping->options->say != NULL)
        sweeping->options->say(sweeping->options->progress_context, text);
}

/* Why nothing can be taken of a file; false where something may be. */
static bool is_of_no_use(const struct sweeping *sweeping, struct hr_result *result,
                         char *why, size_t size)
{
    const uint64_t wanted = sweeping->facts->trials;
    const char *missing;
    uint64_t trials = 0;
    size_t count;

    (void)hr_result_integer(result, "trials", &trials);
    if (!hr_result_same_numbers(result))
        snprintf(why, size,
                 "version %s of this program made it, which gives other numbers",
                 hr_result_text(result, "engine_version"));
    else if (trials != wanted)
        snprintf(why, size,
                 "it has %" PRIu64 " trials, and the points have %" PRIu64 " each",
                 trials, wanted);
    else if (hr_result_labels(result, "/points/id", &count) != NULL &&
             hr_result_labels(result, "/points/keys", &count) == NULL)
        snprintf(why, size, "it does not say what its forms read");
    else if (!stack_is_held(&sweeping->stack, result, &missing))
        snprintf(why, size, "it does not keep %s as this sweep does", missing);
    else
        return false;
    return true;
}

enum hr_status sweep_reuse(struct sweeping *sweeping, const char *path,
                           struct hr_error *error)
{
    const size_t before = sweeping->facts->forms_reused;
    struct hr_result *result = NULL;
    char why[512];
    enum hr_status status = hr_result_open(path, &result, error);

    if (status != HR_OK)
        return status;
    if (is_of_no_use(sweeping, result, why, sizeof(why)))
        say(sweeping, path, why);
    else
        status = sweep_adopt(sweeping, result, error);
    if (status == HR_OK && sweeping->facts->forms_reused == before &&
        !is_of_no_use(sweeping, result, why, sizeof(why)))
        say(sweeping, path, "no form of it reads what one of this sweep does");
    hr_result_close(result);
    return status;
}
