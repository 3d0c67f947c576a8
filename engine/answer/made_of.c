#include "made_of.h"

#include <math.h>

static void write_part(FILE *out, const struct made_part *part,
                       const struct figure_unit *unit)
{
    char amount[FIGURE_SIZE];

    fprintf(out, "%s makes %s", part->name,
            figure_write(part->amount, (struct figure_precision){part->error, 3}, unit,
                         FIGURE_SIGNED, amount));
}

static void write_parts(FILE *out, const struct made_case *made)
{
    char other[FIGURE_SIZE];

    for (size_t i = 0; i < made->parts; i++) {
        fputs(i == 0 ? ": " : ", ", out);
        write_part(out, &made->part[i], &made->unit);
        fputs(i == 0 ? " of that" : "", out);
    }
    if (made->others > 0)
        fprintf(out, ", the other %zu term%s %s together", made->others,
                made->others == 1 ? "" : "s",
                figure_write(made->other, figure_to_digits(3), &made->unit,
                             FIGURE_SIGNED, other));
}

char *made_of_sentence(const struct made_case *made)
{
    struct writing writing;
    FILE *out = writing_start(&writing);

    if (out == NULL)
        return NULL;
    if (made->parts == 0) {
        fprintf(out, "%s and %s have the same terms.", made->first, made->second);
        return writing_finish(&writing);
    }
    fprintf(out, "%s is ", made->first);
    writing_amount_of(out, made->ahead, &made->unit, made->each);
    fprintf(out, " %s %s", made->ahead.value < 0.0 ? "behind" : "ahead of",
            made->second);
    write_parts(out, made);
    fputs(".", out);
    return writing_finish(&writing);
}

char *split_sentence(const struct split_case *split)
{
    struct writing writing;
    FILE *out = writing_start(&writing);

    if (out == NULL)
        return NULL;
    if (isnan(split->share))
        fprintf(out, "%s and %s differ by the same in every trial.", split->first,
                split->second);
    else
        fprintf(out,
                "Assumptions make %.0f %% (%.0f to %.0f) of the spread of %s less %s, "
                "and chance the rest: %.0f %% is nobody's to find out.",
                100.0 * split->share, 100.0 * split->low, 100.0 * split->high,
                split->first, split->second, 100.0 - floor(100.0 * split->share + 0.5));
    return writing_finish(&writing);
}

char *inputs_sentence(const struct inputs_case *inputs)
{
    struct writing writing;
    FILE *out = writing_start(&writing);

    if (out == NULL)
        return NULL;
    if (isnan(inputs->total))
        fprintf(out, "%s and %s differ by the same in every trial.", inputs->first,
                inputs->second);
    else
        fprintf(
            out,
            "Of %zu assumption%s and chance, %s moves %s less %s most: it makes "
            "%.0f %% of the spread alone and %.0f %% with others; chance has a hand "
            "in %.0f %%.",
            inputs->inputs, inputs->inputs == 1 ? "" : "s", inputs->name, inputs->first,
            inputs->second, 100.0 * fmax(inputs->alone, 0.0),
            100.0 * fmax(inputs->total, 0.0), 100.0 * fmax(inputs->chance, 0.0));
    return writing_finish(&writing);
}
