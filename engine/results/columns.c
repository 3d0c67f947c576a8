#include "columns.h"

#include <string.h>

enum {
    OPTIONAL = DATA_OPTIONAL,
    TOLD = DATA_TOLD,
    STATED = DATA_TOLD | DATA_STATED,
    MONEY = DATA_MONEY,
    PRESENT_VALUE = DATA_MONEY | DATA_DISCOUNTED,
};

static const char own_unit[] = "in the assumption's own unit";

/* A name of its own goes before any name. */
/* clang-format off */
static const struct data_row rows[] = {
    {"/bearers/net", DATA_NUMBERS, "point, form, bearer, statistic", "GBP",
     "what each bearer gains or loses: the summaries of `npv_<bearer>` side by side", PRESENT_VALUE, 0},
    {"/bearers/worst_5pct", DATA_NUMBERS, "point, form, bearer", "GBP",
     "mean of `npv_<bearer>` over the worst twentieth of trials by `economic_net_position`",
     PRESENT_VALUE | OPTIONAL, 1},
    {"/quality/imbalance_max", DATA_NUMBERS, "point, form", "share",
     "largest ledger imbalance of any trial, over a quarter's gross flows", 0, 0},
    {"/quality/near_ties", DATA_NUMBERS, "point, trial", "comparisons",
     "decisions of the trial that hung on less than rounding", OPTIONAL, 0},
    {"/quality/correlation/target", DATA_NUMBERS, "pair", "share",
     "rank correlation (Spearman's) of two draws, as asked for", OPTIONAL, 1},
    {"/quality/correlation/achieved", DATA_NUMBERS, "point, pair", "share",
     "that of the trials; NaN where a draw is not kept", OPTIONAL, 1},
    {"/quality/correlation/se", DATA_NUMBERS, "pair", "share", "standard error of that", OPTIONAL, 1},
    {"/quality/correlation/first", DATA_WORDS, "pair", NULL, "the one draw: a key of it", OPTIONAL, 1},
    {"/quality/correlation/second", DATA_WORDS, "pair", NULL, "the other", OPTIONAL, 1},
    {"/inputs/assumptions/low", DATA_NUMBERS, "key", own_unit, "least that is allowed", 0, 0},
    {"/inputs/assumptions/high", DATA_NUMBERS, "key", own_unit, "most that is allowed", 0, 0},
    {"/inputs/assumptions/uplift", DATA_NUMBERS, "key", "ratio",
     "factor to the price base, applied after the range", 0, 0},
    {"/inputs/assumptions/central", DATA_NUMBERS, "key", own_unit,
     "value at probability one half, uplifted", 0, 0},
    {"/inputs/assumptions/neutral", DATA_NUMBERS, "key", own_unit,
     "value at which it makes no difference; NaN where there is none", OPTIONAL, 0},
    {"/inputs/assumptions/defaulted", DATA_NUMBERS, "key", "0 or 1",
     "1 where no scenario file said it", 0, 0},
    {"/inputs/assumptions/value", DATA_WORDS, "key", NULL, "as written", 0, 0},
    {"/inputs/assumptions/unit", DATA_WORDS, "key", NULL, "unit", 0, 0},
    {"/inputs/assumptions/meaning", DATA_WORDS, "key", NULL, "what it is", 0, 0},
    {"/inputs/assumptions/evidence", DATA_WORDS, "key", NULL,
     "what it rests on: published, derived, survey, assumption, definition; chosen: a number that "
     "somebody set without saying", 0, 0},
    {"/inputs/assumptions/source", DATA_WORDS, "key", NULL, "where it is from", 0, 0},
    {"/inputs/assumptions/owner", DATA_WORDS, "key", NULL, "who answers for it", 0, 0},
    {"/inputs/assumptions/date", DATA_WORDS, "key", NULL, "when it was last looked at", 0, 0},
    {"/inputs/forms/label", DATA_WORDS, "form", NULL, "what people call the form", STATED, 1},
    {"/inputs/forms/about", DATA_WORDS, "form", NULL, "what it is, in a sentence", STATED, 1},
    {"/inputs/forms/like", DATA_WORDS, "form", NULL,
     "the form that it began from, where it has another name", STATED, 1},
    {"/inputs/calibration/cost_rate", DATA_NUMBERS, "site", "GBP/patient/year",
     "cost other than GPs, as calibrated", MONEY, 0},
    {"/inputs/delegated/claims_method", DATA_WORDS, "site", NULL,
     "how the practice's claims were drawn where a budget is delegated and not reckoned without "
     "claims: each, or fast (large ones one by one)", OPTIONAL, 0},
    {"/inputs/scenario", DATA_TEXT, "", NULL, "the scenario as written", OPTIONAL | STATED, 0},
    {"/inputs/changes", DATA_TEXT, "", NULL,
     "what was changed in it by `-s` and other options, one a line", OPTIONAL | STATED, 0},
    {"/inputs/scenario_resolved", DATA_TEXT, "", NULL,
     "every key explicit; itself a scenario (JSON is YAML) that gives the same numbers", 0, 0},
    {"/inputs/practices_csv", DATA_TEXT, "", NULL, "the table of practices, after imputation", 0, 0},
    {"/inputs/prices_history", DATA_TEXT, "", NULL, "the price history that was replayed", OPTIONAL, 0},
    {"/points/status", DATA_NUMBERS, "point", "0, 1 or 2", "0 done, 1 refused, 2 not run yet", OPTIONAL, 1},
    {"/points/id", DATA_WORDS, "point", NULL,
     "names what the point's trials read: equal where they do", OPTIONAL, 1},
    {"/points/reason", DATA_WORDS, "point", NULL, "why it was refused", OPTIONAL, 1},
    {"/points/calibration", DATA_WORDS, "point", NULL,
     "base: costs as calibrated without the sweep; own: with the point's patch", OPTIONAL, 1},
    {"/points/changes", DATA_WORDS, "point", NULL,
     "what makes it of the scenario, as after `-s`, one a line", OPTIONAL, 1},
    {"/points/keys", DATA_WORDS, "point", NULL,
     "of each form, in the order of /form: names what its trials and the reference's read; equal where they do",
     OPTIONAL, 1},
    {"/points/*", DATA_NUMBERS, "point", NULL, NULL, OPTIONAL, 1},
    {"/points/*", DATA_WORDS, "point", NULL, NULL, OPTIONAL, 1},
    {"/trials/*", DATA_NUMBERS, "point, form, trial", NULL, NULL, OPTIONAL, 0},
    {"/summary/*", DATA_NUMBERS, "point, form, statistic", NULL, NULL, 0, 0},
    {"/comparison/*", DATA_NUMBERS, "point, form, statistic", NULL, NULL, 0, 0},
    {"/comparison_of/*", DATA_NUMBERS, "point, form, statistic", NULL, NULL, 0, 1},
    {"/neutral/forms/summary/*", DATA_NUMBERS, "point, form, statistic", NULL, NULL, OPTIONAL, 1},
    {"/neutral/forms/comparison/*", DATA_NUMBERS, "point, form, statistic", NULL, NULL, OPTIONAL, 1},
    {"/neutral/all/summary/*", DATA_NUMBERS, "point, form, statistic", NULL, NULL, OPTIONAL, 1},
    {"/neutral/all/comparison/*", DATA_NUMBERS, "point, form, statistic", NULL, NULL, OPTIONAL, 1},
    {"/decision/*/p_best", DATA_NUMBERS, "point, form", "share",
     "trials in which the form is best by the objective; ties are shared", OPTIONAL, 1},
    {"/decision/*/p_best_low", DATA_NUMBERS, "point, form", "share", "low end of its interval (Wilson)", OPTIONAL, 1},
    {"/decision/*/p_best_high", DATA_NUMBERS, "point, form", "share", "high end of its interval (Wilson)", OPTIONAL, 1},
    {"/decision/*/mean_rank", DATA_NUMBERS, "point, form", "rank", "mean rank, 1 the best", OPTIONAL, 1},
    {"/decision/*/regret", DATA_NUMBERS, "point, form", NULL,
     "mean cost of choosing the form against the best of each trial", OPTIONAL, 1},
    {"/decision/*/regret_low", DATA_NUMBERS, "point, form", NULL, "low end of its interval", OPTIONAL, 1},
    {"/decision/*/regret_high", DATA_NUMBERS, "point, form", NULL, "high end of its interval", OPTIONAL, 1},
    {"/decision/*/regret_q95", DATA_NUMBERS, "point, form", NULL, "what 1 trial in 20 exceeds", OPTIONAL, 1},
    {"/decision/*/regret_max", DATA_NUMBERS, "point, form", NULL, "largest seen in these trials", OPTIONAL, 1},
    {"/decision/*/better", DATA_NUMBERS, "point, form, rival", "share",
     "trials in which the form is better than the rival", OPTIONAL, 1},
    {"/decision/*/better_low", DATA_NUMBERS, "point, form, rival", "share", "low end of its interval (Wilson)",
     OPTIONAL, 1},
    {"/decision/*/better_high", DATA_NUMBERS, "point, form, rival", "share", "high end of its interval (Wilson)",
     OPTIONAL, 1},
    {"/decision/*/equal", DATA_NUMBERS, "point, form, rival", "share", "trials in which both are the same", OPTIONAL, 1},
    {"/decision/*/p_rank", DATA_NUMBERS, "point, form, rank", "share",
     "trials in which the form has the rank; ties share the ranks they span", OPTIONAL, 1},
    {"/decision/*/resolved", DATA_NUMBERS, "point", "0 or 1",
     "1 where the mean of the leader is told from every rival's at 95 %", OPTIONAL, 1},
    {"/decision/*/ranking_confidence", DATA_NUMBERS, "point", "share",
     "how sure it is that the leader's mean is the best: not how often it is best", OPTIONAL, 1},
    {"/decision/*/complete", DATA_NUMBERS, "point", "share",
     "trials in which every form that is ranked exists: all else is of these", OPTIONAL, 1},
    {"/decision/*/leader", DATA_WORDS, "point", NULL, "the form with the best mean", OPTIONAL, 1},
    {"/decision/*/sentence", DATA_WORDS, "point", NULL, "all that in a sentence", OPTIONAL | TOLD, 1},
    {"/paths/public_cost_cumulative_difference", DATA_NUMBERS, "point, form, quarter, statistic", "GBP",
     "public cost so far less that under the reference form in the same trial, real and undiscounted",
     MONEY | OPTIONAL, 1},
    {"/paths/*_difference", DATA_NUMBERS, "point, form, quarter, statistic", NULL, NULL, OPTIONAL, 1},
    {"/paths/*", DATA_NUMBERS, "point, form, quarter, statistic", NULL, NULL, 0, 0},
    {"/flows/mean", DATA_NUMBERS, "point, form, flow", "GBP", "mean present value over the horizon, at the public rate",
     PRESENT_VALUE | OPTIONAL, 1},
    {"/flows/se", DATA_NUMBERS, "point, form, flow", "GBP", "its standard error", PRESENT_VALUE | OPTIONAL, 1},
    {"/flows/difference", DATA_NUMBERS, "point, form, flow", "GBP",
     "mean difference from the reference form in the same trials", PRESENT_VALUE | OPTIONAL, 1},
    {"/flows/difference_se", DATA_NUMBERS, "point, form, flow", "GBP", "its standard error",
     PRESENT_VALUE | OPTIONAL, 1},
    {"/flows/from", DATA_WORDS, "flow", NULL, "who pays: commissioner, providers, outside", OPTIONAL, 1},
    {"/flows/to", DATA_WORDS, "flow", NULL, "who is paid: these, or a bearer", OPTIONAL, 1},
    {"/flows_by_year/mean", DATA_NUMBERS, "point, form, flow, year", "nominal GBP", "mean of the cash in the year",
     OPTIONAL, 1},
    {"/flows_by_year/se", DATA_NUMBERS, "point, form, flow, year", "nominal GBP", "its standard error", OPTIONAL, 1},
    {"/flows_by_year/difference", DATA_NUMBERS, "point, form, flow, year", "nominal GBP",
     "mean difference from the reference form in the same trials", OPTIONAL, 1},
    {"/flows_by_year/difference_se", DATA_NUMBERS, "point, form, flow, year", "nominal GBP", "its standard error",
     OPTIONAL, 1},
    {"/sites/*", DATA_NUMBERS, "point, form, site", NULL, NULL, 0, 0},
    {"/site_quarters/*", DATA_NUMBERS, "form, trial, site, quarter", NULL, NULL, OPTIONAL, 0},
    {"/parameters/values", DATA_NUMBERS, "point, parameter, trial", "each parameter's own",
     "every assumption that was drawn, as used: within its range, uplifted to the price base", OPTIONAL, 1},
    {"/parameters/values", DATA_NUMBERS, "parameter, trial", "each parameter's own",
     "every assumption that was drawn, as used, at all points of a sweep", OPTIONAL, 1},
    {"/parameters/unit", DATA_WORDS, "parameter", NULL, "unit of a parameter", OPTIONAL, 1},
    {"/parameters/meaning", DATA_WORDS, "parameter", NULL, "what it is", OPTIONAL, 1},
    {"/parameters/*", DATA_NUMBERS, "point, trial", NULL, NULL, OPTIONAL, 0},
    {"/parameters/*", DATA_NUMBERS, "trial", NULL, NULL, OPTIONAL, 1},
    {"/sums/first", DATA_NUMBERS, "node", "blocks", "first block of a node; a block is eight trials", OPTIONAL | TOLD, 1},
    {"/sums/blocks", DATA_NUMBERS, "node", "blocks", "blocks of a node: a power of two", OPTIONAL | TOLD, 1},
    {"/sums/count", DATA_NUMBERS, "node, sum", "trials", "trials of a node in which the quantity exists", OPTIONAL | TOLD, 1},
    {"/sums/missing", DATA_NUMBERS, "node, sum", "trials", "trials of a node in which it does not", OPTIONAL | TOLD, 1},
    {"/sums/mean", DATA_NUMBERS, "node, sum", "the quantity's own", "mean over a node", OPTIONAL | TOLD, 1},
    {"/sums/m2", DATA_NUMBERS, "node, sum", "the quantity's own, squared",
     "sum of squared distances from the mean", OPTIONAL | TOLD, 1},
    {"/sums/path_count", DATA_NUMBERS, "path", "trials", "trials in which the path's number exists", OPTIONAL | TOLD, 1},
    {"/sums/path_missing", DATA_NUMBERS, "path", "trials", "trials in which it does not", OPTIONAL | TOLD, 1},
    {"/sums/path_lowest", DATA_NUMBERS, "path", "the path's own", "lowest number", OPTIONAL | TOLD, 1},
    {"/sums/path_highest", DATA_NUMBERS, "path", "the path's own", "highest number", OPTIONAL | TOLD, 1},
    {"/sums/path_bins", DATA_NUMBERS, "path", "bins", "bins of its histogram that are not empty", OPTIONAL | TOLD, 1},
    {"/sums/bin_place", DATA_NUMBERS, "bin", "bins", "place of the bin in its histogram", OPTIONAL | TOLD, 1},
    {"/sums/bin_number", DATA_NUMBERS, "bin", "trials", "numbers in the bin", OPTIONAL | TOLD, 1},
    {"/inputs/practices/*", DATA_NUMBERS, "site", NULL, NULL, 0, 0},
    {"/inputs/practices/*", DATA_WORDS, "site", NULL, NULL, 0, 0},
};

static const struct axis_row axes[] = {
    {"/point", "point of a sweep; one without a sweep", false, true, false},
    {"/form", "form of organisation, as the scenario names it", true, true, false},
    {"/trial", "trial, from 0; a longer run with the same seed begins with the same trials", false, true, false},
    {"/quarter", "quarter, from 0", false, true, false},
    {"/site", "practice code", true, true, false},
    {"/bearer", "who gains or loses: partners, reserves, organisation, owners, creditors, trust, "
     "commissioner, insurer", true, true, false},
    {"/statistic", "what is said of a number over trials, see below", true, true, false},
    {"/inputs/assumptions/key", "key of the scenario", true, false, false},
    {"/flow", "what money is paid for, see below", true, false, false},
    {"/year", "financial year, from 0: `start_year` and on, from April", false, false, false},
    {"/parameters/parameter", "key of an assumption that was drawn", true, false, false},
    {"/quality/correlation/pair", "two draws that go together", true, false, false},
    {"/rival", "the forms again, as others are held against them", true, false, false},
    {"/rank", "rank among the forms, 1 the best", true, false, false},
    {"/sums/node", "stretch of blocks that was summed by itself", false, false, true},
    {"/sums/sum", "quantity, in the order of the run: of paths, of practices, of differences from the reference, of flows and theirs", false,
     false, true},
    {"/sums/path", "form, series and quarter; differences from the reference by the same; public cost's so far, by form and quarter", false,
     false, true},
    {"/sums/bin", "bins that are not empty, path by path", false, false, true},
};

/* The file's marks, which say what its hashes are, are the writer's own. */
static const struct attribute_row attributes[] = {
    {"/title", KIND_TEXT, 0, 0},
    {"/seed", KIND_INTEGER, 0, 0},
    {"/trials", KIND_INTEGER, 0, 0},
    {"/numbers", KIND_INTEGER, OPTIONAL, 0},
    {"/reference", KIND_TEXT, 0, 0},
    {"/price_base", KIND_TEXT, 0, 0},
    {"/start_year", KIND_INTEGER, 0, 1},
    {"/question", KIND_TEXT, OPTIONAL | STATED, 1},
    {"/inputs/qa/commissioner", KIND_TEXT, OPTIONAL | STATED, 1},
    {"/inputs/qa/analyst", KIND_TEXT, OPTIONAL | STATED, 1},
    {"/inputs/qa/assurer", KIND_TEXT, OPTIONAL | STATED, 1},
    {"/inputs/qa/approver", KIND_TEXT, OPTIONAL | STATED, 1},
    {"/engine_version", KIND_TEXT, STATED, 0},
    {"/commit", KIND_TEXT, STATED, 0},
    {"/build", KIND_TEXT, STATED, 0},
    {"/instruction_set", KIND_TEXT, STATED, 0},
    {"/host", KIND_TEXT, STATED, 0},
    {"/started", KIND_TEXT, STATED, 0},
    {"/finished", KIND_TEXT, STATED, 0},
    {"/seconds", KIND_NUMBER, STATED, 0},
    {"/threads", KIND_INTEGER, STATED, 0},
    {"/stop_reason", KIND_TEXT, OPTIONAL | STATED, 1},
    {"/stop_rule", KIND_TEXT, OPTIONAL | STATED, 1},
    {"/stop_looks", KIND_INTEGER, OPTIONAL | STATED, 1},
    {"/stop_lead", KIND_NUMBER, OPTIONAL | STATED, 1},
    {"/stop_lead_wanted", KIND_NUMBER, OPTIONAL | STATED, 1},
    {"/neutral/forms/terms_made_neutral", KIND_INTEGER, OPTIONAL, 1},
    {"/neutral/forms/trials", KIND_INTEGER, OPTIONAL, 1},
    {"/neutral/all/terms_made_neutral", KIND_INTEGER, OPTIONAL, 1},
    {"/neutral/all/trials", KIND_INTEGER, OPTIONAL, 1},
    {"/points/design", KIND_TEXT, OPTIONAL | DATA_STATED, 1},
    {"/points/axes", KIND_TEXT, OPTIONAL, 1},
    {"/inputs/calibration/flat_rate", KIND_NUMBER, 0, 0},
    {"/inputs/calibration/factor", KIND_NUMBER, 0, 0},
};
/* clang-format on */

size_t columns_count(void)
{
    return sizeof(rows) / sizeof(*rows);
}

const struct data_row *columns_row(size_t i)
{
    return &rows[i];
}

size_t columns_axis_count(void)
{
    return sizeof(axes) / sizeof(*axes);
}

const struct axis_row *columns_axis(size_t i)
{
    return &axes[i];
}

size_t columns_attribute_count(void)
{
    return sizeof(attributes) / sizeof(*attributes);
}

const struct attribute_row *columns_attribute(size_t i)
{
    return &attributes[i];
}

/* Whether a row is of a path. */
static bool is_of(const struct data_row *row, const char *path)
{
    const char *star = strchr(row->path, '*');
    size_t before, after;

    if (star == NULL)
        return strcmp(row->path, path) == 0;
    before = (size_t)(star - row->path);
    after = strlen(star + 1);
    return strlen(path) > before + after && strncmp(row->path, path, before) == 0 &&
           strcmp(path + strlen(path) - after, star + 1) == 0 &&
           memchr(path + before, '/', strlen(path) - after - before) == NULL;
}

const struct data_row *columns_find(const char *path, enum data_kind kind)
{
    for (size_t r = 0; r < columns_count(); r++) {
        if (rows[r].kind == kind && is_of(&rows[r], path))
            return &rows[r];
    }
    return NULL;
}

bool columns_holds(const struct result_set *set, const struct data_row *row)
{
    bool found = false;

    for (size_t i = 0; i < set->data_count && row->kind == DATA_NUMBERS && !found; i++)
        found = is_of(row, set->data[i].path);
    for (size_t i = 0; i < set->words_count && row->kind == DATA_WORDS && !found; i++)
        found = is_of(row, set->words[i].path);
    for (size_t i = 0; i < set->text_count && row->kind == DATA_TEXT && !found; i++)
        found = is_of(row, set->text[i].path);
    return found;
}

const struct data_row *columns_find_along(const char *path, enum data_kind kind,
                                          const char *along)
{
    for (size_t r = 0; r < columns_count(); r++) {
        if (rows[r].kind == kind && is_of(&rows[r], path) &&
            strcmp(rows[r].axes, along) == 0)
            return &rows[r];
    }
    return NULL;
}

/* Of an attribute or a data set. */
static unsigned flags_of(const char *path)
{
    for (size_t i = 0; i < columns_attribute_count(); i++) {
        if (strcmp(attributes[i].path, path) == 0)
            return attributes[i].flags;
    }
    for (size_t r = 0; r < columns_count(); r++) {
        if (is_of(&rows[r], path))
            return rows[r].flags;
    }
    return 0;
}

bool columns_is_told(const char *path)
{
    for (size_t i = 0; i < columns_axis_count(); i++) {
        if (strcmp(axes[i].path, path) == 0)
            return axes[i].told;
    }
    return (flags_of(path) & DATA_TOLD) != 0;
}

bool columns_is_stated(const char *path)
{
    return (flags_of(path) & DATA_STATED) != 0;
}

bool columns_is_packed(const char *path)
{
    static const char packed[] = "/sums/";

    return strncmp(path, packed, sizeof(packed) - 1) == 0;
}
