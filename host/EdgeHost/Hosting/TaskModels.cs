using EdgeHost.ModelStore;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;
using Microsoft.Extensions.Options;

namespace EdgeHost.Host.Hosting;

/// <summary>
/// The models by their task, kept in memory: calls ask often. What changed on disk shows within <see cref="ModelStoreOptions.CatalogCheckInterval"/>, what
/// this process pulled or removed at once. Thread-safe.
/// </summary>
internal sealed class TaskModels(LocalModelStore store, TimeProvider time, IOptions<ModelStoreOptions> options, PluginCatalogs? plugins = null)
{
    private readonly TimeSpan _interval = options.Value.CatalogCheckInterval;
    private readonly Lock _gate = new();
    private volatile Known? _known;

    /// <summary>The models of a task in the order of <see cref="AvailableModelOrder"/>; the list does not change any more.</summary>
    public IReadOnlyList<AvailableModel> Of(string task) => Fresh().ByTask.GetValueOrDefault(task) ?? [];

    /// <summary>The task of a model, or null where it is not known.</summary>
    /// <param name="model"><c>id</c> or <c>id@version</c>.</param>
    public string? TaskOf(string model)
    {
        var at = model.IndexOf('@', StringComparison.Ordinal);
        var id = at < 0 ? model : model[..at];

        // Every lease comes here: one that is known costs neither a look at the clock nor at a file.
        if (_known is { } known && known.Revision == store.Revision && known.TaskOfId.TryGetValue(id, out var task)) return task;
        return Fresh().TaskOfId.GetValueOrDefault(id);
    }

    private Known Fresh()
    {
        if (_known is { } known && IsFresh(known)) return known;
        lock (_gate)
        {
            // Those who waited for the look of another need none of their own.
            if (_known is { } other && IsFresh(other)) return other;
            return _known = Look();
        }
    }

    private bool IsFresh(Known known) => known.Revision == store.Revision && time.GetElapsedTime(known.SeenAt) < _interval;

    private Known Look()
    {
        plugins?.Refresh();

        // Before the look: what changes meanwhile is seen by the next one.
        var (seenAt, revision) = (time.GetTimestamp(), store.Revision);
        var current = store.ListCurrent();
        return new Known(
            seenAt,
            revision,
            current.ToDictionary(model => model.Manifest.Id, model => model.Manifest.Task, StringComparer.Ordinal),
            current.GroupBy(model => model.Manifest.Task, StringComparer.Ordinal).ToDictionary(
                group => group.Key,
                IReadOnlyList<AvailableModel> (group) => [.. group.Select(Describe).Order(AvailableModelOrder.Instance)],
                StringComparer.Ordinal));
    }

    private static AvailableModel Describe(CurrentModel model) => new()
    {
        Id = model.Manifest.Id,
        Version = model.Manifest.Version,
        Summary = model.Manifest.Summary,
        Licence = model.Manifest.Licence.Spdx,
        IsInstalled = model.IsInstalled,
        Properties = model.Manifest.Properties,
        PullCommand = $"edgehost models pull {model.Manifest.Id}",
    };

    private sealed record Known(
        long SeenAt, int Revision, IReadOnlyDictionary<string, string> TaskOfId, IReadOnlyDictionary<string, IReadOnlyList<AvailableModel>> ByTask);
}
