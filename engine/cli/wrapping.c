#include "wrapping.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int show_width(void)
{
    struct winsize size;
    int width = SHOW_WIDEST;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 &&
        size.ws_col < width)
        width = size.ws_col;
    return width < SHOW_NARROWEST ? SHOW_NARROWEST : width;
}

int print_wrapped(const char *text, int width)
{
    int column = 0, lines = 1;

    while (*text != '\0') {
        const int word = (int)strcspn(text, " ");

        if (column > 0 && column + 1 + word > width) {
            putchar('\n');
            column = 0;
            lines++;
        }
        column += printf("%s%.*s", column > 0 ? " " : "", word, text);
        text += word;
        text += strspn(text, " ");
    }
    putchar('\n');
    return lines;
}
