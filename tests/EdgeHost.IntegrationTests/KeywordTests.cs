using EdgeHost.Capabilities.Speech;
using EdgeHost.Capabilities.Training;
using EdgeHost.IntegrationTests.Running;

namespace EdgeHost.IntegrationTests;

/// <summary>Keywords through the real socket: learnt in the host's one schedule, heard in a stream.</summary>
public class KeywordTests(ServingHost host) : IClassFixture<ServingHost>
{
    private const string Keyword = "garden-gate";

    [ModelsFact]
    public async Task Teach_Phrase_IsHeardByItsAppAlone_UntilEverythingOfTheAppIsDeleted()
    {
        await using var client = await host.ConnectAsync("kitchen");
        await using var other = await host.ConnectAsync("garage");
        var request = new TeachKeywordRequest { Keyword = Keyword, Recordings = [.. Enumerable.Range(1, 5).Select(static number => Sound($"teach-{number}.flac"))] };
        var learnt = await client.Speech.TeachKeywordAsync(request);
        Assert.StartsWith("1.0.0-local.", learnt.Version, StringComparison.Ordinal);
        Assert.InRange(learnt.FalseAlarmsPerHour, 0, 0.5);

        Assert.Contains((await client.Speech.ListKeywordsAsync(new KeywordsRequest())).Keywords, info => info is { Keyword: Keyword, IsPersonal: true, IsInstalled: true });
        Assert.DoesNotContain((await other.Speech.ListKeywordsAsync(new KeywordsRequest())).Keywords, info => info.Keyword == Keyword);

        await using (var call = await client.Speech.OpenKeywordSpottingAsync(new SpotKeywordStreamRequest { Keywords = [Keyword] }))
        {
            var pushing = Task.Run(async () =>
            {
                await call.PushAsync(new AudioChunk { Audio = Sounds.SentenceSamples() });
                await call.CompleteAsync();
            });
            await foreach (var detection in call.ReadAllAsync()) Assert.Fail($"{detection.Keyword} was not said, and was heard at {detection.TimeMs} ms.");
            await pushing;
            Assert.Equal(0, (await call.ResponseAsync()).Detections);
        }

        var heard = await client.Speech.SpotKeywordAsync(new SpotKeywordRequest { Audio = Sound("said-1.flac"), Keywords = [Keyword] });
        Assert.Equal(Keyword, Assert.Single(heard.Detections).Keyword);
        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await other.Speech.SpotKeywordAsync(new SpotKeywordRequest { Audio = Sound("said-1.flac"), Keywords = [Keyword] }));
        Assert.Equal(ErrorCode.NotFound, error.Code);

        // Everything of another app goes, and this one's stays.
        await other.Training.DeleteAsync(new DeleteExamplesRequest { Everything = true });
        Assert.Contains((await client.Speech.ListKeywordsAsync(new KeywordsRequest())).Keywords, static info => info.Keyword == Keyword);
        await client.Training.DeleteAsync(new DeleteExamplesRequest { Everything = true });
        Assert.DoesNotContain((await client.Speech.ListKeywordsAsync(new KeywordsRequest())).Keywords, static info => info.Keyword == Keyword);
        Assert.False((await client.Speech.ForgetKeywordAsync(new ForgetKeywordRequest { Keyword = Keyword })).WasKnown);
        Assert.DoesNotContain((await client.Speech.ListKeywordsAsync(new KeywordsRequest())).Keywords, info => info.Keyword == Keyword);
    }

    [ModelsFact]
    public async Task Pull_ReadyMadeKeyword_WantsItsLicenceAccepted()
    {
        var result = await host.RunAsync("models", "pull", "keyword-hey-mycroft");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("CC-BY-NC-SA-4.0", result.Error + result.Output, StringComparison.Ordinal);
        Assert.Contains("--accept-license", result.Error + result.Output, StringComparison.Ordinal);
    }

    private static ReadOnlyMemory<byte> Sound(string name) => File.ReadAllBytes(Sounds.PathOf(name));
}
