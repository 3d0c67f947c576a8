#include "assemble_parts.h"

#include "columns.h"
#include "parameters_table.h"

#include <string.h>

static void add_texts(struct result_set *set, const struct outcome_texts *texts)
{
    columns_add_text(set, "/inputs/scenario", texts->scenario);
    columns_add_text(set, "/inputs/changes", texts->changes);
    columns_add_text(set, "/inputs/scenario_resolved", texts->scenario_resolved);
    columns_add_text(set, "/inputs/practices_csv", texts->practices_csv);
    columns_add_text(set, "/inputs/prices_history", texts->prices_history);
}

/* As they were given: pounds may be of any year. */
static void add_practice_number(struct result_set *set,
                                const struct outcome_practice_number *number)
{
    const struct column given = {.unit = number->unit, .long_name = number->long_name};
    const struct column imputed = {.unit = "0 or 1",
                                   .long_name = "1 where the number was imputed"};

    columns_add_own(set, result_set_name(set, "/inputs/practices/%s", number->name),
                    &given, number->value);
    columns_add_own(set,
                    result_set_name(set, "/inputs/practices/%s_imputed", number->name),
                    &imputed, number->imputed);
}

static void add_practices(struct assembly *a)
{
    const struct outcome_practices *practices = &a->outcome->practices;

    for (size_t c = 0; c < practices->word_columns; c++)
        columns_add_own_words(
            a->set,
            result_set_name(a->set, "/inputs/practices/%s", practices->words[c].name),
            practices->words[c].long_name, practices->words[c].value);
    for (size_t c = 0; c < practices->numbers; c++)
        add_practice_number(a->set, &practices->number[c]);
}

static void add_assumptions(struct result_set *set,
                            const struct outcome_assumptions *all)
{
    if (all->count == 0)
        return;
    columns_add_axis(set, "/inputs/assumptions/key", all->count, all->key);
    columns_add_words(set, "/inputs/assumptions/value", all->value);
    columns_add_words(set, "/inputs/assumptions/unit", all->unit);
    columns_add_words(set, "/inputs/assumptions/meaning", all->meaning);
    columns_add_words(set, "/inputs/assumptions/evidence", all->evidence);
    columns_add_words(set, "/inputs/assumptions/source", all->source);
    columns_add_words(set, "/inputs/assumptions/owner", all->owner);
    columns_add_words(set, "/inputs/assumptions/date", all->date);
    columns_add(set, "/inputs/assumptions/low", all->low);
    columns_add(set, "/inputs/assumptions/high", all->high);
    columns_add(set, "/inputs/assumptions/uplift", all->uplift);
    columns_add(set, "/inputs/assumptions/central", all->central);
    columns_add(set, "/inputs/assumptions/neutral", all->neutral);
    columns_add(set, "/inputs/assumptions/defaulted", all->defaulted);
}

static void add_calibration(struct assembly *a)
{
    const struct outcome_calibration *calibration = &a->outcome->calibration;

    columns_add_number(a->set, "/inputs/calibration/flat_rate", calibration->flat_rate);
    columns_add_number(a->set, "/inputs/calibration/factor", calibration->factor);
    columns_add(a->set, "/inputs/calibration/cost_rate", calibration->cost_rate);
}

static void add_words(struct result_set *set, const struct outcome_words *words)
{
    columns_add_attribute(set, "/question", words->question);
    columns_add_attribute(set, "/inputs/qa/commissioner", words->commissioner);
    columns_add_attribute(set, "/inputs/qa/analyst", words->analyst);
    columns_add_attribute(set, "/inputs/qa/assurer", words->assurer);
    columns_add_attribute(set, "/inputs/qa/approver", words->approver);
    columns_add_words(set, "/inputs/forms/label", words->label);
    columns_add_words(set, "/inputs/forms/about", words->about);
    columns_add_words(set, "/inputs/forms/like", words->like);
}

void assemble_inputs(struct assembly *a)
{
    add_texts(a->set, &a->outcome->texts);
    add_words(a->set, &a->outcome->words);
    add_practices(a);
    add_assumptions(a->set, &a->outcome->assumptions);
    add_calibration(a);
    columns_add_words(a->set, "/inputs/delegated/claims_method",
                      a->outcome->claims_method);
}

void assemble_parameters(struct assembly *a)
{
    for (size_t p = 0; p < a->outcome->parameters; p++) {
        const struct outcome_parameter *parameter = &a->outcome->parameter[p];
        const struct column drawn = {.unit = parameter->unit,
                                     .long_name = parameter->meaning,
                                     .money = parameters_are_money(parameter->unit)};

        columns_add_rows(a->set,
                         result_set_name(a->set, "/parameters/%s", parameter->key),
                         &drawn, &a->outcome->table, parameter->row);
    }
}
