using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace EdgeHost.Conformance.Tests.Clients;

/// <summary>Events by what they are of, so that a case may look at them in the order that it cares for. Thread-safe.</summary>
internal sealed class EventQueues
{
    private const int MostWaiting = 10_000;
    private readonly ConcurrentDictionary<string, Channel<JsonNode>> _queues = new(StringComparer.Ordinal);
    private volatile Exception? _end;

    public void Add(JsonNode told)
    {
        if (!Of(told["of"]!.GetValue<string>()).Writer.TryWrite(told) && _end is null) throw new InvalidOperationException("The client tells more than a case can want to know.");
    }

    public async Task<JsonNode> NextAsync(string of, CancellationToken cancellationToken) => await Of(of).Reader.ReadAsync(cancellationToken);

    public void Clear() => _queues.Clear();

    public void Fail(Exception end)
    {
        _end = end;
        foreach (var queue in _queues.Values) queue.Writer.TryComplete(end);
    }

    private Channel<JsonNode> Of(string name)
    {
        var queue = _queues.GetOrAdd(name, static _ => Channel.CreateBounded<JsonNode>(MostWaiting));
        if (_end is { } end) queue.Writer.TryComplete(end);
        return queue;
    }
}
