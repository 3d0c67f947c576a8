/** @file
 * How much memory this process may take.
 */
#ifndef HEADROOM_MEMORY_H
#define HEADROOM_MEMORY_H

struct memory_limit {
    double bytes;
    const char *whose; /**< completes "... has so many bytes": "this machine" */
};

/** The least of what the machine has, what the control groups of a job or a container
 * (both versions) allow, and the limits of the process (ulimit). @p root is put before
 * the paths of the system's files; "" but in tests. */
struct memory_limit memory_limit(const char *root);

#endif
