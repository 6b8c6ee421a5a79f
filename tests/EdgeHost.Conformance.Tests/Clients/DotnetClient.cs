using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EdgeHost.Client;
using EdgeHost.Conformance.Tests.Notation;
using EdgeHost.Protocol;

namespace EdgeHost.Conformance.Tests.Clients;

/// <summary>The .NET client, in this process.</summary>
internal sealed class DotnetClient : IClientUnderTest
{
    private readonly EventQueues _events = new();
    private readonly ConcurrentDictionary<string, EdgeHostClient> _connections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RunningCall> _calls = new(StringComparer.Ordinal);

    public string Evidence => string.Empty;

    public async Task SendAsync(JsonObject command, CancellationToken cancellationToken)
    {
        var name = command["as"]?.GetValue<string>() ?? command["of"]?.GetValue<string>() ?? string.Empty;
        switch (command["do"]!.GetValue<string>())
        {
            case "reset":
                foreach (var connection in _connections.Values) await connection.DisposeAsync();
                _connections.Clear();
                _calls.Clear();
                _events.Clear();
                Tell("reset", "done");
                break;
            case "connect":
                _ = ConnectAsync(name, command);
                break;
            case "call":
                var call = _calls[name] = new RunningCall();
                _ = CallAsync(name, _connections[command["on"]!.GetValue<string>()], command, call.Cancellation.Token);
                break;
            case "stream":
                var stream = _calls[name] = new RunningCall();
                stream.Items = Stream(_connections[command["on"]!.GetValue<string>()], command, stream);
                break;
            case "open":
                var open = _calls[name] = new RunningCall();
                _ = OpenAsync(name, _connections[command["on"]!.GetValue<string>()], command, open);
                break;
            case "push":
                _ = PushAsync(name, _calls[name], PackJson.Encode(command["item"]));
                break;
            case "end":
                _ = EndAsync(name, _calls[name]);
                break;
            case "take":
                _ = TakeAsync(name, _calls[name]);
                break;
            case "cancel":
                await _calls[name].Cancellation.CancelAsync();
                if (_calls[name].Items is not null) _ = TakeAsync(name, _calls[name]);
                break;
            case "close":
                await _connections[name].DisposeAsync();
                Tell(name, "closed");
                break;
            case "await_closed":
                _ = AwaitClosedAsync(name);
                break;
            default:
                throw new NotSupportedException($"The .NET client cannot '{command["do"]}' yet.");
        }
    }

    public Task<JsonNode> NextEventAsync(string of, CancellationToken cancellationToken) => _events.NextAsync(of, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections.Values) await connection.DisposeAsync();
    }

    private async Task ConnectAsync(string name, JsonObject command)
    {
        try
        {
            var client = await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions
            {
                Endpoint = command["endpoint"]!.GetValue<string>(),
                AppName = command["app"]!.GetValue<string>(),
                Token = command["token"]?.GetValue<string>(),
                ConnectTimeout = TimeSpan.FromSeconds(30),
                Reconnect = command["reconnect"]?.GetValue<bool>() ?? false,
                KeepAliveInterval = TimeSpan.FromMilliseconds(command["keep_alive_ms"]?.GetValue<int>() ?? 0),
            });
            _connections[name] = client;
            Tell(name, "connected", ("host_version", client.Host.Version), ("session", client.Host.Session));
        }
        catch (Exception e)
        {
            TellError(name, e);
        }
    }

    private async Task CallAsync(string name, EdgeHostClient client, JsonObject command, CancellationToken cancellationToken)
    {
        try
        {
            var options = Options(name, command, onStreamResponse: null);
            using var result = await client.CallAsync(command["method"]!.GetValue<string>(), PackJson.Encode(command["body"]), options, cancellationToken);
            Tell(name, "result", ("value", PackJson.Decode(new(result.Memory))));
        }
        catch (Exception e)
        {
            TellError(name, e);
        }
    }

    private IAsyncEnumerator<CallBody> Stream(EdgeHostClient client, JsonObject command, RunningCall call)
        => client.StreamAsync(
            command["method"]!.GetValue<string>(),
            PackJson.Encode(command["body"]),
            Options(command["as"]!.GetValue<string>(), command, response => call.Response = PackJson.Decode(new(response))),
            call.Cancellation.Token).GetAsyncEnumerator();

    private async Task OpenAsync(string name, EdgeHostClient client, JsonObject command, RunningCall call)
    {
        try
        {
            var open = await client.OpenAsync(command["method"]!.GetValue<string>(), PackJson.Encode(command["body"]), Options(name, command, onStreamResponse: null), call.Cancellation.Token);
            call.Items = Items(open, call).GetAsyncEnumerator();
            call.Open.SetResult(open);
        }
        catch (Exception e)
        {
            TellError(name, e);
            call.Open.SetException(e);
        }
    }

    private static async IAsyncEnumerable<CallBody> Items(OpenCall open, RunningCall call)
    {
        await foreach (var item in open.ReadAllAsync()) yield return item;
        call.Response = PackJson.Decode(new(await open.ResponseAsync()));
    }

    private async Task PushAsync(string name, RunningCall call, byte[] item)
    {
        try
        {
            await (await call.Open.Task).PushAsync(item);
            Tell(name, "pushed");
        }
        catch (Exception e)
        {
            TellError(name, e);
        }
    }

    private async Task EndAsync(string name, RunningCall call)
    {
        try
        {
            await (await call.Open.Task).CompleteAsync();
        }
        catch (Exception e)
        {
            TellError(name, e);
        }
    }

    private async Task TakeAsync(string name, RunningCall call)
    {
        if (call.Items is null) await call.Open.Task;
        await call.Turn.WaitAsync();
        try
        {
            if (await call.Items!.MoveNextAsync())
            {
                using var item = call.Items.Current;
                Tell(name, "item", ("value", PackJson.Decode(new(item.Memory))));
            }
            else
            {
                Tell(name, "result", ("value", call.Response));
            }
        }
        catch (Exception e)
        {
            TellError(name, e);
        }
        finally
        {
            call.Turn.Release();
        }
    }

    private async Task AwaitClosedAsync(string name)
    {
        await _connections[name].Closed;
        Tell(name, "closed");
    }

    private CallOptions? Options(string name, JsonObject command, Action<ReadOnlyMemory<byte>>? onStreamResponse)
    {
        var context = command["context"];
        if (context is null && onStreamResponse is null) return null;
        return new CallOptions
        {
            Deadline = context?["deadline_ms"] is { } ms ? TimeSpan.FromMilliseconds(ms.GetValue<long>()) : null,
            Priority = context?["priority"]?.GetValue<string>() switch
            {
                "interactive" => CallPriority.Interactive,
                "background" => CallPriority.Background,
                _ => CallPriority.Normal,
            },
            TraceParent = context?["traceparent"]?.GetValue<string>(),
            IdempotencyKey = context?["idempotency_key"]?.GetValue<string>(),
            OnInfo = context?["explain"]?.GetValue<bool>() == true ? info => TellInfo(name, info) : null,
            OnStreamResponse = onStreamResponse,
        };
    }

    private void TellInfo(string name, CallInfo info)
        => Tell(name, "info", ("value", new JsonObject { ["plugin"] = info.Plugin, ["device"] = info.Device, ["run_us"] = (long)info.RunTime.TotalMicroseconds }));

    private void TellError(string name, Exception error)
    {
        var known = error as EdgeHostException;
        var details = new JsonObject(known?.Details.Select(detail => KeyValuePair.Create(detail.Key, (JsonNode?)JsonValue.Create(detail.Value))) ?? []);
        Tell(
            name,
            "error",
            ("code", known?.Code.ToWireName() ?? (error is OperationCanceledException ? "cancelled" : error.GetType().Name)),
            ("message", error.Message),
            ("retry_after_ms", known?.RetryAfter is { } retry ? (long)retry.TotalMilliseconds : null),
            ("details", details));
    }

    private void Tell(string of, string what, params ReadOnlySpan<(string Name, JsonNode? Value)> facts)
    {
        var told = new JsonObject { ["of"] = of, ["event"] = what };
        foreach (var (name, value) in facts) told[name] = value;
        _events.Add(told);
    }

    private sealed class RunningCall
    {
        public CancellationTokenSource Cancellation { get; } = new();

        public TaskCompletionSource<OpenCall> Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IAsyncEnumerator<CallBody>? Items { get; set; }

        public JsonNode? Response { get; set; }

        public SemaphoreSlim Turn { get; } = new(1);
    }
}
