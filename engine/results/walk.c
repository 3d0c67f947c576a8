#include "walk.h"

enum { DEEPEST = 8, MOST_THINGS = 10000 };

struct walk {
    struct reading *reading;
    walk_visit *data_set;
    walk_visit *group;
    const char *at; /**< path of the group, "" for the root */
    int depth;
    int *things;
};

static void walk_group(struct walk walk, hid_t group);

static void visit_object(const struct walk *walk, hid_t object, const char *path)
{
    struct walk below = *walk;

    if (H5Iget_type(object) == H5I_DATASET) {
        if (walk->data_set != NULL)
            walk->data_set(walk->reading, object, path);
        return;
    }
    if (H5Iget_type(object) != H5I_GROUP) {
        guard_refuse(&walk->reading->guard, HR_BAD_INPUT,
                     "%s is neither a group nor a data set", path);
        return;
    }
    if (walk->group != NULL)
        walk->group(walk->reading, object, path);
    below.at = path;
    below.depth++;
    walk_group(below, object);
}

static void visit_hard_link(const struct walk *walk, hid_t group, const char *name,
                            const char *path)
{
    struct guard *guard = &walk->reading->guard;
    const hid_t object =
        guard_id(guard, H5Oopen(group, name, H5P_DEFAULT), "read", path);
    H5O_info_t about = {0};

    if (!guard_holds(guard))
        return;
    guard_done(guard, H5Oget_info2(object, &about, H5O_INFO_BASIC), "read", path);
    if (guard_holds(guard) && about.rc != 1)
        guard_refuse(guard, HR_BAD_INPUT,
                     "%s has another name too, and in a result nothing has two", path);
    if (guard_holds(guard))
        visit_object(walk, object, path);
    H5Oclose(object);
}

static herr_t visit(hid_t group, const char *name, const H5L_info_t *link,
                    void *context)
{
    const struct walk *walk = context;
    struct reading *reading = walk->reading;
    const char *path = result_set_name(reading->set, "%s/%s", walk->at, name);

    if (link->type != H5L_TYPE_HARD)
        guard_refuse(&reading->guard, HR_BAD_INPUT,
                     "%s is a link to elsewhere, and a result holds all that is in it",
                     path);
    else if (walk->depth > DEEPEST || ++*walk->things > MOST_THINGS)
        guard_refuse(&reading->guard, HR_BAD_INPUT,
                     "at %.128s it goes deeper, or on for longer, than any result",
                     path);
    else
        visit_hard_link(walk, group, name, path);
    return guard_holds(&reading->guard) && !reading->set->failed ? 0 : -1;
}

/* In the order in which things were made, where the file knows it. */
static H5_index_t order_of(struct guard *guard, hid_t group)
{
    static const char list_of[] = "the list of data sets";
    const hid_t list = guard_id(guard, H5Gget_create_plist(group), "read", list_of);
    unsigned order = 0;

    if (!guard_holds(guard))
        return H5_INDEX_NAME;
    guard_done(guard, H5Pget_link_creation_order(list, &order), "read", list_of);
    H5Pclose(list);
    return (order & H5P_CRT_ORDER_INDEXED) != 0 ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME;
}

static void walk_group(struct walk walk, hid_t group)
{
    struct guard *guard = &walk.reading->guard;
    const H5_index_t order =
        guard_holds(guard) ? order_of(guard, group) : H5_INDEX_NAME;

    if (guard_holds(guard))
        guard_done(guard, H5Literate(group, order, H5_ITER_INC, NULL, visit, &walk),
                   "read", "the list of data sets");
}

void walk_file(struct reading *reading, walk_visit *data_set, walk_visit *group)
{
    int things = 0;
    hid_t root;

    if (!guard_holds(&reading->guard))
        return;
    root = guard_id(&reading->guard, H5Gopen2(reading->file, "/", H5P_DEFAULT), "read",
                    "the list of data sets");
    walk_group((struct walk){.reading = reading,
                             .data_set = data_set,
                             .group = group,
                             .at = "",
                             .things = &things},
               root);
    H5Gclose(root);
}
