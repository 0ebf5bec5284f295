import LeewayCore
import Testing

@testable import LeewayMonitor

@Suite struct FalseAlarmContractTests {
    @Test func `the stakes of a level sum to 1 with what is not staked yet`() {
        let contract = FalseAlarmContract.level(0.05)
        var staked = 0.0
        for row in 1...10_000 {
            let stake = contract.stake(atRow: row)
            #expect(stake > 0)
            staked += stake
        }
        #expect(abs(staked + contract.reserve(afterRows: 10_000) - 1) < 1e-9)
        #expect(contract.reserve(afterRows: 0) == 1 && contract.threshold == 20)
    }

    @Test(arguments: [
        FalseAlarmContract.runLength(0.5), .runLength(.nan), .runLength(.infinity), .level(0), .level(1), .level(.nan),
    ]) func `a contract that can't be is refused`(contract: FalseAlarmContract) {
        #expect(throws: LeewayError.self) { try contract.checked() }
    }
}
