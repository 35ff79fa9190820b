/* M/M/c at rho 0.9 in C, the same loop as bare-queue.ts: what the machine can do at all. Arguments: servers, customers. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LAYERS = 256, DEPARTURE = 1 << 24 };
static const double EDGE = 7.697117470131049, AREA = 0.003949659822581557;
static double layer_x[LAYERS + 1], layer_y[LAYERS + 1];
static uint32_t counts[2048];
static double *heap_time;
static int32_t *heap_tag;
static long heap_length;

typedef struct { uint32_t s[4]; } generator;

static inline uint32_t rotated(uint32_t word, int by) { return (word << by) | (word >> (32 - by)); }

static inline uint32_t next_word(generator *g) {
  uint32_t *s = g->s, result = rotated(s[1] * 5, 7) * 9, shifted = s[1] << 9;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= shifted;
  s[3] = rotated(s[3], 11);
  return result;
}

static inline double next_unit(generator *g) { return next_word(g) * 0x1p-32; }

static inline double next_exponential(generator *g) {
  for (;;) {
    uint32_t word = next_word(g);
    int layer = word & 255;
    double x = ((word >> 8) + 0.5) * 0x1p-24 * layer_x[layer];
    if (x < layer_x[layer + 1]) return x;
    if (layer == 0) return EDGE - log(next_unit(g) + 0x1p-33);
    if (layer_y[layer] + next_unit(g) * (layer_y[layer + 1] - layer_y[layer]) < exp(-x)) return x;
  }
}

static inline void push(double time, int32_t tag) {
  long at = heap_length++;
  while (at > 0) {
    long parent = (at - 1) >> 1;
    if (heap_time[parent] <= time) break;
    heap_time[at] = heap_time[parent];
    heap_tag[at] = heap_tag[parent];
    at = parent;
  }
  heap_time[at] = time;
  heap_tag[at] = tag;
}

static inline void drop(void) {
  long length = --heap_length, at = 0;
  double time = heap_time[length];
  for (;;) {
    long child = 2 * at + 1;
    if (child >= length) break;
    if (child + 1 < length && heap_time[child + 1] < heap_time[child]) child++;
    if (heap_time[child] >= time) break;
    heap_time[at] = heap_time[child];
    heap_tag[at] = heap_tag[child];
    at = child;
  }
  heap_time[at] = time;
  heap_tag[at] = heap_tag[length];
}

static inline void record(double value) {
  uint64_t bits;
  memcpy(&bits, &value, 8);
  counts[((bits >> 47) - ((1023 - 32) << 5)) & 2047]++;
}

int main(int argc, char **argv) {
  if (argc < 3) return 1;
  long servers = atol(argv[1]), customers = atol(argv[2]), arrivals = 0, done = 0, busy = 0;
  long slots = servers * 2 > 1 << 18 ? servers * 2 : 1 << 18, free_count = 0;
  double *arrived_at = malloc(slots * sizeof *arrived_at), sum = 0, mean_gap = 1 / (0.9 * servers);
  int32_t *behind = malloc(slots * sizeof *behind), *free_slots = malloc(slots * sizeof *free_slots), head = -1, tail = -1;
  generator gaps = {{1, 0x2545f491, 0x4f6cdd1d, 0x12345678}}, services = {{2, 0x2545f491, 0x4f6cdd1d, 0x12345678}};
  struct timespec start, end;
  heap_time = malloc((4096 + 2 * servers) * sizeof *heap_time);
  heap_tag = malloc((4096 + 2 * servers) * sizeof *heap_tag);
  layer_x[0] = AREA / exp(-EDGE);
  layer_x[1] = EDGE;
  for (int i = 2; i < LAYERS; i++) layer_x[i] = -log(exp(-layer_x[i - 1]) + AREA / layer_x[i - 1]);
  for (int i = 0; i <= LAYERS; i++) layer_y[i] = exp(-layer_x[i]);
  for (long i = slots - 1; i >= 0; i--) free_slots[free_count++] = (int32_t)i;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
  push(next_exponential(&gaps) * mean_gap, 0);
  while (heap_length > 0) {
    double now = heap_time[0];
    int32_t tag = heap_tag[0];
    drop();
    if (tag == 0) {
      if (++arrivals < customers) push(now + next_exponential(&gaps) * mean_gap, 0);
      int32_t slot = free_slots[--free_count];
      arrived_at[slot] = now;
      if (busy < servers) {
        busy++;
        push(now + next_exponential(&services), DEPARTURE | slot);
      } else {
        behind[slot] = -1;
        if (head < 0) head = slot;
        else behind[tail] = slot;
        tail = slot;
      }
    } else {
      int32_t slot = tag & (DEPARTURE - 1), next = head;
      double stay = now - arrived_at[slot];
      sum += stay;
      done++;
      record(stay);
      free_slots[free_count++] = slot;
      if (next >= 0) {
        head = behind[next];
        push(now + next_exponential(&services), DEPARTURE | next);
      } else busy--;
    }
  }
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
  double seconds = (double)(end.tv_sec - start.tv_sec) + 1e-9 * (double)(end.tv_nsec - start.tv_nsec);
  printf("{\"requests\":%ld,\"events\":%ld,\"seconds\":%.9f,\"setUpSeconds\":0,\"peakMb\":0,\"check\":%.6f}\n", done, 2 * done,
         seconds, sum / (double)done);
  return 0;
}
