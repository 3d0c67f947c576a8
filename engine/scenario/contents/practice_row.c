#include "practice_row.h"

#include "text.h"

#include <math.h>
#include <string.h>

static void print_number(FILE *out, const char *before, double number)
{
    char text[TEXT_NUMBER_SIZE];

    fprintf(out, "%s%s", before, isnan(number) ? "" : text_from_number(number, text));
}

/* A name may hold commas and quotes. */
static void print_words(FILE *out, const char *before, const char *words)
{
    fputs(before, out);
    if (strpbrk(words, ",\"\r\n") == NULL) {
        fputs(words, out);
        return;
    }
    fputc('"', out);
    for (; *words != '\0'; words++) {
        if (*words == '"')
            fputc('"', out);
        fputc(*words, out);
    }
    fputc('"', out);
}

void practice_row_print(FILE *out, const struct hr_practice *practice,
                        const struct practice_columns *columns)
{
    print_words(out, "", practice->code);
    print_words(out, ",", practice->name);
    print_words(out, ",", practice->network);
    print_words(out, ",", practice->contract);
    print_number(out, ",", practice->list);
    print_number(out, ",", practice->weighted_list);
    print_number(out, ",", practice->core_rate);
    print_number(out, ",", practice->headcount[0]);
    print_number(out, ",", practice->fte[0]);
    print_number(out, ",", practice->headcount[1]);
    print_number(out, ",", practice->fte[1]);
    for (int band = 0; band < columns->age_bands; band++)
        print_number(out, ",", practice->age_list[band]);
    if (columns->area)
        print_words(out, ",", practice->area);
    if (columns->cost_rate)
        print_number(out, ",", practice->cost_rate);
    fputc('\n', out);
}
