/** @file
 * What one form's trials read: equal where its results are.
 */
#ifndef HEADROOM_FORM_KEY_H
#define HEADROOM_FORM_KEY_H

#include "digest.h"
#include "plan.h"

/** A hash of all that the trials of @p form, and those of the reference with which it
 * is compared, read. @p identity is that of the whole scenario. */
void form_key(const struct plan *plan, const char *identity, size_t form,
              char key[DIGEST_TEXT]);

#endif
