import Testing
import Kernel

@Suite struct KernelPlaceholder {}
