using System.Buffers;
using System.Text.Json.Nodes;
using EdgeHost.Conformance.Tests.Notation;
using EdgeHost.Conformance.Tests.Peers;
using MessagePack;

namespace EdgeHost.Conformance.Tests.Cases;

/// <summary>Plays a case against a host: the case is the client.</summary>
internal sealed class HostCaseRun(string endpoint, Func<string> evidence) : CaseRun
{
    protected override string Evidence() => evidence();

    protected override async Task StepAsync(JsonObject step, CancellationToken cancellationToken)
    {
        switch (step.First().Key)
        {
            case "connects":
                Add(step["on"]?.GetValue<string>() ?? "a", await WirePeer.ConnectAsync(endpoint, cancellationToken));
                break;
            case "hello":
                Add(step["on"]?.GetValue<string>() ?? "a", await WirePeer.ConnectAsync(endpoint, cancellationToken));
                var request = new JsonObject { ["protocol"] = 1, ["app"] = step["hello"]!["app"]?.DeepClone() ?? "conformance" };
                await SendAsync(step, new JsonArray(0, 0, "host.hello", new JsonArray(request)), cancellationToken);
                var answer = await ReceiveAsync(step, cancellationToken);
                Check(new JsonArray(1, 0, null, new JsonObject { ["host_version"] = Type("str"), ["limits"] = Type("map"), ["credit"] = Type("int") }), answer);
                if (step["hello"]!["answer"] is { } expected) Check(expected, answer[3]);
                foreach (var (name, limit) in answer[3]!["limits"]!.AsObject()) Names.Bind(name, limit);
                Names.Bind("credit", answer[3]!["credit"]);
                break;
            case "requests":
                await SendAsync(step, Request(step["requests"]!), cancellationToken);
                break;
            case "reads_response":
                Check(Response(step["reads_response"]!), await ReceiveAsync(step, cancellationToken));
                break;
            case "reads_responses":
                await ReadInAnyOrderAsync(step, cancellationToken);
                break;
            case "reads_response_and_credit":
                Check(Response(step["reads_response_and_credit"]!), await ReceiveButCreditAsync(step, cancellationToken));
                break;
            case "reads_but_credit":
                Check(step["reads_but_credit"], await ReceiveButCreditAsync(step, cancellationToken));
                break;
            case "reads_items":
                for (var left = Count(step["reads_items"]!); left > 0; left--)
                {
                    Check(new JsonArray(2, "$/item", new JsonArray(step["reads_items"]!["of"]!.DeepClone(), new JsonObject { ["$any"] = true })), await ReceiveAsync(step, cancellationToken));
                }

                break;
            case "pushes":
                var push = step["pushes"]!;
                for (var left = Count(push); left > 0; left--)
                {
                    await SendAsync(step, new JsonArray(2, "$/push", new JsonArray(push["of"]!.DeepClone(), push["item"]!.DeepClone())), cancellationToken);
                }

                break;
            case "says_nothing_of":
                var text = Names.Get(step["says_nothing_of"]!["text"]!.GetValue<string>())!.GetValue<string>();
                foreach (var word in step["says_nothing_of"]!["words"]!.AsArray())
                {
                    if (text.Contains(word!.GetValue<string>(), StringComparison.Ordinal)) throw new InvalidDataException($"'{text}' says '{word}'");
                }

                break;
            case "writes_shared":
                WriteShared(step["writes_shared"]!);
                break;
            case "shuts_down":
                PeerOf(step).ShutDown();
                break;
            default:
                await base.StepAsync(step, cancellationToken);
                break;
        }
    }

    private static JsonArray Request(JsonNode request)
    {
        var parameters = new JsonArray(request["body"]?.DeepClone() ?? new JsonObject());
        if (request["context"] is { } context) parameters.Add(context.DeepClone());
        return new JsonArray(0, request["id"]!.DeepClone(), request["method"]!.DeepClone(), parameters);
    }

    private static JsonArray Response(JsonNode response) => response["error"] is { } error
        ? new JsonArray(1, response["id"]!.DeepClone(), error.DeepClone(), null)
        : new JsonArray(1, response["id"]!.DeepClone(), null, response["result"]!.DeepClone());

    private static JsonObject Type(string name) => new() { ["$type"] = name };

    private long Count(JsonNode step) => Names.Fill(step["count"])!.GetValue<long>();

    private async Task<JsonArray> ReceiveButCreditAsync(JsonObject step, CancellationToken cancellationToken)
    {
        while (true)
        {
            var message = await ReceiveAsync(step, cancellationToken);
            if (message is not [_, JsonValue method, ..] || !method.TryGetValue(out string? name) || name != "$/credit") return message;
        }
    }

    private void WriteShared(JsonNode place)
    {
        using var file = File.OpenHandle(Names.Get(place["path"]!.GetValue<string>())!.GetValue<string>(), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var reader = new MessagePackReader(PackJson.Encode(place["bytes"]));
        RandomAccess.Write(file, reader.ReadBytes()!.Value.ToArray(), place["offset"]!.GetValue<long>());
    }

    private async Task ReadInAnyOrderAsync(JsonObject step, CancellationToken cancellationToken)
    {
        var expected = step["reads_responses"]!.AsArray().Select(r => Response(r!)).ToList();
        while (expected.Count > 0)
        {
            var message = await ReceiveAsync(step, cancellationToken);
            var match = expected.FindIndex(e => Names.Differs(e, message) is null);
            if (match < 0) throw new InvalidDataException($"none of the answers expected is {message.ToJsonString()}");
            expected.RemoveAt(match);
        }
    }
}
