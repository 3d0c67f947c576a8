/** @file
 * Which options of a command go together: what is said has to count.
 */
#ifndef HEADROOM_OPTION_TIES_H
#define HEADROOM_OPTION_TIES_H

#include <stdbool.h>

/** Whether the option of this name is among those given. */
typedef bool option_is_given(const void *given, const char *name);

/** A usage error, which ends the program, where an option of @p command ("headroom
 * pool") says nothing beside, or without, another that is given, or is not. */
void option_ties_check(const char *command, option_is_given *is_given,
                       const void *given);

#endif
