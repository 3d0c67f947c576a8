/** @file
 * The parts of the table of keys; schema.h is how they are read.
 */
#ifndef HEADROOM_FIELDS_H
#define HEADROOM_FIELDS_H

#include "field.h"
#include "form.h"

extern const struct field model_fields[];
extern const size_t model_field_count;
extern const struct field delegated_fields[];
extern const size_t delegated_field_count;
extern const struct field form_fields[];
extern const size_t form_field_count;
extern const struct field shock_fields[];
extern const size_t shock_field_count;

/* How a row says where its value goes, and its rarer properties. */
#define IN_PARAMETER(member) .destination = TO_PARAMETER, .place = PARAMETER(member)
#define IN_TERM(member)      .destination = TO_TERM, .place = TERM(member)
#define IN_SHOCK(member)     .destination = TO_SHOCK_TERM, .place = SHOCK_TERM(member)
#define IN_CHOICE(member)                                                              \
    .destination = TO_CHOICE, .place = offsetof(struct form_choices, member),          \
    .structural = true
#define KEPT_HERE         .destination = TO_NOTHING
#define TOLD              .optional = true, .told = true
#define HALTS             .optional = true, .structural = true, .halts = true
#define NEUTRAL(number)   .has_neutral = true, .neutral = number
#define INDEXED_BY(index) .uplift = UPLIFT_##index

#endif
