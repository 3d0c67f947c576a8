/** @file
 * Failures that carry their own explanation.
 *
 * Every function that can fail returns a hr_status and, on failure, has
 * written one sentence for the user into the hr_error its caller lent it.
 * There is no global error state, so the idiom is safe inside OpenMP.
 */
#ifndef HEADROOM_ERROR_H
#define HEADROOM_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif

/** How a call ended. These are the program's exit statuses too. */
enum hr_status {
    HR_OK = 0,
    HR_FAILED,    /**< the machine's fault: files, disk, memory */
    HR_BAD_INPUT, /**< the user can mend it: scenario, table, command line */
    HR_STOPPED,   /**< on request, before the end; the sentence says what is kept */
    HR_NOT_HELD,  /**< a verification or validation did not hold */
};

/** Lent by the caller; without a meaning where a call ended well. */
struct hr_error {
    enum hr_status status;
    char message[1024];
};

/** Arguments that are checked as those of printf are. */
#define HR_PRINTF(format_at, args_at)                                                  \
    __attribute__((format(printf, format_at, args_at)))
/** A status that may not be passed over. */
#define HR_MUST_CHECK __attribute__((warn_unused_result))

/** Record a failure and return @p status, so a caller can fail in one statement. */
HR_PRINTF(3, 4)
enum hr_status hr_fail(struct hr_error *error, enum hr_status status,
                       const char *format, ...);

#ifdef __clang_analyzer__
/* Told to an analyser, which sees one file at a time: what failed did not end well. */
#define hr_fail(error, state, ...)                                                     \
    (hr_fail(error, state, __VA_ARGS__), (error)->status = (state))
#endif

#ifdef __cplusplus
}
#endif

#endif
