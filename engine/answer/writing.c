#include "writing.h"

#include "stream.h"

#include <math.h>
#include <stdlib.h>

FILE *writing_start(struct writing *writing)
{
    *writing = (struct writing){0};
    writing->out = stream_to_memory(&writing->text, &writing->size);
    return writing->out;
}

char *writing_finish(struct writing *writing)
{
    if (writing->out == NULL)
        return NULL;
    (void)stream_close(writing->out); /* NULL where any of it was lost */
    return writing->text;
}

/* A quarter of an interval's length is about one standard error. */
static double error_of(struct ranged amount)
{
    return 0.25 * (amount.high - amount.low);
}

void writing_interval(FILE *out, struct ranged amount, const struct figure_unit *unit)
{
    const struct figure_unit bare = {unit->scale, false, "", unit->decimals};
    const double error = error_of(amount);
    char low[FIGURE_SIZE], high[FIGURE_SIZE];

    figure_write(amount.low, figure_to_error(error), &bare, FIGURE_PLAIN, low);
    figure_write(amount.high, figure_to_error(error), &bare, FIGURE_PLAIN, high);
    if (!isnan(amount.low) && !isnan(amount.high))
        fprintf(out, " (%s to %s)", low, high);
    else if (!isnan(amount.low))
        fprintf(out, " (above %s)", low);
    else if (!isnan(amount.high))
        fprintf(out, " (below %s)", high);
}

void writing_amount(FILE *out, struct ranged amount, const struct figure_unit *unit)
{
    char value[FIGURE_SIZE];

    if (amount.value < 0.0)
        amount = (struct ranged){-amount.value, -amount.high, -amount.low};
    fputs(figure_write(amount.value,
                       (struct figure_precision){error_of(amount),
                                                 isnan(error_of(amount)) ? 3 : 0},
                       unit, FIGURE_PLAIN, value),
          out);
    writing_interval(out, amount, unit);
}

void writing_amount_of(FILE *out, struct ranged amount, const struct figure_unit *unit,
                       const char *each)
{
    writing_amount(out, amount, unit);
    fputs(each == NULL ? "" : each, out);
}
