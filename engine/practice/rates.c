#include "rates.h"

#include <string.h>

static void reckon(const struct parameters *p, const struct form_terms *terms,
                   const struct drivers *d, struct site_rates *rates)
{
    EACH_LANE (i) {
        const double relief = terms->price_relief.at[i];
        const double staff = p->money.staff_share.at[i];
        const double staffed = 1.0 - terms->staff_vacancy.at[i];
        const double wages =
            staff * d->index[PAY].at[i] * terms->staff_pay_premium.at[i] * staffed;
        const double other = (1.0 - staff) * d->index[PRICES].at[i];

        for (int role = 0; role < ROLES; role++)
            rates->output[role].at[i] =
                p->capacity.productivity[role].at[i] * terms->productivity[role].at[i];
        rates->diverted.at[i] =
            terms->diversion.at[i] + d->diversion_step.at[i] * relief;
        rates->staffed.at[i] = staffed;
        rates->price.at[i] = (wages * d->pay.at[i] + other) * d->nongp.at[i];
        rates->plain_price.at[i] = wages + other;
        rates->relief.at[i] = relief * d->relief.at[i];
    }
    rates->leadership = terms->leadership_fte;
    rates->continuity = terms->continuity_demand;
    rates->pay_premium = terms->pay_premium;
    rates->ramp_years = terms->ramp_years;
    rates->surge_cover = terms->surge_cover;
    rates->levy = terms->levy;
    rates->recharge = terms->recharge;
}

void rates_reckon(const struct parameters *parameters, const struct form_terms *inside,
                  const struct form_terms *outside, const struct drivers *drivers,
                  struct form_rates *rates)
{
    const struct lanes *own = (const struct lanes *)&rates->inside;
    const struct lanes *other = (const struct lanes *)&rates->outside;

    reckon(parameters, inside, drivers, &rates->inside);
    reckon(parameters, outside, drivers, &rates->outside);
    rates->mixed = rates->inside;
    memset(rates->differing, 0, sizeof(rates->differing));
    for (int k = 0; k < RATES; k++) {
        const enum rates_reader reader =
            k < CAPACITY_RATES ? READS_CAPACITY : READS_MONEY;

        if (memcmp(&own[k], &other[k], sizeof(*own)) != 0)
            rates->different[reader][rates->differing[reader]++] = k;
    }
}

/* In lanes of members the form's own, in others the other. */
static void choose(const struct flags *belongs, const struct lanes *own,
                   const struct lanes *other, struct lanes *chosen)
{
    EACH_LANE (i) {
        const double in = own->at[i], out = other->at[i];

        chosen->at[i] = belongs->at[i] ? in : out;
    }
}

const struct site_rates *rates_mixed(struct form_rates *rates, enum rates_reader reader,
                                     uint64_t members)
{
    const struct lanes *own = (const struct lanes *)&rates->inside;
    const struct lanes *other = (const struct lanes *)&rates->outside;
    struct lanes *mixed = (struct lanes *)&rates->mixed;
    const struct flags *belongs = lanes_mask(members);

    for (int k = 0; k < rates->differing[reader]; k++) {
        const int rate = rates->different[reader][k];

        choose(belongs, &own[rate], &other[rate], &mixed[rate]);
    }
    return &rates->mixed;
}

/* Whether a term is another number than @p nothing in some lane, in a row or the other.
 */
static bool differs(const struct lanes *own, const struct lanes *other, double nothing)
{
    bool found = false;

    for (int i = 0; i < LANES; i++)
        found |= own->at[i] != nothing || other->at[i] != nothing;
    return found;
}

/* Whether sites that are organisations of their own may have anything to settle with
 * themselves. */
static bool settles_alone(const struct form_choices *choices,
                          const struct form_terms *terms,
                          const struct activity *activity)
{
    const bool shares = choices->liability == LIABILITY_JOINT ||
                        choices->liability == LIABILITY_LIMITED;

    return shares || activity->pools || activity->levies || activity->saves ||
           differs(&terms->alignment_start, &terms->alignment_start, 1.0);
}

struct activity rates_activity(const struct form_choices *inside,
                               const struct form_terms *terms,
                               const struct form_terms *outside, bool accounts,
                               bool budget)
{
    const struct form_terms *t = terms;
    struct activity activity = {
        .accounts = accounts,
        .pools = inside->pool_owner != OWNER_PARTNERS ||
                 differs(&t->pooled_share, &t->pooled_share, 0.0),
        .levies = differs(&t->levy, &outside->levy, 0.0) ||
                  differs(&t->coordination, &t->coordination, 0.0),
        .recharges = differs(&t->recharge, &outside->recharge, 0.0),
        .saves = differs(&t->saving, &t->saving, 0.0),
        .relieves = differs(&t->price_relief, &outside->price_relief, 0.0),
        .treats = differs(&t->admissions_irr, &t->admissions_irr, 1.0) ||
                  differs(&t->ed_irr, &t->ed_irr, 1.0),
        .leads = differs(&t->leadership_fte, &outside->leadership_fte, 0.0),
    };

    activity.alone = !accounts && !budget && !settles_alone(inside, t, &activity);
    return activity;
}
