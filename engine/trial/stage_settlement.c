#include "stages.h"

#include "alignment.h"
#include "decisions.h"
#include "organisation.h"
#include "settlement.h"

/* The residual of taken-over sites is their network's partner-led sites', or the
 * commissioner's where there is none left. */
static void settle_orphans(struct patch *patch)
{
    for (int n = 0; n < patch->networks; n++) {
        struct network *network = &patch->network[n];

        EACH_LANE (i) {
            const double orphaned = network->orphaned.at[i];
            const double fte = network->led_fte.at[i];
            const double rate = orphaned / fte;

            network->orphan_rate.at[i] = fte > 0.0 ? rate : 0.0;
            patch->ledger.change[BEARER_COMMISSIONER].at[i] +=
                fte > 0.0 ? 0.0 : orphaned;
        }
        network->bequeaths = lanes_unlike(&network->orphan_rate, 0.0);
    }
}

/* A form's sites as they close the quarter, some after the others. */
struct closing {
    struct settlement_rules rules;
    struct tally_inputs tally;
    struct decision_inputs decide;
    const struct nature *nature; /* of each site, as the next */
    const struct site *site;
    struct patch *patch;
    struct quarter_sums *sums;
    struct lanes *near_ties;
    bool joint;  /* liability: settled before, once it is known what all lost */
    bool counts; /* at once; at the horizon accounts are closed first */
};

static void settle_site(const struct closing *c, int s)
{
    struct patch *patch = c->patch;

    settlement_profit(&c->rules, &patch->network[patch->network_of[s]],
                      &patch->practice[s],
                      &patch->organisation[patch->organisation_of[s]], &patch->ledger);
}

static void settle_jointly(const struct closing *c, int s)
{
    struct patch *patch = c->patch;
    const struct organisation *organisation =
        &patch->organisation[patch->organisation_of[s]];

    settlement_joint(organisation, &patch->practice[s], &patch->ledger);
    settlement_joint_windup(organisation, &patch->practice[s], &patch->ledger);
}

static void decide_site(struct closing *c, int s)
{
    struct patch *patch = c->patch;
    struct practice *practice = &patch->practice[s];
    struct organisation *organisation = &patch->organisation[patch->organisation_of[s]];

    decisions_record(&c->rules, practice);
    if (!patch->activity.alone)
        alignment_burden(&c->rules, practice, organisation);
    c->decide.nature = &c->nature[s];
    c->decide.site = &c->site[s];
    decisions_distress(&c->decide, organisation, practice, c->near_ties);
    if (practice->standing.in_notice | practice->standing.joins)
        patch->decided[patch->decided_count++] = s;
    if (patch->activity.accounts && c->rules.quarter >= TRAILING - 1 &&
        alignment_may_leave(c->decide.own_terms, &c->decide.nature->exit,
                            &practice->standing))
        patch->leaving[patch->leaving_count++] = s;
}

/* The last pass over a form's sites, some at once so that they are still in cache: may
 * write their settlement, trailing year, standing and what they decided, and sums of
 * their organisations, the ledger and the quarter. */
static void close_sites(struct closing *c)
{
    const int sites = c->patch->sites;

    c->patch->leaving_count = c->patch->decided_count = 0;
    for (int first = 0; first < sites; first += SITES_AT_ONCE) {
        for (int s = first; s < sites && s < first + SITES_AT_ONCE; s++) {
            if (c->joint)
                settle_jointly(c, s);
            else
                settle_site(c, s);
            decide_site(c, s);
        }
        if (c->counts)
            tally_some(&c->tally, c->patch, first, c->sums);
    }
}

static void settle_organisations(struct block *block, size_t form,
                                 const struct settlement_rules *rules)
{
    const struct plan_form *plan = &block->plan->form[form];
    struct patch *patch = &block->patch[form];
    struct organisation_inputs in = {
        .rules = rules,
        .terms = block_terms(block, plan->row),
        .source = &block->source,
    };

    for (int o = 0; o < patch->organisations && !patch->activity.alone; o++) {
        in.entity = plan->entity[o];
        organisation_settle(&in, &patch->organisation[o], &patch->ledger);
    }
}

static void share_losses(struct patch *patch)
{
    for (int o = 0; o < patch->organisations; o++)
        organisation_losses(&patch->organisation[o], &patch->ledger);
}

/* The pass of joint liability alone: may write the sites' settlement, and sums of their
 * organisations and the ledger. */
static void settle_all(const struct closing *c)
{
    for (int s = 0; s < c->patch->sites; s++)
        settle_site(c, s);
    share_losses(c->patch);
}

/* At the horizon sites are counted after all have closed, and keep their shares. */
static void keep_shares(struct patch *patch)
{
    for (int s = 0; s < patch->sites; s++)
        patch->practice[s].shares = &patch->practice[s].own_shares;
}

void stage_settlement(struct block *block, size_t form, int quarter)
{
    static const struct quarter_sums none;
    const struct plan_form *rows = &block->plan->form[form];
    struct patch *patch = &block->patch[form];
    struct closing closing = {
        .rules = stage_rules(block, form, quarter),
        .decide = {.own_terms = block_terms(block, rows->row),
                   .other_terms = block_terms(block, rows->exit_row),
                   .notice = block->plan->notice_quarters},
        .nature = block->nature,
        .site = block->site,
        .patch = patch,
        .sums = &block->here[form],
        .near_ties = &block->near_ties,
        .counts = !stage_is_last(block, quarter),
    };
    const enum liability liability = closing.rules.inside->liability;

    closing.decide.rules = &closing.rules;
    closing.tally = stage_tally(block, form, &closing.rules);
    closing.joint = liability == LIABILITY_JOINT;
    *closing.sums = none;
    if (!closing.counts)
        keep_shares(patch);
    settle_organisations(block, form, &closing.rules);
    settle_orphans(patch);
    if (closing.joint)
        settle_all(&closing);
    close_sites(&closing);
    if (liability == LIABILITY_LIMITED)
        share_losses(patch);
}
