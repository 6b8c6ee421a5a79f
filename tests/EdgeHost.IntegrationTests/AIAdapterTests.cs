using System.Security.Cryptography;
using EdgeHost.Client;
using EdgeHost.Client.Extensions.AI;
using EdgeHost.TestKit;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.IntegrationTests;

/// <summary>The adapters to Microsoft.Extensions.AI over the real socket. The plugin behind them is simulated: it answers in the right shapes, with no model.</summary>
public sealed class AIAdapterTests : IAsyncLifetime
{
    private static readonly byte[] Audio = RandomNumberGenerator.GetBytes(200_003);
    private readonly HostHome _home = new();
    private HostProcess _host = null!;
    private EdgeHostClient _client = null!;

    public Task InitializeAsync() => StartAsync("SimulatedAI");

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _host.DisposeAsync();
        _home.Dispose();
    }

    [Fact]
    public async Task Chat_Conversation_IsSentWholeAndAnswered()
    {
        var options = new ChatOptions { Instructions = "Be kind.", Temperature = 0.5f, AdditionalProperties = new() { ["grammar"] = "g" } };
        ChatMessage[] messages = [new(ChatRole.User, "Hello there"), new(ChatRole.Assistant, "Hi"), new(ChatRole.User, "Again")];

        var response = await _client.AsChatClient().GetResponseAsync(messages, options);

        Assert.Equal("system: Be kind. | user: Hello there | assistant: Hi | user: Again | at 0.5 | as g ", response.Text);
        Assert.Equal(ChatRole.Assistant, Assert.Single(response.Messages).Role);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal("simulated@1.0.0", response.ModelId);
        Assert.Equal((4, 19, 23), (response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount, response.Usage?.TotalTokenCount));
    }

    [Fact]
    public async Task Chat_Streaming_GivesPiecesAndSaysWhenItWasCutOff()
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in _client.AsChatClient().GetStreamingResponseAsync("one two three four", new ChatOptions { MaxOutputTokens = 3 })) updates.Add(update);

        Assert.Equal(["user: ", "one ", "two ", string.Empty], updates.Select(update => update.Text));
        Assert.Equal(ChatFinishReason.Length, updates[^1].FinishReason);
        Assert.Single(updates.Select(update => update.ResponseId).Distinct());
    }

    [Fact]
    public async Task Chat_WhatTheMethodDoesNotHave_IsRefused()
    {
        var chat = _client.AsChatClient();
        ChatMessage picture = new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")]);
        (IEnumerable<ChatMessage> Messages, ChatOptions? Options)[] refused =
        [
            ([picture], null),
            ([new(ChatRole.Tool, "x")], null),
            ([new(ChatRole.User, "x")], new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "one")] }),
            ([new(ChatRole.User, "x")], new ChatOptions { ConversationId = "c" }),
        ];

        foreach (var (messages, options) in refused)
        {
            Assert.Equal(ErrorCode.Unimplemented, (await Assert.ThrowsAsync<EdgeHostException>(() => chat.GetResponseAsync(messages, options))).Code);
        }

        Assert.Equal(ErrorCode.InvalidArgument, (await Assert.ThrowsAsync<EdgeHostException>(() => chat.GetResponseAsync([]))).Code);
        var full = await Assert.ThrowsAsync<EdgeHostException>(() => chat.GetResponseAsync("too much"));
        Assert.Equal((ErrorCode.ResourceExhausted, TimeSpan.FromSeconds(3)), (full.Code, full.RetryAfter));
    }

    [Fact]
    public async Task Embeddings_OfTexts_ComeInTheirOrder()
    {
        var generator = _client.AsEmbeddingGenerator();

        var embeddings = await generator.GenerateAsync(["abc", "b", string.Empty]);

        Assert.Equal([[3, 'a'], [1, 'b'], [0, 0]], embeddings.Select(embedding => embedding.Vector.ToArray()));
        Assert.Equal("simulated@1.0.0", embeddings[0].ModelId);
        Assert.Equal(3, embeddings.Usage?.InputTokenCount);
        Assert.Empty(await generator.GenerateAsync([]));
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => generator.GenerateAsync(["x"], new EmbeddingGenerationOptions { Dimensions = 3 }));
        Assert.Equal(ErrorCode.Unimplemented, error.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Speech_Recording_ArrivesWhole(bool canSeek)
    {
        var speech = _client.AsSpeechToTextClient();
        await using var audio = new Recording(Audio, canSeek);

        var response = await speech.GetTextAsync(audio, new SpeechToTextOptions { SpeechSampleRate = 16_000, SpeechLanguage = "de" });

        Assert.Equal($"{Hash(Audio)} 16000 de", response.Text);
        Assert.Equal((TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(450)), (response.StartTime, response.EndTime));
        Assert.Equal("simulated@1.0.0", response.ModelId);
    }

    [Fact]
    public async Task Speech_Streaming_GivesPartialTextsAndAFinalOne()
    {
        var updates = new List<SpeechToTextResponseUpdate>();
        await using var audio = new Recording(Audio, canSeek: false);

        await foreach (var update in _client.AsSpeechToTextClient().GetStreamingTextAsync(audio)) updates.Add(update);

        Assert.Equal(Hash(Audio), updates[^1].Text);
        Assert.Equal(SpeechToTextResponseUpdateKind.TextUpdated, updates[^1].Kind);
        Assert.Equal(TimeSpan.FromMilliseconds(Audio.Length), updates[^1].EndTime);
        Assert.All(updates[..^1], update => Assert.Equal(SpeechToTextResponseUpdateKind.TextUpdating, update.Kind));

        // No sample is torn apart but by the end.
        Assert.All(updates[..^2], update => Assert.Equal(0, int.Parse(update.Text, System.Globalization.CultureInfo.InvariantCulture) % 4));
    }

    [Fact]
    public async Task Speech_BadAudioAndBadCalls_SayWhatIsWrong()
    {
        var speech = _client.AsSpeechToTextClient();

        var file = await Assert.ThrowsAsync<EdgeHostException>(() => ReadAsync(new MemoryStream("RIFF1234WAVE"u8.ToArray()), options: null));
        var language = await Assert.ThrowsAsync<EdgeHostException>(() => ReadAsync(new Recording(Audio, canSeek: false), new SpeechToTextOptions { SpeechLanguage = "xx" }));
        var broken = await Assert.ThrowsAsync<IOException>(() => ReadAsync(new Recording(Audio, canSeek: false) { FailsAfter = 100_000 }, options: null));
        var long64 = await Assert.ThrowsAsync<EdgeHostException>(() => speech.GetTextAsync(new Recording(new byte[65 << 20], canSeek: true)));
        var translated = await Assert.ThrowsAsync<EdgeHostException>(() => speech.GetTextAsync(new MemoryStream(), new SpeechToTextOptions { TextLanguage = "en" }));

        Assert.Equal(ErrorCode.InvalidArgument, file.Code);
        Assert.Contains("raw PCM", file.Message, StringComparison.Ordinal);
        Assert.Equal((ErrorCode.InvalidArgument, "Nobody speaks 'xx'."), (language.Code, language.Message));
        Assert.Equal("The microphone is gone.", broken.Message);
        Assert.Equal(ErrorCode.InvalidArgument, long64.Code);
        Assert.Equal(ErrorCode.Unimplemented, translated.Code);

        async Task ReadAsync(Stream audio, SpeechToTextOptions? options)
        {
            await foreach (var update in speech.GetStreamingTextAsync(audio, options)) Assert.NotEmpty(update.Text);
        }
    }

    [Fact]
    public async Task Container_GivesTheAdaptersOverOneClient()
    {
        await using var services = new ServiceCollection()
            .AddEdgeHostClient(options => options.Endpoint = _host.Endpoint)
            .AddEdgeHostChatClient()
            .AddEdgeHostEmbeddingGenerator(new EdgeHostAIOptions { Priority = CallPriority.Background })
            .AddEdgeHostSpeechToTextClient()
            .BuildServiceProvider();

        var chat = services.GetRequiredService<IChatClient>();
        Assert.Equal("user: x ", (await chat.GetResponseAsync("x")).Text);
        Assert.Single(await services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["x"]));
        Assert.Same(services.GetRequiredService<EdgeHostClient>(), services.GetRequiredService<ISpeechToTextClient>().GetService<EdgeHostClient>());
        Assert.Equal("edgehost", chat.GetService<ChatClientMetadata>()?.ProviderName);
        Assert.Null(chat.GetService(typeof(EdgeHostClient), "key"));
    }

    [Fact]
    public async Task Host_WithoutSuchAPlugin_SaysThatItHasNoSuchMethod()
    {
        await DisposeHostAsync();
        Directory.Delete(_home.Combine("plugins"), recursive: true);
        await StartAsync(plugin: null);

        var chat = await Assert.ThrowsAsync<EdgeHostException>(() => _client.AsChatClient().GetResponseAsync("x"));
        var embed = await Assert.ThrowsAsync<EdgeHostException>(() => _client.AsEmbeddingGenerator().GenerateAsync(["x"]));
        var speech = await Assert.ThrowsAsync<EdgeHostException>(() => _client.AsSpeechToTextClient().GetTextAsync(new MemoryStream([1])));

        Assert.All([chat, embed, speech], error => Assert.Equal(ErrorCode.Unimplemented, error.Code));
        Assert.Contains("language.generate", chat.Message, StringComparison.Ordinal);
        Assert.Contains("language.embed", embed.Message, StringComparison.Ordinal);
        Assert.Contains("speech.transcribe", speech.Message, StringComparison.Ordinal);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private async Task StartAsync(string? plugin)
    {
        if (plugin is not null) _home.LayOutPlugin(plugin, []);
        _host = HostProcess.Start(_home.Combine("h.sock"), _home.Path, ["--set", "Plugins:Disabled=edgehost.speech,edgehost.language"]);
        _client = await Hosts.ConnectAsync(_host);
    }

    private async Task DisposeHostAsync()
    {
        await _client.DisposeAsync();
        await _host.DisposeAsync();
    }

    /// <summary>Audio in pieces of odd sizes, as a device gives it.</summary>
    private sealed class Recording(byte[] audio, bool canSeek) : MemoryStream(audio)
    {
        public int FailsAfter { get; init; } = int.MaxValue;

        public override bool CanSeek => canSeek;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position > FailsAfter) throw new IOException("The microphone is gone.");
            return base.ReadAsync(buffer[..Math.Min(buffer.Length, 1 + (buffer.Length / 3))], cancellationToken);
        }
    }
}
