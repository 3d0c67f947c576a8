/** @file
 * Trust between practices and their leaders: what the organisation costs a member,
 * and how alignment answers.
 */
#ifndef HEADROOM_ALIGNMENT_H
#define HEADROOM_ALIGNMENT_H

#include "decisions.h"

/** What the organisation took from the site this quarter, less what it gave; adds
 * the trailing year's burden per partner fte to the organisation's mean, and notes
 * whether it weighs on the site. */
void alignment_burden(const struct settlement_rules *rules, struct practice *practice,
                      struct organisation *organisation);

/** How a form's terms move alignment in a quarter. */
struct alignment_pace {
    struct lanes per_distance, per_resent; /**< 1 over the terms */
    struct lanes speed;                    /**< share of the way to the target */
};

void alignment_pace(const struct form_terms *terms, struct alignment_pace *pace);

/** Alignment moves towards what size and burden allow; their sums start again. */
void alignment_step(const struct alignment_pace *pace,
                    struct organisation *organisation);

/** Whether some lane of a site may leave its organisation, however ill aligned; none
 * has decided to. */
bool alignment_may_leave(const struct form_terms *terms, const struct lanes *draw,
                         struct standing *standing);

/** Whether a member leaves next quarter; @p draw is the site's uniform, the same under
 * all forms. A logarithm is taken only where it is below a bound on the rate. */
void alignment_exit(const struct form_terms *terms, const struct lanes *draw,
                    const struct organisation *organisation, struct practice *practice,
                    struct lanes *near_ties);

#endif
