/** @file
 * The table of keys: one row says all there is to say about a key.
 *
 * Reading, range checks, `headroom keys`, the JSON Schema, the attributes of a
 * result file and what a sweep may vary are all derived from these rows. A `*` in
 * a key stands for the name of a form or shock, or for a year.
 */
#ifndef HEADROOM_SCHEMA_H
#define HEADROOM_SCHEMA_H

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

/** Which rows: those of a scenario, of a form, or of a shock. */
enum { LONGEST_PATH = 160 };

size_t schema_count(void);
const struct field *schema_at(size_t i);

/** The row that rules @p key, such as forms.federation.levy; NULL if none does. */
const struct field *schema_find(const char *key);

/** Whether keys exist that begin with @p path and a dot. */
bool schema_is_group(const char *path);

/** A valid key or group close to @p path, written into @p nearest of LONGEST_PATH
 * bytes; false where nothing is close. */
bool schema_nearest(const char *path, char *nearest);

/** Whether a key with stars matches a full key. */
bool schema_matches(const char *pattern, const char *key);

/** Whether @p pattern is a row of forms.* or of shocks.*. */
bool schema_is_term(const struct field *field);
bool schema_is_shock(const struct field *field);

/** Last part of a term's or shock field's key: productivity.partner. */
const char *schema_leaf(const struct field *field);

const char *uplift_name(enum uplift uplift);
const char *field_type_name(enum field_type type);

#endif
