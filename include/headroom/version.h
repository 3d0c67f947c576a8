/** @file
 * Which Headroom this is.
 *
 * The library keeps its promises by semantic versions: within a major number a program
 * that compiled goes on compiling, options structs only grow at their end, and what
 * starts as {0} means what it meant.
 */
#ifndef HEADROOM_VERSION_H
#define HEADROOM_VERSION_H

#ifdef __cplusplus
extern "C" {
#endif

/** Version of the library that runs, such as "0.1.0". */
const char *hr_version(void);

/** How to cite it, in one line. */
const char *hr_citation(void);

#ifdef __cplusplus
}
#endif

#endif
