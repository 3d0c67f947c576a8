/** @file
 * Which numbers this engine gives.
 */
#ifndef HEADROOM_NUMBERS_H
#define HEADROOM_NUMBERS_H

/** Raised by one with every entry under *Results change* of the README: trials of
 * another number are not run on, replayed or added to. */
enum { ENGINE_NUMBERS = 1 };

#endif
