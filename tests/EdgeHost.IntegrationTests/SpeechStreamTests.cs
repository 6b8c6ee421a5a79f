using EdgeHost.Capabilities.Speech;
using EdgeHost.Client;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.Serialization;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>Streams of sound as they should not be, through the real socket: very many, too fast, too slow, cut off.</summary>
public class SpeechStreamTests(ServingHost host) : IClassFixture<ServingHost>
{
    private const int Many = 50;
    private const int Connections = 5;
    private const int BytesPerSecond = 32_000;
    private const int BytesPerWindow = 1024;

    // Fifty streams of a model that is shared; fifty copies of it would be more than 1.4 GB.
    private const long MostGrowth = 512L << 20;

    [ModelsFact]
    public async Task FiftyStreams_AtOnce_AreAllWrittenDownInBoundedMemory()
    {
        await using (var first = await host.ConnectAsync()) Assert.Contains(Sounds.Words, await WriteDownAsync(first, Sounds.SentenceSamples()), StringComparison.Ordinal);
        var before = ProcessMemory.AnonymousBytes(host.Process.ProcessId);
        var texts = await ManyAsync(client => WriteDownAsync(client, Sounds.SentenceSamples()));
        var after = ProcessMemory.AnonymousBytes(host.Process.ProcessId);

        Assert.Equal(Many, texts.Count);
        Assert.All(texts, static text => Assert.Contains(Sounds.Words, text, StringComparison.Ordinal));
        Assert.InRange(after - before, long.MinValue, MostGrowth);
    }

    [ModelsFact]
    public async Task FiftyStreams_OfDetection_AllTellOneStretch()
    {
        var segments = await ManyAsync(async client =>
        {
            await using var call = await client.Speech.OpenSpeechDetectionAsync(new DetectSpeechStreamRequest());
            var pushing = PushAsync(call, Sounds.SentenceSamples(), 6400);
            var kinds = new List<SpeechEventKind>();
            await foreach (var item in call.ReadAllAsync()) kinds.Add(item.Kind);
            await pushing;
            Assert.Equal([SpeechEventKind.Start, SpeechEventKind.End], kinds);
            return Assert.Single((await call.ResponseAsync()).Segments);
        });
        Assert.Equal(Many, segments.Count);
        Assert.All(segments, segment => Assert.Equal((segments[0].StartMs, segments[0].EndMs), (segment.StartMs, segment.EndMs)));
    }

    [ModelsFact]
    public async Task Flood_ThatNobodyReads_WaitsInBoundedMemory_AndLosesNothing()
    {
        const int seconds = 120;
        await using var client = await host.ConnectAsync();
        await using var other = await host.ConnectAsync("other");
        await using var call = await client.Speech.OpenSpeechDetectionAsync(new DetectSpeechStreamRequest { Probabilities = true });
        var before = ProcessMemory.AnonymousBytes(host.Process.ProcessId);
        var pushing = PushAsync(call, new byte[seconds * BytesPerSecond], seconds * BytesPerSecond / 2);

        // What is pushed is more than what may wait: others are served all the same.
        Assert.Contains(Sounds.Words, await WriteDownAsync(other, Sounds.SentenceSamples()), StringComparison.Ordinal);
        Assert.InRange(ProcessMemory.AnonymousBytes(host.Process.ProcessId) - before, long.MinValue, MostGrowth);

        var windows = 0;
        await foreach (var item in call.ReadAllAsync()) windows += item.Kind == SpeechEventKind.Window ? 1 : 0;
        await pushing;
        Assert.Equal(seconds * BytesPerSecond / BytesPerWindow, windows);
        Assert.Equal(seconds * 1000, (await call.ResponseAsync()).DurationMs);
    }

    [ModelsFact]
    public async Task StreamThatStalls_EndsAtItsDeadline_AndOthersGoOn()
    {
        await using var client = await host.ConnectAsync();
        var stalled = await client.Speech.OpenTranscriptionAsync(new TranscribeStreamRequest(), new CallOptions { Deadline = TimeSpan.FromSeconds(2) });
        await stalled.PushAsync(new AudioChunk { Audio = Sounds.SentenceSamples().AsMemory(0, BytesPerSecond) });
        Assert.Contains(Sounds.Words, await WriteDownAsync(client, Sounds.SentenceSamples()), StringComparison.Ordinal);

        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await stalled.ResponseAsync());
        Assert.Equal(ErrorCode.DeadlineExceeded, error.Code);
        await stalled.DisposeAsync();
    }

    [ModelsFact]
    public async Task StreamThatEndsMidWord_IsWrittenDownToItsEnd()
    {
        const int bytes = (BytesPerSecond * 3 / 2) + 1;
        await using var client = await host.ConnectAsync();
        await using var call = await client.Speech.OpenTranscriptionAsync(new TranscribeStreamRequest());
        var pushing = PushAsync(call, Sounds.SentenceSamples()[..bytes], 3333);
        var items = new List<TranscriptItem>();
        await foreach (var item in call.ReadAllAsync()) items.Add(item);
        await pushing;

        var last = items[^1];
        Assert.True(last.IsFinal);
        Assert.Contains("weather", last.Text, StringComparison.OrdinalIgnoreCase);
        Assert.InRange(last.EndMs, 1000, 1500);
        Assert.Equal((1, 1500L), ((await call.ResponseAsync()).Segments, last.EndMs));
    }

    private async Task<List<T>> ManyAsync<T>(Func<EdgeHostClient, Task<T>> work)
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, Connections).Select(number => host.ConnectAsync($"app-{number}")));
        try
        {
            return [.. await Task.WhenAll(Enumerable.Range(0, Many).Select(number => work(clients[number % Connections])))];
        }
        finally
        {
            foreach (var client in clients) await client.DisposeAsync();
        }
    }

    private static async Task<string> WriteDownAsync(EdgeHostClient client, byte[] samples)
    {
        await using var call = await client.Speech.OpenTranscriptionAsync(new TranscribeStreamRequest { Partials = false });
        var pushing = PushAsync(call, samples, 6400);
        var texts = new List<string>();
        await foreach (var item in call.ReadAllAsync()) texts.Add(item.Text);
        await pushing;
        await call.ResponseAsync();
        return string.Join(' ', texts);
    }

    private static async Task PushAsync<TItem, TResponse>(OpenCall<AudioChunk, TItem, TResponse> call, byte[] samples, int pieceBytes)
        where TItem : IWireMessage<TItem>
        where TResponse : IWireMessage<TResponse>
    {
        foreach (var piece in samples.Chunk(pieceBytes)) await call.PushAsync(new AudioChunk { Audio = piece });
        await call.CompleteAsync();
    }
}
