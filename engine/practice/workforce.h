/** @file
 * Posts and the people in them: ageing, leaving, switching, sickness, hiring.
 */
#ifndef HEADROOM_WORKFORCE_H
#define HEADROOM_WORKFORCE_H

#include "lane_draw.h"
#include "state.h"

/** What a slot's post amounts to. */
enum slot_kind {
    SLOT_PARTNER,  /**< as a partner's at the start */
    SLOT_SALARIED, /**< as a salaried GP's at the start */
    SLOT_NEW,      /**< beyond the start posts: as their mean */
    SLOT_KINDS
};

/** The slots of a group by kind, in all lanes. */
struct slot_group {
    uint64_t kind[SLOT_KINDS];
};

/** What a site's posts are, the same in every trial. */
struct site_posts {
    uint32_t entity;
    int posts[ROLES]; /**< filled at the start */
    int slots;
    double fte[ROLES]; /**< of one post */
    double list;       /**< patients at the start */
    const struct slot_group *groups;
    double slot_fte[SLOT_KINDS];
};

/** Mean fte of a start post: that of newcomers to posts vacant at the start. */
double workforce_mean_fte(const struct site_posts *site);

/** Who would fill a slot in a quarter. */
struct newcomer {
    struct lanes age;
    struct lanes role; /**< uniform */
    uint64_t known;    /**< set of lanes in which they have been drawn */
};

/** Draws against a chance that is the same at every site under every form; the bits of
 * a group of posts. */
struct post_events {
    uint64_t happen; /**< where it would */
    uint64_t near;   /**< where that is too close to call */
};

/** Draws of a group of posts in a quarter, shared by all forms. */
struct post_draws {
    struct lanes leave[POSTS]; /**< uniforms, as the next */
    struct lanes fill[POSTS];
    struct post_events switching, falling_sick, recovering;
    struct lanes leave_time[POSTS];                    /**< event times */
    struct lanes retiring_age[POSTS], retiring[POSTS]; /**< annual rate last reckoned */
    uint64_t time_known, retiring_known;               /**< bits of those reckoned */
    struct newcomer newcomer[POSTS];
};

/** How a site's posts behave this quarter under its terms. */
struct workforce_rates {
    struct lanes leave[ROLES];  /**< annual, before retirement */
    struct lanes transition;    /**< annual, partners and converted */
    struct lanes hire;          /**< probability that an eligible vacancy fills */
    struct lanes partner_share; /**< of newcomers */
    struct lanes converts;      /**< 1: its partners in post become employees now */
    const struct lanes *salaried_pay; /**< over salary, as the next */
    const struct lanes *converted_pay;
};

/** A site's nature in this trial: frailty, wind-up, posts wanted and so on. */
void workforce_nature(const struct parameters *parameters,
                      const struct draw_source *source, const struct site_posts *site,
                      struct nature *nature);

/** People in the start posts: ages that cluster by site, some off sick. */
void workforce_start(const struct parameters *parameters,
                     const struct draw_source *source, const struct site_posts *site,
                     struct practice *practice);

/** Wanted and eligible posts of the quarter, lists being fixed. */
void workforce_census(const struct site_posts *site, const struct nature *nature,
                      struct practice *practice);

/** Mark the posts wanted in lanes in which some are held beyond the lowest. */
void workforce_mark_scattered(struct practice *practice);

/** Annual rates at a site from its workload and its peers' leaving. */
void workforce_rates(const struct parameters *parameters,
                     const struct form_terms *terms, const struct lanes *convert_pay,
                     int quarter, const struct nature *nature,
                     const struct practice *practice, struct workforce_rates *rates);

/** The newcomers' age limits as probabilities of their normal distribution. */
struct newcomer_range {
    struct lanes below; /**< F(min) */
    struct lanes mass;  /**< F(max) - F(min) */
};

void workforce_newcomers(const struct workforce_parameters *workforce,
                         struct newcomer_range *range);

/** Chances that are the same at every site under every form. */
struct workforce_chances {
    struct lanes switching; /**< of a partner, in a quarter, as the next two */
    struct lanes sickness;  /**< of falling sick */
    struct lanes recovery;
    struct lanes retirement; /**< the highest annual rate at any age */
    struct lanes ripe_age;   /**< until which it is at most an eighth of that */
};

void workforce_chances(const struct parameters *parameters,
                       const struct drivers *drivers, const struct shock *shocks,
                       int shock_count, struct workforce_chances *chances);

/** Draw for the first @p active slots of a site. */
void workforce_draw(const struct draw_source *source,
                    const struct workforce_chances *chances, uint32_t entity,
                    int quarter, int active, struct post_draws *draws);

/** What happens to the people of a site in a quarter. */
struct workforce_quarter {
    const struct parameters *parameters;
    const struct newcomer_range *newcomers;
    const struct draw_source *source;
    const struct site_posts *site;
    const struct workforce_chances *chances;
    const struct shock *shocks;
    int shock_count;
    int quarter;
};

/** Fetches into cache what the next three read of a practice first. */
static inline void workforce_fetch(const struct practice *practice)
{
    for (int k = 0; k < POSTS; k++)
        __builtin_prefetch(&practice->start_age[k]);
    __builtin_prefetch(practice->posts);
    __builtin_prefetch(&practice->capacity.workload);
    __builtin_prefetch(&practice->capacity.staff);
    __builtin_prefetch(&practice->workforce.exits_by_quarter);
    __builtin_prefetch(&practice->workforce.partners_by_quarter);
    __builtin_prefetch(&practice->standing.status);
    __builtin_prefetch(&practice->standing.joined);
}

/** Leave, switch, fall sick or recover, be hired. */
void workforce_move(const struct workforce_quarter *now,
                    const struct workforce_rates *rates, struct post_draws *draws,
                    struct practice *practice, struct lanes *near_ties);

/** Count who is there then. */
void workforce_count(const struct site_posts *site, const struct workforce_rates *rates,
                     struct practice *practice);

#endif
