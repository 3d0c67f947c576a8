/** @file
 * How a practice stands under a form: open or ended, in its organisation or not, and
 * what it has decided.
 */
#ifndef HEADROOM_STATUS_H
#define HEADROOM_STATUS_H

#include "lanes.h"

/** What has become of a practice. */
enum status { STATUS_OPEN, STATUS_TAKEN_OVER, STATUS_CARETAKER, STATUS_CLOSED };

/** How a practice stands, in a cache line: a byte is a set of lanes, and quarters that
 * mean something in few lanes only are kept lane by lane. What is neither open, closed
 * nor in a caretaker's hands is its neighbours' who took it over. */
struct standing {
    _Alignas(64) uint8_t open;
    uint8_t caretaker, closed;
    uint8_t member;          /**< of its organisation */
    uint8_t ever_member;     /**< has joined once */
    uint8_t wound_up;        /**< was handed back without a successor */
    uint8_t taken_over;      /**< once */
    uint8_t partnered;       /**< has partners since the workforce stage */
    uint8_t overworked;      /**< some of what is asked of it goes unmet */
    uint8_t had_partner;     /**< had one once */
    uint8_t leaderless;      /**< without a partner while not held, this quarter */
    uint8_t long_leaderless; /**< and in the one before */
    uint8_t young;           /**< its trailing year is not full */
    uint8_t ramping;         /**< what belonging brings has not come in full */
    uint8_t burdened;        /**< a member on which a full year has weighed */
    uint8_t frozen;          /**< does not recruit next quarter */
    uint8_t joins;           /**< next quarter, as the next */
    uint8_t leaves;          /**< its organisation */
    uint8_t in_notice;
    uint8_t joined[LANES];     /**< quarter; 0 for a site outside */
    uint8_t since[LANES];      /**< quarter in which its trailing year began */
    uint16_t notice_at[LANES]; /**< quarter in which a notice takes effect */
};

_Static_assert(sizeof(struct standing) == LANE_BYTES, "one line");

/** Note in a lane the quarter in which a notice takes effect. */
static inline void standing_notice(struct standing *standing, int quarter, int lane)
{
    lanes_put(lane, &standing->in_notice);
    standing->notice_at[lane] = (uint16_t)quarter;
}

/** Lanes in which a neighbour has the practice. */
static inline uint64_t standing_orphaned(const struct standing *standing)
{
    return standing->taken_over & ~(uint64_t)standing->caretaker;
}

/** Lanes in which it has just joined. */
static inline uint64_t standing_joining(const struct standing *standing, int quarter)
{
    uint64_t set = 0;

    for (int i = 0; i < LANES; i++)
        set |= standing->joined[i] == quarter ? lane_bit[i] : 0;
    return set & standing->member;
}

/** Lanes in which its organisation holds the practice: members of one that makes
 * partners employees. */
static inline uint64_t standing_held(const struct standing *standing, bool converts)
{
    return converts ? standing->member : 0;
}

/** Lanes in which it is open, has partners and is not held. */
static inline uint64_t standing_led(const struct standing *standing, bool converts)
{
    return standing->open & standing->partnered & ~standing_held(standing, converts);
}

#endif
