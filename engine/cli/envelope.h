/** @file
 * What every command says in one form: with --json one object, whatever happens; with
 * --quiet nothing that was not asked for.
 *
 * A command prints what it has as one or several objects (json.h) and says what is
 * wrong on standard error; the envelope joins the objects, puts first what all answers
 * have (results/JSON.md), and turns sentences into problems where the command failed,
 * into notes where it did not.
 */
#ifndef HEADROOM_ENVELOPE_H
#define HEADROOM_ENVELOPE_H

#include <stdbool.h>

struct envelope;

/** Whether @p words ask for @p option, `--json`, in full or shortened to at least
 * @p least characters. */
bool envelope_asked(int count, char **words, const char *option, int least);

/** Stand between a command and the guarded streams where its words ask for that. All
 * that a command which @p reports prints is about what it did. NULL where memory ran
 * out. */
struct envelope *envelope_open(int argc, char **argv, bool reports);

/** Whether all has been said; so it is of NULL. */
bool envelope_is_closed(const struct envelope *envelope);

/** The file on which people hear what is said in spite of --quiet. */
int envelope_heard(const struct envelope *envelope);

/** Print what was held back, as the status has it; once. The status, or HR_FAILED,
 * having said so, where memory for what was held back ran out. Harmless for NULL. */
int envelope_close(struct envelope *envelope, int status);

#endif
