#include "scales.h"

#include "result_set.h"

#include <hdf5_hl.h>

/* One text of fixed length. */
static bool is_fixed_text(hid_t object, const char *name)
{
    hid_t attribute, type, space;
    bool fixed;

    if (H5Aexists(object, name) <= 0)
        return false;
    attribute = H5Aopen(object, name, H5P_DEFAULT);
    type = H5Aget_type(attribute);
    space = H5Aget_space(attribute);
    fixed = H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) == 0 &&
            H5Sget_simple_extent_npoints(space) == 1;
    H5Sclose(space);
    H5Tclose(type);
    H5Aclose(attribute);
    return fixed;
}

bool scales_is_one(hid_t data_set)
{
    return is_fixed_text(data_set, "CLASS") && H5DSis_scale(data_set) > 0;
}

static bool is_list_of_references(hid_t type)
{
    const hid_t of = H5Tget_class(type) == H5T_VLEN ? H5Tget_super(type) : -1;
    const bool references = of >= 0 && H5Tequal(of, H5T_STD_REF_OBJ) > 0;

    if (of >= 0)
        H5Tclose(of);
    return references;
}

static bool are_listed(hid_t data_set)
{
    const hid_t own = H5Dget_space(data_set);
    hid_t attribute, type, space;
    bool listed;

    if (H5Aexists(data_set, "DIMENSION_LIST") <= 0) {
        H5Sclose(own);
        return false;
    }
    attribute = H5Aopen(data_set, "DIMENSION_LIST", H5P_DEFAULT);
    type = H5Aget_type(attribute);
    space = H5Aget_space(attribute);
    listed = is_list_of_references(type) && H5Sget_simple_extent_ndims(space) == 1 &&
             H5Sget_simple_extent_npoints(space) == H5Sget_simple_extent_ndims(own);
    H5Sclose(space);
    H5Tclose(type);
    H5Aclose(attribute);
    H5Sclose(own);
    return listed;
}

void scales_along(struct guard *guard, hid_t data_set, int rank, hobj_ref_t *scale)
{
    static const char name[] = "DIMENSION_LIST";
    hvl_t list[RESULT_RANK] = {{0, NULL}};
    hid_t attribute, type, space;

    if (!guard_holds(guard) || rank > RESULT_RANK || !are_listed(data_set))
        return;
    attribute = guard_id(guard, H5Aopen(data_set, name, H5P_DEFAULT), "read", name);
    type = guard_id(guard, H5Tvlen_create(H5T_STD_REF_OBJ), "read", name);
    space = guard_id(guard, H5Aget_space(attribute), "read", name);
    if (guard_holds(guard))
        guard_done(guard, H5Aread(attribute, type, list), "read", name);
    for (int d = 0; d < rank && guard_holds(guard); d++)
        scale[d] = list[d].len > 0 ? *(const hobj_ref_t *)list[d].p : 0;
    H5Dvlen_reclaim(type, space, H5P_DEFAULT, list);
    H5Sclose(space);
    H5Tclose(type);
    H5Aclose(attribute);
}
