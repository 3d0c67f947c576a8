/** @file
 * Posts and the people in them: ageing, leaving, switching, sickness, hiring.
 */
#ifndef HEADROOM_WORKFORCE_H
#define HEADROOM_WORKFORCE_H

#include "lane_draw.h"
#include "site.h"
#include "state.h"

/** Fte in the grain of posts, 2^-20: sums of such are exact in any order. */
static inline double workforce_fte(double fte)
{
    return rounded(0x1p20 * fte) * 0x1p-20;
}

/** Mean fte of a start post: that of newcomers to posts vacant at the start. */
double workforce_mean_fte(const int posts[ROLES], const double fte[ROLES]);

/** What a quarter holds for a group of posts, under whatever form: one word a post. Its
 * upper 52 bits are the uniform of leaving or, where the post is vacant, of filling;
 * its lower 32 that of sickness and, from above, of switching; or of a newcomer's role,
 * and the last 16 of the age. The bits say what no form's rates exclude. */
struct post_draws {
    struct flags word[POSTS];
    uint64_t may_leave[ROLES]; /**< whoever holds it, by role at the bounds */
    uint64_t may_retire;       /**< or leave otherwise, of the ripe */
    uint64_t may_fill, may_switch, may_fall, may_recover;
};

/** A site's nature in this trial: frailty, wind-up, posts wanted and so on. */
void workforce_nature(const struct parameters *parameters,
                      const struct draw_source *source, const struct site *site,
                      struct nature *nature);

/** People in the start posts: ages that cluster by site, some off sick. */
void workforce_start(const struct parameters *parameters,
                     const struct draw_source *source, const struct site *site,
                     struct practice *practice);

/** Wanted and eligible posts of the quarter, lists being fixed. */
void workforce_census(const struct site *site, const struct nature *nature,
                      struct practice *practice);

/** Mark the posts wanted in lanes in which some are held beyond the lowest. */
void workforce_mark_scattered(const struct site *site, struct practice *practice);

/** The newcomers' age limits as probabilities of their normal distribution. */
struct newcomer_range {
    struct lanes below; /**< F(min) */
    struct lanes mass;  /**< F(max) - F(min) */
};

void workforce_newcomers(const struct workforce_parameters *workforce,
                         struct newcomer_range *range);

/** Chances that are the same at every site under every form, and ages as scores of now:
 * a score falls as its owner ages, exp((retire_mid - age)/retire_spread). */
struct workforce_chances {
    struct lanes switching; /**< of a partner, in a quarter, as the next two */
    struct lanes sickness;  /**< of falling sick */
    struct lanes recovery;
    struct lanes retirement; /**< the highest annual rate at any age */
    struct lanes ageing;     /**< factor on a score of the start */
    struct lanes old;  /**< score of the earliest retirement, with room for rounding */
    struct lanes ripe; /**< score of the start, below which its owner may be ripe
                            before it is next asked who is */
    bool contagious;   /**< peers matter in some lane */
};

/** Uniforms to 31 bits, rounded down: half as wide as a double, and enough to see what
 * cannot happen. */
struct grains {
    _Alignas(4 * LANES) int32_t at[LANES];
};

/** What the words of a quarter are held against first: nothing happens to a post under
 * any form beyond these. */
struct workforce_bounds {
    struct lanes own[ROLES]; /**< annual rate of leaving by role and terms alone */
    struct lanes transition; /**< annual rate of leaving after a change of form */
    struct lanes unretired;  /**< of a uniform: leaving otherwise than to retire */
    struct grains leave[ROLES], retire, fill, fall, recover; /**< most of a uniform */
    struct grains stay; /**< least of a uniform at which a partner switches */
};

/** It is asked anew only once in so many years who may be ripe until then: a few more
 * are looked at whom age does not make leave. */
enum { RIPENING_YEARS = 2 };

/** What happens to people in a quarter, and at the site at hand. */
struct workforce_quarter {
    const struct parameters *parameters;
    const struct newcomer_range *newcomers;
    const struct draw_source *source;
    const struct site *site;
    const struct nature *nature;
    struct workforce_chances chances;
    struct workforce_bounds bounds;
    struct shock *shocks;
    int shock_count;
    int quarter;
};

/** Sets the quarter's chances, and the shocks' ages as scores. */
void workforce_chances(struct workforce_quarter *now, const struct drivers *drivers);

/** What may befall a post, in the order in which it does. */
enum post_event { POST_LEAVES, POST_SWITCHES, POST_TURNS, POST_FILLS, POST_EVENTS };

/** A form's terms for the people of a site inside its organisation, or of others. */
struct workforce_terms {
    const struct form_terms *terms;
    const struct lanes *hire; /**< chance that a vacancy fills */
    struct lanes
        leave_own[ROLES]; /**< annual rate of leaving by role and terms alone */
};

/** A site under one form, while its people move; and a group of its posts. */
struct workforce_form {
    struct practice *practice;
    struct workforce_terms inside, outside; /**< of members, of others */
    bool converts;                          /**< partners of members become employees */
    bool settling; /**< some may be in the first year of belonging */
    struct post_group *posts;
    double *score;                    /**< by post and lane, as their words */
    uint64_t candidates[POST_EVENTS]; /**< whom an event may befall */
    uint64_t changed;                 /**< who has just left or become salaried */
};

/** The rates that hold at every site, and the bounds. */
void workforce_bounds(struct workforce_quarter *now, struct workforce_form *form,
                      size_t forms);

/** Draw for the slots of the site at hand that are in use under some form. */
void workforce_draw(struct workforce_quarter *now, const struct workforce_form *form,
                    size_t forms, struct post_draws *draws);

/** Leave, switch, fall sick or recover, be hired, under all forms. */
void workforce_move(const struct workforce_quarter *now, const struct post_draws *draws,
                    struct workforce_form *form, size_t forms, struct lanes *near_ties);

/** Count anew, from the posts, all that events keep. */
void workforce_recount(const struct site *site, struct practice *practice);

/** All partners of a lane have become holders of another kind: counts move with them.
 */
void workforce_convert(enum holder holder, int lane, struct practice *practice);

/** Count anew the fte of vacant posts in the lanes of @p set. */
void workforce_count_vacant(const struct site *site, uint64_t set,
                            struct practice *practice);

/** What follows from who is there at the end of the stage, and from their pay over
 * salary. */
void workforce_count(const struct site *site, const struct lanes *salaried_pay,
                     const struct lanes *converted_pay, struct practice *practice);

/** Keep the quarter's exits and partners for later, where peers matter. */
void workforce_remember(struct workforce *workforce);

#endif
