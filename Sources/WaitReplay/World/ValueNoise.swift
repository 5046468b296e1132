/// A stream of chance that is a pure function of (seed, name, time): the same on every machine and in every run.
///
/// Whole numbers only: the C library's sines and exponentials differ in their last digit between platforms.
struct ValueNoise {
    private let base: UInt64
    private let periodSeconds: Int

    /// - Parameters:
    ///   - name: tells streams of one seed apart.
    ///   - periodSeconds: how long a value lives: the distance of the drawn points.
    init(seed: UInt64, name: String, periodSeconds: Int) {
        base = mixed(seed ^ mixed(fnv1a64(name.utf8)))
        self.periodSeconds = periodSeconds
    }

    /// A value from −1,000 to 1,000 that moves smoothly (smoothstep) from one drawn point to the next.
    func value(at unixSeconds: Int) -> Int {
        let index = floorDivide(unixSeconds, by: periodSeconds)
        let fraction = (unixSeconds - index * periodSeconds) * 1_024 / periodSeconds
        let eased = fraction * fraction * (3_072 - 2 * fraction) >> 20
        let here = drawn(index, below: 2_001) - 1_000
        let next = drawn(index + 1, below: 2_001) - 1_000
        return here + floorDivide((next - here) * eased, by: 1_024)
    }

    /// Whether an event of that probability, in ten-thousandths, lasts through the period the instant falls in.
    func happens(at unixSeconds: Int, tenThousandths: Int) -> Bool {
        drawn(floorDivide(unixSeconds, by: periodSeconds), below: 10_000) < tenThousandths
    }

    /// The draw of one point: 0 up to a bound.
    private func drawn(_ index: Int, below bound: UInt64) -> Int {
        Int(mixed(base &+ UInt64(bitPattern: Int64(index)) &* 0x9e37_79b9_7f4a_7c15) % bound)
    }
}

/// Scatters the bits of a number. Source: the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
func mixed(_ value: UInt64) -> UInt64 {
    var mix = value &+ 0x9e37_79b9_7f4a_7c15
    mix = (mix ^ (mix >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mix = (mix ^ (mix >> 27)) &* 0x94d0_49bb_1331_11eb
    return mix ^ (mix >> 31)
}

/// Division that rounds towards the past, before 1970 too; the divisor is positive.
func floorDivide(_ value: Int, by divisor: Int) -> Int {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
}
