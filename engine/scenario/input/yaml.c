#include "yaml.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

/* Errors are collected, not printed. */
static void print_nothing(struct fy_diag *diag, void *user, const char *text,
                          size_t length)
{
    (void)diag;
    (void)user;
    (void)text;
    (void)length;
}

static void report(const struct yaml *yaml, struct fy_diag *diag,
                   struct hr_messages *problems)
{
    void *iterator = NULL;
    struct fy_diag_error *fault;

    while ((fault = fy_diag_errors_iterate(diag, &iterator)) != NULL) {
        struct place at = yaml->start;

        at.line += fault->line;
        at.column = fault->column;
        messages_add(problems, &at, NULL, "not YAML: %s", fault->msg);
    }
}

/* All that follows the first document must be empty, or it would be lost. */
static void refuse_others(struct yaml *yaml, struct hr_messages *problems)
{
    struct fy_document *other = fy_parse_load_document(yaml->parser);

    for (; other != NULL; other = fy_parse_load_document(yaml->parser)) {
        struct fy_node *root = fy_document_root(other);
        const struct place at = yaml_place(yaml, yaml_first_scalar(root), yaml->start);
        const bool is_empty =
            root == NULL ||
            *(yaml_text(root) == NULL ? "a map or list" : yaml_text(root)) == '\0';

        if (!is_empty)
            messages_add(problems, &at, NULL,
                         "is after the end of the document, which is a line --- or "
                         "...: take that line out, or make a second file");
        fy_parse_document_destroy(yaml->parser, other);
    }
}

/* Whether words that are not quoted go on, after a space, with # and a digit: that is
 * no comment but "ward #3", of which YAML keeps "ward". */
static bool is_cut_at_number(const struct yaml *yaml, struct fy_node *node)
{
    const struct fy_mark *end = fy_token_end_mark(fy_node_get_scalar_token(node));
    const size_t from = end == NULL ? yaml->size : end->input_pos;
    size_t at = from;

    if (!yaml_is_plain(node) || !isalpha((unsigned char)*yaml_text(node)))
        return false;
    while (at < yaml->size && (yaml->text[at] == ' ' || yaml->text[at] == '\t'))
        at++;
    return at > from && at + 1 < yaml->size && yaml->text[at] == '#' &&
           isdigit((unsigned char)yaml->text[at + 1]);
}

static void look_at_scalar(const struct yaml *yaml, struct fy_node *node,
                           struct hr_messages *problems)
{
    const struct place at = yaml_place(yaml, node, yaml->start);

    if (is_cut_at_number(yaml, node))
        messages_add(problems, &at, NULL,
                     "\"%s\" is followed by # and a number, which would be lost as a "
                     "comment: put all of it in quotes, as in \"ward #3\"",
                     yaml_text(node));
}

static void look_at(const struct yaml *yaml, struct fy_node *node,
                    struct hr_messages *problems);

/* What stands before a separator of thousands, and what stands after one and cannot be
 * a number of its own: 98 and 000, 1 and 050. */
static bool is_before_separator(struct fy_node *node)
{
    const char *text = yaml_text(node);
    const size_t sign = text != NULL && *text == '-';
    const size_t digits = text == NULL ? 0 : strspn(text + sign, "0123456789");

    return yaml_is_plain(node) && digits >= 1 && digits <= 3 &&
           text[sign + digits] == '\0';
}

static bool is_after_separator(struct fy_node *node)
{
    const char *text = yaml_text(node);

    return yaml_is_plain(node) && text != NULL && *text == '0' &&
           strspn(text, "0123456789") == 3 && strchr(".", text[3]) != NULL;
}

static void look_at_list(const struct yaml *yaml, struct fy_node *list,
                         struct hr_messages *problems)
{
    struct fy_node *item, *before = NULL;
    void *at = NULL;

    while ((item = fy_node_sequence_iterate(list, &at)) != NULL) {
        const struct place place = yaml_place(yaml, before, yaml->start);

        look_at(yaml, item, problems);
        if (before != NULL && is_before_separator(before) && is_after_separator(item))
            messages_add(problems, &place, NULL,
                         "\"%s,%s\" would be two numbers: a number has no separators, "
                         "as in %s%s; put what are no numbers in quotes",
                         yaml_text(before), yaml_text(item), yaml_text(before),
                         yaml_text(item));
        before = item;
    }
}

static void look_within(const struct yaml *yaml, struct fy_node *node,
                        struct hr_messages *problems)
{
    void *at = NULL;
    struct fy_node_pair *pair;

    if (yaml_is_list(node))
        look_at_list(yaml, node, problems);
    while (yaml_is_map(node) && (pair = fy_node_mapping_iterate(node, &at)) != NULL) {
        look_at(yaml, fy_node_pair_key(pair), problems);
        look_at(yaml, fy_node_pair_value(pair), problems);
    }
}

/* A tag makes another thing of a value than its key says, or says what the key does.
 * The parser lets nothing be nested deeper than 64, and puts every text together when
 * it is first asked for: here, where it is seen whether there is memory for it. */
static void look_at(const struct yaml *yaml, struct fy_node *node,
                    struct hr_messages *problems)
{
    size_t length;
    const char *tag = node == NULL ? NULL : fy_node_get_tag(node, &length);

    if (tag != NULL) {
        const struct place at = yaml_place(yaml, yaml_first_scalar(node), yaml->start);

        messages_add(problems, &at, NULL,
                     "has a tag, such as !!str: leave it out, the key says what its "
                     "value is");
    } else if (node != NULL && yaml_text(node) == NULL) {
        look_within(yaml, node, problems);
    } else if (node != NULL) {
        look_at_scalar(yaml, node, problems);
    }
}

static void parse(struct yaml *yaml, const char *text, size_t size,
                  struct fy_diag *diag, struct hr_messages *problems)
{
    const struct fy_parse_cfg config = {
        .flags = FYPCF_DEFAULT_PARSE | FYPCF_ALLOW_DUPLICATE_KEYS, .diag = diag};

    yaml->parser = fy_parser_create(&config);
    if (yaml->parser == NULL || fy_parser_set_string(yaml->parser, text, size) != 0) {
        problems->incomplete = true;
        return;
    }
    yaml->document = fy_parse_load_document(yaml->parser);
    if (yaml->document != NULL)
        refuse_others(yaml, problems);
}

/* Where memory runs out the parser says nothing, or that the text is wrong, or leaves
 * some of it out: the system's error number alone tells. */
static bool had_memory(struct hr_messages *problems)
{
    problems->incomplete |= errno == ENOMEM;
    return !problems->incomplete;
}

static void parse_and_report(struct yaml *yaml, const char *text, size_t size,
                             struct hr_messages *problems)
{
    struct fy_diag_cfg config;
    struct fy_diag *diag;

    fy_diag_cfg_default(&config);
    config.fp = NULL;
    config.output_fn = print_nothing;
    diag = fy_diag_create(&config);
    if (diag == NULL) {
        problems->incomplete = true;
        return;
    }
    fy_diag_set_collect_errors(diag, true);
    parse(yaml, text, size, diag, problems);
    if (had_memory(problems))
        report(yaml, diag, problems);
    fy_diag_destroy(diag);
}

bool yaml_open(struct yaml *yaml, const char *text, size_t size,
               struct hr_messages *problems)
{
    const size_t before = messages_total(problems);

    yaml->text = text;
    yaml->size = size;
    errno = 0;
    parse_and_report(yaml, text, size, problems);
    yaml->root = yaml->document == NULL ? NULL : fy_document_root(yaml->document);
    if (had_memory(problems))
        look_at(yaml, yaml->root, problems);
    if (!had_memory(problems) || messages_total(problems) > before)
        return false;
    if (yaml->root != NULL && yaml_is_map(yaml->root))
        return true;
    messages_add(problems, &yaml->start, NULL, "must be a map of keys and values");
    return false;
}

void yaml_close(struct yaml *yaml)
{
    if (yaml->document != NULL)
        fy_parse_document_destroy(yaml->parser, yaml->document);
    if (yaml->parser != NULL)
        fy_parser_destroy(yaml->parser);
    yaml->document = NULL;
    yaml->parser = NULL;
}

struct place yaml_place(const struct yaml *yaml, struct fy_node *node,
                        struct place otherwise)
{
    const struct fy_mark *mark = NULL;
    struct place at = yaml->start;

    if (node != NULL && fy_node_get_type(node) == FYNT_SCALAR)
        mark = fy_token_start_mark(fy_node_get_scalar_token(node));
    if (mark == NULL || mark->line < 0)
        return otherwise;
    at.line += mark->line + 1;
    at.column = mark->column + 1;
    at.column = at.column > yaml->shift ? at.column - yaml->shift : 1;
    return at;
}

const char *yaml_text(struct fy_node *node)
{
    const char *text;

    if (node == NULL)
        return "";
    if (fy_node_get_type(node) != FYNT_SCALAR)
        return NULL;
    text = fy_node_get_scalar0(node);
    return text == NULL ? "" : text;
}

bool yaml_is_plain(struct fy_node *node)
{
    return node != NULL && fy_node_get_style(node) == FYNS_PLAIN;
}

bool yaml_is_alias(struct fy_node *node)
{
    return node != NULL && fy_node_is_alias(node);
}

bool yaml_is_map(struct fy_node *node)
{
    return node != NULL && fy_node_get_type(node) == FYNT_MAPPING;
}

bool yaml_is_list(struct fy_node *node)
{
    return node != NULL && fy_node_get_type(node) == FYNT_SEQUENCE;
}

struct fy_node *yaml_find(struct fy_node *map, const char *name)
{
    void *iterator = NULL;
    struct fy_node_pair *pair;

    while (map != NULL && (pair = fy_node_mapping_iterate(map, &iterator)) != NULL) {
        const char *key = yaml_text(fy_node_pair_key(pair));

        if (key != NULL && strcmp(key, name) == 0)
            return fy_node_pair_value(pair);
    }
    return NULL;
}

const char *yaml_text_in(struct fy_node *map, const char *name)
{
    struct fy_node *node = yaml_find(map, name);

    return node == NULL ? NULL : yaml_text(node);
}

int yaml_count(struct fy_node *list)
{
    return yaml_is_list(list) ? fy_node_sequence_item_count(list) : 0;
}

struct fy_node *yaml_first_scalar(struct fy_node *node)
{
    while (node != NULL && fy_node_get_type(node) != FYNT_SCALAR) {
        if (yaml_is_map(node))
            node = fy_node_pair_key(fy_node_mapping_get_by_index(node, 0));
        else
            node = fy_node_sequence_get_by_index(node, 0);
    }
    return node;
}
