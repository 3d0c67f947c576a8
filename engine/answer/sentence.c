#include "sentence.h"

#include "writing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* How each view is spoken of. */
static const struct {
    const char *whose;  /* "best for everyone together" */
    const char *verb;   /* "F leaves everyone together best off" */
    const char *better; /* "better in 98 of 100" */
    const char *more;   /* "20 GBP a patient more than partnership" */
    const char *each;   /* "a patient" */
} words[VIEWS] = {
    [VIEW_EVERYONE] = {"everyone together", "leaves everyone together best off",
                       "better", "more", " a patient"},
    [VIEW_PUBLIC] = {"the public purse", "leaves the public purse best off", "better",
                     "better", ""},
    [VIEW_GPS] = {"today's GPs", "pays today's GPs best", "better", "more", ""},
    [VIEW_PATIENTS] = {"patients", "gives patients most appointments", "better", "more",
                       ""},
};

/* Sentences quote two significant digits. */
static const char *prose(double number, const struct figure_unit *unit,
                         enum figure_style style, char *text)
{
    return figure_write(number, figure_to_digits(2), unit, style, text);
}

static const char *name_of(const struct sentence_case *answer, size_t form)
{
    return answer->label[form];
}

static bool all_alike(const struct sentence_case *answer)
{
    for (int v = 0; v < VIEWS; v++) {
        if (!answer->view[v].resolved ||
            answer->view[v].leader != answer->view[0].leader)
            return false;
    }
    return true;
}

/* "(20 GBP a patient more than partnership over 10 years; better in 98 of 100
 * futures)", or for the reference itself "(best of the 4 in 89 of 100 futures)". */
static void write_lead(FILE *out, const struct sentence_case *answer, enum view v,
                       enum figure_style style)
{
    const struct sentence_view *view = &answer->view[v];
    char number[FIGURE_SIZE], odds[FIGURE_SIZE];

    if (view->leader == answer->reference) {
        fprintf(out, "(best of the %zu in %s futures)", answer->forms,
                figure_odds(view->best, odds));
        return;
    }
    fprintf(out, "(%s%s", prose(view->difference.mean, &view->unit, style, number),
            words[v].each);
    if (!isnan(view->relative))
        fprintf(out, " or %.2g%%", 100.0 * fabs(view->relative));
    fprintf(out, " %s than %s over %d year%s; %s in %s futures%s)", words[v].more,
            name_of(answer, answer->reference), answer->years,
            answer->years == 1 ? "" : "s", words[v].better,
            figure_odds(view->difference.better, odds),
            view->small ? "; too small to matter" : "");
}

static void write_view(FILE *out, const struct sentence_case *answer, enum view v,
                       enum figure_style style)
{
    const struct sentence_view *view = &answer->view[v];

    if (!view->resolved) {
        fprintf(out, "for %s %s and %s cannot be told apart", words[v].whose,
                name_of(answer, view->leader), name_of(answer, view->hardest));
        return;
    }
    fprintf(out, "%s %s ", name_of(answer, view->leader), words[v].verb);
    write_lead(out, answer, v, style);
}

char *sentence_who(const struct sentence_case *answer, enum figure_style style)
{
    struct writing writing;
    FILE *out = writing_start(&writing);

    if (out == NULL)
        return NULL;
    if (answer->forms == 1) {
        fprintf(out, "%s stands alone: there is no form to compare it with.",
                name_of(answer, 0));
        return writing_finish(&writing);
    }
    if (all_alike(answer)) {
        fprintf(out,
                "%s is best for everyone: ", name_of(answer, answer->view[0].leader));
        write_view(out, answer, VIEW_EVERYONE, style);
        fputs(".", out);
        return writing_finish(&writing);
    }
    fputs("No form is best for everyone: ", out);
    for (int v = 0; v < VIEWS; v++) {
        write_view(out, answer, (enum view)v, style);
        fputs(v + 1 < VIEWS ? "; " : ".", out);
    }
    return writing_finish(&writing);
}

static void write_event(FILE *out, const struct sentence_case *answer,
                        enum figure_style style)
{
    const struct sentence_view *view = &answer->view[VIEW_PUBLIC];
    const struct sentence_event *event = &answer->event;
    char stays[FIGURE_SIZE], saves[FIGURE_SIZE], goes[FIGURE_SIZE], costs[FIGURE_SIZE];

    fprintf(
        out,
        "That lead is a bet: in %s futures %s stays and the public purse is %s better "
        "off; in %s %s, %.0f of %zu practices fall to the commissioner, and it is %s "
        "worse off.",
        figure_odds(1.0 - event->share, stays), name_of(answer, view->leader),
        prose(event->without, &view->unit, style, saves),
        figure_odds(event->share, goes), event->words, event->sites, answer->sites,
        prose(-event->with, &view->unit, style, costs));
}

static bool is_bet(const struct sentence_event *event)
{
    return event->words != NULL && event->share >= 0.005 && event->share <= 0.5 &&
           event->with < 0.0 && event->without > 0.0;
}

static void write_unmet(FILE *out, const struct sentence_case *answer,
                        enum figure_style style)
{
    static const struct figure_unit appointments = {1.0, false, "", 0};
    char number[FIGURE_SIZE];

    if (answer->unmet > VERDICT_ERRORS * answer->unmet_se)
        fprintf(out,
                " On average %s more appointments go ungiven, "
                "which these leads count at their price.",
                prose(answer->unmet, &appointments, style, number));
}

char *sentence_risk(const struct sentence_case *answer, enum figure_style style)
{
    const struct sentence_view *view = &answer->view[VIEW_PUBLIC];
    struct writing writing;
    char number[FIGURE_SIZE];
    FILE *out = writing_start(&writing);

    if (out == NULL)
        return NULL;
    if (answer->forms == 1) {
        fputs("Name a second form in the scenario to see what it would change.", out);
        return writing_finish(&writing);
    }
    if (view->leader == answer->reference || !view->resolved)
        fprintf(out, "For the public purse no form leads %s with any certainty.",
                name_of(answer, answer->reference));
    else if (is_bet(&answer->event))
        write_event(out, answer, style);
    else if (view->difference.q05 < 0.0)
        fprintf(out,
                "In 1 future in 20 %s leaves the public purse %s worse off or more.",
                name_of(answer, view->leader),
                prose(-view->difference.q05, &view->unit, style, number));
    else
        fprintf(
            out,
            "Even in the worst 1 future in 20 %s leaves the public purse better off.",
            name_of(answer, view->leader));
    write_unmet(out, answer, style);
    return writing_finish(&writing);
}

/* What is neutral is said once for all that it turns. */
static void write_turn(FILE *out, const struct sentence_case *answer, size_t i,
                       enum figure_style style)
{
    const struct figure_unit *unit = &answer->view[VIEW_EVERYONE].unit;
    const struct sentence_turn *turn = &answer->turn[i];
    char from[FIGURE_SIZE], to[FIGURE_SIZE];

    if (i > 0 && turn[-1].beyond_forms == turn->beyond_forms)
        fprintf(out, " and %s", name_of(answer, turn->form));
    else
        fprintf(out, "%swith the %s neutral %s turns", i == 0 ? ": " : ", and ",
                turn->beyond_forms ? "cost of contracts and hospital effects"
                                   : "forms' assumed terms",
                name_of(answer, turn->form));
    fprintf(out, " from %s to %s",
            figure_write(turn->as_run, figure_to_digits(2), unit, style | FIGURE_SIGNED,
                         from),
            figure_write(turn->neutral, figure_to_digits(2), unit,
                         style | FIGURE_SIGNED, to));
}

char *sentence_sure(const struct sentence_case *answer, enum figure_style style)
{
    struct writing writing;
    char number[FIGURE_SIZE];
    FILE *out = writing_start(&writing);

    if (out == NULL)
        return NULL;
    if (isnan(answer->largest_error))
        fputs("From so few futures the simulation's own error cannot be said, ", out);
    else
        fprintf(out, "The simulation's own error is at most %s a patient, ",
                prose(answer->largest_error, &answer->view[VIEW_EVERYONE].unit, style,
                      number));
    if (answer->assumed > 0)
        fprintf(out, "but %zu of the %zu numbers put in have no published evidence",
                answer->assumed, answer->numbers);
    else
        fprintf(out, "and each of the %zu numbers put in has its evidence",
                answer->numbers);
    for (size_t i = 0; i < answer->turns; i++)
        write_turn(out, answer, i, style);
    if (answer->turns > 0)
        fputs(". Those rankings are consequences of assumptions, not evidence.", out);
    else
        fputs(answer->neutral_known
                  ? ". No headline turns round when the assumed terms are neutral."
                  : ".",
              out);
    return writing_finish(&writing);
}
