/** @file
 * The sentence of a comparison: who leads, by how much, how often, and how surely.
 */
#ifndef HEADROOM_LEAD_H
#define HEADROOM_LEAD_H

#include "sentence.h"
#include "writing.h"

/** The best on average of several forms, and what it is ahead of. */
struct lead_case {
    enum view view;          /**< VIEWS where the metric is nobody's objective */
    const char *label;       /**< of the metric */
    enum hr_better better;   /**< which way */
    struct figure_unit unit; /**< of the metric */
    int years;
    size_t forms; /**< that were ranked */
    const char *leader;
    const char *rival;   /**< the reference, or who comes next where that leads */
    struct ranged ahead; /**< leader less rival, more being better */
    double odds;         /**< share of the trials in which the leader is better */
    double equal;        /**< and in which they are equal */
    const char *often;   /**< best in most trials */
    double often_share;
    const char *hardest;  /**< the rival hardest to tell from the leader */
    struct ranged margin; /**< leader less that one */
    bool resolved;        /**< from every rival */
    bool same;            /**< leader and hardest rival are equal in every trial */
    double indifference;  /**< what is within it is equal */
    double trials;        /**< compared */
    double needed;        /**< trials that would resolve it */
    double complete;      /**< share of the trials that could be compared */
};

/** "federation leaves everyone together 19.7 GBP (19.4 to 19.9) a patient better off
 * ..."; to be freed; NULL where memory ran out. */
char *lead_sentence(const struct lead_case *lead);

/** The leaders of all four views, NULL where one is not known: "No form is best for
 * everyone: ..."; as above. */
char *lead_disagreement(const struct lead_case view[VIEWS]);

/** One form under two results. */
struct results_case {
    const char *label; /**< of the metric */
    const char *form;
    struct ranged difference; /**< second less first, in the metric's own sign */
    struct figure_unit unit;
    bool paired; /**< the same trials */
};

/** What the second result changes most; as above. */
char *lead_of_results(const struct results_case *results);

#endif
