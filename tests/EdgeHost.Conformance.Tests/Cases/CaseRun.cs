using System.Text.Json.Nodes;
using EdgeHost.Conformance.Tests.Notation;
using EdgeHost.Conformance.Tests.Peers;

namespace EdgeHost.Conformance.Tests.Cases;

/// <summary>Plays the steps that both sides have: sending, reading, closing. What a side has of its own is in the classes derived.</summary>
internal abstract class CaseRun : IDisposable
{
    private static readonly TimeSpan StepTimeout = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, WirePeer> _peers = new(StringComparer.Ordinal);

    protected Pattern Names { get; } = new();

    public async Task PlayAsync(ConformanceCase conformance)
    {
        for (var i = 0; i < conformance.Steps.Count; i++)
        {
            var step = conformance.Steps[i];
            using var timeout = new CancellationTokenSource(StepTimeout);
            try
            {
                await StepAsync(step, timeout.Token).WaitAsync(timeout.Token);
            }
            catch (Exception e)
            {
                var reason = e is OperationCanceledException ? $"nothing happened for {StepTimeout.TotalSeconds} s" : e.Message;
                Assert.Fail($"Step {i + 1} of '{conformance.Name}' failed: {reason}\n{step.ToJsonString()}\n{Evidence()}");
            }
        }
    }

    public virtual void Dispose()
    {
        foreach (var peer in _peers.Values) peer.Dispose();
    }

    protected virtual string Evidence() => string.Empty;

    protected void Add(string name, WirePeer peer) => _peers.Add(name, peer);

    protected bool Has(string name) => _peers.ContainsKey(name);

    protected WirePeer PeerOf(JsonObject step) => _peers[step["on"]?.GetValue<string>() ?? "a"];

    protected virtual async Task StepAsync(JsonObject step, CancellationToken cancellationToken)
    {
        switch (step.First().Key)
        {
            case "sends":
                await SendAsync(step, step["sends"], cancellationToken);
                break;
            case "sends_hex":
                await PeerOf(step).SendAsync(PackJson.FromHex(step["sends_hex"]!.GetValue<string>()), PieceBytes(step), cancellationToken);
                break;
            case "notifies":
                await SendAsync(step, Notification(step["notifies"]!), cancellationToken);
                break;
            case "reads":
                Check(step["reads"], await ReceiveAsync(step, cancellationToken));
                break;
            case "reads_notification":
                Check(Notification(step["reads_notification"]!), await ReceiveAsync(step, cancellationToken));
                break;
            case "reads_until":
                var end = Notification(step["reads_until"]!);
                while (Names.Differs(end, await ReceiveAsync(step, cancellationToken)) is not null)
                {
                    // What comes before it does not matter.
                }

                break;
            case "reads_end":
                await ReadEndAsync(step, cancellationToken);
                break;
            case "closes":
                PeerOf(step).Dispose();
                break;
            default:
                throw new FormatException($"'{step.First().Key}' is no step.");
        }
    }

    protected Task SendAsync(JsonObject step, JsonNode? message, CancellationToken cancellationToken)
        => PeerOf(step).SendAsync(PackJson.Encode(Names.Fill(message)), PieceBytes(step), cancellationToken);

    protected async Task<JsonArray> ReceiveAsync(JsonObject step, CancellationToken cancellationToken)
        => await PeerOf(step).ReceiveAsync(cancellationToken) ?? throw new InvalidDataException("the other side closed the connection");

    protected void Check(JsonNode? expected, JsonNode? actual)
    {
        if (Names.Differs(expected, actual) is { } difference) throw new InvalidDataException(difference);
    }

    // A call is named by what the case called its id, or by the id itself.
    protected JsonNode? Named(JsonNode id)
        => id is JsonValue value && value.TryGetValue(out string? name) ? Names.Get(name) : id.DeepClone();

    private JsonArray Notification(JsonNode told)
    {
        var parameters = new JsonArray([.. told["params"]?.AsArray().Select(p => p?.DeepClone()) ?? []]);
        if (told["of"] is { } of) parameters.Insert(0, Named(of));
        return new JsonArray(2, told["method"]!.DeepClone(), parameters);
    }

    private static int PieceBytes(JsonObject step) => step["piece_bytes"]?.GetValue<int>() ?? 0;

    private async Task ReadEndAsync(JsonObject step, CancellationToken cancellationToken)
    {
        while (await PeerOf(step).ReceiveAsync(cancellationToken) is { } message)
        {
            // Only what a case lets pass may come before the end.
            if (step["reads_end"]!.GetValue<string>() != "after anything") throw new InvalidDataException($"instead of the end came {message.ToJsonString()}");
        }
    }
}
