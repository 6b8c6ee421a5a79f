using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;
using EdgeHost.Serialization;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves a method on one catalogue of the calling app: checks the request, opens the catalogue and holds it until the call ends. Thread-safe as its heirs are.</summary>
/// <param name="catalogs">The catalogues of all apps.</param>
/// <param name="nameOf">The catalogue that a request names.</param>
/// <param name="creates">Whether it is made if it is not there.</param>
internal abstract class CatalogHandler<TRequest, TResponse>(AppCatalogs catalogs, Func<TRequest, string> nameOf, bool creates = false) : CapabilityHandler<TRequest, TResponse>
    where TRequest : IWireMessage<TRequest>
    where TResponse : IWireMessage<TResponse>
{
    /// <inheritdoc/>
    public override async ValueTask<TResponse> HandleAsync(TRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        Check(request);
        using var lease = await catalogs.OpenAsync(context, nameOf(request), creates).ConfigureAwait(false);
        return await HandleAsync(lease.Catalog, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Refuses what is wrong of the request alone, before anything is opened.</summary>
    /// <exception cref="EdgeHostException">The request is wrong.</exception>
    protected virtual void Check(TRequest request)
    {
    }

    /// <summary>Handles one call.</summary>
    protected abstract ValueTask<TResponse> HandleAsync(OpenCatalog catalog, TRequest request, CancellationToken cancellationToken);
}
