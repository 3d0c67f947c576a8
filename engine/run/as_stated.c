#include "as_stated.h"

#include "json.h"
#include "practice_columns.h"
#include "problems.h"
#include "scenario_plan.h"
#include "stream.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH = 128 };

/* Where the result says that a column was imputed; a file may lack it. */
static enum hr_status blank_column(struct hr_result *result,
                                   const struct number_column *column,
                                   struct hr_practice *practice, size_t sites,
                                   struct hr_error *error)
{
    struct hr_result_values imputed;
    const double blank = NAN;
    char path[PATH];
    enum hr_status status;

    snprintf(path, sizeof(path), "/inputs/practices/%s_imputed", column->name);
    status = hr_result_values(result, path, &imputed, error);
    if (status != HR_OK)
        return status == HR_BAD_INPUT ? HR_OK : status;
    for (size_t s = 0; s < sites && s < imputed.count; s++) {
        if (imputed.value[s] != 0.0)
            memcpy((char *)&practice[s] + column->place, &blank, sizeof(blank));
    }
    return HR_OK;
}

static enum hr_status practices_as_given(struct hr_result *result,
                                         const struct hr_scenario *scenario,
                                         char **table, struct hr_error *error)
{
    size_t sites = 0;
    const struct hr_practice *own = hr_scenario_practices(scenario, &sites);
    struct hr_practice *practice = malloc((sites + 1) * sizeof(*practice));
    enum hr_status status = HR_OK;

    if (practice == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the table of practices");
    memcpy(practice, own, sites * sizeof(*practice));
    for (int c = 0; c < NUMBER_COLUMNS && status == HR_OK; c++) {
        if (practice_number_column(c)->flag != 0)
            status =
                blank_column(result, practice_number_column(c), practice, sites, error);
    }
    if (status == HR_OK)
        *table = scenario_practices_with(scenario, practice);
    free(practice);
    if (status == HR_OK && *table == NULL)
        status = hr_fail(error, HR_FAILED, "no memory for the table of practices");
    return status;
}

/* "forms.joined.label="Joined"", as an option says it; NULL without memory. */
static char *label_said(const char *form, const char *label)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = stream_to_memory(&text, &size);

    if (out == NULL)
        return NULL;
    fprintf(out, "forms.%s.label=", form);
    json_print_text(out, label);
    (void)stream_close(out); /* NULL where any of it was lost */
    return text;
}

/* One for each form, or none; false without memory. */
static bool say_labels(const struct hr_result *result, char ***said, size_t *count)
{
    size_t forms = 0;
    const char *const *form = hr_result_labels(result, "/form", &forms);
    const char *const *label = hr_result_labels(result, "/inputs/forms/label", count);
    bool complete = true;

    if (label == NULL)
        *count = 0;
    *said = calloc(*count + 1, sizeof(**said));
    for (size_t f = 0; *said != NULL && f < *count; f++) {
        (*said)[f] = label_said(form[f], label[f]);
        complete = complete && (*said)[f] != NULL;
    }
    return *said != NULL && complete;
}

static void forget_labels(char **said, size_t count)
{
    for (size_t f = 0; said != NULL && f < count; f++)
        free(said[f]);
    free(said);
}

static enum hr_status read_again(struct hr_result *result, const char *practices,
                                 struct hr_scenario **scenario, struct hr_error *error)
{
    struct hr_messages problems = {0};
    char **said = NULL;
    size_t count = 0;
    enum hr_status status = HR_OK;

    if (!say_labels(result, &said, &count))
        status = hr_fail(error, HR_FAILED, "no memory to read a scenario again");
    else if (hr_scenario_read_text(hr_result_text(result, "/inputs/scenario_resolved"),
                                   practices, (const char *const *)said, count,
                                   scenario, &problems) != HR_OK)
        status = problems_fail(&problems, HR_NOT_HELD,
                               "its inputs cannot be run again: ", error);
    hr_messages_free(&problems);
    forget_labels(said, count);
    return status;
}

enum hr_status as_stated(struct hr_result *result, const struct hr_scenario *made_from,
                         struct hr_scenario **scenario, struct hr_error *error)
{
    char *practices = NULL;
    enum hr_status status = practices_as_given(result, made_from, &practices, error);

    *scenario = NULL;
    if (status == HR_OK)
        status = read_again(result, practices, scenario, error);
    free(practices);
    return status;
}
