namespace EdgeHost.Runtime.Devices;

/// <summary>
/// A device failed, not the model or its inputs: the same step may succeed on another device. Leases catch it and move on; where no other device can
/// serve, the app sees it as <see cref="ErrorCode.Unavailable"/>.
/// </summary>
public sealed class DeviceFaultException : EdgeHostException
{
    /// <summary>Creates a fault.</summary>
    /// <param name="device">The device's id.</param>
    /// <param name="message">What was wrong and what to do, without paths.</param>
    /// <param name="innerException">The cause, for logs only.</param>
    public DeviceFaultException(string device, string message, Exception? innerException = null)
        : base(ErrorCode.Unavailable, message, innerException)
        => Device = device;

    /// <summary>The device's id.</summary>
    public string Device { get; }

    /// <summary>Whether the step began to run there, so that only a repeatable one may be run again elsewhere.</summary>
    public bool HasStarted { get; init; }

    /// <summary>
    /// Where the run was given up while the device still holds it: completes when it has really ended. Until then its session and its inputs must live.
    /// Null where nothing runs any more.
    /// </summary>
    public Task? RunEnded { get; init; }
}
