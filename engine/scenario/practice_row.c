#include "practice_row.h"

#include "text.h"

#include <math.h>
#include <string.h>

static void print_number(FILE *out, double number, char after)
{
    char text[TEXT_NUMBER_SIZE];

    fprintf(out, "%s%c", isnan(number) ? "" : text_from_number(number, text), after);
}

/* A name may hold commas and quotes. */
static void print_words(FILE *out, const char *words, char after)
{
    if (strpbrk(words, ",\"\r\n") == NULL) {
        fprintf(out, "%s%c", words, after);
        return;
    }
    fputc('"', out);
    for (; *words != '\0'; words++) {
        if (*words == '"')
            fputc('"', out);
        fputc(*words, out);
    }
    fprintf(out, "\"%c", after);
}

void practice_row_print(FILE *out, const struct hr_practice *practice, int age_bands,
                        bool area)
{
    print_words(out, practice->code, ',');
    print_words(out, practice->name, ',');
    print_words(out, practice->network, ',');
    print_words(out, practice->contract, ',');
    print_number(out, practice->list, ',');
    print_number(out, practice->weighted_list, ',');
    print_number(out, practice->core_rate, ',');
    print_number(out, practice->headcount[0], ',');
    print_number(out, practice->fte[0], ',');
    print_number(out, practice->headcount[1], ',');
    print_number(out, practice->fte[1], age_bands > 0 || area ? ',' : '\n');
    for (int band = 0; band < age_bands; band++)
        print_number(out, practice->age_list[band],
                     band + 1 < age_bands || area ? ',' : '\n');
    if (area)
        print_words(out, practice->area, '\n');
}
