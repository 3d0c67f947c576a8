#include "headroom/result.h"

#include "columns.h"
#include "held.h"
#include "layout.h"
#include "probe.h"
#include "seal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct result_attribute *find_mark(const struct reader *reader,
                                                const char *path)
{
    return result_set_find_attribute(&reader->marks, path);
}

static enum hr_status check_complete(const struct reader *reader,
                                     struct hr_error *error)
{
    const struct result_attribute *complete = find_mark(reader, "/complete");

    if (complete->kind != KIND_INTEGER || complete->integer != 1)
        return hr_fail(error, HR_BAD_INPUT, "%s is incomplete: its writer was stopped",
                       reader->path);
    return HR_OK;
}

/* A file, and how it is asked for. */
struct look {
    const char *path;
    enum hr_result_proof proof; /* that it is to have */
    bool analyses;              /* these may be opened too */
};

/* What was made of a result is no result again. */
static enum hr_status check_kind(const struct reader *reader, const struct look *look,
                                 struct hr_error *error)
{
    const struct result_attribute *schema =
        result_set_find_attribute(&reader->set, "/schema");

    if (look->analyses || !layout_is_analysis(&reader->set))
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT,
                   "%s is an analysis (%s), not the result of a run; name the result "
                   "it was made from",
                   reader->path,
                   schema != NULL && schema->kind == KIND_TEXT ? schema->text
                                                               : "of some kind");
}

static enum hr_status compare(const struct reader *reader, const char *mark,
                              const char *found, const char *what,
                              struct hr_error *error)
{
    const struct result_attribute *wanted = find_mark(reader, mark);
    const bool told = wanted != NULL && wanted->kind == KIND_TEXT;

    if (told && strcmp(wanted->text, found) == 0)
        return HR_OK;
    return hr_fail(
        error, HR_NOT_HELD,
        "%s: %s is not what was written: the hash is %s, and the file says %s",
        reader->path, what, found, told ? wanted->text : "nothing");
}

static enum hr_status compare_hashes(struct reader *reader, struct hr_error *error)
{
    struct content_hash hash;

    if (reader_hash(reader, &hash, error) != HR_OK ||
        compare(reader, "/content_hash", hash.content, "its content", error) != HR_OK)
        return error->status;
    return compare(reader, "/file_hash", hash.file, "what it says of itself", error);
}

static enum hr_status open_reader(struct reader *reader, const struct look *look,
                                  struct hr_error *error)
{
    if (reader_open(reader, look->path, error) != HR_OK)
        return error->status;
    if (check_complete(reader, error) == HR_OK &&
        check_kind(reader, look, error) == HR_OK)
        return HR_OK;
    reader_close(reader);
    return error->status;
}

/* All that is read of a file later is read here first: see probe.h. */
static enum hr_status look_at(void *context, struct hr_error *error)
{
    const struct look *look = context;
    struct reader reader;
    enum hr_status status = open_reader(&reader, look, error);

    if (status != HR_OK)
        return status;
    if (look->proof == HR_RESULT_BY_SEAL)
        status = reader_touch(&reader, error);
    else if (look->proof == HR_RESULT_BY_CONTENT)
        status = compare_hashes(&reader, error);
    reader_close(&reader);
    return status;
}

/* The bytes first, where there is a seal, then what stands in them. */
static enum hr_status prove(struct look *look, struct hr_error *error)
{
    enum seal_state state;

    if (look->proof != HR_RESULT_UNPROVEN) {
        if (seal_check(look->path, &state, error) != HR_OK)
            return error->status;
        if (state == SEAL_ABSENT)
            look->proof = HR_RESULT_BY_CONTENT;
    }
    return probe_file(look->path, look_at, look, error);
}

static enum hr_status open_proven(struct reader *reader, struct look *look,
                                  struct hr_error *error)
{
    const struct quiet quiet = quiet_begin();
    enum hr_status status = prove(look, error);

    if (status == HR_OK)
        status = open_reader(reader, look, error);
    quiet_end(quiet);
    return status;
}

/* Opening anything but an ordinary file might wait for ever. */
static enum hr_status check_ordinary(const char *path, struct hr_error *error)
{
    struct stat about;

    if (access(path, R_OK) != 0)
        return hr_fail(error, HR_BAD_INPUT, "%s cannot be read: %s", path,
                       strerror(errno));
    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode))
        return hr_fail(error, HR_BAD_INPUT, "%s is no result file, nor any file", path);
    return HR_OK;
}

enum hr_status hr_result_check_bytes(const char *path, struct hr_error *error)
{
    enum seal_state state;

    if (check_ordinary(path, error) != HR_OK)
        return error->status;
    if (seal_check(path, &state, error) != HR_OK)
        return error->status;
    if (state == SEAL_ABSENT)
        return hr_fail(error, HR_NOT_HELD,
                       "%s has no seal: it is cut short, or another program wrote it",
                       path);
    return HR_OK;
}

enum hr_status hr_result_open(const char *path, struct hr_result **result,
                              struct hr_error *error)
{
    return hr_result_open_as(path, NULL, result, error);
}

enum hr_status hr_result_open_as(const char *path,
                                 const struct hr_result_options *options,
                                 struct hr_result **result, struct hr_error *error)
{
    struct look look = {path,
                        options != NULL && options->unproven ? HR_RESULT_UNPROVEN
                                                             : HR_RESULT_BY_SEAL,
                        options != NULL && options->analyses};

    *result = NULL;
    if (check_ordinary(path, error) != HR_OK)
        return error->status;
    *result = calloc(1, sizeof(**result));
    if (*result == NULL)
        return hr_fail(error, HR_FAILED, "no memory to read %s", path);
    if (open_proven(&(*result)->reader, &look, error) == HR_OK) {
        (*result)->proof = look.proof;
        return HR_OK;
    }
    free(*result);
    *result = NULL;
    return error->status;
}

enum hr_status hr_result_hash_of(const char *path, char hash[HR_RESULT_HASH],
                                 struct hr_error *error)
{
    const struct quiet quiet = quiet_begin();
    const bool found = reader_hash_of(path, hash);

    quiet_end(quiet);
    return found ? HR_OK
                 : hr_fail(error, HR_BAD_INPUT, "%s bears no content hash", path);
}

enum hr_result_proof hr_result_proof(const struct hr_result *result)
{
    return result->proof;
}

bool hr_result_is_analysis(const struct hr_result *result)
{
    return layout_is_analysis(&result->reader.set);
}

void hr_result_close(struct hr_result *result)
{
    if (result == NULL)
        return;
    reader_close(&result->reader);
    if (result->owner.release != NULL)
        result->owner.release(result->owner.held);
    free(result);
}

enum { LONGEST_PATH = 256 };

/* Names of the file's own things may come without their slash. */
static const char *rooted(const char *path, char buffer[LONGEST_PATH])
{
    const size_t length = strlen(path);

    if (*path == '/' || length + 2 > LONGEST_PATH)
        return path;
    buffer[0] = '/';
    memcpy(buffer + 1, path, length + 1);
    return buffer;
}

static const struct result_attribute *find_attribute(const struct hr_result *result,
                                                     const char *path)
{
    char buffer[LONGEST_PATH];
    const char *whole = rooted(path, buffer);
    const struct result_attribute *found =
        result_set_find_attribute(&result->reader.set, whole);

    return found != NULL ? found : find_mark(&result->reader, whole);
}

const char *hr_result_text(const struct hr_result *result, const char *path)
{
    const struct result_text *text = result_set_find_text(&result->reader.set, path);
    const struct result_attribute *attribute = find_attribute(result, path);

    if (text != NULL)
        return text->value;
    return attribute != NULL && attribute->kind == KIND_TEXT ? attribute->text : NULL;
}

bool hr_result_number(const struct hr_result *result, const char *path, double *number)
{
    const struct result_attribute *attribute = find_attribute(result, path);

    if (attribute == NULL || attribute->kind == KIND_TEXT)
        return false;
    *number =
        attribute->kind == KIND_NUMBER ? attribute->number : (double)attribute->integer;
    return true;
}

bool hr_result_integer(const struct hr_result *result, const char *path,
                       uint64_t *integer)
{
    const struct result_attribute *attribute = find_attribute(result, path);

    if (attribute == NULL || attribute->kind != KIND_INTEGER)
        return false;
    *integer = attribute->integer;
    return true;
}

const char *const *hr_result_labels(const struct hr_result *result, const char *name,
                                    size_t *count)
{
    const struct result_set *set = &result->reader.set;
    char buffer[LONGEST_PATH];
    const char *path = rooted(name, buffer);
    const struct result_axis *axis = result_set_find_axis(set, path);
    const struct result_words *words = result_set_find_words(set, path);

    if (axis == NULL && words != NULL)
        axis = &set->axis[words->axis];
    *count = axis != NULL ? axis->size : 0;
    if (words != NULL)
        return words->value;
    return axis != NULL ? axis->word : NULL;
}

bool hr_result_find(const struct hr_result *result, const char *axis, const char *label,
                    size_t *place)
{
    size_t count;
    const char *const *labels = hr_result_labels(result, axis, &count);

    for (size_t i = 0; labels != NULL && i < count; i++) {
        if (strcmp(labels[i], label) == 0) {
            *place = i;
            return true;
        }
    }
    return false;
}

size_t hr_result_count(const struct hr_result *result)
{
    return result->reader.set.data_count;
}

const char *hr_result_path(const struct hr_result *result, size_t i)
{
    return i < result->reader.set.data_count ? result->reader.set.data[i].path : NULL;
}

enum hr_status hr_result_verify_hash(struct hr_result *result, struct hr_error *error)
{
    const struct quiet quiet = quiet_begin();
    const enum hr_status status = compare_hashes(&result->reader, error);

    quiet_end(quiet);
    return status;
}
