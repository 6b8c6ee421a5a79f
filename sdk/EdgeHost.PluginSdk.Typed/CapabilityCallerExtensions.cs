using EdgeHost.Serialization;

namespace EdgeHost.PluginSdk.Typed;

/// <summary>Calls of other plugins with messages.</summary>
public static class CapabilityCallerExtensions
{
    /// <summary>Calls a method with one response, and waits for it.</summary>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TResponse">The response.</typeparam>
    /// <param name="caller">Who calls.</param>
    /// <param name="method">A method from the manifest's <c>calls</c>.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="EdgeHostException">As <see cref="ICapabilityCaller.CallAsync"/> says.</exception>
    public static async ValueTask<TResponse> CallAsync<TRequest, TResponse>(this ICapabilityCaller caller, string method, TRequest request, CancellationToken cancellationToken)
        where TRequest : IWireMessage<TRequest>
        where TResponse : IWireMessage<TResponse>
    {
        ArgumentNullException.ThrowIfNull(caller);
        var response = await caller.CallAsync(method, WireMessageSerializer.ToArray(request), cancellationToken).ConfigureAwait(false);
        return WireMessageSerializer.Deserialize<TResponse>(response);
    }
}
