#include "pool_table.h"

#include "wrapping.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    LABEL_WIDTH = 32,
    CELL_WIDTH = 15,
    SIZES_ABREAST = 6,
    CELL = 64,
    PROSE_WIDTH = 80
};

enum kind {
    PER_PERSON, /* GBP, divided by the people */
    PERCENT,    /* a share, or a chance */
};

struct line {
    const char *label;
    enum kind kind;
};

static const struct line lines[HR_POOL_MEASURES] = {
    [HR_POOL_MEAN] = {"Mean cost, GBP/person", PER_PERSON},
    [HR_POOL_SD] = {"Standard deviation, GBP/person", PER_PERSON},
    [HR_POOL_CV] = {"  of the mean, %", PERCENT},
    [HR_POOL_Q95] = {"Cost 1 year in 20, GBP/person", PER_PERSON},
    [HR_POOL_Q99] = {"Cost 1 year in 100, GBP/person", PER_PERSON},
    [HR_POOL_TVAR99] = {"  mean of such years", PER_PERSON},
    [HR_POOL_P1] = {"Loss over 1 %, % of years", PERCENT},
    [HR_POOL_P2] = {"Loss over 2 %, % of years", PERCENT},
    [HR_POOL_P5] = {"Loss over 5 %, % of years", PERCENT},
    [HR_POOL_RESERVE20] = {"Reserve 1 in 20, GBP/person", PER_PERSON},
    [HR_POOL_RESERVE100] = {"Reserve 1 in 100, GBP/person", PER_PERSON},
    [HR_POOL_RUIN1] = {"Given reserve gone in 1 year, %", PERCENT},
    [HR_POOL_RUIN3] = {"  within 3 years, %", PERCENT},
    [HR_POOL_RUIN5] = {"  within 5 years, %", PERCENT},
    [HR_POOL_RUIN10] = {"  within 10 years, %", PERCENT},
};

/* 8,000; a list that is not whole as it is */
static void write_people(char *cell, double people)
{
    char digits[CELL];
    size_t n, at = 0;

    if (people != rint(people)) {
        snprintf(cell, CELL, "%.6g", people);
        return;
    }
    n = (size_t)snprintf(digits, sizeof(digits), "%.0f", people);
    for (size_t i = 0; i < n && at + 2 < CELL; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            cell[at++] = ',';
        cell[at++] = digits[i];
    }
    cell[at] = '\0';
}

static double unit_of(enum kind kind, double people)
{
    return kind == PER_PERSON ? people : 0.01;
}

/* Two decimals, or two digits where they would show nothing. */
static void write_number(char *cell, double number)
{
    if (isnan(number))
        snprintf(cell, CELL, "-");
    else if (number == 0.0)
        snprintf(cell, CELL, "0");
    else if (fabs(number) < 0.1)
        snprintf(cell, CELL, "%.2g", number);
    else
        snprintf(cell, CELL, "%.2f", number);
}

/* What is not clear of its uncertainty is shown as less than that. */
static void write_exact(char *cell, const struct hr_pool_value *value, enum kind kind,
                        double people)
{
    const double unit = unit_of(kind, people);

    if (kind == PERCENT && value->exact < 2.0 * value->uncertainty)
        snprintf(cell, CELL, "<%.0e",
                 (fmax(value->exact, 0.0) + 2.0 * value->uncertainty) / unit);
    else
        write_number(cell, value->exact / unit);
}

static void write_simulated(char *cell, const struct hr_pool_value *value,
                            enum kind kind, double people)
{
    char number[CELL];

    write_number(number, value->simulated / unit_of(kind, people));
    if (isnan(value->z))
        snprintf(cell, CELL, "%.40s    (-)", number);
    else
        snprintf(cell, CELL, "%.40s (%+.1f)", number, value->z);
}

static const struct hr_pool_value *value_of(const struct hr_pool_report *report,
                                            bool after, enum hr_pool_measure measure)
{
    return after ? &report->after[measure] : &report->before[measure];
}

static void print_label(const char *label)
{
    printf("%-*s", LABEL_WIDTH, label);
}

static void print_cell(const char *cell)
{
    printf("%*s", CELL_WIDTH, cell);
}

static void print_measure(const struct hr_pool_report *report, int n, bool after,
                          enum hr_pool_measure measure)
{
    char cell[CELL];

    print_label(lines[measure].label);
    for (int i = 0; i < n; i++) {
        write_exact(cell, value_of(&report[i], after, measure), lines[measure].kind,
                    report[i].people);
        print_cell(cell);
    }
    putchar('\n');
}

static void print_simulated(const struct hr_pool_report *report, int n, bool after,
                            enum hr_pool_measure measure)
{
    char cell[CELL];

    print_label("");
    for (int i = 0; i < n; i++) {
        write_simulated(cell, value_of(&report[i], after, measure), lines[measure].kind,
                        report[i].people);
        print_cell(cell);
    }
    putchar('\n');
}

static void print_money(const char *label, const struct hr_pool_report *report, int n,
                        double (*money)(const struct hr_pool_report *report))
{
    char cell[CELL];

    print_label(label);
    for (int i = 0; i < n; i++) {
        write_number(cell, money(&report[i]) / report[i].people);
        print_cell(cell);
    }
    putchar('\n');
}

static double budget_before(const struct hr_pool_report *report)
{
    return report->before[HR_POOL_MEAN].exact;
}

static double budget_after(const struct hr_pool_report *report)
{
    return report->budget;
}

static double premium(const struct hr_pool_report *report)
{
    return report->premium;
}

static void print_sizes(const struct hr_pool_report *report, int n)
{
    char cell[CELL];

    print_label("People");
    for (int i = 0; i < n; i++) {
        write_people(cell, report[i].people);
        print_cell(cell);
    }
    putchar('\n');
}

static void print_side(const struct hr_pool_report *report, int n, bool after,
                       bool simulated)
{
    print_sizes(report, n);
    print_money("Budget, GBP/person", report, n, after ? budget_after : budget_before);
    if (after && report->premium > 0.0)
        print_money("Stop-loss premium, GBP/person", report, n, premium);
    for (enum hr_pool_measure m = 0; m < HR_POOL_MEASURES; m++) {
        print_measure(report, n, after, m);
        if (simulated)
            print_simulated(report, n, after, m);
    }
}

static bool same(const struct hr_pool_value *a, const struct hr_pool_value *b)
{
    return a->exact == b->exact || (isnan(a->exact) && isnan(b->exact));
}

static bool terms_change(const struct hr_pool_report *report, int n)
{
    for (int i = 0; i < n; i++) {
        for (enum hr_pool_measure m = 0; m < HR_POOL_MEASURES; m++) {
            if (!same(&report[i].before[m], &report[i].after[m]))
                return true;
        }
    }
    return false;
}

static void print_sides(const struct hr_pool_report *report, int n, bool after,
                        bool simulated)
{
    for (int at = 0; at < n; at += SIZES_ABREAST) {
        putchar('\n');
        print_side(report + at, n - at < SIZES_ABREAST ? n - at : SIZES_ABREAST, after,
                   simulated);
    }
}

/* One year's ruin is known, and what follows is not. */
static bool lacks_ruin(const struct hr_pool_value *side)
{
    return !isnan(side[HR_POOL_RUIN1].exact) && isnan(side[HR_POOL_RUIN3].exact);
}

const char *pool_table_missing_ruin(const struct hr_pool_report *report, int n)
{
    for (int i = 0; i < n; i++)
        if (lacks_ruin(report[i].before) || lacks_ruin(report[i].after))
            return "ruin over years has no exact answer, the simulation alone tells\n"
                   "  (--trials): the years depend on each other (persistence, carry-\n"
                   "  forward), or claims of nearly one price meet a stop-loss limit, "
                   "a\n"
                   "  cap or an end of the corridor just where the reserve is spent, "
                   "or\n"
                   "  the budget's error leaves too many such ends";
    return NULL;
}

const char pool_table_error_note[] =
    "under the budget's error of risk adjustment exact chances of ruin are good to\n"
    "  0.01 % of years (1e-4), where claims are of one price to 0.05 % (5e-4)";

static void print_question(const struct pool_question *question)
{
    char line[512], simulated[256] = "";

    if (question->trials > 0)
        snprintf(
            simulated, sizeof(simulated),
            " Exact; below it simulated in %lld trials, and in brackets by how many "
            "standard errors that differs (beyond 4 would be a fault; - with too "
            "few cases to tell).",
            (long long)question->trials);
    snprintf(
        line, sizeof(line),
        "A year's cost of the people on a list, and the chance that it exceeds the "
        "budget or more than spends a reserve of %.6g GBP a head (a reserve spent "
        "to the last pound is not gone).%s",
        question->reserve, simulated);
    print_wrapped(line, PROSE_WIDTH);
}

void pool_table_print(const struct pool_question *question,
                      const struct hr_pool_report *report, int n)
{
    const bool simulated = question->trials > 0;
    const bool change = terms_change(report, n);
    const char *missing = pool_table_missing_ruin(report, n);

    print_question(question);
    printf("\n%s\n", change ? "BEFORE THE CONTRACT'S TERMS: all claims, a budget of "
                              "their expected cost"
                            : "NO CONTRACT: all claims, a budget of their expected "
                              "cost");
    print_sides(report, n, false, simulated);
    if (change) {
        puts(
            "\nAFTER THE CONTRACT'S TERMS: what the holder bears, premium included, of "
            "a\nbudget with its loading and its error of risk adjustment");
        print_sides(report, n, true, simulated);
    }
    if (missing != NULL)
        printf("\n-: %s\n", missing);
    if (question->error)
        printf("\nNote: %s.\n", pool_table_error_note);
}

/* Two ways to one answer that do not agree are not to be used in silence. */
enum hr_status pool_table_agrees(const struct hr_pool_report *report, int n)
{
    int beyond = 0;

    for (int i = 0; i < n; i++)
        beyond += hr_pool_disagreements(&report[i]);
    if (beyond == 0)
        return HR_OK;
    fprintf(stderr,
            "headroom pool: %d of the simulated values lie%s more than 4 standard "
            "errors from the exact ones (1 in 16,000 would by chance): try another "
            "--seed; if it stays, use neither and report it\n",
            beyond, beyond == 1 ? "s" : "");
    return HR_NOT_HELD;
}
