using System.Text;
using EdgeHost.Capabilities.Language;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using EdgeHost.TestKit.Onnx.Decoders;

namespace EdgeHost.Plugins.Language.Tests.Generation;

/// <summary><c>language.generate</c> and <c>language.count_tokens</c> of the plugin with a decoder made here.</summary>
public sealed class GenerateTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TinyModels _models = new();

    public void Dispose() => _models.Dispose();

    [Theory]
    [InlineData("plain")]
    [InlineData("grouped")]
    public async Task Greedy_IsWhatTheNetworkSays(string model)
    {
        await using var host = await StartAsync(_models.Provider);

        var (text, response) = await GenerateAsync(host, new GenerateRequest { Model = model, Prompt = "In the end", MaxTokens = 24 });

        Assert.Equal(Expected("In the end", 24), text);
        Assert.Equal(("length", 24, $"{model}@1"), (response.FinishReason, response.OutputTokens, response.Model));
        Assert.Equal(7, response.InputTokens);
    }

    [Fact]
    public async Task Together_EachIsAsIfAlone_AndTheyJoin()
    {
        var all = Enumerable.Range(0, Texts).Select(static i => $"Text {i} of {new string('x', i * 3)}").ToArray();
        var gate = new TaskCompletionSource();
        gate.SetResult();
        var watched = new WatchedModels(_models.Provider, (_, token) => gate.Task.WaitAsync(token));
        await using var host = await StartAsync(watched);
        await WarmUpAsync(host);

        // No step ends before every text is in the loop.
        gate = new TaskCompletionSource();
        var calls = all.Select(prompt => GenerateAsync(host, new GenerateRequest { Prompt = prompt, MaxTokens = 20 })).ToArray();
        gate.SetResult();
        var answers = await Task.WhenAll(calls).WaitAsync(Patience);

        Assert.Equal(all.Select(prompt => Expected(prompt, 20)), answers.Select(static answer => answer.Text));
        Assert.Contains(watched.Steps, static step => step.Rows == Texts && step.Tokens == 1);
    }

    private const int Texts = 6;

    [Fact]
    public async Task Sessions_32OnABudgetFor4_AllEnd()
    {
        // 16 + 24 tokens are three pages of 16; a token has 2 layers of keys and values of 2 heads of 16 floats.
        const int Bytes = 48 * 2 * 2 * 2 * 16 * 4;
        var watched = new WatchedModels(_models.Provider);
        await using var host = await StartAsync(watched, ("cache_bytes", 4 * Bytes), ("max_sequences", 32), ("max_batch", 32));

        var calls = Enumerable.Range(0, 32).Select(i => GenerateAsync(host, new GenerateRequest { Prompt = $"Session number {i}", MaxTokens = 24 })).ToArray();
        var answers = await Task.WhenAll(calls).WaitAsync(Patience);

        Assert.Equal(Enumerable.Range(0, 32).Select(i => Expected($"Session number {i}", 24)), answers.Select(static answer => answer.Text));
        Assert.Equal(4, watched.Steps.Max(static step => step.Rows));
    }

    [Fact]
    public async Task Waiting_BeyondTheLimit_IsRefused()
    {
        var gate = new TaskCompletionSource();
        var watched = new WatchedModels(_models.Provider, (_, token) => gate.Task.WaitAsync(token));
        await using var host = await StartAsync(watched, ("max_sequences", 1), ("max_waiting", 1));
        var calls = Enumerable.Range(0, 3).Select(i => GenerateAsync(host, new GenerateRequest { Prompt = $"Call {i}", MaxTokens = 2 })).ToArray();

        var refused = await Task.WhenAny(calls).WaitAsync(Patience);
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => refused);
        gate.SetResult();

        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
        Assert.Contains("generation:max_waiting", error.Message, StringComparison.Ordinal);
        await Task.WhenAll(calls.Where(call => call != refused)).WaitAsync(Patience);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task Cancelled_AtAnyStep_TheOthersGoOn(int at)
    {
        using var cancelled = new CancellationTokenSource();
        var steps = 0;
        var watched = new WatchedModels(_models.Provider, async (_, _) =>
        {
            if (Interlocked.Increment(ref steps) == at) await cancelled.CancelAsync();
        });
        await using var host = await StartAsync(watched);

        var stopped = GenerateAsync(host, new GenerateRequest { Prompt = "Stop me", MaxTokens = 400 }, cancellationToken: cancelled.Token);
        var other = GenerateAsync(host, new GenerateRequest { Prompt = "Let me go on", MaxTokens = 16 });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.WaitAsync(Patience));
        Assert.Equal(Expected("Let me go on", 16), (await other.WaitAsync(Patience)).Text);
    }

    [Fact]
    public async Task Interactive_GoesBeforeBackground()
    {
        var gate = new TaskCompletionSource();
        gate.SetResult();
        var hasBegun = new TaskCompletionSource();
        var watched = new WatchedModels(_models.Provider, (_, token) =>
        {
            if (!gate.Task.IsCompleted) hasBegun.TrySetResult();
            return gate.Task.WaitAsync(token);
        });
        await using var host = await StartAsync(watched, ("max_sequences", 1));
        await WarmUpAsync(host);
        gate = new TaskCompletionSource();

        // One is being written while the others come; their prompts tell them apart by their lengths.
        var first = Call(20, CallPriority.Background);
        await hasBegun.Task.WaitAsync(Patience);
        Task[] calls = [first, Call(30, CallPriority.Background), Call(40, CallPriority.Normal), Call(50, CallPriority.Interactive)];
        gate.SetResult();
        await Task.WhenAll(calls).WaitAsync(Patience);

        Assert.Equal([20, 50, 40, 30], watched.Steps.Select(static step => (int)step.Tokens).Where(static tokens => tokens >= 20));

        Task Call(int length, CallPriority priority) => GenerateAsync(host, new GenerateRequest { Prompt = new string('a', length), MaxTokens = 3 }, new PluginTestCall { Priority = priority });
    }

    [Fact]
    public async Task Stop_EndsBeforeTheText_AndEndTokensAreNoText()
    {
        var expected = Expected("In the end", 24);
        await using var host = await StartAsync(_models.Provider);
        var stop = expected[4..6];

        var (text, response) = await GenerateAsync(host, new GenerateRequest { Prompt = "In the end", MaxTokens = 24, Stop = [stop] });
        Assert.Equal((expected[..expected.IndexOf(stop, StringComparison.Ordinal)], "stop"), (text, response.FinishReason));

        var tokens = _models.Reference.Continue(Encode("In the end"), 24);
        using var ending = new TinyModels(end: tokens[5]);
        await using var second = await StartAsync(ending.Provider);
        var (ended, why) = await GenerateAsync(second, new GenerateRequest { Prompt = "In the end", MaxTokens = 24 });
        var count = tokens.IndexOf(tokens[5]);
        Assert.Equal((TextOf(tokens[..count]), "stop", count + 1), (ended, why.FinishReason, why.OutputTokens));
    }

    [Fact]
    public async Task Sampled_BySeed_IsRepeated_AndAlsoAmongOthers()
    {
        await using var host = await StartAsync(_models.Provider);
        var request = new GenerateRequest { Prompt = "Once", MaxTokens = 20, Temperature = 1, TopK = 40, TopP = 0.95, Seed = 5 };

        var alone = await GenerateAsync(host, request);
        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => GenerateAsync(host, request)));
        var other = await GenerateAsync(host, new GenerateRequest { Prompt = "Once", MaxTokens = 20, Temperature = 1, TopK = 40, TopP = 0.95, Seed = 6 });

        Assert.All(together, answer => Assert.Equal(alone.Text, answer.Text));
        Assert.NotEqual(alone.Text, other.Text);
    }

    [Fact]
    public async Task Messages_GoThroughTheTemplate_AndAreCounted()
    {
        await using var host = await StartAsync(_models.Provider);
        ChatTurn[] messages = [new ChatTurn { Role = "system", Content = "Be brief." }, new ChatTurn { Role = "user", Content = "  the question  " }];
        const string Rendered = "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nthe question<|im_end|>\n<|im_start|>assistant\n";

        var (text, response) = await GenerateAsync(host, new GenerateRequest { Messages = messages, MaxTokens = 12 });
        var counted = await host.CallAsync<CountTokensRequest, CountTokensResponse>(LanguageMethods.CountTokens, new CountTokensRequest { Messages = messages });

        Assert.Equal(Expected(Rendered, 12), text);
        Assert.Equal(Encode(Rendered).Count, response.InputTokens);
        Assert.Equal((response.InputTokens, 512), (counted.Tokens, counted.ContextTokens));
    }

    [Fact]
    public async Task Requests_ThatAreWrong_SayWhatIs()
    {
        await using var host = await StartAsync(_models.Provider, ("max_characters", 600));

        Assert.Contains("'prompt' and 'messages'", await RefusedAsync(new GenerateRequest(), ErrorCode.InvalidArgument), StringComparison.Ordinal);
        Assert.Contains("'prompt' is empty", await RefusedAsync(new GenerateRequest { Prompt = "" }, ErrorCode.InvalidArgument), StringComparison.Ordinal);
        Assert.Contains("max_characters", await RefusedAsync(new GenerateRequest { Prompt = new string('a', 601) }, ErrorCode.InvalidArgument), StringComparison.Ordinal);
        Assert.Contains("512", await RefusedAsync(new GenerateRequest { Prompt = new string('a', 600) }, ErrorCode.InvalidArgument), StringComparison.Ordinal);
        Assert.Contains("plain, grouped", await RefusedAsync(new GenerateRequest { Prompt = "a", Model = "large" }, ErrorCode.NotFound), StringComparison.Ordinal);
        Assert.Contains("'stop'", await RefusedAsync(new GenerateRequest { Prompt = "a", Stop = [""] }, ErrorCode.InvalidArgument), StringComparison.Ordinal);

        async Task<string> RefusedAsync(GenerateRequest request, ErrorCode code)
        {
            var error = await Assert.ThrowsAsync<EdgeHostException>(() => GenerateAsync(host, request));
            Assert.Equal(code, error.Code);
            return error.Message;
        }
    }

    [Theory]
    [InlineData("tokenizer.json", null, "no tokenizer.json")]
    [InlineData("tokenizer.json", """{"model":{"type":"BPE","merges":[]}}""", "model.vocab")]
    [InlineData("tokenizer.json", """{"model":{"type":"BPE","vocab":{"a":0,"b":400},"merges":[]},"pre_tokenizer":{"type":"ByteLevel"}}""", "numbers 401 tokens and the graph tells 272 apart")]
    [InlineData("config.json", null, "genai_config.json")]
    [InlineData("config.json", """{"vocab_size":300}""", "says 300 tokens")]
    [InlineData("config.json", "[", "no JSON")]
    public async Task Folder_ThatIsNotWhole_SaysWhatIsWrong(string file, string? content, string words)
    {
        using var broken = new TinyModels(folder =>
        {
            if (content is null) File.Delete(Path.Combine(folder, file));
            else File.WriteAllText(Path.Combine(folder, file), content);
        });
        await using var host = await StartAsync(broken.Provider);

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => GenerateAsync(host, new GenerateRequest { Prompt = "a" }));

        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAModel_SaysWhichCommandGetsOne()
    {
        await using var host = await StartAsync(new NoModels());

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => GenerateAsync(host, new GenerateRequest { Prompt = "a" }));

        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains("edgehost models import", error.Message, StringComparison.Ordinal);
    }

    private static Task<PluginTestHost> StartAsync(IModelProvider models, params (string Name, int Value)[] settings)
        => PluginTestHost.StartAsync(new LanguagePlugin(), new PluginTestOptions
        {
            Models = models,
            Settings = settings.ToDictionary(static setting => $"generation:{setting.Name}", static setting => $"{setting.Value}", StringComparer.Ordinal),
        });

    // What is read of a model's files is kept: the calls that follow are in the loop when they return.
    private static async Task WarmUpAsync(PluginTestHost host) => await GenerateAsync(host, new GenerateRequest { Prompt = "a", MaxTokens = 1 });

    private static async Task<(string Text, GenerateResponse Response)> GenerateAsync(PluginTestHost host, GenerateRequest request, PluginTestCall? call = null, CancellationToken cancellationToken = default)
    {
        var answer = await host.CallAsync(LanguageMethods.Generate, WireMessageSerializer.ToArray(request), call, cancellationToken);
        return (string.Concat(answer.ReadItems<GeneratedText>().Select(static item => item.Text)), answer.Read<GenerateResponse>());
    }

    private string Expected(string prompt, int count) => TextOf(_models.Reference.Continue(Encode(prompt), count).TakeWhile(static token => token != TinyFolder.End));

    private static List<int> Encode(string text) => Tokenizer().Encode(text);

    private static string TextOf(IEnumerable<int> tokens) => Tokenizer().Decode(tokens);

    private static Language.Generation.Tokenizers.TextTokenizer Tokenizer()
        => Language.Generation.Tokenizers.TokenizerFile.Read(Encoding.UTF8.GetBytes(TinyFolder.Tokenizer()), "tiny");
}
