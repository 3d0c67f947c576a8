#include "contents.h"

#include "files.h"

static const char *copy_or_null(struct store *store, const char *text)
{
    return text == NULL ? NULL : store_text(store, text);
}

static struct kept_file *copy_kept(struct store *store, const struct kept_file *from)
{
    struct kept_file *kept = NULL;

    for (; from != NULL; from = from->next) {
        struct kept_file *copy = store_take(store, sizeof(*copy));

        if (copy == NULL)
            return NULL;
        *copy = (struct kept_file){kept, store_text(store, from->path),
                                   store_text(store, from->text)};
        kept = copy;
    }
    return kept;
}

void scenario_keep_recipe(struct hr_scenario *scenario, const struct recipe *recipe)
{
    struct store *store = &scenario->store;

    scenario->recipe = *recipe;
    scenario->recipe.path = copy_or_null(store, recipe->path);
    scenario->recipe.text = copy_or_null(store, recipe->text);
    scenario->recipe.practices = copy_or_null(store, recipe->practices);
    scenario->recipe.kept = copy_kept(store, recipe->kept);
    scenario->recipe.override =
        store_take(store, (recipe->overrides + 1) * sizeof(*recipe->override));
    if (scenario->recipe.override == NULL)
        scenario->recipe.overrides = 0;
    for (size_t i = 0; i < scenario->recipe.overrides; i++)
        scenario->recipe.override[i] = store_text(store, recipe->override[i]);
}

const char *hr_scenario_source_text(const struct hr_scenario *scenario)
{
    const struct kept_file *kept = scenario->recipe.kept;

    while (kept != NULL && (scenario->recipe.path == NULL ||
                            strcmp(kept->path, scenario->recipe.path) != 0))
        kept = kept->next;
    return kept == NULL ? NULL : kept->text;
}

const char *hr_scenario_file(const struct hr_scenario *scenario, size_t i)
{
    const struct kept_file *kept = scenario->recipe.kept;

    while (kept != NULL && i-- > 0)
        kept = kept->next;
    return kept == NULL ? NULL : kept->path;
}

bool hr_scenario_reads(const struct hr_scenario *scenario, const char *path)
{
    const struct kept_file *kept = scenario->recipe.kept;

    while (kept != NULL && !files_are_one(kept->path, path))
        kept = kept->next;
    return kept != NULL;
}
