/** @file
 * Text as wide as the terminal.
 */
#ifndef HEADROOM_WRAPPING_H
#define HEADROOM_WRAPPING_H

enum { SHOW_WIDEST = 100, SHOW_NARROWEST = 40 };

/** Columns that the terminal has, at most SHOW_WIDEST, which is also what a pipe gets.
 */
int show_width(void);

/** Print a text in lines of at most @p width; how many. */
int print_wrapped(const char *text, int width);

#endif
