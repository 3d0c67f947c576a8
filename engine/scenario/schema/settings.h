/** @file
 * The values of a scenario by their full keys, each with its place and origin.
 */
#ifndef HEADROOM_SETTINGS_H
#define HEADROOM_SETTINGS_H

#include "distribution.h"
#include "messages.h"
#include "schema.h"
#include "store.h"

/** What a scenario says about one key. */
struct setting {
    const char *key;
    const struct field *field;
    struct distribution number; /**< truncated to the key's range */
    const char *text;           /**< of a choice, flag, name, text or path; else NULL */
    int choice;                 /**< value of the chosen word, or of a flag */
    const char *evidence;
    const char *source;
    const char *owner;
    const char *date;
    int year;         /**< price year; 0: price base */
    bool dated;       /**< the price year was said */
    bool independent; /**< draws of its own, not those of the term in other forms */
    bool defaulted;   /**< nobody said it */
    bool keyed;       /**< said by its full key, not by an entry of a list */
    struct place at;
};

struct settings {
    struct setting **item;
    size_t count, capacity;
    size_t *slot; /**< [2 * capacity] one more than the number of an item, by its key's
                     hash; 0: free */
};

/** The setting of a key; NULL where there is none. */
struct setting *settings_find(const struct settings *settings, const char *key);

/** The same with the key's parts printed. */
HR_PRINTF(2, 3)
struct setting *settings_findf(const struct settings *settings, const char *format,
                               ...);

/** Add or replace the setting of setting->key; the key is copied into the store. */
void settings_put(struct settings *settings, struct store *store,
                  const struct setting *setting);

/** Remove those whose key begins with @p prefix and that do not stay; NULL: none does.
 */
void settings_keep(struct settings *settings, const char *prefix,
                   bool stays(const struct setting *setting));

/** Remove the setting of a key, where there is one. */
void settings_drop(struct settings *settings, const char *key);

/** Remove all whose key begins with @p prefix. */
void settings_remove(struct settings *settings, const char *prefix);

/** Free the table; what it points to is the store's. */
void settings_free(struct settings *settings);

/** Whether it is a number and so has a distribution. */
bool setting_is_number(const struct setting *setting);

#endif
