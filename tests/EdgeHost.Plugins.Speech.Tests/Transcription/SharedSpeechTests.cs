using EdgeHost.Capabilities.Speech;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;
using Xunit.Abstractions;

namespace EdgeHost.Plugins.Speech.Tests.Transcription;

/// <summary>People of the shared test data.</summary>
[Collection(nameof(SpeechModels))]
public sealed class SharedSpeechTests(SpeechModels models, ITestOutputHelper output)
{
    private const string Clips = "testdata/speech";

    // The model alone, without cutting, has 7 errors in 170 words.
    private const double MostErrors = 0.042;

    [RealModelsFact(SpeechModels.Plugin, Clips)]
    public async Task WordsAreUnderstoodAsWellAsByTheModelAlone()
    {
        var folder = Repository.FindShared(Clips)!;
        await using var host = await PluginTestHost.StartAsync(new SpeechPlugin(), new PluginTestOptions { Models = models.Provider });
        var (errors, words) = (0, 0);
        foreach (var line in File.ReadLines(Path.Combine(folder, "transcripts.tsv")).Skip(1).Select(static line => line.Split('\t')))
        {
            var request = new TranscribeRequest { Audio = await File.ReadAllBytesAsync(Path.Combine(folder, line[0])) };
            var answer = await host.CallAsync<TranscribeRequest, TranscribeResponse>(SpeechMethods.Transcribe, request);
            var (wrong, all) = WordErrors.Count(line[2], answer.Text);
            output.WriteLine($"{wrong}/{all} {line[0]}: {answer.Text}");
            errors += wrong;
            words += all;
        }

        output.WriteLine($"{errors} of {words}");
        Assert.InRange((double)errors / words, 0, MostErrors);
    }
}
