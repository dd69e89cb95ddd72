/* What is called of librsvg 2.46 and later and of cairo, as the types of its functions: both are opened when a drawing
   is made and not before, since they and what they need take longer to load than the kernel takes to start. */
#ifndef TRANSFERGRAPH_CRSVG_H
#define TRANSFERGRAPH_CRSVG_H

#include <dlfcn.h>
#include <stddef.h>

typedef struct {
    double x, y, width, height;
} tg_rsvg_rectangle;

typedef int (*tg_cairo_write)(void *closure, const unsigned char *data, unsigned int length);

typedef void *(*tg_rsvg_handle_new_from_data)(const unsigned char *data, size_t length, void **error);
typedef int (*tg_rsvg_handle_render_document)(
    void *handle, void *cairo, const tg_rsvg_rectangle *viewport, void **error);
typedef void (*tg_g_object_unref)(void *object);
typedef void (*tg_g_error_free)(void *error);
typedef void *(*tg_cairo_image_surface_create)(int format, int width, int height);
typedef void *(*tg_cairo_pdf_surface_create_for_stream)(
    tg_cairo_write write, void *closure, double width, double height);
typedef void (*tg_cairo_pdf_surface_set_metadata)(void *surface, int metadata, const char *text);
typedef void *(*tg_cairo_create)(void *surface);
typedef void (*tg_cairo_apply)(void *object);
typedef int (*tg_cairo_surface_status)(void *surface);
typedef unsigned char *(*tg_cairo_image_surface_get_data)(void *surface);
typedef int (*tg_cairo_image_surface_get_stride)(void *surface);

#endif
