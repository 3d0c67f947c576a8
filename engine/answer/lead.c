#include "lead.h"

#include <math.h>
#include <string.h>

/* Differences of which 30 to 70 in 100 futures go the other way are split. */
static const double split_low = 0.3, split_high = 0.7;
/* As many futures in which two are equal are told. */
static const double tied = 0.05;
static const double mostly_complete = 0.95, most_trials = 1e8;

/* "F leaves everyone together 19.7 GBP a patient better off than G". */
static const struct {
    const char *verb, *more, *best;
} words[VIEWS] = {
    [VIEW_EVERYONE] = {"leaves everyone together", " a patient better off", "everyone"},
    [VIEW_PUBLIC] = {"leaves the public purse", " better off", "the public purse"},
    [VIEW_GPS] = {"pays today's GPs", " more", "today's GPs"},
    [VIEW_PATIENTS] = {"gives patients", " more appointments", "patients"},
};

/* Trials up to two digits: more would be a promise. */
static void write_needed(FILE *out, double needed)
{
    const double digit = pow(10.0, floor(log10(needed)) - 1.0);
    char text[FIGURE_SIZE];

    if (!(needed <= most_trials))
        fputs("; more than 1e8 would be needed", out);
    else
        fprintf(out, "; about %s would",
                figure_whole(ceil(needed / digit - 1e-9) * digit, text));
}

static void write_unresolved(FILE *out, const struct lead_case *lead)
{
    char text[FIGURE_SIZE];

    fprintf(out, "%s trials cannot tell %s from %s", figure_whole(lead->trials, text),
            lead->leader, lead->hardest);
    if (!isnan(lead->margin.low)) {
        fputs(" (difference ", out);
        fputs(
            figure_write(lead->margin.value,
                         figure_to_error(0.25 * (lead->margin.high - lead->margin.low)),
                         &lead->unit, FIGURE_PLAIN, text),
            out);
        writing_interval(out, lead->margin, &lead->unit);
        fputs(")", out);
    }
    if (lead->needed > 0.0)
        write_needed(out, lead->needed);
    fputs(".", out);
}

static void write_odds(FILE *out, const struct lead_case *lead)
{
    char text[FIGURE_SIZE], equal[FIGURE_SIZE];

    if (lead->equal >= tied)
        fprintf(out, "; it is better in %s futures, and in %s they are equal.",
                figure_odds(lead->odds, text), figure_odds(lead->equal, equal));
    else if (lead->odds >= split_low && lead->odds <= split_high)
        fprintf(out, " on average, but in %s futures it is the other way round.",
                figure_odds(1.0 - lead->odds, text));
    else if (lead->odds < split_low)
        fprintf(out, " on average, but is better in only %s futures.",
                figure_odds(lead->odds, text));
    else
        fprintf(out, ", and is better in %s futures.", figure_odds(lead->odds, text));
}

static void write_ahead(FILE *out, const struct lead_case *lead)
{
    if (lead->view < VIEWS)
        fprintf(out, "%s %s ", lead->leader, words[lead->view].verb);
    else
        fprintf(out, "%s has ", lead->leader);
    writing_amount(out, lead->ahead, &lead->unit);
    if (lead->view < VIEWS)
        fputs(words[lead->view].more, out);
    else
        fprintf(out, " %s of \"%s\"", lead->better < 0 ? "less" : "more", lead->label);
    fprintf(out, " than %s", lead->rival);
    if (lead->years > 0)
        fprintf(out, " over %d year%s", lead->years, lead->years == 1 ? "" : "s");
    write_odds(out, lead);
}

static void write_often(FILE *out, const struct lead_case *lead)
{
    char text[FIGURE_SIZE];

    if (lead->often != NULL && strcmp(lead->often, lead->leader) != 0)
        fprintf(out, " %s leads on average, but %s is best most often: in %s futures.",
                lead->leader, lead->often, figure_odds(lead->often_share, text));
    if (lead->complete < mostly_complete)
        fprintf(out,
                " Only %s futures could be compared; in the others a form does not "
                "exist.",
                figure_odds(lead->complete, text));
}

static bool is_practically_equal(const struct lead_case *lead)
{
    return lead->indifference > 0.0 &&
           fmax(fabs(lead->margin.low), fabs(lead->margin.high)) <= lead->indifference;
}

/* Whether there is a leader at all. */
static bool is_told(const struct lead_case *lead)
{
    return lead->forms > 1 && lead->trials >= 2.0 && lead->better != HR_BETTER_NEITHER;
}

/* Where there is nothing to lead in; false where there is. */
static bool write_without_lead(FILE *out, const struct lead_case *lead)
{
    if (lead->forms == 0)
        fprintf(out, "\"%s\" does not exist under any form.", lead->label);
    else if (lead->trials < 1.0)
        fprintf(out, "In no trial does \"%s\" exist under all forms that have it.",
                lead->label);
    else if (lead->better == HR_BETTER_NEITHER)
        fprintf(out,
                "\"%s\" is better neither way: forms differ in it, and none leads.",
                lead->label);
    else if (lead->forms == 1)
        fprintf(out, "%s stands alone: there is no form to compare it with.",
                lead->leader);
    else
        return false;
    return true;
}

static void write_lead(FILE *out, const struct lead_case *lead)
{
    if (write_without_lead(out, lead))
        return;
    if (lead->trials < 2.0)
        fprintf(out, "One trial tells nothing of %s against %s: run more.",
                lead->leader, lead->hardest);
    else if (lead->same)
        fprintf(out, "%s and %s are the same in every trial.", lead->leader,
                lead->hardest);
    else if (is_practically_equal(lead))
        fprintf(out, "%s and %s are equal for practical purposes.", lead->leader,
                lead->hardest);
    else if (!lead->resolved)
        write_unresolved(out, lead);
    else
        write_ahead(out, lead);
    if (is_told(lead))
        write_often(out, lead);
}

char *lead_sentence(const struct lead_case *lead)
{
    struct writing writing;
    FILE *out = writing_start(&writing);

    if (out != NULL)
        write_lead(out, lead);
    return writing_finish(&writing);
}

static bool all_agree(const struct lead_case view[VIEWS])
{
    for (int v = 0; v < VIEWS; v++) {
        if (!is_told(&view[v]) || !view[v].resolved || view[v].same ||
            strcmp(view[v].leader, view[0].leader) != 0)
            return false;
    }
    return true;
}

static void write_view(FILE *out, const struct lead_case *lead, const char *whose)
{
    if (!is_told(lead))
        fprintf(out, "nothing can be said for %s", whose);
    else if (lead->same)
        fprintf(out, "for %s %s and %s are the same", whose, lead->leader,
                lead->hardest);
    else if (!lead->resolved)
        fprintf(out, "for %s %s and %s cannot be told apart", whose, lead->leader,
                lead->hardest);
    else
        fprintf(out, "%s is best for %s", lead->leader, whose);
}

char *lead_disagreement(const struct lead_case view[VIEWS])
{
    struct writing writing;
    FILE *out = writing_start(&writing);

    if (out == NULL)
        return NULL;
    if (all_agree(view)) {
        fprintf(out,
                "%s is best on average for everyone together, the public purse, "
                "today's GPs and patients.",
                view[0].leader);
        return writing_finish(&writing);
    }
    fputs("It depends on whose eyes: ", out);
    for (int v = 0; v < VIEWS; v++) {
        write_view(out, &view[v],
                   v == VIEW_EVERYONE ? "everyone together" : words[v].best);
        fputs(v + 1 < VIEWS ? "; " : ".", out);
    }
    return writing_finish(&writing);
}

char *lead_of_results(const struct results_case *results)
{
    const struct ranged *difference = &results->difference;
    struct writing writing;
    FILE *out = writing_start(&writing);

    if (out == NULL)
        return NULL;
    if (isnan(difference->value))
        fprintf(out, "\"%s\" does not exist in both results", results->label);
    else if (difference->value == 0.0 && difference->low == difference->high)
        fprintf(out, "\"%s\" is the same in both results", results->label);
    else {
        fprintf(out, "\"%s\" under %s is ", results->label, results->form);
        writing_amount(out, *difference, &results->unit);
        fprintf(out, " %s in the second result than in the first",
                difference->value > 0.0 ? "more" : "less");
        if (difference->low <= 0.0 && difference->high >= 0.0)
            fputs(", which the trials cannot tell from nothing", out);
    }
    fputs(results->paired ? "; the futures are the same, so differences are paired."
                          : "; seeds or numbers of trials differ, so the two are taken "
                            "as independent.",
          out);
    return writing_finish(&writing);
}
