#include "answer_parts.h"

#include "text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Words among the assumptions have no central value, and what a form is by definition
 * needs no evidence: neither is counted. What somebody chose without saying why has no
 * more evidence than what is assumed. */
static enum hr_status count_assumptions(struct hr_result *result,
                                        struct hr_answer *answer,
                                        struct hr_error *error)
{
    size_t rows = 0;
    const char *const *evidence =
        hr_result_labels(result, "/inputs/assumptions/evidence", &rows);

    if (evidence == NULL)
        return hr_fail(error, HR_NOT_HELD, "the assumptions cannot be read");
    for (size_t i = 0; i < rows; i++) {
        answer->numbers += strcmp(evidence[i], "definition") != 0;
        answer->assumed += strcmp(evidence[i], "assumption") == 0 ||
                           strcmp(evidence[i], "chosen") == 0;
    }
    return HR_OK;
}

static enum hr_status count_people(struct hr_result *result, struct hr_answer *answer,
                                   struct hr_error *error)
{
    struct hr_result_values list, public_cost;

    if (hr_result_values(result, "/inputs/practices/list", &list, error) != HR_OK)
        return error->status;
    for (size_t i = 0; i < list.count; i++)
        answer->people += list.value[i];
    answer->sites = list.count;
    if (answer_values(result, "/paths", "public_cost", &public_cost, error) != HR_OK)
        return error->status;
    if (public_cost.rank >= 3)
        answer->years = (int)(public_cost.size[2] / 4);
    return HR_OK;
}

/* What a form is called, fit for a terminal: its label or, in a file of 1.0, its name
 * spelt out. */
static void label_form(const char *label, const char *name, char shown[64])
{
    char spoken[64], visible[256];

    if (label == NULL)
        label = text_spoken(name, spoken, sizeof(spoken));
    snprintf(shown, 64, "%.63s", text_visible(label, visible, sizeof(visible)));
}

static enum hr_status name_forms(struct hr_result *result, struct hr_answer *answer,
                                 struct hr_error *error)
{
    const char *reference = hr_result_text(result, "reference");
    size_t labels = 0;
    const char *const *label = hr_result_labels(result, "/inputs/forms/label", &labels);

    answer->form = hr_result_labels(result, "form", &answer->forms);
    if (answer->form == NULL || reference == NULL ||
        !hr_result_find(result, "form", reference, &answer->reference) ||
        !hr_result_integer(result, "trials", &answer->trials))
        return hr_fail(error, HR_NOT_HELD, "the forms of the result cannot be read");
    answer->label = calloc(answer->forms, sizeof(*answer->label));
    if (answer->label == NULL)
        return hr_fail(error, HR_FAILED, "no memory for an answer");
    for (size_t f = 0; f < answer->forms; f++)
        label_form(labels == answer->forms ? label[f] : NULL, answer->form[f],
                   answer->label[f]);
    return HR_OK;
}

/* Those of the table that the file has too. */
static enum hr_status list_metrics(struct hr_result *result, struct hr_answer *answer,
                                   struct hr_error *error)
{
    answer->metric = calloc(hr_metric_count(), sizeof(*answer->metric));
    answer->cell = calloc(hr_metric_count() * answer->forms, sizeof(*answer->cell));
    if (answer->metric == NULL || answer->cell == NULL)
        return hr_fail(error, HR_FAILED, "no memory for an answer");
    for (size_t i = 0; i < hr_metric_count(); i++) {
        const struct hr_metric metric = hr_metric_at(i);
        struct hr_result_values values;

        if (answer_values(result, "/summary", metric.name, &values, error) != HR_OK)
            return error->status;
        if (values.value != NULL)
            answer->metric[answer->metrics++] = metric;
    }
    return HR_OK;
}

bool hr_answer_find(const struct hr_answer *answer, const char *name, size_t *metric)
{
    for (size_t m = 0; m < answer->metrics; m++) {
        if (strcmp(answer->metric[m].name, name) == 0) {
            *metric = m;
            return true;
        }
    }
    return false;
}

enum hr_status hr_answer_read(struct hr_result *result, struct hr_result *neutral,
                              struct hr_result *neutral_all, struct hr_answer **answer,
                              struct hr_error *error)
{
    const struct answer_sources sources = {result, neutral, neutral_all};
    struct hr_answer *made = calloc(1, sizeof(*made));

    *answer = NULL;
    if (made == NULL)
        return hr_fail(error, HR_FAILED, "no memory for an answer");
    if (name_forms(result, made, error) == HR_OK &&
        count_people(result, made, error) == HR_OK &&
        count_assumptions(result, made, error) == HR_OK &&
        list_metrics(result, made, error) == HR_OK &&
        answer_cells(&sources, made, error) == HR_OK &&
        answer_sentences(result, made, error) == HR_OK) {
        *answer = made;
        return HR_OK;
    }
    hr_answer_free(made);
    return error->status;
}

void hr_answer_free(struct hr_answer *answer)
{
    if (answer == NULL)
        return;
    for (int s = 0; s < HR_SENTENCES; s++) {
        free(answer->sentence[s]);
        free(answer->page[s]);
    }
    free(answer->label);
    free(answer->metric);
    free(answer->cell);
    free(answer);
}
