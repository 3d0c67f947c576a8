/** @file
 * The stages of a quarter, in their order.
 */
#ifndef HEADROOM_STAGES_H
#define HEADROOM_STAGES_H

#include "block.h"

typedef void stage_function(struct block *block, int quarter);

stage_function stage_drivers;    /**< prices, market, demand, shocks */
stage_function stage_structure;  /**< what was decided earlier takes effect; census */
stage_function stage_workforce;  /**< people; demand and capacity before help */
stage_function stage_capacity;   /**< cover between sister sites is matched */
stage_function stage_money;      /**< help, workload, income, cost, the pool */
stage_function stage_settlement; /**< accounts, profits, reserves, losses */
stage_function stage_decisions;  /**< trailing year, distress, joining, alignment */
stage_function stage_results;    /**< the quarter enters the tally */

/** The rules in force for a form's sites in a quarter. */
struct settlement_rules stage_rules(const struct block *block, size_t form,
                                    int quarter);

/** The terms in force at a site: its form's, its exit row's, or a blend of lanes. */
const struct form_terms *stage_terms(const struct block *block, size_t form,
                                     const struct practice *practice);

#endif
