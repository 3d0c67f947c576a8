/** @file
 * The three sentences of an answer: who is best and by whose eyes, what the risk is,
 * and how sure all this is.
 *
 * Built by rules from numbers; a form is named only where its lead is resolved.
 */
#ifndef HEADROOM_SENTENCE_H
#define HEADROOM_SENTENCE_H

#include "figure.h"
#include "verdict.h"

#include <stdbool.h>
#include <stddef.h>

/** By whose eyes: the four objectives, each turned so that more is better. */
enum view {
    VIEW_EVERYONE, /**< economic net position less unmet need, per patient */
    VIEW_PUBLIC,   /**< net monetary benefit */
    VIEW_GPS,      /**< today's GPs */
    VIEW_PATIENTS, /**< appointments not given */
    VIEWS
};

/** A difference from the reference form in the same trials, more being better. */
struct sentence_difference {
    double mean, se;
    double better, equal; /**< shares of the trials */
    double q05;           /**< 1 in 20 is below */
};

struct sentence_view {
    size_t leader, hardest; /**< forms; the rival hardest to tell from the leader */
    bool resolved;
    double best;     /**< share of the trials in which the leader is best */
    double relative; /**< mean difference over the reference's level, or NaN */
    struct sentence_difference difference; /**< leader less reference */
    struct figure_unit unit;
    bool small; /**< the leader's difference is too small to matter */
};

/** An event after which the public purse's leader is no longer ahead. */
struct sentence_event {
    const char *words;    /**< such as "it walks away"; NULL: none */
    double share;         /**< of the trials in which it happens */
    double with, without; /**< the public purse's mean difference; more is better */
    double sites;         /**< practices that then fall to the commissioner, mean */
};

/** A headline that turns round where assumed terms make no difference. */
struct sentence_turn {
    size_t form;
    double as_run, neutral; /**< everyone's difference from the reference */
    bool beyond_forms; /**< only where contracts and hospital effects are neutral too */
};

struct sentence_case {
    const char *const *label; /**< of the forms */
    size_t forms, reference;
    int years;
    size_t sites;
    double trials;
    struct sentence_view view[VIEWS];
    struct sentence_event event;
    double unmet; /**< appointments given fewer under the public purse's leader */
    double unmet_se;
    double largest_error; /**< of everyone's differences */
    size_t assumed, numbers;
    const struct sentence_turn *turn;
    size_t turns;
    bool neutral_known; /**< whether neutral runs are at hand */
};

/** Each is freed by the caller; NULL where memory ran out. */
char *sentence_who(const struct sentence_case *answer, enum figure_style style);
char *sentence_risk(const struct sentence_case *answer, enum figure_style style);
char *sentence_sure(const struct sentence_case *answer, enum figure_style style);

#endif
