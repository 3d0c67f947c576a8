/** @file
 * Some names in a sentence: the first few, and how many more there are.
 */
#ifndef HEADROOM_NAME_LIST_H
#define HEADROOM_NAME_LIST_H

#include <stddef.h>

/** Start with the text and its size; the text is empty. */
struct name_list {
    char *text;
    size_t size;
    size_t count;
};

void name_list_add(struct name_list *names, const char *name);

/** Say how many names were left out. */
void name_list_end(struct name_list *names);

#endif
