using EdgeHost.Jobs.Results;
using EdgeHost.Learning.Examples;
using EdgeHost.PluginHost;
using EdgeHost.Security.Access;

namespace EdgeHost.Host.Training.Features;

/// <summary>
/// Says which models an app may run over its examples: those that its calls run too, which are the models of plugins of which it may call a method, and those that it has trained itself. Thread-safe.
/// </summary>
internal sealed class FeatureAccess(IPluginRegistry plugins, AccessControl access, ITrainedModels trained)
{
    /// <summary>Checks a model.</summary>
    /// <param name="app">The app.</param>
    /// <param name="model">The model as <c>id@version</c>.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.PermissionDenied"/>: the app may not use it; <see cref="ErrorCode.NotFound"/>: there is none.</exception>
    public async ValueTask CheckAsync(AppIdentity app, string model, CancellationToken cancellationToken)
    {
        var at = model.IndexOf('@', StringComparison.Ordinal);
        var (id, version) = at < 0 ? (model, null) : (model[..at], model[(at + 1)..]);
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            if (id[..slash] != app.Name) throw new EdgeHostException(ErrorCode.PermissionDenied, $"'{model}' is a model of another app; '{app.Name}' may use its own, as '{app.Name}/name@version'.");
            if (await trained.FindAsync(ExampleOwner.Of(app), id[(slash + 1)..], version, cancellationToken).ConfigureAwait(false) is not null) return;
            throw new EdgeHostException(ErrorCode.NotFound, $"The app has no trained model '{model}'; 'edgehost models versions {id}' lists its versions.");
        }

        var users = plugins.List().Where(plugin => plugin.State != PluginState.Disabled && plugin.Models.Contains(id)).ToList();
        if (users.Exists(plugin => plugin.Capabilities.Any(method => access.Allows(app, method)))) return;
        throw users.Count == 0
            ? new EdgeHostException(ErrorCode.NotFound, $"No plugin here has the model '{id}'; an app may use the models of plugins that it may call, and its own as '{app.Name}/name@version'.")
            : new EdgeHostException(ErrorCode.PermissionDenied, $"'{id}' is a model of {string.Join(" and ", users.Select(static plugin => $"'{plugin.Id}'"))}, of which '{app.Name}' may call no method; the device's owner can allow it: edgehost apps add {app.Name}");
    }
}
