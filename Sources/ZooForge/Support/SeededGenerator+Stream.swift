import TransferGraphCore

extension SeededGenerator {
    /// The generator numbered `stream` of the family that `seed` names; different streams are independent.
    ///
    /// The zoos that ship were made with these streams: their bits stay.
    package init(seed: UInt64, stream: UInt64) {
        self.init(seed: seed ^ SeededGenerator.mixed(stream &* 0xD1B5_4A32_D192_ED03 &+ 0x8CB9_2BA7_2F3D_8DD7))
    }
}
