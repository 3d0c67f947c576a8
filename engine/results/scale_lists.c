#include "scale_lists.h"

#include <stdlib.h>

static const char *const doing = "write";

static hobj_ref_t reference_to(struct guard *guard, hid_t object)
{
    hobj_ref_t reference = 0;

    if (guard_holds(guard))
        guard_done(guard, H5Rcreate(&reference, object, ".", H5R_OBJECT, -1), doing,
                   "a reference");
    return reference;
}

/* An attribute of @p count things. */
static void put_list(struct guard *guard, hid_t object, const char *name, hid_t type,
                     hsize_t count, const void *value)
{
    const hid_t space = guard_id(guard, H5Screate_simple(1, &count, NULL), doing, name);
    hid_t attribute = -1;

    if (guard_holds(guard))
        attribute = guard_id(
            guard, H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT),
            doing, name);
    if (guard_holds(guard)) {
        guard_done(guard, H5Awrite(attribute, type, value), doing, name);
        guard_done(guard, H5Aclose(attribute), doing, name);
    }
    H5Sclose(space);
}

void scale_lists_add(struct scale_lists *lists, struct guard *guard, hid_t scale)
{
    lists->list[lists->axes++] =
        (struct scale_list){.scale = scale, .reference = reference_to(guard, scale)};
}

static void add_use(struct scale_list *list, struct guard *guard, struct scale_use use)
{
    const bool full = (list->uses & (list->uses - 1)) == 0; /* a power of two, or 0 */
    struct scale_use *more = list->use;

    if (full)
        more = realloc(list->use, (2 * list->uses + 1) * sizeof(*more));
    if (more == NULL) {
        guard_refuse(guard, HR_FAILED, "no memory for the lists of its axes");
        return;
    }
    list->use = more;
    list->use[list->uses++] = use;
}

void scale_lists_attach(struct scale_lists *lists, struct guard *guard, hid_t data_set,
                        const int *axis, int rank)
{
    const hid_t type =
        guard_id(guard, H5Tvlen_create(H5T_STD_REF_OBJ), doing, "a list");
    const hobj_ref_t own = reference_to(guard, data_set);
    hvl_t along[RESULT_RANK];

    for (int d = 0; d < rank; d++) {
        struct scale_list *list = &lists->list[axis[d]];

        along[d] = (hvl_t){1, &list->reference};
        if (guard_holds(guard))
            add_use(list, guard, (struct scale_use){own, d});
    }
    if (guard_holds(guard))
        put_list(guard, data_set, "DIMENSION_LIST", type, (hsize_t)rank, along);
    H5Tclose(type);
}

static hid_t use_type(struct guard *guard)
{
    const hid_t type = guard_id(
        guard, H5Tcreate(H5T_COMPOUND, sizeof(struct scale_use)), doing, "a list");

    guard_done(guard,
               H5Tinsert(type, "dataset", HOFFSET(struct scale_use, data_set),
                         H5T_STD_REF_OBJ),
               doing, "a list");
    guard_done(guard,
               H5Tinsert(type, "dimension", HOFFSET(struct scale_use, dimension),
                         H5T_NATIVE_INT),
               doing, "a list");
    return type;
}

void scale_lists_write(struct scale_lists *lists, struct guard *guard)
{
    const hid_t type = use_type(guard);

    for (int i = 0; i < lists->axes; i++) {
        struct scale_list *list = &lists->list[i];

        if (list->uses > 0 && guard_holds(guard))
            put_list(guard, list->scale, "REFERENCE_LIST", type, list->uses, list->use);
        free(list->use);
    }
    H5Tclose(type);
    *lists = (struct scale_lists){0};
}
