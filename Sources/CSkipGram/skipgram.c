#include "skipgram.h"

typedef float lane __attribute__((vector_size(32)));

#define INLINE static inline __attribute__((always_inline))

INLINE float total(const lane *value) {
    const float *x = (const float *)value;
    return ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]));
}

INLINE void scores(
    float *const *inputs, long inputCount, float *const *outputs, long outputCount, long width, float *into) {
    for (long i = 0; i < inputCount; i += 3) {
        const lane *a0 = (const lane *)inputs[i], *a1 = (const lane *)inputs[i + 1], *a2 = (const lane *)inputs[i + 2];
        for (long o = 0; o < outputCount; o += 3) {
            const lane *b0 = (const lane *)outputs[o], *b1 = (const lane *)outputs[o + 1],
                       *b2 = (const lane *)outputs[o + 2];
            lane s00 = {0}, s01 = {0}, s02 = {0}, s10 = {0}, s11 = {0}, s12 = {0}, s20 = {0}, s21 = {0}, s22 = {0};
            for (long k = 0; k < width; k++) {
                lane x0 = a0[k], x1 = a1[k], x2 = a2[k], y = b0[k];
                s00 += x0 * y;
                s10 += x1 * y;
                s20 += x2 * y;
                y = b1[k];
                s01 += x0 * y;
                s11 += x1 * y;
                s21 += x2 * y;
                y = b2[k];
                s02 += x0 * y;
                s12 += x1 * y;
                s22 += x2 * y;
            }
            float *row = into + i * outputCount + o;
            row[0] = total(&s00);
            row[1] = total(&s01);
            row[2] = total(&s02);
            row += outputCount;
            row[0] = total(&s10);
            row[1] = total(&s11);
            row[2] = total(&s12);
            row += outputCount;
            row[0] = total(&s20);
            row[1] = total(&s21);
            row[2] = total(&s22);
        }
    }
}

INLINE void update(
    float *const *inputs, long inputCount, float *const *outputs, long outputCount, long width,
    const float *gradients) {
    for (long o = 0; o < outputCount; o += 6) {
        lane *const r0 = (lane *)outputs[o], *const r1 = (lane *)outputs[o + 1], *const r2 = (lane *)outputs[o + 2],
                    *const r3 = (lane *)outputs[o + 3], *const r4 = (lane *)outputs[o + 4],
                    *const r5 = (lane *)outputs[o + 5];
        for (long k = 0; k < width; k++) {
            const lane b0 = r0[k], b1 = r1[k], b2 = r2[k], b3 = r3[k], b4 = r4[k], b5 = r5[k];
            lane c0 = {0}, c1 = {0}, c2 = {0}, c3 = {0}, c4 = {0}, c5 = {0};
            const float *g = gradients + o;
            for (long i = 0; i < inputCount; i++, g += outputCount) {
                lane *const row = (lane *)inputs[i];
                const lane x = row[k];
                lane even = x + g[0] * b0, odd = g[1] * b1;
                even += g[2] * b2;
                odd += g[3] * b3;
                even += g[4] * b4;
                odd += g[5] * b5;
                c0 += g[0] * x;
                c1 += g[1] * x;
                c2 += g[2] * x;
                c3 += g[3] * x;
                c4 += g[4] * x;
                c5 += g[5] * x;
                row[k] = even + odd;
            }
            /* One row may stand in several places: each adds what it has to. */
            r0[k] += c0;
            r1[k] += c1;
            r2[k] += c2;
            r3[k] += c3;
            r4[k] += c4;
            r5[k] += c5;
        }
    }
}

#if defined(__x86_64__)
__attribute__((target("avx2,fma"))) static void wide_scores(
    float *const *inputs, long inputCount, float *const *outputs, long outputCount, long width, float *into) {
    scores(inputs, inputCount, outputs, outputCount, width, into);
}

__attribute__((target("avx2,fma"))) static void wide_update(
    float *const *inputs, long inputCount, float *const *outputs, long outputCount, long width,
    const float *gradients) {
    update(inputs, inputCount, outputs, outputCount, width, gradients);
}

bool skipgram_has_wide(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
#else
bool skipgram_has_wide(void) { return false; }
#define wide_scores scores
#define wide_update update
#endif

void skipgram_scores(
    float *const *inputs, long inputCount, float *const *outputs, long outputCount, long width, float *into, bool wide) {
    (wide ? wide_scores : scores)(inputs, inputCount, outputs, outputCount, width, into);
}

void skipgram_update(
    float *const *inputs, long inputCount, float *const *outputs, long outputCount, long width, const float *gradients,
    bool wide) {
    (wide ? wide_update : update)(inputs, inputCount, outputs, outputCount, width, gradients);
}
