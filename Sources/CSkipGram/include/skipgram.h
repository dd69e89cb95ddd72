#ifndef TRANSFERGRAPH_SKIPGRAM_H
#define TRANSFERGRAPH_SKIPGRAM_H

#include <stdbool.h>

/* The inner loops of one step of skip-gram with negative sampling, in vectors of eight floats. Rows are aligned to 32
   bytes and `width` vectors long. */

/// Whether the processor has vectors of eight floats and fused products (AVX2 and FMA).
bool skipgram_has_wide(void);

/// scores[i * outputCount + o] = inputs[i] · outputs[o], in threes: both counts are rounded up to multiples of three, and
/// there must be rows at those places too. `wide` only where the processor is.
void skipgram_scores(
    float *const *inputs, long inputCount, float *const *outputs, long outputCount, long width, float *scores,
    bool wide);

/// inputs[i] += Σ gradient[i][o] · outputs[o] and outputs[o] += Σ gradient[i][o] · inputs[i], six outputs at a time, both
/// from the rows as they were. `outputCount` is a multiple of six, `gradients` holds inputCount × outputCount.
void skipgram_update(
    float *const *inputs, long inputCount, float *const *outputs, long outputCount, long width, const float *gradients,
    bool wide);

/// Tells the processor that a row will be asked for.
static inline void skipgram_prefetch(const float *row, long width) {
    for (long line = 0; line < width; line += 2) __builtin_prefetch(row + 8 * line);
}

#endif
