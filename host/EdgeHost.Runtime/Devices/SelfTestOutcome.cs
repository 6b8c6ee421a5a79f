namespace EdgeHost.Runtime.Devices;

/// <summary>What came of a self-test.</summary>
internal enum SelfTestOutcome
{
    /// <summary>The device computed the right thing.</summary>
    Passed = 0,

    /// <summary>It failed, or computed something wrong.</summary>
    Failed = 1,

    /// <summary>It did not answer within the limit; its thread is still there.</summary>
    NoAnswer = 2,
}
