/* What a fuzz target is given where there is no libFuzzer: each file of the folders
 * named, whole and cut in half. A fault ends it as it would there. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST = 1 << 20 };

static void replay_file(const char *path)
{
    uint8_t *data = malloc(LARGEST);
    FILE *file = fopen(path, "rb");
    const size_t size =
        data == NULL || file == NULL ? 0 : fread(data, 1, LARGEST, file);

    LLVMFuzzerTestOneInput(data, size);
    LLVMFuzzerTestOneInput(data, size / 2);
    if (file != NULL)
        fclose(file);
    free(data);
}

static int is_seed(const struct dirent *entry)
{
    return entry->d_type == DT_REG && strstr(entry->d_name, ".expected") == NULL;
}

static int replay_folder(const char *folder)
{
    struct dirent **entry = NULL;
    const int count = scandir(folder, &entry, is_seed, alphasort);

    for (int i = 0; i < count; i++) {
        char path[4096];

        snprintf(path, sizeof(path), "%s/%s", folder, entry[i]->d_name);
        replay_file(path);
        free(entry[i]);
    }
    free(entry);
    return count;
}

int main(int argc, char **argv)
{
    int total = 0;

    for (int i = 1; i < argc; i++) {
        const int count = replay_folder(argv[i]);

        if (count <= 0) {
            fprintf(stderr, "%s: no seeds\n", argv[i]);
            return 1;
        }
        total += count;
    }
    printf("%d seeds\n", total);
    return total == 0;
}
