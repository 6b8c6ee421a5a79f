using EdgeHost.Capabilities.Speech;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>Hearing through the real socket.</summary>
public class SpeechTests(ServingHost host) : IClassFixture<ServingHost>
{
    [ModelsFact]
    public async Task Transcribe_File_HasBothSentences()
    {
        await using var client = await host.ConnectAsync();
        var answer = await client.Speech.TranscribeAsync(File.ReadAllBytes(Sounds.PathOf("two-sentences.flac")));
        Assert.Contains(Sounds.Words, answer.Segments[0].Text, StringComparison.Ordinal);
        Assert.Contains("call my mother", answer.Segments[1].Text, StringComparison.Ordinal);
        Assert.Equal(2, answer.Segments.Count);
    }

    [ModelsFact]
    public async Task Transcribe_SeveralStreamsAtOnce_EachHearsItsOwn()
    {
        await using var client = await host.ConnectAsync();
        var texts = await Task.WhenAll(Enumerable.Range(0, 4).Select(async number =>
        {
            await using var call = await client.Speech.OpenTranscriptionAsync(new TranscribeStreamRequest { Partials = number % 2 == 0 });
            var samples = Sounds.SentenceSamples();
            var pushing = Task.Run(async () =>
            {
                foreach (var piece in samples.Chunk(3200 + (number * 17))) await call.PushAsync(new AudioChunk { Audio = piece });
                await call.CompleteAsync();
            });
            var finals = new List<string>();
            await foreach (var item in call.ReadAllAsync())
            {
                if (item.IsFinal) finals.Add(item.Text);
            }

            await pushing;
            await call.ResponseAsync();
            return string.Join(' ', finals);
        }));
        Assert.All(texts, text => Assert.Contains(Sounds.Words, text, StringComparison.Ordinal));
    }

    [ModelsFact]
    public async Task Transcribe_StreamThatIsLeftAlone_EndsWithItsCaller()
    {
        await using var client = await host.ConnectAsync();
        var call = await client.Speech.OpenTranscriptionAsync(new TranscribeStreamRequest());
        await call.PushAsync(new AudioChunk { Audio = Sounds.SentenceSamples().AsMemory(0, 20_001) });
        await call.DisposeAsync();

        Assert.Contains(Sounds.Words, (await client.Speech.TranscribeAsync(File.ReadAllBytes(Sounds.PathOf("sentence.wav")))).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "empty")]
    [InlineData(10, "neither a WAV nor a FLAC")]
    public async Task Transcribe_WhatIsNoSound_IsInvalid(int bytes, string words)
    {
        await using var client = await host.ConnectAsync();
        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Speech.TranscribeAsync(new byte[bytes]));
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [ModelsFact]
    public async Task Transcribe_FromTheCommandLine_PrintsText()
    {
        var result = await host.RunAsync("call", "speech.transcribe", "--file", $"audio={Sounds.PathOf("sentence.wav")}");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains(Sounds.Words, result.Output, StringComparison.Ordinal);
    }

    [ModelsFact]
    public async Task LiveCaptions_OfAFile_ShowsTheSentence()
    {
        var (exitCode, output) = await Samples.RunAsync("LiveCaptions", host.Endpoint, Sounds.PathOf("sentence.wav"), "4");
        Assert.True(exitCode == 0, output);
        Assert.Matches($@"\[00:00\.\d\] .*{Sounds.Words}", output);
    }

    [ModelsFact]
    public async Task VoiceNotes_OfAFolder_FindsWhatWasSaid()
    {
        using var folder = new TempFolder();
        File.Copy(Sounds.PathOf("sentence.wav"), folder.Combine("one.wav"));
        File.Copy(Sounds.PathOf("two-sentences.flac"), folder.Combine("two.flac"));
        var (exitCode, output) = await Samples.RunAsync("VoiceNotes", host.Endpoint, "index", folder.Path);
        Assert.True(exitCode == 0, output);
        Assert.Contains("2 heard, 0 known before", output, StringComparison.Ordinal);
        Assert.Contains("0 heard, 2 known before", (await Samples.RunAsync("VoiceNotes", host.Endpoint, "index", folder.Path)).Output, StringComparison.Ordinal);

        var (found, hits) = await Samples.RunAsync("VoiceNotes", host.Endpoint, "search", folder.Path, "call", "MOTHER");
        Assert.True(found == 0, hits);
        Assert.StartsWith("two.flac 00:00:0", hits, StringComparison.Ordinal);
        Assert.Equal(1, (await Samples.RunAsync("VoiceNotes", host.Endpoint, "search", folder.Path, "zebra")).ExitCode);
    }
}
