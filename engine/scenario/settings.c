#include "settings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct setting *settings_find(const struct settings *settings, const char *key)
{
    for (size_t i = 0; i < settings->count; i++) {
        if (strcmp(settings->item[i]->key, key) == 0)
            return settings->item[i];
    }
    return NULL;
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

    if (settings->count < settings->capacity)
        return true;
    item = realloc(settings->item, capacity * sizeof(struct setting *));
    if (item == NULL)
        return false;
    settings->item = item;
    settings->capacity = capacity;
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
        settings->item[settings->count++] = place;
        place->key = store_text(store, setting->key);
    }
    {
        const char *key = place->key;

        *place = *setting;
        place->key = key;
    }
}

void settings_remove(struct settings *settings, const char *prefix)
{
    const size_t length = strlen(prefix);
    size_t kept = 0;

    for (size_t i = 0; i < settings->count; i++) {
        if (strncmp(settings->item[i]->key, prefix, length) != 0)
            settings->item[kept++] = settings->item[i];
    }
    settings->count = kept;
}

void settings_free(struct settings *settings)
{
    free(settings->item);
    *settings = (struct settings){0};
}

bool setting_is_number(const struct setting *setting)
{
    return setting->text == NULL;
}
