#include "comparison.h"

#include "columns.h"
#include "held.h"
#include "read_items.h"
#include "scales.h"
#include "walk.h"

/* What a data set is, so what it has attributes for. */
enum {
    AXIS = 1,
    NUMBERS = 2,
    WORDS = 4,
    TEXT = 8,
    MONEY = 16,
    METRIC = 32,
    SWEPT = 64,
    ALL = AXIS | NUMBERS | WORDS | TEXT,
};

static const struct {
    const char *name;
    unsigned of;
} names[] = {
    {"CLASS", AXIS},       {"NAME", AXIS},        {"DIMENSION_LIST", NUMBERS | WORDS},
    {"units", NUMBERS},    {"long_name", ALL},    {"real", MONEY},
    {"price_base", MONEY}, {"discounted", MONEY}, {"better", METRIC},
    {"group", METRIC},     {"label", METRIC},     {"prefix", METRIC},
    {"suffix", METRIC},    {"scale", METRIC},     {"decimals", METRIC},
    {"count", METRIC},     {"key", SWEPT},
};

/* The comparison behind a walk over the file. */
struct look {
    struct reading reading; /* first: it is what a walk hands on */
    const struct comparison *c;
    enum hr_status status;
};

static bool is_of_words(hid_t data_set)
{
    const hid_t type = H5Dget_type(data_set);
    const bool words = H5Tget_class(type) == H5T_STRING;

    H5Tclose(type);
    return words;
}

static bool is_scalar(hid_t data_set)
{
    const hid_t space = H5Dget_space(data_set);
    const bool scalar = H5Sget_simple_extent_ndims(space) == 0;

    H5Sclose(space);
    return scalar;
}

static unsigned what_is(hid_t data_set)
{
    unsigned is = NUMBERS;

    if (scales_is_one(data_set))
        return AXIS;
    if (is_of_words(data_set))
        is = is_scalar(data_set) ? TEXT : WORDS;
    return is | (H5Aexists(data_set, "real") > 0 ? MONEY : 0) |
           (H5Aexists(data_set, "better") > 0 ? METRIC : 0) |
           (H5Aexists(data_set, "key") > 0 ? SWEPT : 0);
}

/* Each it should have and no other. */
static void check_names(struct look *look, hid_t data_set, const char *path,
                        unsigned is)
{
    hsize_t known = H5Aexists(data_set, "REFERENCE_LIST") > 0 && is == AXIS;
    H5O_info_t about = {0};

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        const bool there = H5Aexists(data_set, names[i].name) > 0;

        known += there;
        if (there != ((names[i].of & is) != 0) && look->status == HR_OK)
            look->status = comparison_worded(
                look->c, "%s %s an attribute %s", path,
                there ? "has, as no result has," : "has not", names[i].name);
    }
    if (H5Oget_info2(data_set, &about, H5O_INFO_NUM_ATTRS) >= 0 &&
        about.num_attrs != known && look->status == HR_OK)
        look->status =
            comparison_worded(look->c, "%s has an attribute that no result has", path);
}

static void check_text(struct look *look, hid_t data_set, const char *path,
                       const char *name, const char *should)
{
    const char *is = read_text_of(&look->reading, data_set, path, name);

    if (should != NULL && look->status == HR_OK && !comparison_same_text(is, should))
        look->status = comparison_worded(
            look->c, "%s of %s is another in the file than here", name, path);
}

static const char *meaning_of_axis(const char *path)
{
    for (size_t i = 0; i < columns_axis_count(); i++) {
        if (strcmp(columns_axis(i)->path, path) == 0)
            return columns_axis(i)->meaning;
    }
    return NULL;
}

/* As it is documented; what lies along more than one kind of axes has a row for each.
 */
static const struct data_row *row_of(struct look *look, hid_t data_set,
                                     const char *path, enum data_kind kind)
{
    const char *is = read_text_of(&look->reading, data_set, path, "long_name");
    const struct data_row *first = columns_find(path, kind);

    for (size_t r = 0; first != NULL && r < columns_count(); r++) {
        const struct data_row *row = columns_row(r);

        if (row->kind == kind && strcmp(row->path, first->path) == 0 &&
            row->meaning != NULL && comparison_same_text(row->meaning, is))
            return row;
    }
    return first;
}

/* What stands in the file and not in what was read of it. */
static void check_data_set(struct reading *reading, hid_t data_set, const char *path)
{
    struct look *look = (struct look *)reading;
    const unsigned is = what_is(data_set);
    const struct data_row *row = row_of(look, data_set, path,
                                        is & TEXT    ? DATA_TEXT
                                        : is & WORDS ? DATA_WORDS
                                                     : DATA_NUMBERS);

    check_names(look, data_set, path, is);
    if (is == AXIS) {
        check_text(look, data_set, path, "long_name", meaning_of_axis(path));
        return;
    }
    check_text(look, data_set, path, "long_name", row != NULL ? row->meaning : NULL);
    if (is & NUMBERS)
        check_text(look, data_set, path, "units", row != NULL ? row->unit : NULL);
    if (is & MONEY)
        check_text(look, data_set, path, "price_base",
                   hr_result_text(look->c->again, "/price_base"));
}

enum hr_status comparison_of_attributes(const struct comparison *c)
{
    struct reader *reader = &c->result->reader;
    struct result_set texts = {0};
    struct look look = {
        .reading = {.file = reader->file, .set = &texts, .bytes = SIZE_MAX},
        .c = c,
    };
    struct quiet quiet;
    enum hr_status status;

    if (reader->file < 0)
        return HR_OK;
    quiet = quiet_begin();
    look.reading.guard = (struct guard){
        .path = reader->path, .if_fails = HR_NOT_HELD, .error = c->error};
    look.reading.text_type = guard_text_type(&look.reading.guard);
    walk_file(&look.reading, check_data_set, NULL);
    H5Tclose(look.reading.text_type);
    quiet_end(quiet);
    status = result_set_status(&texts, c->error); /* without memory nothing is like */
    if (status == HR_OK)
        status = look.reading.guard.status;
    result_set_free(&texts);
    return status != HR_OK ? status : look.status;
}
