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
        return _scope.AllowedModels is not { } allowed || IsNamed(allowed, model)
            ? _pool.LeaseAsync(_scope, model, cancellationToken)
            : LeaseByTaskAsync(model, cancellationToken);
    }

    public ValueTask<IReadOnlyList<AvailableModel>> ListAsync(string task, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(task);
        if (_scope.AllowedModels is null || _scope.AllowedTasks.Contains(task)) return _pool.Source.ListAsync(task, cancellationToken);
        throw new EdgeHostException(
            ErrorCode.PermissionDenied,
            $"The plugin '{_scope.PluginId}' may not list the models of the task '{task}': add the task to the tasks in its plugin.json, or name the models that it leases in the models there.");
    }

    private static bool IsNamed(IReadOnlySet<string> allowed, string model)
    {
        if (allowed.Contains(model)) return true;
        var at = model.IndexOf('@', StringComparison.Ordinal);
        return at >= 0 && allowed.Contains(model[..at]);
    }

    private async ValueTask<IModelLease> LeaseByTaskAsync(string model, CancellationToken cancellationToken)
    {
        // What an app made for itself has a slash in its id and no task: no plugin may have it for its task's sake.
        var task = model.Contains('/', StringComparison.Ordinal) ? null : await _pool.Source.FindTaskAsync(model, cancellationToken).ConfigureAwait(false);
        if (task is not null && _scope.AllowedTasks.Contains(task)) return await _pool.LeaseAsync(_scope, model, cancellationToken).ConfigureAwait(false);
        throw new EdgeHostException(
            ErrorCode.PermissionDenied,
            $"The plugin '{_scope.PluginId}' may not lease '{model}': add it to the models in its plugin.json, or its task{(task is null ? "" : $" '{task}'")} to the tasks there.");
    }
}
