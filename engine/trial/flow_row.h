/** @file
 * The flows by name.
 */
#ifndef HEADROOM_FLOW_ROW_H
#define HEADROOM_FLOW_ROW_H

struct flow_row {
    const char *name;
    const char *from, *to; /**< commissioner, providers, outside, or a bearer */
};

/** As many as there are flows: enum flow. */
extern const struct flow_row flow_rows[];

#endif
