#include "turning.h"

#include <math.h>

static const char *short_number(double number, char text[FIGURE_SIZE])
{
    const double size = fabs(number);
    const int decimals =
        size >= 1000.0 || size == 0.0 ? 0 : (int)fmin(2.0 - floor(log10(size)), 12.0);

    if (size >= 1e3 && size < 1e15 && number > 0.0)
        return figure_whole(number, text);
    snprintf(text, FIGURE_SIZE, "%.*f", decimals < 0 ? 0 : decimals, number);
    return text;
}

static void write_root(FILE *out, const struct turning_case *turning)
{
    char root[FIGURE_SIZE], central[FIGURE_SIZE], odds[FIGURE_SIZE];

    if (isnan(turning->root)) {
        fprintf(out, "; no value of %s from %s to %s turns that round.", turning->key,
                short_number(turning->from, root), short_number(turning->to, central));
        return;
    }
    fprintf(out, ", and stops leading where %s passes %s (its middle is %s)",
            turning->key, short_number(turning->root, root),
            short_number(turning->central, central));
    if (!isnan(turning->beyond))
        fprintf(out, ", as it does in %s futures", figure_odds(turning->beyond, odds));
    fputs(".", out);
}

/* Two forms, the better first. */
struct standing {
    const char *leader, *rival;
};

static struct standing stand(const char *first, const char *second,
                             const struct ranged *ahead)
{
    return ahead->value < 0.0 ? (struct standing){second, first}
                              : (struct standing){first, second};
}

char *turning_sentence(const struct turning_case *turning)
{
    const struct standing pair =
        stand(turning->first, turning->second, &turning->ahead);
    struct writing writing;
    FILE *out = writing_start(&writing);

    if (out == NULL)
        return NULL;
    if (turning->ahead.value == 0.0 && turning->ahead.low == 0.0 &&
        turning->ahead.high == 0.0) {
        fprintf(out, "%s and %s are the same in every trial: nothing turns that.",
                turning->first, turning->second);
        return writing_finish(&writing);
    }
    fprintf(out, "%s leads %s by ", pair.leader, pair.rival);
    writing_amount_of(out, turning->ahead, &turning->unit, turning->each);
    if (turning->key != NULL)
        write_root(out, turning);
    else if (turning->draws == 0)
        fputs("; no assumption is drawn that could turn that round.", out);
    else if (turning->draws == 1)
        fputs("; the one assumption looked at does not turn that round within 1 % to "
              "99 % of its range.",
              out);
    else
        fprintf(out,
                "; none of the %zu assumptions alone turns that round within 1 %% to "
                "99 %% of its range.",
                turning->draws);
    return writing_finish(&writing);
}

static void write_run(FILE *out, const struct reverse_case *reverse)
{
    const struct ranged *run = &reverse->run;
    char value[FIGURE_SIZE];

    if (isnan(run->value))
        return;
    fprintf(out, " Run there, %s less %s is %s", reverse->first, reverse->second,
            figure_write(run->value, figure_to_error(0.25 * (run->high - run->low)),
                         &reverse->unit, FIGURE_SIGNED, value));
    writing_interval(out, *run, &reverse->unit);
    fputs(reverse->each == NULL ? "" : reverse->each, out);
    if (run->low > 0.0 || run->high < 0.0)
        fputs(": the surface is off by that there, and the run holds.", out);
    else
        fputs(": they cannot be told apart.", out);
}

char *reverse_sentence(const struct reverse_case *reverse)
{
    const struct standing pair =
        stand(reverse->first, reverse->second, &reverse->ahead);
    struct writing writing;
    FILE *out = writing_start(&writing);

    if (out == NULL)
        return NULL;
    if (!reverse->found) {
        fprintf(out,
                "No combination of %zu assumption%s within %g standard deviations of "
                "their middles turns the lead of %s over %s.",
                reverse->draws, reverse->draws == 1 ? "" : "s", reverse->furthest,
                pair.leader, pair.rival);
        return writing_finish(&writing);
    }
    fprintf(out,
            "The mildest combination of %zu assumption%s that ends the lead of %s over "
            "%s is %.2f standard deviations from their middles%s; %s takes %.0f %% of "
            "the way.",
            reverse->draws, reverse->draws == 1 ? "" : "s", pair.leader, pair.rival,
            reverse->distance,
            reverse->distance < 1.0 ? ", within what the assumptions themselves allow"
                                    : "",
            reverse->key, 100.0 * reverse->path);
    write_run(out, reverse);
    return writing_finish(&writing);
}

char *map_sentence(const struct map_case *map)
{
    struct writing writing;
    FILE *out = writing_start(&writing);

    if (out == NULL)
        return NULL;
    if (map->second == NULL)
        fprintf(out, "%s is best on average wherever %s and %s are", map->first,
                map->down, map->across);
    else
        fprintf(
            out,
            "Over %s and %s, %s is best on average in %zu of %zu cells and %s in %zu",
            map->down, map->across, map->first, map->first_cells, map->cells,
            map->second, map->second_cells);
    if (map->unsure > 0)
        fprintf(out, "; in %zu it cannot be told from the next", map->unsure);
    fputs(".", out);
    return writing_finish(&writing);
}

char *hanging_sentence(const struct hanging_case *hanging)
{
    struct writing writing;
    char low[FIGURE_SIZE], high[FIGURE_SIZE];
    FILE *out = writing_start(&writing);

    if (out == NULL)
        return NULL;
    fprintf(out, hanging->behind ? "%s less %s " : "The lead of %s over %s ",
            hanging->first, hanging->second);
    if (hanging->key != NULL)
        fprintf(out,
                "hangs most on %s: %s%s where that is low (10 %%), %s where it is high "
                "(90 %%); it makes %.0f %% of the spread.",
                hanging->key,
                figure_write(hanging->low, figure_to_digits(3), &hanging->unit,
                             FIGURE_SIGNED, low),
                hanging->each == NULL ? "" : hanging->each,
                figure_write(hanging->high, figure_to_digits(3), &hanging->unit,
                             FIGURE_SIGNED, high),
                100.0 * hanging->share);
    else
        fprintf(out, "hangs on none of the %zu assumptions that can be seen.",
                hanging->draws);
    if (!isnan(hanging->explained))
        fprintf(out,
                " All assumptions together make at least %.0f %%; chance the rest.",
                100.0 * fmax(hanging->explained, 0.0));
    return writing_finish(&writing);
}

/* How long an amount runs. */
static void write_span(FILE *out, int years)
{
    if (years > 0)
        fprintf(out, " to this patch over %d year%s", years, years == 1 ? "" : "s");
}

static void write_everything(FILE *out, const struct worth_case *worth)
{
    static const char knowing[] = "Knowing every assumption before choosing";
    const struct ranged *everything = &worth->everything;
    const struct ranged most = {everything->high, NAN, NAN};

    if (worth->foresight <= 0.0) {
        fprintf(out,
                "%s is best in every trial, so nothing that could be found out "
                "before choosing is worth anything",
                worth->leader);
    } else if (isnan(everything->value)) {
        fputs("There are too few trials to say what knowing every assumption is worth",
              out);
    } else if (everything->high <= 0.0) {
        fprintf(out, "%s would not move the choice of %s, as far as these trials tell",
                knowing, worth->leader);
    } else if (everything->low <= 0.0) {
        fprintf(out, "%s would hardly move the choice of %s: it is worth less than ",
                knowing, worth->leader);
        writing_amount_of(out, most, &worth->unit, worth->each);
        write_span(out, worth->years);
    } else {
        fprintf(out, "%s is worth at least ", knowing);
        writing_amount_of(out, *everything, &worth->unit, worth->each);
        write_span(out, worth->years);
    }
}

char *worth_sentence(const struct worth_case *worth)
{
    const struct ranged foresight = {worth->foresight, NAN, NAN};
    const struct ranged single = {worth->key_worth, NAN, NAN};
    struct writing writing;
    FILE *out = writing_start(&writing);

    if (out == NULL)
        return NULL;
    write_everything(out, worth);
    if (worth->foresight > 0.0) {
        fputs("; foreseeing chance too would be worth ", out);
        writing_amount_of(out, foresight, &worth->unit, worth->each);
    }
    fputs(".", out);
    if (worth->key != NULL) {
        fprintf(out, " What to find out first: %s, worth ", worth->key);
        writing_amount_of(out, single, &worth->unit, worth->each);
        fputs(".", out);
    }
    return writing_finish(&writing);
}

char *price_sentence(const struct price_case *price)
{
    static const struct figure_unit pounds = {1.0, true, "", 0};
    const char *first = price->first != NULL ? price->first : "no form";
    struct writing writing;
    FILE *out = writing_start(&writing);

    if (out == NULL)
        return NULL;
    if (price->next == NULL) {
        fprintf(
            out,
            "For the public purse %s is best on average whatever an appointment not "
            "given is worth from %g to %g GBP.",
            first, price->from, price->to);
        return writing_finish(&writing);
    }
    fprintf(out,
            "For the public purse %s is best on average until an appointment not "
            "given is worth ",
            first);
    writing_amount(out, price->price, &pounds);
    fprintf(out, ", and %s from there on", price->next);
    if (price->changes > 1)
        fprintf(out, ", until the next of %zu changes", price->changes);
    fputs(".", out);
    return writing_finish(&writing);
}
