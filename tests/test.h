/** @file
 * What every test program includes first: cmocka and what it needs.
 */
#ifndef HEADROOM_TEST_H
#define HEADROOM_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
