using EdgeHost.Capabilities.Speech;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>Speaking behind the real socket, by the programs that are installed.</summary>
public class SpeakingTests(ServingHost host) : IClassFixture<ServingHost>
{
    private const string Text = "Hello there. The kettle is on.";

    [ProgramFact("espeak-ng")]
    public async Task Synthesize_ThroughTheSocket_GivesASound()
    {
        await using var client = await host.ConnectAsync();
        var answer = await client.Speech.SynthesizeAsync(Text);
        Assert.Equal("espeak-ng", answer.Engine);
        Assert.True(answer.Audio.Span.StartsWith("RIFF"u8));
        Assert.InRange(answer.DurationMs, 1000, 10_000);

        var (bytes, sentences) = (0, new List<string>());
        await foreach (var chunk in client.Speech.SynthesizeStreamAsync(new SynthesizeStreamRequest { Text = Text }))
        {
            bytes += chunk.Audio.Length;
            if (chunk.Sentence == sentences.Count) sentences.Add(Text.Substring(chunk.TextStart, chunk.TextLength));
        }

        Assert.Equal(answer.Audio.Length - 44, bytes);
        Assert.Equal(["Hello there.", "The kettle is on."], sentences);
        Assert.Contains((await client.Speech.ListVoicesAsync(new VoicesRequest { Language = "en" })).Voices, voice => voice.Voice == answer.Voice);
    }

    [ProgramFact("espeak-ng")]
    public async Task Synthesize_FromTheCommandLine_WritesAFile()
    {
        using var folder = new TempFolder();
        var result = await host.RunAsync("call", SpeechMethods.Synthesize, "--json", """{"text":"Hello"}""", "--out", $"audio={folder.Combine("hello.wav")}");
        Assert.True(result.ExitCode == 0, result.Error);
        var file = await File.ReadAllBytesAsync(folder.Combine("hello.wav"));
        Assert.True(file.AsSpan().StartsWith("RIFF"u8));
        Assert.InRange(file.Length, 10_000, 200_000);
    }

    [ProgramFact("espeak-ng")]
    public async Task CallThatIsLeft_LeavesTheHostServing()
    {
        await using var client = await host.ConnectAsync();
        using var stop = new CancellationTokenSource();
        var text = string.Join(' ', Enumerable.Repeat("A sentence that nobody will wait for.", 500));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var chunk in client.Speech.SynthesizeStreamAsync(new SynthesizeStreamRequest { Text = text }, cancellationToken: stop.Token))
            {
                if (chunk.Sentence == 1) await stop.CancelAsync();
            }
        });
        Assert.Equal("espeak-ng", (await client.Speech.SynthesizeAsync("And on it goes.")).Engine);
    }

    [Fact]
    public async Task Synthesize_UnknownVoice_IsNotFound()
    {
        await using var client = await host.ConnectAsync();
        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Speech.SynthesizeAsync(new SynthesizeRequest { Text = Text, Voice = "nobody" }));
        Assert.Equal(ErrorCode.NotFound, error.Code);
    }
}
