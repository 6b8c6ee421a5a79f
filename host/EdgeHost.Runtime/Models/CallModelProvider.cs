using EdgeHost.PluginSdk;

namespace EdgeHost.Runtime.Models;

/// <summary>The pool as one call sees it.</summary>
internal sealed class CallModelProvider : IModelProvider
{
    private readonly ModelPool _pool;
    private readonly CallScope _scope;

    public CallModelProvider(ModelPool pool, CallScope scope)
    {
        _pool = pool;
        _scope = scope;
    }

    public ValueTask<IModelLease> LeaseAsync(string model, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        if (_scope.AllowedModels is { } allowed && !allowed.Contains(model))
        {
            var at = model.IndexOf('@', StringComparison.Ordinal);
            if (at < 0 || !allowed.Contains(model[..at]))
            {
                throw new EdgeHostException(
                    ErrorCode.PermissionDenied,
                    $"The plugin '{_scope.PluginId}' may not lease '{model}': add it to the models in its plugin.json.");
            }
        }

        return _pool.LeaseAsync(_scope, model, cancellationToken);
    }
}
