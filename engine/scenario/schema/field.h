/** @file
 * A row of the table of keys.
 */
#ifndef HEADROOM_FIELD_H
#define HEADROOM_FIELD_H

#include <stdbool.h>
#include <stddef.h>

enum field_type {
    FIELD_NUMBER,
    FIELD_INTEGER,
    FIELD_CHOICE,
    FIELD_FLAG, /**< true or false */
    FIELD_NAME, /**< letters, digits, _ and - */
    FIELD_TEXT,
    FIELD_PATH,
    FIELD_NAMES, /**< a name, or a list of several; as text with a comma between them */
};

/** The index that carries money of another year to the price base. */
enum uplift { UPLIFT_NONE, UPLIFT_CONTRACT, UPLIFT_PAY, UPLIFT_PRICES, UPLIFTS };

/** Where a value goes when a scenario is compiled. */
enum destination {
    TO_NOTHING, /**< used by the scenario layer itself */
    TO_PARAMETER,
    TO_TERM,
    TO_SHOCK_TERM,
    TO_CHOICE, /**< a member of struct form_choices */
};

struct choice {
    const char *word; /**< NULL ends a list of choices */
    int value;
};

struct field {
    const char *key;
    enum field_type type;
    const char *unit;
    double low, high; /**< both allowed; a distribution is truncated to them */
    const char *meaning;

    const char *fallback; /**< as a scenario would write it; NULL: must be given */
    bool optional;        /**< may be absent altogether */
    bool structural;      /**< the same in every trial: takes no distribution */
    bool told;            /**< words of which no number depends: an input of readers */
    bool halts;           /**< says when a run ends: no trial reads it, no file keeps it
                           */
    bool has_neutral;
    double neutral;         /**< the value at which a term makes no difference */
    const char *neutral_as; /**< neutral where it equals this other term */
    enum uplift uplift;
    enum destination destination;
    size_t place; /**< a number of lanes, or the offset of a choice */
    const struct choice *choices;
};

#endif
