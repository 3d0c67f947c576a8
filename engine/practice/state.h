/** @file
 * What changes during a trial: practices, organisations and networks, in lanes.
 *
 * A practice is kept once for each form (struct practice); what is the same under
 * all forms (struct nature) is kept once. Money is nominal unless a comment says
 * real, and belongs to the quarter being simulated unless it says otherwise.
 */
#ifndef HEADROOM_STATE_H
#define HEADROOM_STATE_H

#include "form.h"
#include "status.h"

/** Who holds a post. */
enum holder {
    HOLDER_PARTNER,
    HOLDER_SALARIED,
    HOLDER_CONVERTED,   /**< a partner made an employee by a form */
    HOLDER_TRANSFERRED, /**< a partner made an employee by a takeover */
    HOLDERS
};

enum { TRAILING = 4 /**< quarters of a trailing year */ };

/** Where a ring of the last four quarters has a quarter. */
static inline int trailing_place(int quarter)
{
    return (int)((unsigned)quarter % TRAILING);
}

#define NEVER 1e9

enum { POSTS = 64 / LANES /**< of a group */ };

/** Some posts of a site side by side: a byte of a word for each post, a bit of it for
 * each lane, since little happens to a post and not in many lanes. */
struct post_group {
    uint64_t held[HOLDERS]; /**< by each kind of holder; by none of them: empty */
    uint64_t sick;
    uint64_t today;  /**< held by the same person since the start */
    uint64_t wanted; /**< held, or among the vacant: the lowest that nobody holds */
    uint64_t ripe;   /**< held by someone who may retire at more than a twentieth of the
                          highest rate before it is next asked who may */
};

/** Groups for @p slots posts. */
static inline int post_groups(int slots)
{
    return (slots + POSTS - 1) / POSTS;
}

/** The bit of post @p k of a group in a lane. */
static inline uint64_t post_bit(int k, int lane)
{
    return lane_bit[lane] << (k * LANES);
}

/** The bits of post @p k in all lanes. */
static inline uint64_t post_in_all(int k)
{
    return UINT64_C(0xff) << (k * LANES);
}

/** The lanes of post @p k in @p bits, as a set. */
static inline uint64_t lanes_of_post(uint64_t bits, int k)
{
    return bits >> (k * LANES) & 0xff;
}

/** The bits of all posts in a lane. */
static inline uint64_t posts_in(int lane)
{
    return UINT64_C(0x0101010101010101) << lane;
}

/** The bits of all posts in a set of lanes. */
static inline uint64_t posts_in_lanes(uint64_t set)
{
    return set * UINT64_C(0x0101010101010101);
}

static inline uint64_t posts_occupied(const struct post_group *posts)
{
    return posts->held[HOLDER_PARTNER] | posts->held[HOLDER_SALARIED] |
           posts->held[HOLDER_CONVERTED] | posts->held[HOLDER_TRANSFERRED];
}

static inline uint64_t posts_vacant(const struct post_group *posts)
{
    return posts->wanted & ~posts_occupied(posts);
}

/** Nobody holds the posts of @p bits any longer. */
static inline void posts_vacate(struct post_group *posts, uint64_t bits)
{
    for (int holder = 0; holder < HOLDERS; holder++)
        posts->held[holder] &= ~bits;
    posts->sick &= ~bits;
    posts->today &= ~bits;
}

/** Drawn once per trial and site, the same under all forms. */
struct nature {
    struct lanes frailty;       /**< factor on leaving */
    struct lanes efficiency;    /**< factor on non-GP cost */
    struct lanes windup_cost;   /**< GBP per patient, price base */
    struct lanes participation; /**< uniform */
    struct lanes wanted;        /**< posts wanted at the start */
    struct lanes wanted_exact;  /**< the same before rounding */
    struct lanes wanted_draw;   /**< uniform that rounds them */
    struct lanes work_of_fte;   /**< capacity that an fte adds: gp_share/E_i0 */
    struct lanes fte_of_work;   /**< fte that make up a unit of capacity */
    struct lanes plan_residual; /**< a quarter's residual in the plan */
    struct lanes plan_cost;     /**< a quarter's cost in the plan */
    struct lanes demand_state;  /**< AR(1) in logs */
    struct lanes demand; /**< demand per list relative to the start, this quarter */
    struct lanes ending; /**< yearly rate of ending with the start list, before a form
                            and the year */
    struct lanes notice; /**< uniform of this quarter's notice, as the next two */
    struct lanes route;  /**< of the route that it would take */
    struct lanes exit;   /**< of a member's leaving its organisation */
};

/** Counts and fte after the workforce stage. Those down to the leavers are kept by
 * every event that befalls a post; the fte of posts are multiples of 2^-20, so that
 * their sums are exact in any order. The rest follows from them. */
struct workforce {
    struct lanes wanted;
    struct lanes filled;
    struct lanes eligible; /**< vacant posts that may be filled this quarter */
    struct lanes partners;
    union {
        struct lanes held_fte[HOLDERS];
        struct lanes partner_fte; /**< the first of them */
    };
    struct lanes well_fte[ROLES];     /**< of partners, and of all who are employed */
    struct lanes todays_fte[HOLDERS]; /**< of who was in post at the start */
    struct lanes
        switched_fte; /**< of the salaried among those: who began as partners */
    struct lanes vacant_fte;
    struct lanes leavers;
    struct flags exits; /**< partners who left or switched; where peers matter, as the
                             quarters below */

    struct lanes employed_fte; /**< salaried, converted and transferred */
    struct lanes payroll;      /**< employed fte weighted by pay over salary */
    struct lanes today_fte;
    struct lanes today_payroll;
    struct lanes former_payroll;      /**< its part of those who began as partners */
    struct flags exits_by_quarter;    /**< exits of the last four, 16 bits a quarter */
    struct flags partners_by_quarter; /**< partners in post, likewise */
};

struct capacity {
    struct lanes staff;
    struct lanes demand; /**< D_i */
    struct lanes supply; /**< K_i */
    struct lanes locum_fte;
    struct lanes spare;     /**< what it could lend: cover A ramp slack, in patients */
    struct lanes shortfall; /**< in patients */
    struct lanes workload;  /**< rho_i; kept for the next quarter */
    struct lanes unmet;     /**< share of demand */
    struct lanes ramp;
};

/** What a site is paid and pays while its money is reckoned; later passes do without.
 */
struct payments {
    struct lanes core; /**< core income */
    struct lanes relief;
    struct lanes nongp;
    struct lanes salaried;
    struct lanes locum;
    struct lanes recharge;
};

struct money {
    struct lanes levy;            /**< with coordination */
    struct lanes setup;           /**< where partners pay it, inside the residual */
    struct lanes setup_elsewhere; /**< where another bearer pays it */
    struct lanes saved;           /**< non-GP cost that scale saved */
    struct lanes residual;        /**< r_i */
};

/** What a site shares and draws while it closes a quarter; other quarters do without.
 */
struct shares {
    struct lanes received;  /**< share of the pool */
    struct lanes call;      /**< asked by the company */
    struct lanes surplus;   /**< returned by the company */
    struct lanes inherited; /**< share of taken-over neighbours' residual */
    struct lanes profit;    /**< of the site, before its reserve moves */
    struct lanes drawings;
    struct lanes pay_in; /**< by partners: losses, joint shares and wind-ups */
};

struct settlement {
    struct lanes pooled;    /**< given to the pool, to the company or to the trust */
    struct lanes opening;   /**< paid by partners into a company's reserve on joining */
    struct lanes passed_on; /**< loss left to joint liability, where it is joint */
    struct lanes counted;   /**< profit as partners feel it */
    struct lanes reserve;   /**< at the end of the quarter */
    struct lanes released;  /**< reserve paid out to its partners at an ending */
    struct lanes windup_paid;     /**< wind-up borne by its own former partners */
    struct lanes joint_windup;    /**< wind-up left to joint liability */
    struct lanes former_fte;      /**< its partners before the ending */
    struct lanes former_share;    /**< today's GPs' share of them */
    struct lanes todays_gps;      /**< real, discounted, since the start */
    struct lanes todays_partners; /**< the same of those who were partners then */
};

/** The last four quarters, a ring indexed by quarter mod 4. */
struct trailing {
    struct lanes counted[TRAILING]; /**< real */
    struct lanes partner_fte[TRAILING];
    struct lanes cost[TRAILING];     /**< nominal */
    struct lanes residual[TRAILING]; /**< real */
    struct lanes burden[TRAILING];   /**< real: what the organisation costs it */
};

/** A practice's delegated budget in the last year that was settled. */
struct delegated {
    struct lanes claims; /**< of its patients, whoever pays them */
    struct lanes budget; /**< 0 where the practice holds none itself */
    struct lanes loss;   /**< share of the budget */
    struct lanes result;
    struct lanes carried; /**< share of budget that counts next year */
};

/** The same of an organisation as holder: sums over its members. */
struct organisation_budget {
    struct lanes kept, ceded, premium, budget;
    struct lanes loss, result, carried;
    struct lanes rate; /**< of the result per partner fte, or per patient */
};

/** One practice under one form. */
struct practice {
    struct standing standing;
    struct lanes list;  /**< patients */
    struct lanes route; /**< uniform that picks the route of its hand-back */
    struct workforce workforce;
    struct capacity capacity;
    struct money money;
    struct settlement settlement;
    struct trailing trailing;
    struct delegated delegated;
    struct payments own_payments; /**< where they are kept for whoever reads them */
    struct shares own_shares;
    struct payments *paid; /**< its own, or room that sites have in turn, as the next */
    struct shares *shares;
    struct post_group *posts; /**< with room for the site's slots, as the next */
    struct lanes *score; /**< exp((retire_mid - age)/retire_spread) of the holder, of
                              the age at the start */
    int active;          /**< slots that may be in use in some lane */
    bool resized;        /**< its list is another since posts were last wanted */
    bool recount;        /**< holders changed otherwise than by an event */
    bool former;         /**< some employee was a partner */
    uint64_t scattered;  /**< lanes in which posts are held beyond those wanted */
};

/* Practices and organisations stand in arrays. At an even number of cache lines apart
 * the same member of all of them falls into few sets of a cache: where it must be made
 * odd, a member of no meaning does it. */
_Static_assert(sizeof(struct practice) / LANE_BYTES % 2 == 1, "an even stride");

/** One organisation under one form. */
struct organisation {
    struct lanes people;           /**< on the lists of its open members */
    struct lanes sites;            /**< open members */
    struct lanes log_sites;        /**< their logarithm, 0 for one or none */
    struct lanes reach, per_reach; /**< people that scale counts, and 1 over them */
    struct lanes moved; /**< contract work it does for the other side, GBP per member */
    struct lanes alignment;        /**< A_o */
    struct lanes spare, shortfall; /**< sums over members, in patients */
    struct lanes lent_share;       /**< of spare, what givers lose */
    struct lanes received_share;   /**< of shortfall, what receivers gain */
    struct lanes pool;             /**< sum of what members put in */
    struct lanes kept;             /**< of pool and delegated budget, not returned */
    struct lanes partner_fte;      /**< of open members */
    struct lanes levy;             /**< received */
    struct lanes income, cost;     /**< of its own accounts, besides levy and pool */
    struct lanes opening;          /**< paid in by joining members */
    struct lanes account;          /**< own reserve at the end of the quarter */
    struct lanes shared;           /**< of the pool, returned to members */
    struct lanes pool_units;       /**< partner fte that share it, or patients */
    struct lanes per_unit;         /**< 1 over them, 0 where there are none */
    struct lanes call_rate, surplus_rate; /**< GBP per patient */
    struct lanes owners_receipts;         /**< members' profits that go to owners */
    struct lanes joint_loss, joint_windup, limited_loss;
    struct lanes loss_rate, windup_rate;   /**< joint shares, GBP per partner fte */
    struct lanes burden_sum, burden_sites; /**< of members with partners */
    struct lanes result[TRAILING];         /**< real */
    struct lanes people_then[TRAILING];
    struct lanes running, peak, drawdown; /**< real */
    struct lanes dissolved, dissolves;    /**< done; due next quarter */
    struct lanes exited, exits;           /**< done; due next quarter */
    struct organisation_budget delegated;
};

_Static_assert(sizeof(struct organisation) / LANE_BYTES % 2 == 1, "an even stride");

/** One network under one form. */
struct network {
    struct lanes led_fte;           /**< partner fte of its partner-led sites */
    struct lanes orphaned;          /**< residual of its taken-over sites */
    struct lanes orphan_rate;       /**< of that, per fte of its partner-led sites */
    struct lanes endings[TRAILING]; /**< hand-backs without successor */
    uint64_t taken;     /**< lanes in which some of its sites were taken over */
    uint64_t bequeaths; /**< lanes in which that rate is not 0 */
    uint64_t losing;    /**< lanes in which its taken-over sites may lose their last */
};

/** An autoregressive process in logs, as it moves in this quarter. */
struct demand_process {
    struct lanes memory; /**< of its last state */
    struct lanes noise;  /**< standard deviation of what is new */
    struct lanes mean;   /**< log of what its exponential is divided by */
};

/** What every site meets in a quarter, the same under all forms. */
struct drivers {
    struct lanes index[INDICES];
    struct lanes log_index[INDICES];
    struct lanes price_state[INDICES];
    struct lanes shortage; /**< 1 in a shortage, 0 in a glut; between: in a past */
    struct lanes months_to_fill;
    struct lanes locum_factor;
    struct lanes common_state;
    struct lanes common; /**< demand per list, all sites: growth, AR(1), shocks */
    struct demand_process site_demand;
    struct lanes demand, sickness, recruitment, locum, pay, nongp, income, staff,
        relief;
    struct lanes nongp_step, diversion_step;
    bool cost_shocked;                       /**< some shock acts on pay or cost now */
    struct lanes discount, partner_discount; /**< to the start */
    struct lanes real;                       /**< 1 over the index of prices */
    struct lanes present; /**< of partners' money, real and discounted to the start */
    struct lanes gp_pay;  /**< GBP a year for an employed fte, with shocks, without what
                               the employer adds */
    struct lanes salary;  /**< GBP a quarter for an employed fte, before shocks */
    struct lanes locum_price; /**< GBP a quarter for a locum fte, before scarcity */
    struct lanes staff_speed; /**< share of the way that staff go in a quarter */
    struct lanes list_growth; /**< factor on every list in this quarter */
    struct lanes grown;       /**< its product since the start */
    struct lanes ending_year; /**< factor of the year on endings without distress */
    struct lanes ending_most; /**< no form's site has a higher factor, that of its
                                 list included */
};

/** One named shock in a trial. */
struct shock {
    struct lanes started;    /**< quarter, or minus NEVER */
    struct lanes exits;      /**< factor on retirement now */
    struct lanes from_age;   /**< at which it applies */
    struct lanes from_score; /**< the same as a score of now */
};

#endif
