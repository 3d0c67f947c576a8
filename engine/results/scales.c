#include "scales.h"

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

bool scales_are_listed(hid_t data_set)
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
