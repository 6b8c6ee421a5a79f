using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeHost.Capabilities.Speech;
using EdgeHost.Client;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>The door for voice assistants, with frames as the protocol's description has them.</summary>
public sealed partial class WyomingTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private HostProcess? _host;
    private int _port;

    public async Task InitializeAsync()
    {
        if (ModelsAvailability.CanPull) await HostProcess.RunAsync(["models", "pull", "--all", "--endpoint", _folder.Combine("none.sock")], TimeSpan.FromMinutes(10));
        _host = HostProcess.Start(_folder.Combine("h.sock"), home: null, "--wyoming", "--set", "Wyoming:Port=0");
        await using (await Hosts.ConnectAsync(_host))
        {
        }

        var line = await Until.HoldsAsync(
            "the door's port in the log", () => Task.FromResult(Listening().Match(_host.Output)), static match => match.Success, static match => match.Value, () => _host.Output);
        _port = int.Parse(line.Groups["port"].Value);
    }

    public async Task DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Describe_SaysWhatTheHostCanDo()
    {
        using var connection = await ConnectAsync();
        await SendAsync(connection, """{"type":"describe"}""");
        var (type, data, _) = await ReceiveAsync(connection);
        Assert.Equal("info", type);
        var model = data["asr"]![0]!["models"]![0]!;
        Assert.Equal("en", model["languages"]![0]!.GetValue<string>());
        Assert.True(model["installed"]!.GetValue<bool>());
        Assert.NotNull(data["asr"]![0]!["attribution"]!["name"]);
    }

    [ModelsFact]
    public async Task Transcribe_Audio_IsAnsweredWithItsText_TwiceOnOneConnection()
    {
        using var connection = await ConnectAsync();
        for (var round = 0; round < 2; round++)
        {
            await SendAsync(connection, """{"type":"transcribe","data":{"language":"en"}}""");
            await SendAudioAsync(connection, Sounds.SentenceSamples());
            var (type, data, _) = await ReceiveAsync(connection);
            Assert.Equal("transcript", type);
            Assert.Contains(Sounds.Words, data["text"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [ProgramFact("espeak-ng")]
    public async Task Synthesize_IsAnsweredWithItsSound_FromStartToStop()
    {
        using var connection = await ConnectAsync();
        await SendAsync(connection, """{"type":"synthesize","data":{"text":"Hello there. The kettle is on.","voice":{"name":"espeak-ng:en-us"}}}""");
        var (type, start, _) = await ReceiveAsync(connection);
        Assert.Equal("audio-start", type);
        Assert.Equal((2, 1), (start["width"]!.GetValue<int>(), start["channels"]!.GetValue<int>()));
        var (rate, bytes, loudest) = (start["rate"]!.GetValue<int>(), 0, 0);
        while (true)
        {
            var (next, data, payload) = await ReceiveAsync(connection);
            if (next == "audio-stop") break;
            Assert.Equal("audio-chunk", next);
            Assert.Equal((rate, 2, 1), (data["rate"]!.GetValue<int>(), data["width"]!.GetValue<int>(), data["channels"]!.GetValue<int>()));
            Assert.InRange(payload.Length, 2, 1 << 20);
            for (var at = 0; at + 1 < payload.Length; at += 2) loudest = Math.Max(loudest, Math.Abs((int)BitConverter.ToInt16(payload, at)));
            bytes += payload.Length;
        }

        Assert.InRange((double)bytes / 2 / rate, 1, 10);
        Assert.InRange(loudest, 1000, 32_768);

        // The connection goes on.
        await SendAsync(connection, """{"type":"synthesize","data":{"text":"","voice":{"name":"nobody"}}}""");
        Assert.Equal("error", (await ReceiveAsync(connection)).Type);
        await SendAsync(connection, """{"type":"ping"}""");
        Assert.Equal("pong", (await ReceiveAsync(connection)).Type);
    }

    [ProgramFact("espeak-ng", withModels: true)]
    public async Task Detect_KeywordThatWasTaught_IsDetectedOnce_AndOtherSpeechIsNot()
    {
        await using var client = await Hosts.ConnectAsync(_host!, "wyoming");
        var recordings = new List<ReadOnlyMemory<byte>>();
        foreach (var rate in new[] { 0.9, 0.95, 1, 1.1, 1.15 }) recordings.Add((await SayAsync(client, rate)).Audio);
        await client.Speech.TeachKeywordAsync(new TeachKeywordRequest { Keyword = "garden-gate", Recordings = recordings });
        var said = (await SayAsync(client, 1.05)).Audio[44..].ToArray();

        using var connection = await ConnectAsync();
        await DetectAsync(connection, [.. new byte[32_000], .. said, .. new byte[32_000]]);
        var (type, data, _) = await ReceiveAsync(connection);
        Assert.Equal(("detection", "garden-gate"), (type, data["name"]!.GetValue<string>()));
        Assert.InRange(data["timestamp"]!.GetValue<long>(), 1000, 2000 + (said.Length / 32));

        // Nothing else came of it: the next answer is that of other speech.
        await DetectAsync(connection, Sounds.SentenceSamples());
        Assert.Equal("not-detected", (await ReceiveAsync(connection)).Type);
        Assert.True((await client.Speech.ForgetKeywordAsync(new ForgetKeywordRequest { Keyword = "garden-gate" })).WasKnown);

        static async Task<SynthesizeResponse> SayAsync(EdgeHostClient client, double rate)
            => await client.Speech.SynthesizeAsync(new SynthesizeRequest { Text = "open the garden gate", Voice = "espeak-ng:en-us", Rate = rate, SampleRateHz = 16_000 });
    }

    [ModelsFact]
    public async Task AudioThatChangesItsRate_IsToldOnce_AndTheNextIsHeard()
    {
        using var connection = await ConnectAsync();
        await SendAsync(connection, """{"type":"transcribe"}""");
        await SendAsync(connection, """{"type":"audio-start","data":{"rate":16000,"width":2,"channels":1}}""");
        await SendAsync(connection, """{"type":"audio-chunk","data":{"rate":16000,"width":2,"channels":1},"payload_length":4}""", [1, 2, 3, 4]);
        await SendAsync(connection, """{"type":"audio-chunk","data":{"rate":8000,"width":2,"channels":1},"payload_length":4}""", [1, 2, 3, 4]);
        var (type, data, _) = await ReceiveAsync(connection);
        Assert.Equal("error", type);
        Assert.Contains("16000 Hz", data["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("8000 Hz", data["text"]!.GetValue<string>(), StringComparison.Ordinal);

        await SendAsync(connection, """{"type":"audio-stop"}""");
        await SendAsync(connection, """{"type":"transcribe"}""");
        await SendAudioAsync(connection, Sounds.SentenceSamples());
        Assert.Equal("transcript", (await ReceiveAsync(connection)).Type);
    }

    [Fact]
    public async Task WhatIsNoEvent_IsToldAndClosed_AndOthersGoOn()
    {
        using var other = await ConnectAsync();
        using (var connection = await ConnectAsync())
        {
            await SendAsync(connection, "hello");
            var (type, data, _) = await ReceiveAsync(connection);
            Assert.Equal("error", type);
            Assert.Contains("no Wyoming event", data["text"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Equal(0, await connection.GetStream().ReadAsync(new byte[1]));
        }

        await SendAsync(other, """{"type":"ping","data":{"text":"x"}}""");
        var pong = await ReceiveAsync(other);
        Assert.Equal(("pong", "x"), (pong.Type, pong.Data["text"]!.GetValue<string>()));
    }

    [Fact]
    public async Task AudioThatCannotBe_IsToldOnce_AndTheConnectionStays()
    {
        using var connection = await ConnectAsync();
        await SendAsync(connection, """{"type":"audio-start","data":{"rate":16,"width":2,"channels":1}}""");
        var (type, data, _) = await ReceiveAsync(connection);
        Assert.Equal(("error", "invalid_argument"), (type, data["code"]!.GetValue<string>()));
        await SendAsync(connection, """{"type":"audio-chunk","data":{"rate":16,"width":2,"channels":1},"payload_length":4}""", [1, 2, 3, 4]);
        await SendAsync(connection, """{"type":"ping"}""");
        Assert.Equal("pong", (await ReceiveAsync(connection)).Type);
    }

    [GeneratedRegex(@"Wyoming are served on 127\.0\.0\.1:(?<port>\d+)", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Listening();

    private async Task<TcpClient> ConnectAsync()
    {
        var connection = new TcpClient();
        await connection.ConnectAsync("127.0.0.1", _port);
        return connection;
    }

    private static async Task DetectAsync(TcpClient connection, byte[] samples)
    {
        await SendAsync(connection, """{"type":"detect","data":{"names":["garden-gate"]}}""");
        await SendAudioAsync(connection, samples);
    }

    private static async Task SendAudioAsync(TcpClient connection, byte[] samples)
    {
        await SendAsync(connection, """{"type":"audio-start","data":{"rate":16000,"width":2,"channels":1}}""");
        foreach (var piece in samples.Chunk(2048))
        {
            await SendAsync(connection, $$"""{"type":"audio-chunk","data":{"rate":16000,"width":2,"channels":1},"payload_length":{{piece.Length}}}""", piece);
        }

        await SendAsync(connection, """{"type":"audio-stop"}""");
    }

    private static async Task SendAsync(TcpClient connection, string line, byte[]? payload = null)
    {
        await connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
        if (payload is not null) await connection.GetStream().WriteAsync(payload);
    }

    private static async Task<(string Type, JsonNode Data, byte[] Payload)> ReceiveAsync(TcpClient connection)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var (stream, line, one) = (connection.GetStream(), new List<byte>(), new byte[1]);
        while (true)
        {
            await stream.ReadExactlyAsync(one, patience.Token);
            if (one[0] == '\n') break;
            line.Add(one[0]);
        }

        var header = JsonNode.Parse(line.ToArray())!;
        var data = new byte[header["data_length"]?.GetValue<int>() ?? 0];
        await stream.ReadExactlyAsync(data, patience.Token);
        var payload = new byte[header["payload_length"]?.GetValue<int>() ?? 0];
        await stream.ReadExactlyAsync(payload, patience.Token);
        return (header["type"]!.GetValue<string>(), data.Length > 0 ? JsonNode.Parse(data)! : new JsonObject(), payload);
    }
}
