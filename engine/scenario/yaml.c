#include "yaml.h"

#include <string.h>

static struct fy_document *parse(const char *text, size_t size, struct fy_diag *diag)
{
    const struct fy_parse_cfg config = {
        .flags = FYPCF_DEFAULT_PARSE | FYPCF_ALLOW_DUPLICATE_KEYS, .diag = diag};

    return fy_document_build_from_string(&config, text, size);
}

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

static bool check_root(struct yaml *yaml, struct hr_messages *problems)
{
    yaml->root = yaml->document == NULL ? NULL : fy_document_root(yaml->document);
    if (yaml->root != NULL && yaml_is_map(yaml->root))
        return true;
    if (problems->count == 0 ||
        problems->item[problems->count - 1].file != yaml->start.number)
        messages_add(problems, &yaml->start, NULL, "must be a map of keys and values");
    return false;
}

bool yaml_open(struct yaml *yaml, const char *text, size_t size,
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
        return false;
    }
    fy_diag_set_collect_errors(diag, true);
    yaml->document = parse(text, size, diag);
    report(yaml, diag, problems);
    fy_diag_destroy(diag);
    return check_root(yaml, problems);
}

void yaml_close(struct yaml *yaml)
{
    fy_document_destroy(yaml->document);
    yaml->document = NULL;
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
