/** @file
 * The table of keys: one row says all there is to say about a key.
 *
 * Reading, range checks, `headroom keys`, the JSON Schema, the attributes of a
 * result file and what a sweep may vary are all derived from these rows. A `*` in
 * a key stands for the name of a form or shock, or for a year.
 */
#ifndef HEADROOM_SCHEMA_H
#define HEADROOM_SCHEMA_H

#include "field.h"

/** Which rows: those of a scenario, of a form, or of a shock. */
enum { LONGEST_PATH = 160 };

size_t schema_count(void);
const struct field *schema_at(size_t i);

/** The row that rules @p key, such as forms.federation.levy; NULL if none does. */
const struct field *schema_find(const char *key);

/** Whether keys exist that begin with @p path and a dot. */
bool schema_is_group(const char *path);

/** A valid key or group close to @p path, with FORM for the name of a form that is not
 * said, written into @p nearest of LONGEST_PATH
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
