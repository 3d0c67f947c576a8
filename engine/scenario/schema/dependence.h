/** @file
 * How draws that a scenario ties hang together: what the key `dependence` may be.
 */
#ifndef HEADROOM_DEPENDENCE_H
#define HEADROOM_DEPENDENCE_H

enum dependence { DEPENDENCE_GIVEN, DEPENDENCE_NONE, DEPENDENCE_FULL };

#endif
