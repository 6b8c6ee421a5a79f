namespace EdgeHost.PluginSdk;

/// <summary>
/// Calls capabilities of other plugins for a plugin, in the name of the app that called it: with that app's rights and on its account. Thread-safe. Since contract 1.3.
/// </summary>
/// <remarks>
/// While the call lasts whose context gave it, what is called has that call's priority and deadline and ends with it. Afterwards, until the plugin stops, it is background work without a deadline.
/// No call goes round in a circle: a plugin that is on the way to a call already is not called again for it.
/// </remarks>
public interface ICapabilityCaller
{
    /// <summary>Calls a method with one response, and waits for it.</summary>
    /// <param name="method">A method from the manifest's <c>calls</c>.</param>
    /// <param name="request">The request body (MessagePack), without references into shared memory; must stay as it is until the task completes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The response body (MessagePack); the caller's own.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.PermissionDenied"/>: the method is not in the plugin's manifest, or the app may not call it (the message has the command that allows it);
    /// <see cref="ErrorCode.Unimplemented"/>: nobody serves it, or this host has no such calls; <see cref="ErrorCode.FailedPrecondition"/>: it is served by a plugin that waits for this call, or what it
    /// needs is missing; <see cref="ErrorCode.Cancelled"/>, <see cref="ErrorCode.DeadlineExceeded"/>; or what the method reports.</exception>
    ValueTask<ReadOnlyMemory<byte>> CallAsync(string method, ReadOnlyMemory<byte> request, CancellationToken cancellationToken);
}
