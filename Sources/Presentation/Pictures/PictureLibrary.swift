import CRsvg
import Glibc
import Support
import Synchronization

/// Renders SVG as pixels and as PDF, with librsvg and cairo.
///
/// The libraries are opened at the first drawing: loading them takes longer than the kernel's start, and a machine
/// without them lacks only pictures. Thread-safe; one drawing at a time.
package final class PictureLibrary: Sendable {
    /// The machine's library.
    ///
    /// - Throws: `UserError` if it has none, or no memory for a drawing.
    package static var shared: PictureLibrary {
        get throws(UserError) {
            try requireMemory()
            return try opened.get()
        }
    }

    private static let opened: Result<PictureLibrary, UserError> = Result { () throws(UserError) in
        try PictureLibrary()
    }

    private struct Functions: @unchecked Sendable {  // Function pointers and nothing else.
        let newFromData: tg_rsvg_handle_new_from_data
        let render: tg_rsvg_handle_render_document
        let unreference: tg_g_object_unref
        let freeError: tg_g_error_free
        let newImage: tg_cairo_image_surface_create
        let newPDF: tg_cairo_pdf_surface_create_for_stream
        let setMetadata: tg_cairo_pdf_surface_set_metadata
        let newContext: tg_cairo_create
        let destroyContext: tg_cairo_apply
        let showPage: tg_cairo_apply
        let finish: tg_cairo_apply
        let flush: tg_cairo_apply
        let destroySurface: tg_cairo_apply
        let status: tg_cairo_surface_status
        let pixels: tg_cairo_image_surface_get_data
        let stride: tg_cairo_image_surface_get_stride
    }

    private let functions: Mutex<Functions>

    /// The libraries' names for the dynamic loader.
    private static let names = ["librsvg-2.so.2", "libcairo.so.2", "libgobject-2.0.so.0", "libglib-2.0.so.0"]

    /// The memory for the libraries, a font's caches and a picture's pixels, in bytes.
    private static let memory = (mapped: 128 << 20, used: 32 << 20)

    private init() throws(UserError) {
        var handles: [UnsafeMutableRawPointer] = []
        for name in Self.names {
            guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else { throw Self.missing(name) }
            handles.append(handle)
        }
        let opened = handles
        func find<Function>(_ name: String, as type: Function.Type) throws(UserError) -> Function {
            for handle in opened {
                if let symbol = dlsym(handle, name) { return unsafeBitCast(symbol, to: type) }
            }
            throw Self.missing(name)
        }
        functions = Mutex(
            Functions(
                newFromData: try find("rsvg_handle_new_from_data", as: tg_rsvg_handle_new_from_data.self),
                render: try find("rsvg_handle_render_document", as: tg_rsvg_handle_render_document.self),
                unreference: try find("g_object_unref", as: tg_g_object_unref.self),
                freeError: try find("g_error_free", as: tg_g_error_free.self),
                newImage: try find("cairo_image_surface_create", as: tg_cairo_image_surface_create.self),
                newPDF: try find(
                    "cairo_pdf_surface_create_for_stream", as: tg_cairo_pdf_surface_create_for_stream.self),
                setMetadata: try find("cairo_pdf_surface_set_metadata", as: tg_cairo_pdf_surface_set_metadata.self),
                newContext: try find("cairo_create", as: tg_cairo_create.self),
                destroyContext: try find("cairo_destroy", as: tg_cairo_apply.self),
                showPage: try find("cairo_show_page", as: tg_cairo_apply.self),
                finish: try find("cairo_surface_finish", as: tg_cairo_apply.self),
                flush: try find("cairo_surface_flush", as: tg_cairo_apply.self),
                destroySurface: try find("cairo_surface_destroy", as: tg_cairo_apply.self),
                status: try find("cairo_surface_status", as: tg_cairo_surface_status.self),
                pixels: try find("cairo_image_surface_get_data", as: tg_cairo_image_surface_get_data.self),
                stride: try find("cairo_image_surface_get_stride", as: tg_cairo_image_surface_get_stride.self)))
    }

    /// Out of memory, these libraries end the process.
    private static func requireMemory() throws(UserError) {
        do { try MemoryBudget.require(memory.used, mapping: memory.mapped) } catch {
            throw failure(UserError(error).message)
        }
    }

    private static func missing(_ name: String) -> UserError {
        UserError(
            "NoPictureLibrary", "Pictures and PDF are drawn by librsvg and cairo, and this machine has no \(name).",
            hint: "On Debian: apt-get install librsvg2-2 fonts-dejavu-core")
    }

    /// `svg` as pixels, `scale` of them per unit.
    ///
    /// - Throws: `UserError` named `DrawingFailed` if the text is not SVG, or too large.
    package func pixels(of drawing: Drawing, scale: Double) throws(UserError) -> Pixels {
        let (width, height) = (Int((drawing.width * scale).rounded()), Int((drawing.height * scale).rounded()))
        guard (1...16_000).contains(width), (1...16_000).contains(height) else {
            throw Self.failure("it is \(width) by \(height) pixels")
        }
        return try functions.withLock { functions throws(UserError) in
            guard let surface = functions.newImage(0, Int32(width), Int32(height)) else {
                throw Self.failure("there is no surface")
            }
            defer { functions.destroySurface(surface) }
            guard functions.status(surface) == 0, let context = functions.newContext(surface) else {
                throw Self.failure("there is no surface")
            }
            defer { functions.destroyContext(context) }
            try Self.draw(drawing.svg, width: Double(width), height: Double(height), on: context, by: functions)
            functions.flush(surface)
            guard let data = functions.pixels(surface) else { throw Self.failure("there are no pixels") }
            let stride = Int(functions.stride(surface))
            var premultiplied: [UInt32] = []
            premultiplied.reserveCapacity(width * height)
            for row in 0..<height {
                (data + row * stride).withMemoryRebound(to: UInt32.self, capacity: width) {
                    premultiplied.append(contentsOf: UnsafeBufferPointer(start: $0, count: width))
                }
            }
            return Pixels(width: width, height: height, premultiplied: premultiplied)
        }
    }

    /// Each of `pages` as a page of one PDF, in points: a unit of a drawing is a point.
    ///
    /// - Throws: `UserError` named `DrawingFailed`.
    package func pdf(of pages: [Drawing], title: String, date: String) throws(UserError) -> [UInt8] {
        let size = pages.first.map { ($0.width, $0.height) } ?? (595, 842)
        return try functions.withLock { functions throws(UserError) in
            let collected = Collected()
            let closure = Unmanaged.passUnretained(collected).toOpaque()
            let surface = functions.newPDF(
                { closure, data, length in
                    guard let closure, let data else { return 1 }
                    let collected = Unmanaged<Collected>.fromOpaque(closure).takeUnretainedValue()
                    collected.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
                    return 0
                }, closure, size.0, size.1)
            guard let surface else { throw Self.failure("there is no surface") }
            defer { functions.destroySurface(surface) }
            guard functions.status(surface) == 0, let context = functions.newContext(surface) else {
                throw Self.failure("there is no surface")
            }
            defer { functions.destroyContext(context) }
            // CAIRO_PDF_METADATA_TITLE and CAIRO_PDF_METADATA_CREATE_DATE.
            functions.setMetadata(surface, 0, title)
            functions.setMetadata(surface, 5, date)
            for page in pages {
                try Self.draw(page.svg, width: page.width, height: page.height, on: context, by: functions)
                functions.showPage(context)
            }
            functions.finish(surface)
            guard functions.status(surface) == 0 else { throw Self.failure("its bytes could not be written") }
            return withExtendedLifetime(collected) { collected.bytes }
        }
    }

    private final class Collected { var bytes: [UInt8] = [] }

    private static func draw(
        _ svg: String, width: Double, height: Double, on context: UnsafeMutableRawPointer, by functions: Functions
    ) throws(UserError) {
        guard hasThreads else { throw failure("the system cannot start a thread for it (ulimit -u, ulimit -v)") }
        var error: UnsafeMutableRawPointer?
        let bytes = Array(svg.utf8)
        guard let handle = functions.newFromData(bytes, bytes.count, &error) else {
            if let error { functions.freeError(error) }
            throw failure("it is no SVG")
        }
        defer { functions.unreference(handle) }
        var viewport = tg_rsvg_rectangle(x: 0, y: 0, width: width, height: height)
        guard functions.render(handle, context, &viewport, &error) != 0 else {
            if let error { functions.freeError(error) }
            throw failure("librsvg refused it")
        }
    }

    /// Whether the system allows two more threads. Pango looks for fonts on threads of its own, and ends the process if
    /// it gets none.
    private static var hasThreads: Bool {
        var threads = [pthread_t(), pthread_t()]
        var started = 0
        for index in threads.indices {
            let status = pthread_create(
                &threads[index], nil,
                { _ in
                    // Long enough for both to exist at once.
                    usleep(500)
                    return nil
                }, nil)
            if status != 0 { break }
            started += 1
        }
        for thread in threads.prefix(started) { pthread_join(thread, nil) }
        return started == threads.count
    }

    private static func failure(_ reason: String) -> UserError {
        UserError(
            "DrawingFailed", "A drawing could not be rendered: \(reason)\(reason.hasSuffix(".") ? "" : ".")")
    }
}

/// A drawing's pixels, row by row from the upper left: each is alpha, red, green and blue from the highest byte down,
/// the colours premultiplied by alpha.
package struct Pixels: Sendable {
    package let width: Int
    package let height: Int
    package let premultiplied: [UInt32]
}
