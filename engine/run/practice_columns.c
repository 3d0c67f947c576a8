#include "practice_columns.h"

#include "parameters.h"

#include <stddef.h>
#include <string.h>

static const struct number_column number_columns[NUMBER_COLUMNS] = {
    {"list", "patients", "registered patients", offsetof(struct hr_practice, list), 0},
    {"weighted_list", "patients", "weighted patients",
     offsetof(struct hr_practice, weighted_list), HR_IMPUTED_WEIGHTED_LIST},
    {"core_rate", "GBP/weighted patient/year",
     "NHS payments less premises, drugs and other pass-through, in their own price "
     "year",
     offsetof(struct hr_practice, core_rate), HR_IMPUTED_CORE_RATE},
    {"partner_headcount", "GPs", "partners",
     offsetof(struct hr_practice, headcount[PARTNER]), HR_IMPUTED_PARTNER_HEADCOUNT},
    {"partner_fte", "fte", "partners", offsetof(struct hr_practice, fte[PARTNER]),
     HR_IMPUTED_PARTNER_FTE},
    {"salaried_headcount", "GPs", "salaried GPs",
     offsetof(struct hr_practice, headcount[SALARIED]), HR_IMPUTED_SALARIED_HEADCOUNT},
    {"salaried_fte", "fte", "salaried GPs", offsetof(struct hr_practice, fte[SALARIED]),
     HR_IMPUTED_SALARIED_FTE},
    {"list_0_24", "patients", "patients aged 0 to 24",
     offsetof(struct hr_practice, age_list[0]), 0},
    {"list_25_64", "patients", "patients aged 25 to 64",
     offsetof(struct hr_practice, age_list[1]), 0},
    {"list_65_plus", "patients", "patients aged 65 and over",
     offsetof(struct hr_practice, age_list[2]), 0},
};

const struct number_column *practice_number_column(int c)
{
    return &number_columns[c];
}

static bool fill_numbers(const struct hr_practice *practice, size_t sites,
                         struct outcome_practice_number *column,
                         struct inputs_memory *memory)
{
    for (int c = 0; c < NUMBER_COLUMNS; c++) {
        const struct number_column *from = &number_columns[c];
        double *value = inputs_take(memory, sites, sizeof(*value));
        double *imputed = inputs_take(memory, sites, sizeof(*imputed));

        if (value == NULL || imputed == NULL)
            return false;
        for (size_t s = 0; s < sites; s++) {
            memcpy(&value[s], (const char *)&practice[s] + from->place, sizeof(*value));
            imputed[s] = practice[s].imputed & from->flag ? 1.0 : 0.0;
        }
        column[c] = (struct outcome_practice_number){
            .name = from->name,
            .unit = from->unit,
            .long_name = from->long_name,
            .value = value,
            .imputed = from->flag == 0 ? NULL : imputed,
        };
    }
    return true;
}

/* A column of words of the table of practices: of struct hr_practice. */
struct word_column {
    const char *name, *long_name;
    size_t place;
    bool if_any; /* left out where it is blank for all */
};

static const struct word_column word_columns[] = {
    {"name", "name of the practice", offsetof(struct hr_practice, name), false},
    {"network", "network code", offsetof(struct hr_practice, network), false},
    {"contract", "contract type", offsetof(struct hr_practice, contract), false},
    {"area", "area, whose practices share labour and organisations",
     offsetof(struct hr_practice, area), true},
};

enum { WORD_COLUMNS = sizeof(word_columns) / sizeof(*word_columns) };

/* False without memory. */
static bool fill_word_column(const struct word_column *from,
                             const struct hr_practice *practice, size_t sites,
                             struct outcome_practice_words *to,
                             struct inputs_memory *memory)
{
    const char **word = inputs_take(memory, sites, sizeof(*word));

    *to = (struct outcome_practice_words){from->name, from->long_name, word};
    for (size_t s = 0; s < sites && word != NULL; s++)
        memcpy(&word[s], (const char *)&practice[s] + from->place, sizeof(*word));
    return word != NULL;
}

static bool is_blank(const struct outcome_practice_words *column, size_t sites)
{
    size_t s = 0;

    while (s < sites && *column->value[s] == '\0')
        s++;
    return s == sites;
}

bool practice_columns_fill(const struct hr_scenario *scenario, struct outcome *outcome,
                           struct inputs_memory *memory)
{
    size_t sites = 0, filled = 0;
    const struct hr_practice *practice = hr_scenario_practices(scenario, &sites);
    struct outcome_practice_number *number =
        inputs_take(memory, NUMBER_COLUMNS, sizeof(*number));
    struct outcome_practice_words *words =
        inputs_take(memory, WORD_COLUMNS, sizeof(*words));

    if (number == NULL || words == NULL ||
        !fill_numbers(practice, sites, number, memory))
        return false;
    for (size_t c = 0; c < WORD_COLUMNS; c++) {
        if (!fill_word_column(&word_columns[c], practice, sites, &words[filled],
                              memory))
            return false;
        filled += !word_columns[c].if_any || !is_blank(&words[filled], sites);
    }
    outcome->practices = (struct outcome_practices){
        .number = number,
        .numbers = NUMBER_COLUMNS,
        .words = words,
        .word_columns = filled,
    };
    return true;
}
