using EdgeHost.Capabilities.Language;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;

namespace EdgeHost.Plugins.Language.Tests.Generation;

/// <summary>What was read before changes times and never answers.</summary>
public sealed class SessionTests : IDisposable
{
    private readonly TinyModels _models = new();

    public void Dispose() => _models.Dispose();

    [Theory]
    [InlineData("plain")]
    [InlineData("grouped")]
    public async Task Session_InMemoryAndFromItsFile_AnswersAsIfReadAnew(string model)
    {
        const string First = "Once upon a time there was";
        await using var host = await StartAsync(_models.Provider, ("prefix_bytes", 0));
        await using var small = await StartAsync(_models.Provider, ("prefix_bytes", 0), ("session_bytes", 0));
        await using var none = await StartAsync(_models.Provider, ("prefix_bytes", 0));

        foreach (var sessions in new[] { host, small })
        {
            var begun = await GenerateAsync(sessions, Request(First, "talk"));
            var prompt = First + begun.Text + " and then they went on";
            var resumed = await GenerateAsync(sessions, Request(prompt, "talk"));
            var anew = await GenerateAsync(none, Request(prompt, null));

            Assert.Equal(anew.Text, resumed.Text);
            Assert.Equal(0, anew.Response.CachedTokens);
            Assert.InRange(resumed.Response.CachedTokens, First.Length / 2, resumed.Response.InputTokens - 1);
        }

        GenerateRequest Request(string prompt, string? session) => new() { Model = model, Prompt = prompt, Session = session, MaxTokens = 12 };
    }

    [Fact]
    public async Task Session_WithAnotherText_OrModel_OrApp_IsNotMistaken()
    {
        await using var host = await StartAsync(_models.Provider, ("prefix_bytes", 0));
        await using var none = await StartAsync(_models.Provider, ("prefix_bytes", 0));
        await GenerateAsync(host, new GenerateRequest { Prompt = "The quick brown fox", Session = "s", MaxTokens = 4 });

        var part = await GenerateAsync(host, new GenerateRequest { Prompt = "The quick red fox", Session = "s", MaxTokens = 12 });
        var other = await GenerateAsync(host, new GenerateRequest { Prompt = "The quick red fox", Session = "s", MaxTokens = 4 }, new PluginTestCall { App = new AppIdentity("another", 1000, 2) });
        var grouped = await GenerateAsync(host, new GenerateRequest { Prompt = "The quick red fox", Session = "s", MaxTokens = 12, Model = "grouped" });

        Assert.Equal((await GenerateAsync(none, new GenerateRequest { Prompt = "The quick red fox", MaxTokens = 12 })).Text, part.Text);
        Assert.InRange(part.Response.CachedTokens, 5, 11);
        Assert.Equal(0, other.Response.CachedTokens);
        Assert.Equal((0, part.Text), (grouped.Response.CachedTokens, grouped.Text));
    }

    [Fact]
    public async Task Files_BeyondTheirBytes_GoInOrder_AndUnchangedOnesAreKept()
    {
        // A token has 512 bytes: a session of 40 tokens has some 20 KB, and two fit.
        await using var host = await StartAsync(_models.Provider, ("prefix_bytes", 0), ("session_bytes", 0), ("session_disk_bytes", 50_000));
        var prompts = Enumerable.Range(0, 3).Select(static i => new string((char)('a' + i), 40)).ToArray();
        for (var i = 0; i < prompts.Length; i++) await GenerateAsync(host, new GenerateRequest { Prompt = prompts[i], Session = $"s{i}", MaxTokens = 1 });

        Assert.Equal(39, await CachedAsync(2));
        Assert.Equal(39, await CachedAsync(2));
        Assert.Equal(39, await CachedAsync(1));
        Assert.Equal(0, await CachedAsync(0));
        Assert.Equal(39, await CachedAsync(0));

        async Task<int> CachedAsync(int i) => (await GenerateAsync(host, new GenerateRequest { Prompt = prompts[i], Session = $"s{i}", MaxTokens = 1 })).Response.CachedTokens;
    }

    [Fact]
    public async Task Prefix_OfTextsThatBeginAlike_IsReadOnce_ByTheSameAppAlone()
    {
        var system = string.Concat(Enumerable.Range(0, 30).Select(static i => $"rule {i}; "));
        var watched = new WatchedModels(_models.Provider);
        await using var host = await StartAsync(watched);
        await using var none = await StartAsync(_models.Provider, ("prefix_bytes", 0));
        await GenerateAsync(host, new GenerateRequest { Prompt = system + "first question", MaxTokens = 3 });

        var second = await GenerateAsync(host, new GenerateRequest { Prompt = system + "another one", MaxTokens = 12 });
        var other = await GenerateAsync(host, new GenerateRequest { Prompt = system + "another one", MaxTokens = 12 }, new PluginTestCall { App = new AppIdentity("another", 1000, 2) });
        var anew = await GenerateAsync(none, new GenerateRequest { Prompt = system + "another one", MaxTokens = 12 });

        Assert.Equal(anew.Text, second.Text);
        Assert.Equal(anew.Text, other.Text);
        Assert.Equal((0, second.Response.CachedTokens / 64 * 64), (other.Response.CachedTokens, second.Response.CachedTokens));
        Assert.InRange(second.Response.CachedTokens, 128, 320);
    }

    [Fact]
    public async Task Prefixes_BeyondTheirBytes_GoInOrder()
    {
        // A block of 64 tokens has 32 KiB; three fit.
        await using var host = await StartAsync(_models.Provider, ("prefix_bytes", 100_000));
        var texts = Enumerable.Range(0, 5).Select(static i => new string((char)('a' + i), 70)).ToArray();
        foreach (var text in texts) await GenerateAsync(host, new GenerateRequest { Prompt = text, MaxTokens = 1 });

        var cached = new List<int>();
        foreach (var text in texts.Reverse()) cached.Add((await GenerateAsync(host, new GenerateRequest { Prompt = text, MaxTokens = 1 })).Response.CachedTokens);

        Assert.Equal([64, 64, 64, 0, 0], cached);
    }

    [Fact]
    public async Task Name_ThatIsNone_IsRefused()
    {
        await using var host = await StartAsync(_models.Provider);

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => GenerateAsync(host, new GenerateRequest { Prompt = "a", Session = "../up" }));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
    }

    private static Task<PluginTestHost> StartAsync(IModelProvider models, params (string Name, int Value)[] settings)
        => PluginTestHost.StartAsync(new LanguagePlugin(), new PluginTestOptions
        {
            Models = models,
            Settings = settings.ToDictionary(static setting => $"generation:{setting.Name}", static setting => $"{setting.Value}", StringComparer.Ordinal),
        });

    private static async Task<(string Text, GenerateResponse Response)> GenerateAsync(PluginTestHost host, GenerateRequest request, PluginTestCall? call = null)
    {
        var answer = await host.CallAsync(LanguageMethods.Generate, WireMessageSerializer.ToArray(request), call);
        return (string.Concat(answer.ReadItems<GeneratedText>().Select(static item => item.Text)), answer.Read<GenerateResponse>());
    }
}
