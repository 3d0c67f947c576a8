#include "content_hash.h"

#include "columns.h"

#include <endian.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What lies along this axis is taken in the order of its labels. */
static const char *const sorted_axis = "/site";

static const uint64_t any_nan = UINT64_C(0x7ff8000000000000);

enum { NUMBERS_AT_ONCE = 512 };

struct hashing {
    const struct result_set *set;
    const struct number_source *source;
    const size_t *order; /**< of the sorted axis: places in ascending order */
    struct sha256_ctx content, file;
    struct sha256_ctx *numbers; /* the hash that numbers enter */
    struct hr_error *error;
};

/* One record; which of its kind is said by the member that is not NULL. */
struct record {
    const char *path;
    const struct result_axis *axis;
    const struct result_data *data;
    const struct result_words *words;
    const struct result_text *text;
    const struct result_attribute *attribute;
};

static void add_word(struct sha256_ctx *hash, const char *word)
{
    digest_add(hash, word, strlen(word) + 1);
}

static void add_integer(struct sha256_ctx *hash, uint64_t integer)
{
    const uint64_t little = htole64(integer);

    digest_add(hash, &little, sizeof(little));
}

static uint64_t bits_of(double number)
{
    uint64_t bits;

    memcpy(&bits, &number, sizeof(bits));
    return htole64(isnan(number) ? any_nan : bits);
}

static void add_numbers(struct sha256_ctx *hash, const double *number, size_t count)
{
    uint64_t bits[NUMBERS_AT_ONCE];

    while (count > 0) {
        const size_t n = count < NUMBERS_AT_ONCE ? count : NUMBERS_AT_ONCE;

        for (size_t i = 0; i < n; i++)
            bits[i] = bits_of(number[i]);
        digest_add(hash, bits, n * sizeof(*bits));
        number += n;
        count -= n;
    }
}

/* As numbers, from 0 on. */
static void add_places(struct sha256_ctx *hash, size_t count)
{
    double place[NUMBERS_AT_ONCE];

    for (size_t at = 0; at < count; at += NUMBERS_AT_ONCE) {
        const size_t left = count - at,
                     n = left < NUMBERS_AT_ONCE ? left : NUMBERS_AT_ONCE;

        for (size_t i = 0; i < n; i++)
            place[i] = (double)(at + i);
        add_numbers(hash, place, n);
    }
}

static bool is_sorted_axis(const struct result_axis *axis)
{
    return axis->word != NULL && strcmp(axis->path, sorted_axis) == 0;
}

static size_t place(const struct hashing *hashing, const struct result_axis *axis,
                    size_t i)
{
    return is_sorted_axis(axis) ? hashing->order[i] : i;
}

static void add_words(struct hashing *hashing, struct sha256_ctx *hash,
                      const struct result_axis *axis, const char *const *word)
{
    for (size_t i = 0; i < axis->size; i++)
        add_word(hash, word[place(hashing, axis, i)]);
}

/* The hash that what stands at a path enters. */
static struct sha256_ctx *hash_for(struct hashing *hashing, const char *path)
{
    return columns_is_told(path) ? &hashing->file : &hashing->content;
}

/* Places of the sorted axis, each of @p inner numbers, in order. */
static void add_sorted(struct hashing *hashing, size_t places, size_t inner,
                       const double *value)
{
    for (size_t i = 0; i < places; i++)
        add_numbers(hashing->numbers, value + hashing->order[i] * inner, inner);
}

static void add_in_order(struct hashing *hashing, const struct result_data *data,
                         const double *value)
{
    const struct result_axis *axes = hashing->set->axis;
    size_t inner = result_data_count(hashing->set, data), outer = 1;

    for (int d = 0; d < data->rank; d++) {
        const struct result_axis *axis = &axes[data->axis[d]];

        inner = axis->size > 0 ? inner / axis->size : 0;
        if (!is_sorted_axis(axis)) {
            outer *= axis->size;
            continue;
        }
        for (size_t o = 0; o < outer; o++, value += axis->size * inner)
            add_sorted(hashing, axis->size, inner, value);
        return;
    }
    add_numbers(hashing->numbers, value, outer);
}

static enum hr_status read_slice(const struct hashing *hashing,
                                 const struct result_data *data,
                                 const struct slice *slice, double *value)
{
    const struct number_source *source = hashing->source;

    if (data->rows != NULL)
        return slice_read(data, slice, value, hashing->error);
    return source->read(source->context, data, slice, value, hashing->error);
}

/* In slices, which follow one another as the numbers do. */
static enum hr_status add_slices(struct hashing *hashing,
                                 const struct result_data *data)
{
    struct slices slices = slices_of(hashing->set, data);
    double *read = malloc((slices_room(&slices) + 1) * sizeof(*read));
    enum hr_status status = HR_OK;
    struct slice slice;

    if (read == NULL)
        return hr_fail(hashing->error, HR_FAILED, "no memory to hash %s", data->path);
    while (status == HR_OK && slices_take(&slices, &slice)) {
        status = read_slice(hashing, data, &slice, read);
        if (status == HR_OK)
            add_numbers(hashing->numbers, read, slice.rows * slice.count);
    }
    free(read);
    return status;
}

static enum hr_status add_whole(struct hashing *hashing, const struct result_data *data)
{
    const struct number_source *source = hashing->source;
    double *read = malloc((result_data_count(hashing->set, data) + 1) * sizeof(*read));
    enum hr_status status;

    if (read == NULL)
        return hr_fail(hashing->error, HR_FAILED, "no memory to hash %s", data->path);
    status = source->read(source->context, data, NULL, read, hashing->error);
    if (status == HR_OK)
        add_in_order(hashing, data, read);
    free(read);
    return status;
}

static enum hr_status add_values(struct hashing *hashing,
                                 const struct result_data *data)
{
    if (data->value == NULL)
        return slices_fit(hashing->set, data) ? add_slices(hashing, data)
                                              : add_whole(hashing, data);
    add_in_order(hashing, data, data->value);
    return HR_OK;
}

static void hash_axis(struct hashing *hashing, const struct result_axis *axis)
{
    struct sha256_ctx *hash = hash_for(hashing, axis->path);

    add_word(hash, axis->word != NULL ? "words" : "numbers");
    add_integer(hash, axis->size);
    if (axis->word != NULL)
        add_words(hashing, hash, axis, axis->word);
    else if (axis->number != NULL)
        add_numbers(hash, axis->number, axis->size);
    else
        add_places(hash, axis->size);
    add_word(&hashing->file, axis->long_name);
}

static void hash_shown(struct sha256_ctx *hash, const struct result_shown *shown)
{
    if (shown->better == NULL)
        return;
    add_word(hash, shown->better);
    add_word(hash, shown->group);
    add_word(hash, shown->label);
    add_word(hash, shown->prefix);
    add_word(hash, shown->suffix);
    add_numbers(hash, &shown->scale, 1);
    add_integer(hash, shown->decimals);
    add_integer(hash, shown->count);
}

static enum hr_status hash_data(struct hashing *hashing, const struct result_data *data)
{
    hashing->numbers = hash_for(hashing, data->path);
    add_word(hashing->numbers, "data");
    for (int d = 0; d < data->rank; d++)
        add_word(hashing->numbers, hashing->set->axis[data->axis[d]].path);
    add_word(&hashing->file, data->unit);
    add_word(&hashing->file, data->long_name);
    add_integer(&hashing->file, data->money);
    add_integer(&hashing->file, data->discounted);
    hash_shown(&hashing->file, &data->shown);
    if (data->key != NULL && *data->key != '\0')
        add_word(&hashing->file, data->key);
    return add_values(hashing, data);
}

static void hash_words(struct hashing *hashing, const struct result_words *words)
{
    const struct result_axis *axis = &hashing->set->axis[words->axis];
    struct sha256_ctx *hash = hash_for(hashing, words->path);

    add_word(hash, "column");
    add_word(hash, axis->path);
    add_words(hashing, hash, axis, words->value);
    add_word(&hashing->file, words->long_name);
    if (words->key != NULL && *words->key != '\0')
        add_word(&hashing->file, words->key);
}

static void hash_text(struct hashing *hashing, const struct result_text *text)
{
    add_word(columns_is_told(text->path) ? &hashing->file : &hashing->content,
             text->value);
    add_word(&hashing->file, text->long_name);
}

static void hash_attribute(struct hashing *hashing,
                           const struct result_attribute *attribute)
{
    struct sha256_ctx *hash = hash_for(hashing, attribute->path);

    switch (attribute->kind) {
    case KIND_TEXT:
        add_word(hash, attribute->text);
        break;
    case KIND_NUMBER:
        add_numbers(hash, &attribute->number, 1);
        break;
    case KIND_INTEGER:
        add_integer(hash, attribute->integer);
        break;
    }
}

static enum hr_status hash_record(struct hashing *hashing, const struct record *record)
{
    add_word(&hashing->file, record->path);
    if (!columns_is_told(record->path))
        add_word(&hashing->content, record->path);
    if (record->axis != NULL)
        hash_axis(hashing, record->axis);
    else if (record->words != NULL)
        hash_words(hashing, record->words);
    else if (record->text != NULL)
        hash_text(hashing, record->text);
    else if (record->attribute != NULL)
        hash_attribute(hashing, record->attribute);
    return record->data != NULL ? hash_data(hashing, record->data) : HR_OK;
}

static int by_path(const void *a, const void *b)
{
    const struct record *first = a, *second = b;

    return strcmp(first->path, second->path);
}

static size_t collect(const struct result_set *set, struct record *record)
{
    size_t n = 0;

    for (int i = 0; i < set->axes; i++)
        record[n++] = (struct record){set->axis[i].path, .axis = &set->axis[i]};
    for (size_t i = 0; i < set->data_count; i++)
        record[n++] = (struct record){set->data[i].path, .data = &set->data[i]};
    for (size_t i = 0; i < set->words_count; i++)
        record[n++] = (struct record){set->words[i].path, .words = &set->words[i]};
    for (size_t i = 0; i < set->text_count; i++)
        record[n++] = (struct record){set->text[i].path, .text = &set->text[i]};
    for (size_t i = 0; i < set->attribute_count; i++)
        record[n++] =
            (struct record){set->attribute[i].path, .attribute = &set->attribute[i]};
    qsort(record, n, sizeof(*record), by_path);
    return n;
}

static enum hr_status hash_records(struct hashing *hashing, struct content_hash *hash)
{
    const struct result_set *set = hashing->set;
    const size_t most = (size_t)set->axes + set->data_count + set->words_count +
                        set->text_count + set->attribute_count;
    struct record *record = malloc((most + 1) * sizeof(*record));
    enum hr_status status = HR_OK;
    size_t n;

    if (record == NULL)
        return hr_fail(hashing->error, HR_FAILED, "no memory to hash a result set");
    n = collect(set, record);
    sha256_init(&hashing->content);
    sha256_init(&hashing->file);
    for (size_t i = 0; i < n && status == HR_OK; i++)
        status = hash_record(hashing, &record[i]);
    digest_end(&hashing->content, hash->content);
    digest_end(&hashing->file, hash->file);
    free(record);
    return status;
}

struct label {
    const char *word;
    size_t place;
};

static int by_word(const void *a, const void *b)
{
    const struct label *first = a, *second = b;

    return strcmp(first->word, second->word);
}

/* Places along the sorted axis in ascending order of its labels; NULL without memory.
 */
static size_t *sorted_order(const struct result_axis *axis)
{
    const size_t size = axis != NULL && axis->word != NULL ? axis->size : 0;
    struct label *label = malloc((size + 1) * sizeof(*label));
    size_t *order = malloc((size + 1) * sizeof(*order));

    for (size_t i = 0; label != NULL && i < size; i++)
        label[i] = (struct label){axis->word[i], i};
    if (label != NULL && order != NULL) {
        qsort(label, size, sizeof(*label), by_word);
        for (size_t i = 0; i < size; i++)
            order[i] = label[i].place;
    } else {
        free(order);
        order = NULL;
    }
    free(label);
    return order;
}

enum hr_status content_hash_of(const struct result_set *set,
                               const struct number_source *source,
                               struct content_hash *hash, struct hr_error *error)
{
    size_t *order = sorted_order(result_set_find_axis(set, sorted_axis));
    struct hashing hashing = {
        .set = set, .source = source, .order = order, .error = error};
    enum hr_status status;

    if (order == NULL)
        return hr_fail(error, HR_FAILED, "no memory to hash a result set");
    status = hash_records(&hashing, hash);
    free(order);
    return status;
}
