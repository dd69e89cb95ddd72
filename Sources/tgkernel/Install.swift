import ArgumentParser
import Foundation
import JupyterKernel
import Support

/// Makes the kernel known to Jupyter.
struct Install: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install", abstract: "Make the kernel known to Jupyter.")

    @OptionGroup var place: KernelPlace

    @Option(help: "The name by which programs ask for the kernel.")
    var name = KernelPlace.defaultName

    func run() throws {
        do {
            let spec = try KernelSpec(
                name: name, template: PackageResources.kernel_json,
                files: [
                    "logo-32x32.png": PackageResources.logo_32x32_png,
                    "logo-64x64.png": PackageResources.logo_64x64_png,
                    "logo-svg.svg": PackageResources.logo_svg_svg, "missing.py": PackageResources.missing_py,
                ])
            let program = RunningProgram.path
            // It is built beside the program; if only the program was copied, Jupyter starts that.
            let launcher = URL(fileURLWithPath: program).deletingLastPathComponent().appendingPathComponent("tglaunch")
                .path
            let directory = try spec.install(
                under: place.directory(), executable: program,
                launcher: FileManager.default.isExecutableFile(atPath: launcher) ? launcher : nil)
            print("Installed the kernel \(name) in \(directory).")
        } catch let error as KernelError {
            throw ValidationError(error.description)
        }
    }
}
