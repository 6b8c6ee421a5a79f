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

    [ProgramFact("flite", withModels: true)]
    public async Task Conversation_ThroughTheSocket_HearsAndAnswers()
    {
        await using var client = await host.ConnectAsync();
        var question = await client.Speech.SynthesizeAsync(new SynthesizeRequest { Text = "Please remind me to call my mother.", Voice = "flite:slt", SampleRateHz = 16_000 });
        await using var session = await client.Speech.OpenConversationAsync(new ConverseRequest { Keywords = [], Voice = "flite:slt", SampleRateHz = 16_000 });
        using var stop = new CancellationTokenSource();
        using var pushing = new SemaphoreSlim(1, 1);
        var microphone = ListenAsync();
        var events = new List<ConversationEvent>();
        await foreach (var happened in session.ReadAllAsync())
        {
            events.Add(happened);
            if (happened.Kind == ConversationEventKind.Said) await PushAsync(new ConversePush { Say = "I will remind you.", EndAnswer = true, Turn = happened.Turn });
            if (happened.Kind != ConversationEventKind.Spoken) continue;
            await stop.CancelAsync();
            await microphone;
        }

        Assert.Contains("mother", events.First(e => e.Kind == ConversationEventKind.Said).Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("I will remind you.", events.First(e => e.Kind == ConversationEventKind.Speech).Text);
        Assert.Equal(1, (await session.ResponseAsync()).Turns);

        // The question, then silence until the answer was spoken.
        async Task ListenAsync()
        {
            for (var at = 44; !stop.IsCancellationRequested; at += 3200)
            {
                var audio = at + 3200 <= question.Audio.Length ? question.Audio.Slice(at, 3200) : new byte[3200];
                await PushAsync(new ConversePush { Audio = audio });
                await Task.Delay(20);
            }

            await session.CompleteAsync();
        }

        async Task PushAsync(ConversePush push)
        {
            await pushing.WaitAsync();
            try
            {
                await session.PushAsync(push);
            }
            finally
            {
                pushing.Release();
            }
        }
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
