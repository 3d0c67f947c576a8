#include "asking.h"

#include "text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double usual_confidence = 0.95, usual_aversion = 2.0;

/* Every name of the list must be a form. */
static enum hr_status check_names(const struct hr_result *result, const char *list,
                                  struct hr_error *error)
{
    for (const char *at = list; at != NULL && *at != '\0';) {
        const int length = (int)strcspn(at, ",");
        char name[128];
        size_t place;

        snprintf(name, sizeof(name), "%.*s", length, at);
        if (hr_result_find_form(result, name, &place, error) != HR_OK)
            return error->status;
        at += length + (at[length] == ',');
    }
    return HR_OK;
}

/* All forms, or those that the question names, and the reference. */
static bool is_compared(const struct hr_question *question, const char *form)
{
    return question->forms == NULL || text_is_listed(form, question->forms) ||
           text_is_listed(form, question->reference);
}

static enum hr_status make_room(struct decision *decision, size_t forms,
                                struct hr_error *error)
{
    decision->form = calloc(forms + 1, sizeof(*decision->form));
    decision->name = calloc(2 * forms + 1, sizeof(*decision->name));
    if (decision->form == NULL || decision->name == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a decision");
    decision->label = decision->name + forms;
    return HR_OK;
}

static void take_forms(struct decision *decision, const char *const *form, size_t forms)
{
    size_t labels;
    const char *const *label =
        hr_result_labels(decision->result, "/inputs/forms/label", &labels);

    for (size_t f = 0; f < forms; f++) {
        const size_t to = decision->forms;

        if (!is_compared(&decision->question, form[f]))
            continue;
        if (strcmp(form[f], decision->question.reference) == 0)
            decision->reference = to;
        decision->form[to] = f;
        decision->name[to] = form[f];
        decision->label[to] = label != NULL && *label[f] != '\0' ? label[f] : form[f];
        decision->forms++;
    }
}

static enum hr_status choose_forms(struct decision *decision, struct hr_error *error)
{
    const struct hr_question *question = &decision->question;
    size_t forms;
    const char *const *form = hr_result_labels(decision->result, "form", &forms);

    if (check_names(decision->result, question->forms, error) != HR_OK ||
        check_names(decision->result, question->reference, error) != HR_OK ||
        check_names(decision->result, question->pair, error) != HR_OK ||
        make_room(decision, forms, error) != HR_OK)
        return error->status;
    take_forms(decision, form, forms);
    return HR_OK;
}

static void fill_in(struct decision *decision)
{
    struct hr_question *question = &decision->question;

    if (question->confidence == 0.0)
        question->confidence = usual_confidence;
    if (question->risk_aversion == 0.0)
        question->risk_aversion = usual_aversion;
    if (question->reference == NULL)
        question->reference = hr_result_text(decision->result, "reference");
}

static enum hr_status check(const struct hr_question *question, struct hr_error *error)
{
    enum view view;

    if (!(question->confidence >= 0.8 && question->confidence <= 0.999))
        return hr_fail(error, HR_BAD_INPUT,
                       "a confidence of %g is outside 0.8 to 0.999",
                       question->confidence);
    if (!(question->indifference >= 0.0))
        return hr_fail(error, HR_BAD_INPUT, "an indifference is not below zero");
    if (question->objective != NULL && !objective_find(question->objective, &view))
        return hr_fail(error, HR_BAD_INPUT,
                       "no objective is called %s; they are public, gp, patient and "
                       "economic",
                       question->objective);
    if (question->objective != NULL && question->metrics != NULL)
        return hr_fail(error, HR_BAD_INPUT,
                       "an objective is a metric: name the one or the other");
    return HR_OK;
}

static void know_the_patch(struct decision *decision)
{
    struct hr_result_values values;
    struct hr_error error;

    if (decision_has(decision->result, "/inputs/practices/list") &&
        hr_result_values(decision->result, "/inputs/practices/list", &values, &error) ==
            HR_OK) {
        for (size_t i = 0; i < values.count; i++)
            decision->people += values.value[i];
    }
    if (decision_has(decision->result, "/paths/public_cost") &&
        hr_result_values(decision->result, "/paths/public_cost", &values, &error) ==
            HR_OK)
        decision->years = (int)(values.size[2] / 4);
}

static void begin(struct decision *decision, const char *schema)
{
    struct result_set *set = &decision->set;
    const char *base = hr_result_text(decision->result, "price_base");
    uint64_t trials = 0;

    (void)hr_result_integer(decision->result, "trials", &trials);
    set->price_base = base != NULL ? result_set_name(set, "%s", base) : "";
    decision_text(decision, "schema", schema);
    decision_text(decision, "kind", "analysis");
    decision->form_axis =
        decision_axis(decision, "form", decision->forms, decision->name);
    decision_text(decision, "source_hash",
                  hr_result_text(decision->result, "content_hash"));
    decision_text(decision, "source_title", hr_result_text(decision->result, "title"));
    decision_text(decision, "price_base", base);
    decision_count(decision, "trials", (size_t)trials);
    decision_text(decision, "reference", decision->name[decision->reference]);
    decision_number(decision, "confidence", decision->question.confidence);
    decision_number(decision, "indifference", decision->question.indifference);
}

enum hr_status decision_open(struct decision *decision, struct hr_result *result,
                             const struct hr_question *question, const char *schema,
                             struct hr_error *error)
{
    *decision = (struct decision){.result = result};
    if (question != NULL)
        decision->question = *question;
    fill_in(decision);
    if (check(&decision->question, error) == HR_OK &&
        choose_forms(decision, error) == HR_OK) {
        know_the_patch(decision);
        begin(decision, schema);
        return HR_OK;
    }
    decision_close(decision);
    return error->status;
}

void decision_close(struct decision *decision)
{
    free(decision->form);
    free(decision->name);
    result_set_free(&decision->set);
    *decision = (struct decision){0};
}

enum hr_status decision_finish(struct decision *decision, char *sentence,
                               struct hr_result **analysis, struct hr_error *error)
{
    enum hr_status status = HR_OK;

    *analysis = NULL;
    if (sentence == NULL)
        status = hr_fail(error, HR_FAILED, "no memory for an analysis's sentence");
    decision_text(decision, "sentence", sentence);
    free(sentence);
    if (status == HR_OK)
        status = analysis_hold(&decision->set, analysis, error);
    decision_close(decision);
    return status;
}

enum hr_status decision_metric(const struct decision *decision,
                               struct hr_metric *metric, struct hr_error *error)
{
    enum view view = VIEW_PUBLIC;
    const char *name = decision->question.metrics;

    if (decision->question.objective != NULL)
        (void)objective_find(decision->question.objective, &view);
    if (name == NULL)
        name = objectives[view].metric;
    if (!hr_metric_find(name, metric))
        return hr_fail(
            error, HR_BAD_INPUT,
            "no metric is called %s; the nearest is %s; headroom metrics lists them",
            name, hr_metric_nearest(name));
    return HR_OK;
}

const char *decision_spoken(const struct decision *decision, const char *name)
{
    for (size_t f = 0; f < decision->forms && name != NULL; f++) {
        if (strcmp(decision->name[f], name) == 0)
            return decision->label[f];
    }
    return name;
}

bool decision_has(const struct hr_result *result, const char *path)
{
    for (size_t i = 0; i < hr_result_count(result); i++) {
        if (strcmp(hr_result_path(result, i), path) == 0)
            return true;
    }
    return false;
}

struct figure_unit decision_unit(const struct hr_metric *metric)
{
    return (struct figure_unit){metric->scale, metric->money, metric->suffix,
                                metric->decimals + 1};
}

const char *decision_each(struct decision *decision, const struct hr_metric *metric)
{
    static const char *const silent[] = {"GBP", "share", "ratio", "0-1"};
    const char *of = strchr(metric->unit, '/');

    for (size_t i = 0; i < sizeof(silent) / sizeof(*silent); i++) {
        if (strcmp(metric->unit, silent[i]) == 0)
            return "";
    }
    if (of == NULL)
        return result_set_name(&decision->set, " %s", metric->unit);
    return strcmp(of, "/patient") == 0
               ? " a patient"
               : result_set_name(&decision->set, " per %s", of + 1);
}

enum view decision_view(const struct hr_metric *metric)
{
    int v = 0;

    while (v < VIEWS && strcmp(objectives[v].metric, metric->name) != 0)
        v++;
    return (enum view)v;
}

void decision_text(struct decision *decision, const char *name, const char *text)
{
    struct result_set *set = &decision->set;

    if (text == NULL)
        return;
    result_set_add_attribute(
        set, (struct result_attribute){.path = result_set_name(set, "/%s", name),
                                       .kind = KIND_TEXT,
                                       .text = result_set_name(set, "%s", text)});
}

void decision_number(struct decision *decision, const char *name, double number)
{
    struct result_set *set = &decision->set;

    result_set_add_attribute(
        set, (struct result_attribute){.path = result_set_name(set, "/%s", name),
                                       .kind = KIND_NUMBER,
                                       .number = number});
}

void decision_count(struct decision *decision, const char *name, size_t count)
{
    struct result_set *set = &decision->set;

    result_set_add_attribute(
        set, (struct result_attribute){.path = result_set_name(set, "/%s", name),
                                       .kind = KIND_INTEGER,
                                       .integer = count});
}

static const char *const *copy_words(struct result_set *set, size_t size,
                                     const char *const *word)
{
    const char **copy = result_set_memory(set, (size + 1) * sizeof(*copy));

    for (size_t i = 0; copy != NULL && i < size; i++)
        copy[i] = result_set_name(set, "%s", word[i] != NULL ? word[i] : "");
    return copy;
}

int decision_axis(struct decision *decision, const char *name, size_t size,
                  const char *const *word)
{
    struct result_set *set = &decision->set;

    if (size == 0)
        return -1;
    return result_set_add_axis(
        set, (struct result_axis){.path = result_set_name(set, "/%s", name),
                                  .long_name = name,
                                  .size = size,
                                  .word = copy_words(set, size, word)});
}

void decision_words(struct decision *decision, const char *name, int axis,
                    const char *const *word)
{
    struct result_set *set = &decision->set;

    if (axis < 0 || set->failed)
        return;
    result_set_add_words(
        set,
        (struct result_words){.path = result_set_name(set, "/%s", name),
                              .long_name = name,
                              .axis = axis,
                              .value = copy_words(set, set->axis[axis].size, word)});
}

double *decision_numbers(struct decision *decision,
                         const struct decision_column *column,
                         const int axis[RESULT_RANK])
{
    struct result_set *set = &decision->set;
    struct result_data data = {
        .path = result_set_name(set, "/%s", column->name),
        .unit = column->unit,
        .long_name = column->meaning,
        .rank = 0,
    };
    size_t count = 1;
    double *value;

    if (axis[0] < 0 || set->failed)
        return NULL;
    for (int d = 0; d < RESULT_RANK && axis[d] >= 0; d++) {
        data.axis[data.rank++] = axis[d];
        count *= set->axis[axis[d]].size;
    }
    value = result_set_numbers(set, count);
    data.value = value;
    if (value != NULL)
        result_set_add_data(set, data);
    return value;
}
