import Foundation
import Support
import TestSupport
import Testing

/// The memory that limits leave, read from control groups as systems of both kinds write them.
@Suite struct MemoryLimitTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func write(_ files: [String: String], to folder: String) throws {
        try FileManager.default.createDirectory(
            atPath: directory.path + "/" + folder, withIntermediateDirectories: true)
        for (name, text) in files { try directory.write(text, to: folder.isEmpty ? name : "\(folder)/\(name)") }
    }

    private func limits(_ membership: String) -> [MemoryLimit] {
        MemoryGroup.limited(membership: membership, root: directory.path).compactMap(\.limit)
    }

    @Test func aGroupOfTheSecondVersionCountsFilesThatCanBeDroppedAsFree() throws {
        try write(
            [
                "memory.max": "1000\n", "memory.current": "900\n",
                "memory.stat": "anon 600\nfile 300\ninactive_file 200\nactive_file 50\nshmem 50\n",
            ], to: "user/job")
        try write(["memory.max": "max\n", "memory.current": "5000\n"], to: "user")
        #expect(limits("0::/user/job\n") == [MemoryLimit(kind: .group, size: 1000, left: 350)])
    }

    @Test func theGroupsAboveHaveTheirLimitsToo() throws {
        try write(["memory.max": "1000\n", "memory.current": "100\n"], to: "user/job")
        try write(["memory.max": "2000\n", "memory.current": "1990\n"], to: "user")
        #expect(limits("0::/user/job\n").map(\.left) == [900, 10])
    }

    @Test func aGroupOfTheFirstVersionIsReadWithItsDescendants() throws {
        try write(
            [
                "memory.limit_in_bytes": "1000\n", "memory.usage_in_bytes": "700\n",
                "memory.stat": "inactive_file 1\ntotal_inactive_file 100\ntotal_active_file 20\n",
            ], to: "memory/slurm/job_7")
        try write(
            ["memory.limit_in_bytes": "9223372036854771712\n", "memory.usage_in_bytes": "5\n"], to: "memory")
        let membership = "5:cpu,cpuacct:/x\n4:memory:/slurm/job_7\n0::/\n"
        #expect(limits(membership) == [MemoryLimit(kind: .group, size: 1000, left: 420)])
    }

    /// Inside a container the group is named as the machine sees it, and mounted as the container does.
    @Test func aContainersOwnGroupIsFoundAtTheRoot() throws {
        try write(["memory.max": "1000\n", "memory.current": "1200\n"], to: "")
        #expect(limits("0::/kubepods/pod1/abc\n") == [MemoryLimit(kind: .group, size: 1000, left: 0)])
        #expect(limits("") == [])
    }

    @Test func theMachineHasMemoryAndIsNotAskedForMoreThanThat() throws {
        let machine = try #require(MemoryLimit.machine)
        #expect(machine.left > 0 && machine.left <= machine.size)
        try MemoryBudget.require(1 << 20)
        let error = #expect(throws: OutOfMemory.self) { try MemoryBudget.require(1 << 60) }
        let told = UserError(try #require(error))
        #expect(told.name == "OutOfMemory" && told.message.contains("1,099,511,627,776 MiB"))
    }

    @Test func productsOfSizesDoNotOverflow() {
        #expect(MemoryBudget.bytes(Double.self, 10, 20) == 1_600)
        #expect(MemoryBudget.bytes(Float.self, 1 << 40, 1 << 40) == .max)
        #expect(MemoryBudget.bytes(Double.self, 1 << 40, 0) == 0)
    }
}
