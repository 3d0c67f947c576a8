/** @file
 * What the parts of hr_terms() share.
 */
#ifndef HEADROOM_TERMS_APART_H
#define HEADROOM_TERMS_APART_H

#include "asking_choice.h"

/** What is said of a term in words, in the order in which it is stored. */
enum term_word { TERM, MEANING, FIRST_VALUE, SECOND_VALUE, TERM_WORDS };

/** Terms that are exchanged together: from one to the next. */
struct term_group {
    size_t begin, end;
};

/** A difference while it is taken apart. */
struct apart {
    struct decision *decision;
    const struct hr_again *again;
    const struct hr_base *base;
    struct choice_of_pair choice;
    struct trying trying;
    const char *first, *second; /**< forms of the difference */
    const char *moved, *taken;  /**< that gets terms, and that gives them */
    const char *label[2];
    const char **term; /**< [terms] names that differ */
    const char **word[TERM_WORDS];
    size_t terms;
    struct term_group *group;
    size_t groups, trials;
    double *memory;              /**< [5 + groups][trial] */
    double *start, *end, *other; /**< [trial] of moved, of all exchanged, of taken */
    double *before, *after;
    double *made; /**< [group][trial] */
    double *gap;  /**< [group] */
};

/** Find the terms that differ, and which of them go together. */
HR_MUST_CHECK
enum hr_status terms_find(struct apart *apart, const struct hr_scenario *scenario,
                          struct hr_error *error);
void terms_group(struct apart *apart);

/** Fill the analysis; the sentence, to be freed. */
char *terms_store(struct apart *apart);

#endif
