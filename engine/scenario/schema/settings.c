#include "settings.h"

#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The slot that holds a key, or the free one where it would go. */
static size_t slot_of(const struct settings *settings, const char *key)
{
    const size_t slots = 2 * settings->capacity;
    size_t i = text_hash32(key) % slots;

    while (settings->slot[i] != 0 &&
           strcmp(settings->item[settings->slot[i] - 1]->key, key) != 0)
        i = (i + 1) % slots;
    return i;
}

static void fill_slots(struct settings *settings)
{
    memset(settings->slot, 0, 2 * settings->capacity * sizeof(*settings->slot));
    for (size_t i = 0; i < settings->count; i++)
        settings->slot[slot_of(settings, settings->item[i]->key)] = i + 1;
}

struct setting *settings_find(const struct settings *settings, const char *key)
{
    size_t number;

    if (settings->capacity == 0)
        return NULL;
    number = settings->slot[slot_of(settings, key)];
    return number == 0 ? NULL : settings->item[number - 1];
}

struct setting *settings_findf(const struct settings *settings, const char *format, ...)
{
    char key[LONGEST_PATH];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(key, sizeof(key), format, arguments);
    va_end(arguments);
    return settings_find(settings, key);
}

static bool make_room(struct settings *settings)
{
    const size_t capacity = settings->capacity == 0 ? 256 : 2 * settings->capacity;
    struct setting **item;
    size_t *slot;

    if (settings->count < settings->capacity)
        return true;
    item = realloc(settings->item, capacity * sizeof(struct setting *));
    if (item == NULL)
        return false;
    settings->item = item;
    slot = realloc(settings->slot, 2 * capacity * sizeof(*slot));
    if (slot == NULL)
        return false;
    settings->slot = slot;
    settings->capacity = capacity;
    fill_slots(settings);
    return true;
}

void settings_put(struct settings *settings, struct store *store,
                  const struct setting *setting)
{
    struct setting *place = settings_find(settings, setting->key);

    if (place == NULL) {
        place = store_take(store, sizeof(*place));
        if (place == NULL || !make_room(settings)) {
            store->failed = true;
            return;
        }
        place->key = store_text(store, setting->key);
        settings->item[settings->count] = place;
        settings->slot[slot_of(settings, place->key)] = ++settings->count;
    }
    {
        const char *key = place->key;

        *place = *setting;
        place->key = key;
    }
}

void settings_keep(struct settings *settings, const char *prefix,
                   bool stays(const struct setting *setting))
{
    const size_t length = strlen(prefix);
    size_t kept = 0;

    for (size_t i = 0; i < settings->count; i++) {
        if (strncmp(settings->item[i]->key, prefix, length) != 0 ||
            (stays != NULL && stays(settings->item[i])))
            settings->item[kept++] = settings->item[i];
    }
    if (kept == settings->count)
        return;
    settings->count = kept;
    fill_slots(settings);
}

void settings_drop(struct settings *settings, const char *key)
{
    const struct setting *setting = settings_find(settings, key);
    size_t i = 0;

    if (setting == NULL)
        return;
    while (settings->item[i] != setting)
        i++;
    memmove(&settings->item[i], &settings->item[i + 1],
            (settings->count - i - 1) * sizeof(struct setting *));
    settings->count--;
    fill_slots(settings);
}

void settings_remove(struct settings *settings, const char *prefix)
{
    settings_keep(settings, prefix, NULL);
}

void settings_free(struct settings *settings)
{
    free(settings->item);
    free(settings->slot);
    *settings = (struct settings){0};
}

bool setting_is_number(const struct setting *setting)
{
    return setting->text == NULL;
}
