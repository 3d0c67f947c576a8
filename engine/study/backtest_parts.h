/** @file
 * What the parts of hr_backtest_run() share.
 */
#ifndef HEADROOM_BACKTEST_PARTS_H
#define HEADROOM_BACKTEST_PARTS_H

#include "naive.h"

/** Write the sentence of each group and the verdict. */
void backtest_sentences(struct hr_backtest *backtest);

#endif
