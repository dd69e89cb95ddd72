import ArgumentParser
import JupyterKernel

/// Undoes what ``Install`` did.
struct Uninstall: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uninstall", abstract: "Remove the kernel from Jupyter.")

    @OptionGroup var place: KernelPlace

    @Option(help: "The name under which the kernel was installed.")
    var name = KernelPlace.defaultName

    func run() throws {
        let kernels = try place.directory()
        do {
            guard let directory = try KernelSpec.uninstall(name, under: kernels) else {
                throw ValidationError("There is no kernel \(name) in \(kernels).")
            }
            print("Removed \(directory).")
        } catch let error as KernelError {
            throw ValidationError(error.description)
        }
    }
}
