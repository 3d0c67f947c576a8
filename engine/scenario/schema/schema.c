#include "schema.h"

#include "fields.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

size_t schema_count(void)
{
    return model_field_count + delegated_field_count + form_field_count +
           shock_field_count;
}

const struct field *schema_at(size_t i)
{
    if (i < model_field_count)
        return &model_fields[i];
    i -= model_field_count;
    if (i < delegated_field_count)
        return &delegated_fields[i];
    i -= delegated_field_count;
    if (i < form_field_count)
        return &form_fields[i];
    return &shock_fields[i - form_field_count];
}

/* Follows pattern and key together; returns what is left of the pattern when the
 * key ends, NULL where they part company. */
static const char *after_match(const char *pattern, const char *key)
{
    while (*key != '\0') {
        if (*pattern == '*') {
            const size_t length = strcspn(key, ".");

            if (length == 0)
                return NULL;
            key += length;
            pattern++;
        } else if (*pattern++ != *key++) {
            return NULL;
        }
    }
    return pattern;
}

bool schema_matches(const char *pattern, const char *key)
{
    const char *rest = after_match(pattern, key);

    return rest != NULL && *rest == '\0';
}

const struct field *schema_find(const char *key)
{
    for (size_t i = 0; i < schema_count(); i++) {
        if (schema_matches(schema_at(i)->key, key))
            return schema_at(i);
    }
    return NULL;
}

bool schema_is_group(const char *path)
{
    for (size_t i = 0; i < schema_count(); i++) {
        const char *rest = after_match(schema_at(i)->key, path);

        if (rest != NULL && *rest == '.')
            return true;
    }
    return false;
}

/* The pattern with each star replaced by what the path has in its place. */
static void with_names_of(const char *pattern, const char *path, char *key)
{
    size_t n = 0;

    for (; *pattern != '\0' && n + 1 < LONGEST_PATH; pattern++) {
        const size_t length = strcspn(path, ".");

        if (*pattern == '*') {
            const size_t room = LONGEST_PATH - 1 - n;
            const size_t copied = length < room ? length : room;

            memcpy(key + n, path, copied);
            n += copied;
            continue;
        }
        if (*pattern == '.')
            path += length + (path[length] == '.');
        key[n++] = *pattern;
    }
    key[n] = '\0';
}

struct nearest {
    const char *path;
    size_t distance;
    char *best;
};

static void consider(struct nearest *nearest, const char *candidate)
{
    const size_t distance = text_distance(nearest->path, candidate);

    if (distance < nearest->distance) {
        nearest->distance = distance;
        snprintf(nearest->best, LONGEST_PATH, "%s", candidate);
    }
}

/* A key that was written without its group: the only one of that name. */
static bool find_in_a_group(const char *name, char *nearest)
{
    size_t found = 0;

    for (size_t i = 0; i < schema_count() && strchr(name, '.') == NULL; i++) {
        const char *key = schema_at(i)->key, *dot = strrchr(key, '.');

        if (dot != NULL && strchr(key, '*') == NULL && strcmp(dot + 1, name) == 0 &&
            found++ == 0)
            snprintf(nearest, LONGEST_PATH, "%s", key);
    }
    return found == 1;
}

/* A term of a form that was written without forms, or without the form too. */
static bool find_a_term(const char *path, char *nearest)
{
    static const char *const whose[] = {"forms.", "forms.FORM."};

    for (size_t i = 0; i < sizeof(whose) / sizeof(*whose); i++) {
        const int length = snprintf(nearest, LONGEST_PATH, "%s%s", whose[i], path);

        if (length < LONGEST_PATH && schema_find(nearest) != NULL)
            return true;
    }
    return false;
}

bool schema_nearest(const char *path, char *nearest)
{
    struct nearest search = {path, 2 + strlen(path) / 4, nearest};

    if (find_in_a_group(path, nearest) || find_a_term(path, nearest))
        return true;
    nearest[0] = '\0';
    for (size_t i = 0; i < schema_count(); i++) {
        char key[LONGEST_PATH];

        with_names_of(schema_at(i)->key, path, key);
        consider(&search, key);
        for (char *dot = strrchr(key, '.'); dot != NULL; dot = strrchr(key, '.')) {
            *dot = '\0';
            consider(&search, key);
        }
    }
    return nearest[0] != '\0';
}

bool schema_is_term(const struct field *field)
{
    return strncmp(field->key, "forms.", 6) == 0;
}

bool schema_is_shock(const struct field *field)
{
    return strncmp(field->key, "shocks.", 7) == 0;
}

const char *schema_leaf(const struct field *field)
{
    const char *star = strstr(field->key, "*.");

    return star == NULL ? field->key : star + 2;
}

const char *uplift_name(enum uplift uplift)
{
    static const char *const names[] = {"", "contract", "pay", "prices"};

    return names[uplift];
}

const char *field_type_name(enum field_type type)
{
    static const char *const names[] = {"number", "integer", "choice", "flag",
                                        "name",   "text",    "path",   "names"};

    return names[type];
}
