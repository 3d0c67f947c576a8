#include "plausible.h"

#include "csv.h"
#include "text.h"

#include <math.h>
#include <regex.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { FEW_RATES = 3, ROLE_COUNT = 2 };

static const double least_of_rate = 0.5, most_of_rate = 2.0; /* times the usual */
static const double least_weight = 0.5, most_weight = 2.0;   /* to a patient */
static const double least_fte = 0.2, most_fte = 1.2;         /* of a post */
static const double least_patients_per_fte = 500.0, ages_off = 0.01;

#define MONTH "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"

/* As 01/03/2022, 2022-03, 1-Mar, Mar-22 or 22 March 2022. */
static const char date_pattern[] =
    "^([0-9]{1,4}[-/.][0-9]{1,2}([-/.][0-9]{1,4})?|"
    "[0-9]{1,4}[-/ ]?" MONTH "([-/ ]?[0-9]{1,4})?|" MONTH "[-/ ][0-9]{1,4})$";

/** A table being doubted. */
struct doubting {
    double usual_rate;
    const char *usual_words;
    regex_t date;
    const struct place *file;
    struct hr_messages *doubts;
};

/* A sentence that begins with the column's name. */
HR_PRINTF(3, 4)
static void doubt(const struct doubting *doubting, const struct hr_practice *practice,
                  const char *format, ...)
{
    const struct place at = csv_place(doubting->file, (size_t)practice->row);
    char sentence[256];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(sentence, sizeof(sentence), format, arguments);
    va_end(arguments);
    messages_add(doubting->doubts, &at, NULL, "%s %s", practice->code, sentence);
}

/* Up to the rounding of the bounds, which are products of decimals. */
static bool is_within(double number, double low, double high)
{
    const double rounding = 1e-12 * high;

    return isnan(number) || (number >= low - rounding && number <= high + rounding);
}

static void doubt_code(const struct doubting *doubting,
                       const struct hr_practice *practice, const char *column,
                       const char *text)
{
    double number;
    const bool is_number = text_to_number(text, &number) == TEXT_NUMBER;

    if (is_number || regexec(&doubting->date, text, 0, NULL, 0) == 0)
        doubt(doubting, practice,
              "%s: \"%.40s\" looks like a %s: a spreadsheet may have changed the code",
              column, text, is_number ? "number" : "date");
}

static void doubt_money(const struct doubting *doubting,
                        const struct hr_practice *practice)
{
    const double usual = doubting->usual_rate, list = practice->list;

    if (!is_within(practice->core_rate, least_of_rate * usual, most_of_rate * usual))
        doubt(doubting, practice, "core_rate: %.6g is outside 0.5 to 2 times %s, %.6g",
              practice->core_rate, doubting->usual_words, usual);
    if (!is_within(practice->weighted_list, least_weight * list, most_weight * list))
        doubt(doubting, practice,
              "weighted_list: %.6g for %.6g patients: 0.5 to 2 to each is usual",
              practice->weighted_list, list);
}

/* Half a head and less are no post. */
static bool is_usual_post(double heads, double fte)
{
    if (isnan(heads) || isnan(fte))
        return true;
    return heads >= 0.5 ? is_within(fte, least_fte * heads, most_fte * heads)
                        : fte < 0.5;
}

static void doubt_staff(const struct doubting *doubting,
                        const struct hr_practice *practice)
{
    static const char *const column[ROLE_COUNT] = {"partner_fte", "salaried_fte"};
    const double fte = practice->fte[0] + practice->fte[1];

    for (int role = 0; role < ROLE_COUNT; role++) {
        if (!is_usual_post(practice->headcount[role], practice->fte[role]))
            doubt(doubting, practice,
                  "%s: %.6g fte of %.6g heads: 0.2 to 1.2 a head is usual, and what is "
                  "reckoned with",
                  column[role], practice->fte[role], practice->headcount[role]);
    }
    if (!isnan(fte) && !is_within(practice->list, least_patients_per_fte * fte,
                                  MOST_PATIENTS_PER_FTE * fte))
        doubt(
            doubting, practice,
            "partner_fte + salaried_fte: %.6g patients to %.6g fte of GPs: 500 to 6000 "
            "to each is usual",
            practice->list, fte);
}

static void doubt_ages(const struct doubting *doubting,
                       const struct hr_practice *practice)
{
    double sum = 0.0;

    for (int band = 0; band < HR_AGE_BANDS; band++)
        sum += practice->age_list[band];
    if (!isnan(sum) && fabs(sum - practice->list) > ages_off * practice->list)
        doubt(doubting, practice,
              "list_0_24 to list_65_plus: add up to %.6g where the list is %.6g", sum,
              practice->list);
}

static void doubt_practice(const struct doubting *doubting,
                           const struct hr_practice *practice)
{
    doubt_code(doubting, practice, "practice_code", practice->code);
    doubt_code(doubting, practice, "network_code", practice->network);
    doubt_code(doubting, practice, "area", practice->area);
    if (practice->list < SMALLEST_LIST)
        return; /* it is left out, and that is said */
    doubt_money(doubting, practice);
    doubt_staff(doubting, practice);
    doubt_ages(doubting, practice);
}

/** A code and whose row it stands in. */
struct written {
    const char *text;
    const struct hr_practice *practice;
};

static int by_capitals(const void *a, const void *b)
{
    const struct written *x = a, *y = b;
    const int letters = strcasecmp(x->text, y->text);
    const int capitals = strcmp(x->text, y->text);

    if (letters != 0)
        return letters;
    return capitals != 0 ? capitals : x->practice->row - y->practice->row;
}

/* Codes that one hand wrote in two ways, and that are two to all that follows: each
 * way is said once. */
static void doubt_capitals(const struct doubting *doubting, const char *column,
                           struct written *written, size_t count)
{
    qsort(written, count, sizeof(*written), by_capitals);
    for (size_t i = 1; i < count; i++) {
        const struct written *one = &written[i - 1], *other = &written[i];

        if (strcasecmp(one->text, other->text) == 0 &&
            strcmp(one->text, other->text) != 0)
            doubt(doubting, other->practice,
                  "%s: \"%.40s\" and the \"%.40s\" of row %d differ in capitals alone, "
                  "and are taken for two",
                  column, other->text, one->text, one->practice->row);
    }
}

static bool doubt_spellings(const struct doubting *doubting,
                            const struct practice_table *table)
{
    static const char *const column[] = {"practice_code", "network_code", "area"};
    struct written *written = calloc(table->count + 1, sizeof(*written));

    if (written == NULL)
        return false;
    for (size_t c = 0; c < sizeof(column) / sizeof(*column); c++) {
        for (size_t i = 0; i < table->count; i++) {
            const struct hr_practice *practice = &table->practice[i];
            const char *const text[] = {practice->code, practice->network,
                                        practice->area};

            written[i] = (struct written){text[c], practice};
        }
        doubt_capitals(doubting, column[c], written, table->count);
    }
    free(written);
    return true;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Of the rates that are given; @p otherwise where they are few. False without memory.
 */
static bool find_usual_rate(const struct practice_table *table, double otherwise,
                            struct doubting *doubting)
{
    double *rate = calloc(table->count + 1, sizeof(*rate));
    size_t n = 0;

    if (rate == NULL)
        return false;
    for (size_t i = 0; i < table->count; i++) {
        if (!isnan(table->practice[i].core_rate))
            rate[n++] = table->practice[i].core_rate;
    }
    qsort(rate, n, sizeof(*rate), by_size);
    doubting->usual_rate =
        n < FEW_RATES ? otherwise : 0.5 * (rate[(n - 1) / 2] + rate[n / 2]);
    doubting->usual_words = n < FEW_RATES ? "money.core_rate" : "the patch's median";
    free(rate);
    return true;
}

void practices_doubt(const struct practice_table *table, double core_rate,
                     const struct place *file, struct hr_messages *doubts)
{
    struct doubting doubting = {.file = file, .doubts = doubts};

    if (!find_usual_rate(table, core_rate, &doubting) ||
        regcomp(&doubting.date, date_pattern, REG_EXTENDED | REG_ICASE | REG_NOSUB) !=
            0) {
        doubts->incomplete = true;
        return;
    }
    for (size_t i = 0; i < table->count; i++)
        doubt_practice(&doubting, &table->practice[i]);
    if (!doubt_spellings(&doubting, table))
        doubts->incomplete = true;
    regfree(&doubting.date);
}
