using System.Text;
using System.Text.Json;
using EdgeHost;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using Microsoft.Extensions.Time.Testing;
using WordTools.Contract;

namespace WordTools.Tests;

public class WordToolsTests
{
    [Fact]
    public async Task Start_RegistersWhatTheManifestLists()
    {
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "plugin.json")));
        var listed = manifest.RootElement.GetProperty("capabilities").EnumerateArray().Select(static item => item.GetString()!).ToArray();

        await using var host = await PluginTestHost.StartAsync(new WordToolsPlugin(), new PluginTestOptions { ManifestCapabilities = listed });

        Assert.Equal(listed, host.Capabilities.Select(static capability => capability.Method));
    }

    [Fact]
    public async Task Capabilities_Examples_AreAnswered()
    {
        await using var host = await PluginTestHost.StartAsync(new WordToolsPlugin());

        foreach (var capability in host.Capabilities)
        {
            var body = WireJson.ToMessagePack(Encoding.UTF8.GetBytes(capability.ExampleRequest));
            Assert.False((await host.CallAsync(capability.Method, body)).Response.IsEmpty);
            Assert.Contains("\"text\"", capability.RequestSchema, StringComparison.Ordinal);
            Assert.StartsWith("{", capability.ResponseSchema, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", 0, 0, 0, 0, 0)]
    [InlineData("...", 3, 0, 0, 0, 0)]
    [InlineData("One two three. Four!", 20, 4, 4, 2, 1)]
    [InlineData("The cat saw the CAT", 19, 5, 3, 1, 1)]
    [InlineData("Pi is 3.14, don't forget!\n\nWell-known.", 38, 6, 6, 2, 2)]
    [InlineData("你好。再见！", 6, 4, 4, 2, 1)]
    [InlineData("e\u0301te\u0301 👩‍👩‍👧", 5, 1, 1, 1, 1)]
    [InlineData("a\r\n\r\nb", 4, 2, 2, 2, 2)]
    public async Task Count_Text_IsCounted(string text, int characters, int words, int unique, int sentences, int paragraphs)
    {
        await using var host = await PluginTestHost.StartAsync(new WordToolsPlugin());

        var response = await host.CallAsync<CountRequest, CountResponse>(WordToolsMethods.Count, new CountRequest { Text = text });

        Assert.Equal(
            (characters, words, unique, sentences, paragraphs),
            (response.Characters, response.Words, response.UniqueWords, response.Sentences, response.Paragraphs));
    }

    [Fact]
    public async Task CountLive_Pieces_AreCountedAsOneText()
    {
        await using var host = await PluginTestHost.StartAsync(new WordToolsPlugin());
        string[] pieces = ["on a ti", "me, there", " "];
        var pushes = pieces.Select(piece => (ReadOnlyMemory<byte>)WireMessageSerializer.ToArray(new TextPiece { Text = piece })).ToAsyncEnumerable();

        var answer = await host.CallAsync(
            WordToolsMethods.CountLive, WireMessageSerializer.ToArray(new CountLiveRequest { Text = "Once up" }), new PluginTestCall { Pushes = pushes });

        Assert.Equal([4L, 5, 5], answer.ReadItems<LiveCount>().Select(count => count.Words));
        var total = answer.Read<LiveCount>();
        Assert.Equal((24L, 5L), (total.Characters, total.Words));
    }

    [Fact]
    public async Task Count_ReadingTime_FollowsSpeed()
    {
        await using var host = await PluginTestHost.StartAsync(new WordToolsPlugin());
        var text = string.Join(' ', Enumerable.Repeat("word", 300));

        var response = await host.CallAsync<CountRequest, CountResponse>(
            WordToolsMethods.Count, new CountRequest { Text = text, WordsPerMinute = 100 });

        Assert.Equal(180_000, response.ReadingTimeMs);
    }

    [Fact]
    public async Task Keywords_Text_WeighsPhrases()
    {
        await using var host = await PluginTestHost.StartAsync(new WordToolsPlugin());

        var response = await host.CallAsync<KeywordsRequest, KeywordsResponse>(WordToolsMethods.Keywords, new KeywordsRequest
        {
            Text = "Edge devices run on battery. An edge device is small; the battery of the edge device is small too. 2024, 2025.",
            Count = 3,
        });

        Assert.Equal(
            [new Keyword("edge devices run", 8.333, 1), new Keyword("edge device", 4.333, 2), new Keyword("battery", 1, 2)],
            response.Keywords);
    }

    [Fact]
    public async Task Keywords_ExtraStopWords_ComeFromSettings()
    {
        var options = new PluginTestOptions { Settings = new Dictionary<string, string> { ["extra_stop_words"] = "battery, Small" } };
        await using var host = await PluginTestHost.StartAsync(new WordToolsPlugin(), options);

        var response = await host.CallAsync<KeywordsRequest, KeywordsResponse>(
            WordToolsMethods.Keywords, new KeywordsRequest { Text = "a small battery, a lamp" });

        Assert.Equal(["lamp"], response.Keywords.Select(static keyword => keyword.Text));
    }

    [Fact]
    public async Task Count_SpeedOutOfRange_IsInvalidArgument()
    {
        await using var host = await PluginTestHost.StartAsync(new WordToolsPlugin());
        var body = WireJson.ToMessagePack("""{"text":"a","words_per_minute":0}"""u8.ToArray());

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync(WordToolsMethods.Count, body));

        Assert.Equal((ErrorCode.InvalidArgument, "Field 'words_per_minute' is 0; allowed are 50 to 1000."), (error.Code, error.Message));
    }

    [Fact]
    public async Task Count_UnknownMethod_IsUnimplemented()
    {
        await using var host = await PluginTestHost.StartAsync(new WordToolsPlugin());

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync("wordtools.spell", new byte[] { 0x80 }));

        Assert.Equal(ErrorCode.Unimplemented, error.Code);
    }

    [Fact]
    public async Task Count_PassedDeadline_StopsLongText()
    {
        var time = new FakeTimeProvider();
        await using var host = await PluginTestHost.StartAsync(new WordToolsPlugin(), new PluginTestOptions { Time = time });
        var call = new PluginTestCall { Deadline = time.GetUtcNow() };

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync<CountRequest, CountResponse>(
            WordToolsMethods.Count, new CountRequest { Text = string.Concat(Enumerable.Repeat("word ", 100_000)) }, call));

        Assert.Equal(ErrorCode.DeadlineExceeded, error.Code);
    }

    [Fact]
    public async Task Stop_LaterCall_Throws()
    {
        var host = await PluginTestHost.StartAsync(new WordToolsPlugin());

        await host.StopAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => host.CallAsync(WordToolsMethods.Count, new byte[] { 0x80 }));
    }
}
