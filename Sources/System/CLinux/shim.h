/* What the Glibc module leaves out. */
#include <malloc.h>
#include <pthread.h>
#include <sys/eventfd.h>

/* Hidden by the headers unless _GNU_SOURCE is defined before the first of them. */
extern int pthread_setname_np(pthread_t thread, const char *name);
