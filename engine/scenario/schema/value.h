/** @file
 * From YAML to the value of a key: a number, a distribution or a word, with its
 * source, evidence, owner, date and price year.
 */
#ifndef HEADROOM_VALUE_H
#define HEADROOM_VALUE_H

#include "settings.h"
#include "text.h"
#include "yaml.h"

/** What reading needs at hand. */
struct reader {
    struct store *store;
    struct hr_messages *problems;
    const struct yaml *yaml;
};

/** Fill @p setting, whose key and field are set, from @p node; setting->at is the
 * place of the key and becomes that of the value. False, with messages, if it is not
 * what the key takes. */
bool value_read(const struct reader *reader, struct fy_node *node,
                struct setting *setting);

/** A number that is to be: under which name, where, and in what for the hint. */
struct value_said {
    const char *key, *unit;
    struct place at;
};

/** One plain number; said.at is where it is said if it has no place of its own. */
bool value_number(const struct reader *reader, struct fy_node *node,
                  struct value_said said, double *number);

/** The same from a default of the schema. */
bool value_from_text(struct store *store, const char *text, struct setting *setting,
                     struct hr_messages *problems);

/** Say why a text is not a number, and what to write instead. */
void value_refuse_number(struct hr_messages *problems, const struct value_said *said,
                         const char *text, enum text_number why);

/** The parameters of a distribution of kind setting->number.kind. */
bool value_distribution(const struct reader *reader, struct fy_node *node,
                        struct setting *setting);

/** The names of the parameters of a kind, up to three and then NULL; NULL after the
 * last of the sets it may be given by. */
const char *const *value_parameters(enum distribution_kind kind, int set);

/** False, with a message, where the text of a whole number is no way to write one. */
bool value_is_spelled(const struct reader *reader, const struct setting *setting,
                      const char *text);

/** Truncate to the key's range; refuse what has no place in it. */
bool value_in_range(const struct reader *reader, struct setting *setting);

/** Whether it may name a form or a shock. */
bool value_is_name(const char *text);

/** The words of a list of choices, joined by commas; owned by the store. */
const char *value_words(struct store *store, const struct choice *choices);

#endif
