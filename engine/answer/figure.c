#include "figure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DECIMALS = 9 /* beyond, a figure is one of rounding */ };

int figure_decimals(double error, int otherwise)
{
    double leading;
    int exponent;

    if (!(error > 0.0) || isinf(error))
        return otherwise;
    exponent = (int)floor(log10(error));
    leading = floor(error / pow(10.0, exponent) * 10.0 + 0.5);
    return leading < 20.0 ? 1 - exponent : -exponent;
}

double figure_rounded(double number, int decimals)
{
    const double unit = pow(10.0, abs(decimals));

    return decimals >= 0 ? round(number * unit) / unit : round(number / unit) * unit;
}

static int limited(double number, int decimals, int digits)
{
    const int exponent = number != 0.0 ? (int)floor(log10(fabs(number))) : 0;
    const int most = digits - 1 - exponent;

    return digits > 0 && decimals > most ? most : decimals;
}

static void put_apart(const char *digits, char *text)
{
    const size_t whole = strcspn(digits, ".");

    for (size_t i = 0; i < whole; i++) {
        *text++ = digits[i];
        if (i + 1 < whole && (whole - i - 1) % 3 == 0)
            *text++ = ',';
    }
    strcpy(text, digits + whole);
}

const char *figure_whole(double number, char *text)
{
    char digits[FIGURE_SIZE / 2];

    snprintf(digits, sizeof(digits), "%.0f", fabs(number));
    if (number < 0.0)
        *text = '-';
    put_apart(digits, text + (number < 0.0));
    return text;
}

static const char *sign_of(double number, unsigned style)
{
    if (number < 0.0)
        return style & FIGURE_PAGE ? "\u2212" : "-";
    return style & FIGURE_SIGNED && number > 0.0 ? "+" : "";
}

static void put_plain(double number, int decimals, char plain[FIGURE_SIZE / 2])
{
    if (decimals > MOST_DECIMALS && number > 0.0)
        snprintf(plain, FIGURE_SIZE / 2, "%.1e", number);
    else
        snprintf(plain, FIGURE_SIZE / 2, "%.*f",
                 decimals > 0 && decimals <= MOST_DECIMALS ? decimals : 0, number);
}

struct figure_precision figure_to_error(double error)
{
    return (struct figure_precision){.error = error};
}

struct figure_precision figure_to_digits(int digits)
{
    return (struct figure_precision){NAN, digits};
}

const char *figure_write(double number, struct figure_precision precision,
                         const struct figure_unit *unit, unsigned style, char *text)
{
    const double read = number / unit->scale;
    const int decimals =
        limited(read, figure_decimals(precision.error / unit->scale, unit->decimals),
                precision.digits);
    const double shown = figure_rounded(read, decimals);
    char plain[FIGURE_SIZE / 2], apart[FIGURE_SIZE / 2];

    if (isnan(number) || fabs(read) >= 1e15)
        return strcpy(text, isnan(number) ? "does not exist" : "beyond all figures");
    put_plain(fabs(shown), decimals, plain);
    put_apart(plain, apart);
    if (style & FIGURE_PAGE)
        snprintf(text, FIGURE_SIZE, "%s%s%s%s", sign_of(shown, style),
                 unit->pounds ? "\u00a3" : "", apart, unit->suffix);
    else
        snprintf(text, FIGURE_SIZE, "%s%s%s%s%s", sign_of(shown, style), apart,
                 *unit->suffix != '\0' && unit->pounds ? " " : "", unit->suffix,
                 unit->pounds ? " GBP" : "");
    return text;
}

const char *figure_odds(double share, char *text)
{
    const char *words = NULL;

    if (isnan(share))
        words = "does not exist";
    else if (share == 0.0)
        words = "none of 100";
    else if (share == 1.0)
        words = "every one of 100";
    else if (share < 0.005)
        words = "fewer than 1 of 100";
    else if (share > 0.995)
        words = "more than 99 of 100";
    if (words != NULL)
        return strcpy(text, words);
    snprintf(text, FIGURE_SIZE, "%.0f of 100", 100.0 * share);
    return text;
}
