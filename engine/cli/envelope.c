#include "envelope.h"

#include "headroom/error.h"

#include "command.h"
#include "json.h"
#include "stream.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** What a stream was given, in memory. */
struct kept {
    FILE *stream;
    char *text;
    size_t size;
};

struct envelope {
    int argc;
    char **argv; /**< the first is "headroom COMMAND" */
    bool json, quiet, closed;
    FILE *output, *error; /**< the guarded streams; NULL where nothing stands before */
    FILE *heard;          /**< standard error meanwhile */
    int aside;            /**< its file while nothing may be written there, or -1 */
    struct kept said;     /**< on standard output */
    struct kept warned;   /**< on standard error */
};

bool envelope_asked(int count, char **words, const char *option, int least)
{
    for (int i = 0; i < count && strcmp(words[i], "--") != 0; i++) {
        const size_t length = strlen(words[i]);

        if (length >= (size_t)least && strncmp(option, words[i], length) == 0)
            return true;
    }
    return false;
}

static bool keep(struct kept *kept)
{
    kept->stream = stream_to_memory(&kept->text, &kept->size);
    return kept->stream != NULL;
}

/* Standard error is heard at once, but for who wants quiet, and kept. */
static ssize_t hear(void *cookie, const char *text, size_t size)
{
    struct envelope *envelope = cookie;

    fwrite(text, 1, size, envelope->warned.stream);
    if (!envelope->quiet)
        fwrite(text, 1, size, envelope->error);
    return (ssize_t)size;
}

static bool listen(struct envelope *envelope)
{
    envelope->heard =
        fopencookie(envelope, "w", (cookie_io_functions_t){.write = hear});
    if (envelope->heard == NULL || !keep(&envelope->warned))
        return false;
    setvbuf(envelope->heard, NULL, _IOLBF, BUFSIZ);
    envelope->error = stderr;
    stderr = envelope->heard;
    return true;
}

/* Progress goes to the file itself. */
static void silence(struct envelope *envelope)
{
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

    envelope->aside = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (nowhere >= 0 && envelope->aside >= 0)
        dup2(nowhere, STDERR_FILENO);
    if (nowhere >= 0)
        close(nowhere);
}

static void speak_again(struct envelope *envelope)
{
    if (envelope->aside < 0)
        return;
    dup2(envelope->aside, STDERR_FILENO);
    close(envelope->aside);
    envelope->aside = -1;
}

static bool hold_output(struct envelope *envelope)
{
    if (!keep(&envelope->said))
        return false;
    envelope->output = stdout;
    stdout = envelope->said.stream;
    return true;
}

struct envelope *envelope_open(int argc, char **argv, bool reports)
{
    struct envelope *envelope = calloc(1, sizeof(*envelope));

    if (envelope == NULL)
        return NULL;
    envelope->aside = -1;
    envelope->argc = argc;
    envelope->argv = argv;
    envelope->json = envelope_asked(argc - 1, argv + 1, "--json", 3);
    envelope->quiet = envelope_asked(argc - 1, argv + 1, "--quiet", 6);
    if (!envelope->json && !envelope->quiet)
        return envelope;
    if (!listen(envelope))
        return NULL;
    if (envelope->quiet)
        silence(envelope);
    if ((envelope->json || reports) && !hold_output(envelope))
        return NULL;
    return envelope;
}

bool envelope_is_closed(const struct envelope *envelope)
{
    return envelope == NULL || envelope->closed;
}

int envelope_heard(const struct envelope *envelope)
{
    return envelope->aside < 0 ? STDERR_FILENO : envelope->aside;
}

static const char *command_of(const struct envelope *envelope)
{
    const char *space = strchr(envelope->argv[0], ' ');

    return space == NULL ? envelope->argv[0] : space + 1;
}

/* The members of the object that *text begins with, whose lines are indented; *text
 * moves behind it. NULL where it begins with none. */
static const char *next_members(const char **text, size_t *bytes)
{
    const char *members = *text + 2, *end;

    if (strncmp(*text, "{}\n", 3) == 0) {
        *bytes = 0;
        *text += 3;
        return members;
    }
    end = strncmp(*text, "{\n", 2) == 0 ? strstr(members, "\n}\n") : NULL;
    if (end == NULL)
        return NULL;
    *bytes = (size_t)(end - members);
    *text = end + 3;
    return members;
}

/* An analysis says itself what it is. */
static void print_schema(const struct envelope *envelope)
{
    static const char name[] = " \"schema\": ";
    const char *found = strstr(envelope->said.text, name);

    if (found != NULL && found[-1] == '\n')
        fprintf(envelope->output, "%.*s\n", (int)strcspn(found, "\n"), found);
    else
        fprintf(envelope->output, "%s\"headroom.%s/1\",\n", name, command_of(envelope));
}

static void print_members(const struct envelope *envelope)
{
    static const char schema[] = " \"schema\": ";
    const char *text = envelope->said.text, *members;
    size_t bytes;

    while ((members = next_members(&text, &bytes)) != NULL) {
        const size_t cut = strncmp(members, schema, sizeof(schema) - 1) == 0
                               ? strcspn(members, "\n") + 1
                               : 0;

        if (bytes > cut)
            fprintf(envelope->output, ",\n%.*s", (int)(bytes - cut), members + cut);
    }
}

/* A sentence without who says it. */
static const char *without_speaker(const struct envelope *envelope, const char *line)
{
    const char *const speakers[] = {envelope->argv[0], "headroom", "note"};

    for (size_t i = 0; i < sizeof(speakers) / sizeof(*speakers); i++) {
        const size_t length = strlen(speakers[i]);

        if (strncmp(line, speakers[i], length) == 0 &&
            strncmp(line + length, ": ", 2) == 0)
            return line + length + 2;
    }
    return line;
}

static bool is_number(const char *word)
{
    char *end;

    (void)strtod(word, &end);
    return *end == '\0';
}

/* The file of the command line that a sentence begins with, or NULL. "5 of the values"
 * is about no file, though --people 5 was said. */
static const char *file_of(const struct envelope *envelope, const char *sentence)
{
    for (int i = 1; i < envelope->argc; i++) {
        const size_t length = strlen(envelope->argv[i]);

        if (length > 0 && !is_number(envelope->argv[i]) &&
            strncmp(sentence, envelope->argv[i], length) == 0 &&
            strchr(": ,", sentence[length]) != NULL && sentence[length] != '\0')
            return envelope->argv[i];
    }
    return NULL;
}

static void write_problem(struct json *json, const struct envelope *envelope,
                          const char *sentence)
{
    json_open(json, NULL, '{');
    json_text_or_null(json, "file", file_of(envelope, sentence));
    json_text_or_null(json, "line", NULL);
    json_text_or_null(json, "column", NULL);
    json_text_or_null(json, "key", NULL);
    json_text(json, "text", sentence);
    json_close(json, '}');
}

/* Lines that are indented go on with the sentence before them. */
static char *cut_sentence(char **rest)
{
    char *sentence = *rest, *end = sentence + strcspn(sentence, "\n");

    while (end[0] == '\n' && (end[1] == ' ' || end[1] == '\t'))
        end += 1 + strcspn(end + 1, "\n");
    *rest = *end == '\0' ? end : end + 1;
    *end = '\0';
    return sentence;
}

/* What was said on standard error, as a list of problems or of notes. */
static void write_sentences(struct json *json, const struct envelope *envelope,
                            bool problems)
{
    char *copy = strdup(envelope->warned.text), *rest = copy;

    json->failed |= copy == NULL;
    while (rest != NULL && *rest != '\0') {
        const char *sentence = without_speaker(envelope, cut_sentence(&rest));

        if (*sentence == '\0' || strncmp(sentence, "Try `", 5) == 0)
            continue;
        if (problems)
            write_problem(json, envelope, sentence);
        else
            json_text(json, NULL, sentence);
    }
    free(copy);
}

/* What all answers have, but for the schema. */
static char *head_of(const struct envelope *envelope, int status)
{
    const bool listed = strstr(envelope->said.text, "\n \"problems\": [") != NULL;
    struct json json;

    json_start(&json);
    json_text(&json, "command", command_of(envelope));
    json_flag(&json, "ok", status == HR_OK);
    json_whole(&json, "status", (uint64_t)status);
    if (!listed) {
        json_open(&json, "problems", '[');
        if (status != HR_OK)
            write_sentences(&json, envelope, true);
        json_close(&json, ']');
    }
    json_open(&json, "notes", '[');
    if (status == HR_OK)
        write_sentences(&json, envelope, false);
    json_close(&json, ']');
    return json_end(&json);
}

/* False where memory ran out. */
static bool print_object(const struct envelope *envelope, int status)
{
    char *head = head_of(envelope, status);
    const char *text = head, *members;
    size_t bytes = 0;

    if (head == NULL)
        return false;
    members = next_members(&text, &bytes);
    fputs("{\n", envelope->output);
    print_schema(envelope);
    fprintf(envelope->output, "%.*s", (int)bytes, members);
    print_members(envelope);
    fputs("\n}\n", envelope->output);
    free(head);
    return true;
}

static bool give_output(struct envelope *envelope, int status)
{
    const bool help = strncmp(envelope->said.text, "Usage: ", 7) == 0;

    if (envelope->json && !help)
        return print_object(envelope, status);
    if (help || status != HR_OK)
        fputs(envelope->said.text, envelope->output);
    return true;
}

/* What was said last is still under way to memory. False where any of it was lost. */
static bool end_listening(struct envelope *envelope)
{
    bool whole;

    fclose(envelope->heard);
    whole = stream_close(envelope->warned.stream);
    stderr = envelope->error;
    if (envelope->output == NULL)
        return whole;
    stdout = envelope->output;
    return stream_close(envelope->said.stream) && whole;
}

int envelope_close(struct envelope *envelope, int status)
{
    bool whole;

    if (envelope != NULL)
        envelope->closed = true;
    if (envelope == NULL || envelope->error == NULL)
        return status;
    whole = end_listening(envelope);
    speak_again(envelope);
    if (whole && envelope->quiet && status != HR_OK)
        fputs(envelope->warned.text, envelope->error);
    if (envelope->output != NULL)
        whole = whole && give_output(envelope, status);
    free(envelope->said.text);
    free(envelope->warned.text);
    envelope->error = NULL;
    return whole ? status : (int)no_memory();
}
