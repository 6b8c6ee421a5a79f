using System.Collections.Concurrent;

namespace TestPlugins.Conformance;

/// <summary>What calls of one key share: a gate, and how many ran.</summary>
internal sealed class Board
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _runs = new(StringComparer.Ordinal);

    public Task WaitAsync(string key, CancellationToken cancellationToken) => Gate(key).Task.WaitAsync(cancellationToken);

    public void Release(string key) => Gate(key).TrySetResult();

    public int CountRun(string key) => _runs.AddOrUpdate(key, 1, static (_, count) => count + 1);

    private TaskCompletionSource Gate(string key)
        => _gates.GetOrAdd(key, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
