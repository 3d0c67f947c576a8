#include "terms_apart.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 512 };

static const struct hr_assumption *find(const struct hr_assumption *list, size_t count,
                                        const char *form, const char *term)
{
    char key[LONGEST];

    snprintf(key, sizeof(key), "forms.%s.%s", form, term);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].key, key) == 0)
            return &list[i];
    }
    return NULL;
}

/* Whose term a key is; NULL where it is not of that form. */
static const char *term_of(const char *key, const char *form)
{
    const size_t length = strlen(form);

    if (strncmp(key, "forms.", 6) != 0 || strncmp(key + 6, form, length) != 0 ||
        key[6 + length] != '.')
        return NULL;
    return key + 6 + length + 1;
}

/* What is listed of a form and is no term: what it is called, what it comes to. */
static bool is_term(const char *name)
{
    static const char *const told[] = {"label", "about", "kin"};
    char key[LONGEST];

    for (size_t i = 0; i < sizeof(told) / sizeof(*told); i++) {
        if (strcmp(name, told[i]) == 0)
            return false;
    }
    snprintf(key, sizeof(key), "forms.*.%s", name);
    for (size_t i = 0; i < hr_key_count(); i++) {
        if (strcmp(hr_key_at(i).key, key) == 0)
            return true;
    }
    return false;
}

static bool are_same(const struct hr_assumption *own, const struct hr_assumption *other)
{
    if (own == NULL || other == NULL)
        return own == other;
    return strcmp(own->value, other->value) == 0 &&
           (!own->number || own->uplift == other->uplift);
}

static void add_term(struct apart *a, const char *term, const struct hr_assumption *own,
                     const struct hr_assumption *other)
{
    const struct hr_assumption *about = own != NULL ? own : other;
    const bool turned = a->moved != a->first;
    const char *value = own != NULL ? own->value : "not said";
    const char *given = other != NULL ? other->value : "not said";
    struct result_set *set = &a->decision->set;

    if (!is_term(term) || are_same(own, other))
        return;
    a->term[a->terms] = result_set_name(set, "%s", term);
    a->word[MEANING][a->terms] = result_set_name(set, "%s", about->meaning);
    a->word[FIRST_VALUE][a->terms] = result_set_name(set, "%s", turned ? given : value);
    a->word[SECOND_VALUE][a->terms] =
        result_set_name(set, "%s", turned ? value : given);
    a->terms++;
}

enum hr_status terms_find(struct apart *a, const struct hr_scenario *scenario,
                          struct hr_error *error)
{
    size_t count;
    const struct hr_assumption *list = hr_scenario_assumptions(scenario, &count);

    a->term = calloc((1 + TERM_WORDS) * (count + 1), sizeof(*a->term));
    a->group = calloc(count + 1, sizeof(*a->group));
    if (a->term == NULL || a->group == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the terms of a form");
    for (int w = 0; w < TERM_WORDS; w++)
        a->word[w] = a->term + (size_t)(w + 1) * (count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *own = term_of(list[i].key, a->moved);
        const char *given = term_of(list[i].key, a->taken);

        if (own != NULL)
            add_term(a, own, &list[i], find(list, count, a->taken, own));
        else if (given != NULL && find(list, count, a->moved, given) == NULL)
            add_term(a, given, NULL, &list[i]);
    }
    return HR_OK;
}

static bool may_exchange(const struct apart *a, size_t begin, size_t end)
{
    struct hr_scenario *variant = NULL;
    struct hr_messages problems = {0};
    const struct hr_exchange some = {a->moved, a->taken, a->term + begin, end - begin};
    const bool good = hr_base_exchange(a->base, &some, &variant, &problems) == HR_OK;

    hr_messages_free(&problems);
    hr_scenario_free(variant);
    return good;
}

/* Rules that bind terms together, such as who owns a pool and how much is pooled, leave
 * them one group. */
void terms_group(struct apart *a)
{
    for (size_t k = 0; k < a->terms; k++) {
        struct term_group *group = &a->group[a->groups];

        group->end = k + 1;
        if (k + 1 < a->terms &&
            !(may_exchange(a, 0, k + 1) && may_exchange(a, k + 1, a->terms)))
            continue;
        for (size_t i = group->begin; i < group->end; i++)
            a->word[TERM][a->groups] =
                i == group->begin
                    ? a->term[i]
                    : result_set_name(&a->decision->set, "%s, %s",
                                      a->word[TERM][a->groups], a->term[i]);
        for (int w = MEANING; w < TERM_WORDS; w++)
            a->word[w][a->groups] = a->word[w][group->begin];
        a->group[++a->groups].begin = k + 1;
    }
}
