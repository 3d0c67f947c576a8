/** @file
 * What an ending does to a practice, its people, its reserve and its bills, in one
 * lane.
 */
#ifndef HEADROOM_ENDING_H
#define HEADROOM_ENDING_H

#include "structure_inputs.h"

/** Pay out the reserve, less a wind-up bill of @p cost, to the partners in post (to
 * partners now gone where there are none); what it does not cover goes by liability. */
void ending_release(const struct structure_inputs *in, int site, int lane, double cost,
                    struct patch *patch);

/** The bill of winding a site up now. */
double ending_cost(const struct structure_inputs *in, int site, int lane,
                   const struct patch *patch);

/** Taken over by its network: partners become employees, nothing is wound up. */
void ending_takeover(const struct structure_inputs *in, int site, int lane,
                     struct patch *patch);

/** Kept open by a caretaker; wound up unless it was taken over before. */
void ending_caretaker(const struct structure_inputs *in, int site, int lane,
                      struct patch *patch);

/** Closed, its posts ended; the list is somebody else's already. */
void ending_close(const struct structure_inputs *in, int site, int lane,
                  struct patch *patch);

/** Out of its organisation, for good. */
void ending_leave(int site, int lane, struct patch *patch);

/** Partners in post become employees of kind @p holder. */
void ending_convert(int site, int lane, enum holder holder, struct patch *patch);

#endif
