using EdgeHost.PluginSdk;

namespace EdgeHost.Runtime.Dispatch;

/// <summary>
/// Serves methods, now or after starting first. The plugin host implements it for a plugin: entering starts the plugin if needed and
/// counts the call, so that a reload can wait for the last one. Thread-safe.
/// </summary>
public interface ICapabilityTarget
{
    /// <summary>Enters for one call; leave with <see cref="ServedCapability.Leave"/>, once.</summary>
    /// <param name="method">The method that will be called.</param>
    /// <param name="cancellationToken">Stops waiting for a start.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: it cannot start or is stopping; the message says why.</exception>
    ValueTask<ServedCapability> EnterAsync(string method, CancellationToken cancellationToken);

    /// <summary>What a method takes and gives, for discovery; without starting anything where that is known exactly.</summary>
    /// <param name="method">The method.</param>
    /// <param name="cancellationToken">Stops waiting for a start.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: it is not known and cannot be found out; the message says why.</exception>
    async ValueTask<CapabilityDescriptor> DescribeAsync(string method, CancellationToken cancellationToken)
    {
        var served = await EnterAsync(method, cancellationToken).ConfigureAwait(false);
        served.Leave();
        return served.Descriptor;
    }
}
