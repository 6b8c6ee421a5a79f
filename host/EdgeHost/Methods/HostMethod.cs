using EdgeHost.PluginSdk;
using EdgeHost.Serialization;

namespace EdgeHost.Host.Methods;

/// <summary>A method that the host itself serves: its description and its handler.</summary>
internal sealed record HostMethod(CapabilityDescriptor Descriptor, ICapabilityHandler Handler)
{
    /// <summary>Whether it leases models: those of the calling app, which its handler chooses.</summary>
    public bool LeasesModels { get; init; }

    /// <summary>One request, one response, with leases of models for the app that calls.</summary>
    public static HostMethod UnaryWithModels<TRequest, TResponse>(
        string method, string summary, string example, Func<TRequest, CapabilityContext, CancellationToken, ValueTask<TResponse>> handle)
        where TRequest : IWireMessage<TRequest>
        where TResponse : IWireMessage<TResponse>
        => new(
            Describe<TRequest, TResponse>(method, CapabilityKind.Unary, summary, example, itemSchema: null),
            new DelegateHandler(async (context, response, cancellationToken) =>
            {
                var request = WireMessageSerializer.Deserialize<TRequest>(context.Body);
                WireMessageSerializer.Serialize(await handle(request, context, cancellationToken).ConfigureAwait(false), response);
            }))
        {
            LeasesModels = true,
        };

    /// <summary>One request, one response.</summary>
    public static HostMethod Unary<TRequest, TResponse>(
        string method, string summary, string example, Func<TRequest, CancellationToken, ValueTask<TResponse>> handle)
        where TRequest : IWireMessage<TRequest>
        where TResponse : IWireMessage<TResponse>
        => UnaryOfApp<TRequest, TResponse>(method, summary, example, (request, _, cancellationToken) => handle(request, cancellationToken));

    /// <summary>One request, one response, on the account of the app that calls.</summary>
    public static HostMethod UnaryOfApp<TRequest, TResponse>(
        string method, string summary, string example, Func<TRequest, AppIdentity, CancellationToken, ValueTask<TResponse>> handle)
        where TRequest : IWireMessage<TRequest>
        where TResponse : IWireMessage<TResponse>
        => new(
            Describe<TRequest, TResponse>(method, CapabilityKind.Unary, summary, example, itemSchema: null),
            new DelegateHandler(async (context, response, cancellationToken) =>
            {
                var request = WireMessageSerializer.Deserialize<TRequest>(context.Body);
                WireMessageSerializer.Serialize(await handle(request, context.App, cancellationToken).ConfigureAwait(false), response);
            }));

    /// <summary>One request, a stream of items, a response that ends it.</summary>
    public static HostMethod ServerStream<TRequest, TItem, TResponse>(
        string method,
        string summary,
        string example,
        Func<TRequest, Func<TItem, ValueTask>, CancellationToken, ValueTask<TResponse>> handle)
        where TRequest : IWireMessage<TRequest>
        where TItem : IWireMessage<TItem>
        where TResponse : IWireMessage<TResponse>
        => ServerStreamOfApp<TRequest, TItem, TResponse>(method, summary, example, (request, _, send, cancellationToken) => handle(request, send, cancellationToken));

    /// <summary>The same on the account of the app that calls.</summary>
    public static HostMethod ServerStreamOfApp<TRequest, TItem, TResponse>(
        string method,
        string summary,
        string example,
        Func<TRequest, AppIdentity, Func<TItem, ValueTask>, CancellationToken, ValueTask<TResponse>> handle)
        where TRequest : IWireMessage<TRequest>
        where TItem : IWireMessage<TItem>
        where TResponse : IWireMessage<TResponse>
        => new(
            Describe<TRequest, TResponse>(method, CapabilityKind.ServerStream, summary, example, TItem.JsonSchema),
            new DelegateHandler(async (context, response, cancellationToken) =>
            {
                var request = WireMessageSerializer.Deserialize<TRequest>(context.Body);
                var result = await handle(
                    request, context.App, item => context.SendItemAsync(WireMessageSerializer.ToArray(item), cancellationToken), cancellationToken).ConfigureAwait(false);
                WireMessageSerializer.Serialize(result, response);
            }));

    private static CapabilityDescriptor Describe<TRequest, TResponse>(
        string method, CapabilityKind kind, string summary, string example, string? itemSchema)
        where TRequest : IWireMessage<TRequest>
        where TResponse : IWireMessage<TResponse>
        => new()
        {
            Method = method,
            Kind = kind,
            Summary = summary,
            RequestSchema = TRequest.JsonSchema,
            ResponseSchema = TResponse.JsonSchema,
            ItemSchema = itemSchema,
            ExampleRequest = example,
        };
}
