/** @file
 * Rates and chances of what befalls people, in a lane of one practice under one form:
 * the same for a bound over all lanes and for the candidates one by one.
 */
#ifndef HEADROOM_WORKFORCE_RATE_H
#define HEADROOM_WORKFORCE_RATE_H

#include "near_tie.h"
#include "workforce.h"

/** Events of the last four quarters, 16 bits each, the newest lowest. */
static inline double sum_of_year(uint64_t quarters)
{
    const uint64_t halves =
        (quarters & 0x0000ffff0000ffff) + (quarters >> 16 & 0x0000ffff0000ffff);

    return small_number((halves & 0xffffffff) + (halves >> 32));
}

/** Annual rate of leaving by workload, before frailty, as the next. */
static inline double burnout_at(const struct workforce_parameters *w,
                                const struct practice *practice, int i)
{
    const double strain =
        practice->capacity.workload.at[i] - w->burnout_threshold.at[i];

    return w->burnout_rate.at[i] * within(strain, 0.0, w->burnout_cap.at[i]);
}

/** By peers who left in the last four quarters, or since the start. */
static inline double contagion_at(const struct workforce_parameters *w, int quarter,
                                  const struct workforce *then, int i)
{
    const int quarters_ago = quarter < TRAILING ? quarter - 1 : TRAILING - 1;
    const int shift = quarters_ago > 0 ? 16 * quarters_ago : 0;
    const double gone = sum_of_year(then->exits_by_quarter.at[i]);
    const double partners =
        larger(small_number(then->partners_by_quarter.at[i] >> shift & 0xffff), 1.0);

    return w->peer_rate.at[i] * (gone / partners);
}

static inline bool is_member(const struct workforce_form *form, int i)
{
    return lanes_have(form->practice->standing.member, i);
}

static inline const struct workforce_terms *terms_at(const struct workforce_form *form,
                                                     int i)
{
    return is_member(form, i) ? &form->inside : &form->outside;
}

/** Of a former or present partner, because the post has changed hands. */
static inline double transition_rate_at(const struct workforce_form *form, int quarter,
                                        int i)
{
    const struct standing *standing = &form->practice->standing;
    const bool first_year = quarter - standing->joined[i] < 4;

    return first_year && lanes_have(standing->open, i)
               ? terms_at(form, i)->terms->transition_exit.at[i]
               : 0.0;
}

/** Annual rate at which a holder leaves, besides retirement. */
static inline double leaving_rate_at(const struct workforce_quarter *now,
                                     const struct workforce_form *form,
                                     enum holder holder, int i)
{
    const struct workforce_parameters *w = &now->parameters->workforce;
    const struct practice *practice = form->practice;
    const enum role role = holder == HOLDER_SALARIED ? SALARIED : PARTNER;
    double rate = terms_at(form, i)->leave_own[role].at[i] + burnout_at(w, practice, i);

    if (now->chances.contagious)
        rate += contagion_at(w, now->quarter, &practice->workforce, i);
    rate *= now->nature->frailty.at[i];
    if (form->settling && (holder == HOLDER_PARTNER || holder == HOLDER_CONVERTED))
        rate += transition_rate_at(form, now->quarter, i);
    return rate;
}

/** Annual rate of retiring at a score of the start, shocks on exits included. */
static inline double retirement_rate_at(const struct workforce_quarter *now,
                                        double score, int i)
{
    const double aged = score * now->chances.ageing.at[i];
    double rate;

    if (aged > now->chances.old.at[i])
        return 0.0;
    rate = now->parameters->workforce.retire_max.at[i] / (1.0 + aged);
    for (int s = 0; s < now->shock_count; s++) {
        const struct shock *shock = &now->shocks[s];

        rate *= aged <= shock->from_score.at[i] ? shock->exits.at[i] : 1.0;
    }
    return rate;
}

/** Chance that a vacant post fills. */
static inline double hire_chance_at(const struct workforce_form *form, int i)
{
    return form->practice->workforce.eligible.at[i] > 0.0
               ? terms_at(form, i)->hire->at[i]
               : 0.0;
}

/** Chance that whoever fills it is a partner. */
static inline double partner_share_at(const struct workforce_form *form, int i)
{
    const bool open = lanes_have(form->practice->standing.open, i);
    const bool held = form->converts && is_member(form, i);

    return open && !held ? terms_at(form, i)->terms->partner_share.at[i] : 0.0;
}

/** Score of the start of whoever would fill a post of a word now. */
static inline double newcomer_score_at(const struct workforce_quarter *now,
                                       uint64_t word, int i)
{
    const struct workforce_parameters *w = &now->parameters->workforce;
    const double u =
        now->newcomers->below.at[i] + uniform_of_16(word) * now->newcomers->mass.at[i];
    const double age =
        w->newcomer_mean.at[i] + w->newcomer_sd.at[i] * normal_quantile_alone(u);

    return exp_of((w->retire_mid.at[i] - (age - 0.25 * now->quarter)) /
                  w->retire_spread.at[i]);
}

#endif
