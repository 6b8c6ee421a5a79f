using System.Net.Sockets;
using System.Text.Json.Nodes;
using EdgeHost.Conformance.Tests.Clients;
using EdgeHost.Conformance.Tests.Peers;
using EdgeHost.TestKit;

namespace EdgeHost.Conformance.Tests.Cases;

/// <summary>Plays a case against a client: the case is the host, and tells the client what to do.</summary>
internal sealed class ClientCaseRun : CaseRun
{
    private readonly IClientUnderTest _client;
    private readonly TempFolder _folder = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly SharedFile _shared = new();

    public ClientCaseRun(IClientUnderTest client)
    {
        _client = client;
        _listener.Bind(new UnixDomainSocketEndPoint(Endpoint));
        _listener.Listen();
        Names.Bind("region_path", _shared.Path);
        Names.Bind("region_bytes", _shared.Bytes);
    }

    private string Endpoint => _folder.Combine("s");

    public override void Dispose()
    {
        base.Dispose();
        _listener.Dispose();
        _shared.Dispose();
        _folder.Dispose();
    }

    protected override string Evidence() => _client.Evidence;

    protected override async Task StepAsync(JsonObject step, CancellationToken cancellationToken)
    {
        switch (step.First().Key)
        {
            case "command":
                await CommandAsync(step["command"]!.AsObject(), cancellationToken);
                break;
            case "event":
                var expected = step["event"]!.AsObject();
                Check(expected, await _client.NextEventAsync(expected["of"]!.GetValue<string>(), cancellationToken));
                break;
            case "accepts":
                await AcceptAsync(step, cancellationToken);
                break;
            case "hello":
                await HelloAsync(step, cancellationToken);
                break;
            case "reads_request":
                ReadRequest(step["reads_request"]!, await ReceiveAsync(step, cancellationToken));
                break;
            case "reads_credit":
                await ReadCreditAsync(step, cancellationToken);
                break;
            case "responds":
                var response = step["responds"]!;
                await SendAsync(
                    step, new JsonArray(1, Named(response["to"]!), response["error"]?.DeepClone(), response["result"]?.DeepClone()), cancellationToken);
                break;
            case "shared_has":
                var place = step["shared_has"]!;
                var packed = PackedPlace.Read(Names.Get(place["at"]!.GetValue<string>())!);
                Check(place["region"], packed.Region);
                _shared.Check(packed, place["bytes"]!.AsObject());
                break;
            default:
                await base.StepAsync(step, cancellationToken);
                break;
        }
    }

    private Task CommandAsync(JsonObject command, CancellationToken cancellationToken)
    {
        var filled = Names.Fill(command)!.AsObject();
        if (filled["do"]!.GetValue<string>() == "connect")
        {
            filled["endpoint"] = Endpoint;
            filled["app"] ??= "conformance";
        }

        return _client.SendAsync(filled, cancellationToken);
    }

    private async Task AcceptAsync(JsonObject step, CancellationToken cancellationToken)
        => Add(step["on"]?.GetValue<string>() ?? "a", new WirePeer(await _listener.AcceptAsync(cancellationToken)));

    private async Task HelloAsync(JsonObject step, CancellationToken cancellationToken)
    {
        var on = step["on"]?.GetValue<string>() ?? "a";
        var options = step["hello"]!.AsObject();
        var isFirst = !Has("a");
        if (isFirst)
        {
            var connect = new JsonObject { ["do"] = "connect", ["as"] = "c" };
            foreach (var (name, value) in options["connect"]?.AsObject() ?? []) connect[name] = value?.DeepClone();
            await CommandAsync(connect, cancellationToken);
        }

        await AcceptAsync(step, cancellationToken);
        ReadRequest(
            JsonNode.Parse($$$"""{"as":"hello_{{{on}}}","method":"host.hello","body":{"protocol":1,"app":"conformance"}}""")!,
            await ReceiveAsync(step, cancellationToken));
        var answer = JsonNode.Parse(
            """{"host_version":"9.8.7","session":"s1","instance":"i1","limits":{"frame_bytes":67108864,"depth":64,"in_flight_calls":256,"connections":256,"idle_ms":0},"grants":["*"],"credit":16}""")!.AsObject();
        foreach (var (name, value) in options["answer"]?.AsObject() ?? [])
        {
            if (name != "limits") answer[name] = Names.Fill(value);
            else foreach (var (limit, figure) in value!.AsObject()) answer["limits"]![limit] = Names.Fill(figure);
        }

        await SendAsync(step, new JsonArray(1, Names.Get($"hello_{on}"), null, answer), cancellationToken);
        if (isFirst) Check(JsonNode.Parse("""{"of":"c","event":"connected"}"""), await _client.NextEventAsync("c", cancellationToken));
    }

    // The context is optional on the wire: nothing, an empty map and absent keys are the same.
    private void ReadRequest(JsonNode expected, JsonArray message)
    {
        Check(JsonNode.Parse("""[0,{"$type":"int"},{"$type":"str"},{"$type":"array"}]"""), message);
        if (expected["as"] is { } name) Names.Bind(name.GetValue<string>(), message[1]);
        Check(expected["method"], message[2]);
        var parameters = message[3]!.AsArray();
        if (parameters.Count > 2) throw new InvalidDataException($"the request has {parameters.Count} parameters");
        if (expected["body"] is { } body) Check(body, parameters.Count > 0 ? parameters[0] : new JsonObject());
        if (expected["context"] is { } context) Check(context, (parameters.Count > 1 ? parameters[1] : null) ?? new JsonObject());
    }

    // A client may give credit in as many pieces as it likes.
    private async Task ReadCreditAsync(JsonObject step, CancellationToken cancellationToken)
    {
        var expected = step["reads_credit"]!;
        for (var missing = expected["items"]!.GetValue<long>(); missing > 0;)
        {
            var message = await ReceiveAsync(step, cancellationToken);
            Check(new JsonArray(2, "$/credit", new JsonArray(Named(expected["of"]!), new JsonObject { ["$at_least"] = 1 })), message);
            missing -= message[2]![1]!.GetValue<long>();
        }
    }
}
