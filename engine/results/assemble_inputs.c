#include "assemble_parts.h"

#include <string.h>

static void add_text(struct result_set *set, const char *path, const char *long_name,
                     const char *text)
{
    result_set_add_text(
        set, (struct result_text){.path = path, .long_name = long_name, .value = text});
}

static void add_texts(struct result_set *set, const struct outcome_texts *texts)
{
    add_text(set, "/inputs/scenario", "the scenario as written", texts->scenario);
    add_text(set, "/inputs/changes", "what was changed in it, one a line",
             texts->changes);
    add_text(set, "/inputs/scenario_resolved",
             "the scenario with every key explicit: itself a scenario",
             texts->scenario_resolved);
    add_text(set, "/inputs/practices_csv", "the table of practices, after imputation",
             texts->practices_csv);
    add_text(set, "/inputs/prices_history", "the price history that was replayed",
             texts->prices_history);
}

/* Numbers along one axis, as they were given: pounds may be of any year. */
static void add_column(struct result_set *set, int axis, const char *path,
                       const char *unit, const char *long_name, const double *value)
{
    if (value != NULL)
        result_set_add_data(set, (struct result_data){
                                     .path = path,
                                     .unit = unit,
                                     .long_name = long_name,
                                     .rank = 1,
                                     .axis = {axis},
                                     .value = value,
                                 });
}

static void add_practices(struct assembly *a)
{
    const struct outcome_practices *practices = &a->outcome->practices;
    struct result_set *set = a->set;

    for (size_t c = 0; c < practices->word_columns; c++)
        result_set_add_words(set,
                             (struct result_words){
                                 .path = result_set_name(set, "/inputs/practices/%s",
                                                         practices->words[c].name),
                                 .long_name = practices->words[c].long_name,
                                 .axis = a->site,
                                 .value = practices->words[c].value,
                             });
    for (size_t c = 0; c < practices->numbers; c++) {
        const struct outcome_practice_number *number = &practices->number[c];

        add_column(set, a->site,
                   result_set_name(set, "/inputs/practices/%s", number->name),
                   number->unit, number->long_name, number->value);
        add_column(set, a->site,
                   result_set_name(set, "/inputs/practices/%s_imputed", number->name),
                   "0 or 1", "1 where imputed", number->imputed);
    }
}

static void add_assumption_words(struct result_set *set, int key,
                                 const struct outcome_assumptions *all)
{
    const struct result_words column[] = {
        {"/inputs/assumptions/value", "as written", key, all->value},
        {"/inputs/assumptions/unit", "unit", key, all->unit},
        {"/inputs/assumptions/meaning", "what it is", key, all->meaning},
        {"/inputs/assumptions/evidence", "what it rests on", key, all->evidence},
        {"/inputs/assumptions/source", "where it is from", key, all->source},
        {"/inputs/assumptions/owner", "who answers for it", key, all->owner},
        {"/inputs/assumptions/date", "when it was last looked at", key, all->date},
    };

    for (size_t c = 0; c < sizeof(column) / sizeof(*column); c++) {
        if (column[c].value != NULL)
            result_set_add_words(set, column[c]);
    }
}

static void add_assumptions(struct result_set *set,
                            const struct outcome_assumptions *all)
{
    const char *own = "in the assumption's own unit";
    int key;

    if (all->count == 0)
        return;
    key =
        result_set_add_axis(set, (struct result_axis){.path = "/inputs/assumptions/key",
                                                      .long_name = "key of a scenario",
                                                      .size = all->count,
                                                      .word = all->key});
    add_assumption_words(set, key, all);
    add_column(set, key, "/inputs/assumptions/low", own, "least that is allowed",
               all->low);
    add_column(set, key, "/inputs/assumptions/high", own, "most that is allowed",
               all->high);
    add_column(set, key, "/inputs/assumptions/uplift", "ratio",
               "factor to the price base, applied after the range", all->uplift);
    add_column(set, key, "/inputs/assumptions/central", own,
               "value at probability one half, uplifted", all->central);
    add_column(set, key, "/inputs/assumptions/neutral", own,
               "value at which it makes no difference", all->neutral);
    add_column(set, key, "/inputs/assumptions/defaulted", "0 or 1",
               "1 where no scenario file said it", all->defaulted);
}

static void add_number(struct result_set *set, const char *path, double number)
{
    result_set_add_attribute(
        set,
        (struct result_attribute){.path = path, .kind = KIND_NUMBER, .number = number});
}

static void add_calibration(struct assembly *a)
{
    const struct outcome_calibration *calibration = &a->outcome->calibration;

    add_number(a->set, "/inputs/calibration/flat_rate", calibration->flat_rate);
    add_number(a->set, "/inputs/calibration/factor", calibration->factor);
    if (calibration->cost_rate != NULL)
        result_set_add_data(a->set,
                            (struct result_data){
                                .path = "/inputs/calibration/cost_rate",
                                .unit = "GBP/patient/year",
                                .long_name = "cost other than GPs, as calibrated",
                                .money = true,
                                .rank = 1,
                                .axis = {a->site},
                                .value = calibration->cost_rate,
                            });
}

static void add_delegated(struct assembly *a)
{
    if (a->outcome->claims_method != NULL)
        result_set_add_words(a->set,
                             (struct result_words){
                                 .path = "/inputs/delegated/claims_method",
                                 .long_name = "how the practice's claims were drawn",
                                 .axis = a->site,
                                 .value = a->outcome->claims_method,
                             });
}

void assemble_inputs(struct assembly *a)
{
    add_texts(a->set, &a->outcome->texts);
    add_practices(a);
    add_assumptions(a->set, &a->outcome->assumptions);
    add_calibration(a);
    add_delegated(a);
}

/* What was drawn has been uplifted: its pounds are of the price base. */
static bool is_money(const char *unit)
{
    return strncmp(unit, "GBP", 3) == 0;
}

void assemble_parameters(struct assembly *a)
{
    for (size_t p = 0; p < a->outcome->parameters; p++) {
        const struct outcome_parameter *parameter = &a->outcome->parameter[p];

        result_set_add_data(a->set, (struct result_data){
                                        .path = result_set_name(
                                            a->set, "/parameters/%s", parameter->key),
                                        .unit = parameter->unit,
                                        .long_name = parameter->meaning,
                                        .money = is_money(parameter->unit),
                                        .rank = 2,
                                        .axis = {a->point, a->trial},
                                        .value = parameter->value,
                                    });
    }
}
